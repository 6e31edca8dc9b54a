package rest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// The objects and principals of the random states: two catalogs with two schemas with two tables each, and two readers, one of them in
// a group in a group.
var (
	letters   = []string{"a", "b"}
	receivers = []string{"direct", "grouped", "inner", "outer", model.AccountUsers}
	readers   = map[string][]string{ // whose grants count for whom, written out by hand
		"direct":  {"direct", model.AccountUsers},
		"grouped": {"grouped", "inner", "outer", model.AccountUsers},
	}
)

// held is one granted privilege.
type held struct {
	on        string // dotted name
	privilege string
	to        string
}

// state is a random set of grants, and the owners of the tables.
type state struct {
	world  *model.World
	grants map[held]bool
	owners map[string]string
}

func randomState(t *testing.T, seed uint64) state {
	t.Helper()
	dice := rand.New(rand.NewPCG(seed, 1))
	w := model.New(model.NewManualClock(time.Unix(1_800_000_000, 0)), "42", model.Metastore{ID: "m", Owner: "nobody"})
	s := state{w, map[held]bool{}, map[string]string{}}
	for _, p := range []model.Principal{
		{Kind: model.Group, Name: model.AccountUsers}, {Kind: model.Group, Name: "outer"},
		{Kind: model.Group, Name: "inner", MemberOf: []string{"outer"}},
		{Kind: model.ServicePrincipal, Name: "direct", Active: true, Entitlements: []string{model.SQLAccess}},
		{Kind: model.ServicePrincipal, Name: "grouped", Active: true, Entitlements: []string{model.SQLAccess}, MemberOf: []string{"inner"}},
	} {
		w.AddPrincipal(p)
		w.AddToken(p.Name, []byte("token of "+p.Name))
	}
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	grant := func(on model.Securable, choices ...model.Privilege) {
		for _, p := range choices {
			if dice.IntN(4) == 0 {
				to := receivers[dice.IntN(len(receivers))]
				check(w.Preset(on, to, p))
				s.grants[held{on.FullName(), p.SQL(), to}] = true
			}
		}
	}
	for _, c := range letters {
		check(w.AddCatalog(model.Catalog{Name: c, Owner: "nobody"}))
		grant(model.OnCatalog(c), model.UseCatalog, model.UseCatalog, model.UseSchema, model.Select, model.Browse, model.Modify)
		if dice.IntN(8) == 0 {
			grant(model.OnCatalog(c), model.AllPrivileges)
		}
		for _, sc := range letters {
			check(w.AddSchema(model.Schema{Catalog: c, Name: sc, Owner: "nobody"}))
			grant(model.OnSchema(c, sc), model.UseSchema, model.UseSchema, model.Select, model.AllPrivileges)
			for _, ta := range letters {
				owner := "nobody"
				if dice.IntN(6) == 0 {
					owner = receivers[dice.IntN(len(receivers))]
				}
				check(w.AddTable(model.Table{Catalog: c, Schema: sc, Name: ta, Owner: owner}))
				on := model.OnTable(c, sc, ta)
				s.owners[on.FullName()] = owner
				grant(on, model.Select, model.Modify, model.AllPrivileges)
			}
		}
	}
	return s
}

// has is the rule of inheritance written a second time, from the documentation and not from the model: the privilege or ALL PRIVILEGES,
// on the object or on anything above it.
func (s state) has(reader, privilege string, names ...string) bool {
	for _, name := range names {
		for _, to := range readers[reader] {
			if s.grants[held{name, privilege, to}] || s.grants[held{name, "ALL PRIVILEGES", to}] {
				return true
			}
		}
	}
	return false
}

// firstMissing enumerates what reading a table takes.
func (s state) firstMissing(reader, c, sc, ta string) string {
	schema, table := c+"."+sc, c+"."+sc+"."+ta
	switch {
	case !s.has(reader, "USE CATALOG", c):
		return "USE CATALOG on " + c
	case !s.has(reader, "USE SCHEMA", schema, c):
		return "USE SCHEMA on " + schema
	case !s.has(reader, "SELECT", table, schema, c) && !slices.Contains(readers[reader], s.owners[table]):
		return "SELECT on " + table
	}
	return ""
}

// get asks the REST face as a reader and gives the status and the decoded answer.
func get(t *testing.T, h http.Handler, reader, path string) (int, map[string]any) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Bearer token of "+reader)
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	var body map[string]any
	if err := json.Unmarshal(rec.Body.Bytes(), &body); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return rec.Code, body
}

// listed reports how an object appears in a listing: "", "browse" or "full".
func listed(body map[string]any, key, name string) string {
	items, _ := body[key].([]any)
	for _, item := range items {
		info, _ := item.(map[string]any)
		switch {
		case info["name"] != name:
		case info["browse_only"] == true:
			return "browse"
		default:
			return "full"
		}
	}
	return ""
}

func TestListingsPermissionsAndReadsAgree(t *testing.T) {
	const states = 400
	met := map[string]int{}
	for seed := range uint64(states) {
		s := randomState(t, seed)
		h := New(s.world, Options{})
		for reader := range readers {
			who, _ := s.world.Principal(reader)
			_, catalogs := get(t, h, reader, "/api/2.1/unity-catalog/catalogs?max_results=0&include_browse=true")
			for _, c := range letters {
				browse := s.has(reader, "BROWSE", c)
				want := map[bool]string{true: "browse"}[browse]
				if s.has(reader, "USE CATALOG", c) {
					want = "full"
				}
				if got := listed(catalogs, "catalogs", c); got != want {
					t.Fatalf("state %d: %s sees catalog %s as %q, want %q", seed, reader, c, got, want)
				}
				for _, sc := range letters {
					query := fmt.Sprintf("/api/2.1/unity-catalog/tables?catalog_name=%s&schema_name=%s&max_results=0&include_browse=true", c, sc)
					status, tables := get(t, h, reader, query)
					for _, ta := range letters {
						missing := s.firstMissing(reader, c, sc, ta)
						met[missing]++
						checkTable(t, s, h, seed, who, [3]string{c, sc, ta}, missing)
						want := map[bool]string{true: "browse"}[browse]
						if missing == "" {
							want = "full"
						}
						if got := listed(tables, "tables", ta); got != want {
							t.Fatalf("state %d: %s sees table %s.%s.%s as %q, want %q (%d)", seed, reader, c, sc, ta, got, want, status)
						}
					}
				}
			}
		}
	}
	if len(met) != 1+2+4+8 {
		t.Errorf("the states met only %v", met)
	}
}

// checkTable compares one table's answers: the model's, the single GET's, and the one that follows from effective permissions.
func checkTable(t *testing.T, s state, h http.Handler, seed uint64, who *model.Principal, name [3]string, missing string) {
	t.Helper()
	got := ""
	if link := s.world.Missing(who, name[0], name[1], name[2]); link != nil {
		got = link.Privilege.SQL() + " on " + link.On.FullName()
	}
	if got != missing {
		t.Fatalf("state %d: %s misses %q on %v, want %q", seed, who.Name, got, name, missing)
	}
	full := name[0] + "." + name[1] + "." + name[2]
	status, body := get(t, h, who.Name, "/api/2.1/unity-catalog/tables/"+full)
	if (status == http.StatusOK) != (missing == "") {
		t.Fatalf("state %d: %s gets %s with %d, missing %q: %v", seed, who.Name, full, status, missing, body)
	}
	if s.effective(t, h, who.Name, full) && s.owners[full] == "nobody" && missing != "" {
		t.Fatalf("state %d: effective permissions give %s all of %s, but %q is missing", seed, who.Name, full, missing)
	}
}

// effective reports whether the effective permissions under a reader's own name are enough to read. They may say less than the truth,
// because what a group holds stands under the group, but never more.
func (s state) effective(t *testing.T, h http.Handler, reader, table string) bool {
	t.Helper()
	_, body := get(t, h, reader, "/api/2.1/unity-catalog/effective-permissions/table/"+table+"?principal="+reader)
	found := map[string]bool{}
	list, _ := body["privilege_assignments"].([]any)
	for _, entry := range list {
		privileges, _ := entry.(map[string]any)["privileges"].([]any)
		for _, p := range privileges {
			info, _ := p.(map[string]any)
			found[fmt.Sprint(info["privilege"])] = true
			if info["privilege"] == "ALL_PRIVILEGES" && info["inherited_from_type"] == "CATALOG" {
				return true
			}
		}
	}
	return found["USE_CATALOG"] && found["USE_SCHEMA"] && found["SELECT"]
}
