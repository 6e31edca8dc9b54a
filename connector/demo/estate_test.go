package demo_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// small is an estate for every run: each list has several pages, and is longer than what may be asked at once.
var small = estate.Size{Seed: 7, Principals: 420, Groups: 130, Warehouses: 60, Jobs: 90, Objects: 4_000, Catalogs: 3, Schemas: 2, Tables: 300}

// lists are those of an estate with the numbers that there should be of each. Tables are listed by schema, and what lies in folders by folder.
func lists(size estate.Size) []listing {
	const scim, unity = "/api/2.0/preview/scim/v2/", "/api/2.1/unity-catalog/"
	// One in sixteen principals is made as a service principal; so are those of five partners and three that remind of them, and of the usual
	// world there are four, of whom one is in no workspace.
	services := size.Principals/16 + 12
	users := size.Principals - services
	return []listing{
		{name: "users", path: scim + "Users", items: "Resources", key: "id", size: "count", want: users, counted: true},
		{name: "service principals", path: scim + "ServicePrincipals", items: "Resources", key: "id", size: "count", want: services - 1, counted: true},
		{name: "groups", path: scim + "Groups", items: "Resources", key: "id", size: "count", want: size.Groups + 1, counted: true}, // one of the account is not in it, two are its own
		{name: "warehouses", path: "/api/2.0/sql/warehouses", items: "warehouses", key: "id", size: "page_size", want: size.Warehouses},
		{name: "jobs", path: "/api/2.1/jobs/list", items: "jobs", key: "job_id", size: "limit", want: size.Jobs},
		{name: "catalogs", path: unity + "catalogs", items: "catalogs", key: "name", size: "max_results", want: size.Catalogs + 14},
		{name: "tokens", path: "/api/2.0/token-management/tokens", items: "token_infos", key: "token_id", want: 9 + (users-5+19)/20},
	}
}

// TestEveryListOfAnEstateIsReadToItsEndAtTheDocumentedPace reads each list twice, by pages of different sizes, and all folders once.
func TestEveryListOfAnEstateIsReadToItsEndAtTheDocumentedPace(t *testing.T) {
	size, most := small, uint64(64<<20)
	if *wholly {
		size, most = estate.Largest, 300<<20
	}
	// What is measured is what the estate holds, and not what other tests left or how seldom a run of tests collects its garbage.
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	before := inUse()
	w, clock := startScenario(t, demo.Scenario{ID: "estate", Estate: size, Paced: true})
	p := patient(t, w, clock)
	for _, l := range append(lists(size), p.below(size)...) {
		first, second := p.read(l, 50), p.read(l, 45)
		if first.count != l.want || second.count != l.want || first.order.Sum64() != second.order.Sum64() {
			t.Errorf("%s: %d and %d of %d, in the same order %t", l.name, first.count, second.count, l.want, first.order.Sum64() == second.order.Sum64())
		}
	}
	count, sample := p.walk(size.Objects / 200)
	if count != size.Objects {
		t.Errorf("%d objects of %d", count, size.Objects)
	}
	p.permissions(sample)
	held := p.heap - min(p.heap, before)
	t.Logf("%d requests, %d of them refused, in %s on the clock; %d MiB in use at most, beyond %d before",
		p.asked, p.refused, clock.Now().Sub(p.began), held>>20, before>>20)
	if p.refused == 0 || held > most {
		t.Errorf("%d requests refused, %d MiB in use", p.refused, held>>20)
	}
}

// below lists the schemas of each catalog that was made, and the tables of each schema.
func (p *patience) below(size estate.Size) (all []listing) {
	p.Helper()
	const unity = "/api/2.1/unity-catalog/"
	for _, catalog := range p.named(listing{path: unity + "catalogs", items: "catalogs", key: "name"}, estate.CatalogPrefix) {
		in := listing{
			name: "schemas of " + catalog, path: unity + "schemas", query: url.Values{"catalog_name": {catalog}}, items: "schemas", key: "name",
			size: "max_results", want: size.Schemas + 1, // with the information schema
		}
		all = append(all, in)
		for _, schema := range p.named(in, "") {
			if schema != "information_schema" {
				all = append(all, listing{
					name: "tables of " + schema, path: unity + "tables", items: "tables", key: "full_name", size: "max_results", want: size.Tables,
					query: url.Values{"catalog_name": {catalog}, "schema_name": {schema}, "omit_columns": {"true"}},
				})
			}
		}
	}
	return all
}

// named are the names in a list that begin with a prefix.
func (p *patience) named(l listing, prefix string) (names []string) {
	p.Helper()
	page := map[string]json.RawMessage{}
	p.get(l.path, l.query, &page)
	var items []map[string]any
	if err := json.Unmarshal(page[l.items], &items); err != nil {
		p.Fatal(err)
	}
	for _, item := range items {
		if name := fmt.Sprint(item[l.key]); strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	return names
}

// permissions asks who may do what with each object, and where it lies: the admins may, and its home is above it.
func (p *patience) permissions(sample []object) {
	p.Helper()
	kinds := map[string]string{"DIRECTORY": "directories", "NOTEBOOK": "notebooks", "FILE": "files", "REPO": "repos"}
	for _, o := range sample {
		var found object
		p.get("/api/2.0/workspace/get-status", url.Values{"path": {o.Path}}, &found)
		if found != o {
			p.Errorf("at the path of %+v there is %+v", o, found)
		}
		var got struct {
			List []struct {
				User  string `json:"user_name"`
				Group string `json:"group_name"`
			} `json:"access_control_list"`
		}
		p.get(fmt.Sprintf("/api/2.0/permissions/%s/%d", kinds[o.Type], o.ID), nil, &got)
		owner, _, _ := strings.Cut(strings.TrimPrefix(o.Path, "/Users/"), "/")
		admins, mine := false, !strings.HasPrefix(o.Path, "/Users/")
		for _, entry := range got.List {
			admins, mine = admins || entry.Group == model.Admins, mine || entry.User == owner
		}
		if !admins || !mine {
			p.Errorf("%s is for %+v", o.Path, got.List)
		}
	}
}

// BenchmarkListsOfTheLargestEstate reads every list but those of folders, by pages as large as they come, and the tables of one schema.
func BenchmarkListsOfTheLargestEstate(b *testing.B) {
	size := estate.Largest
	size.Catalogs, size.Schemas = 1, 1
	w, clock := startScenario(b, demo.Scenario{ID: "estate", Estate: size, Paced: true})
	p := patient(b, w, clock)
	for b.Loop() {
		for _, l := range append(lists(size), p.below(size)...) {
			if n := p.read(l, 10_000).count; n != l.want {
				b.Errorf("%s: %d of %d", l.name, n, l.want)
			}
		}
	}
	b.ReportMetric(float64(p.heap)/(1<<20), "MiB-in-use")
}

func TestTheEstatesAreFoundAndNotListed(t *testing.T) {
	for _, id := range []string{"estate", "estate-large"} {
		s, err := demo.Find(id)
		if err != nil || s.ID != id || !s.Paced || s.Estate.IsZero() {
			t.Errorf("%s is %+v, %v", id, s, err)
		}
		if slices.ContainsFunc(demo.Scenarios(), func(other demo.Scenario) bool { return other.ID == id }) {
			t.Errorf("%s is listed: every test of all scenarios makes it", id)
		}
	}
}

func TestTheAccountOfAnEstateIsReadAtItsOwnPace(t *testing.T) {
	w, clock := startScenario(t, demo.Scenario{ID: "estate", Estate: small, Paced: true})
	p := patient(t, w, clock)
	p.base, p.token = "https://"+demo.AccountHostName, tokenOf(t, accountConfig(t, w, w.AccountAdmin()))
	read := map[string]int{}
	for _, kind := range []string{"Users", "ServicePrincipals", "Groups"} {
		scim := "/api/2.0/accounts/" + w.AccountID() + "/scim/v2/" + kind
		read[kind] = p.read(listing{name: kind, path: scim, items: "Resources", key: "id", size: "count", counted: true}, 1).count
	}
	if n := read["Users"] + read["ServicePrincipals"]; n != small.Principals || read["Groups"] != small.Groups {
		t.Errorf("%d principals and %d groups, of %+v", n, read["Groups"], small)
	}
	// A page for each, and an empty one at the end of each list, of which 240 may be asked for at once and four in each second after that.
	if most := (small.Principals + small.Groups + 3 - 240) / 4; p.refused == 0 || p.refused > most+1 {
		t.Errorf("%d of %d requests were refused", p.refused, p.asked)
	}
}

// TestWhoAsksTooFastIsRefusedAsEverybodyElseIs asks both hosts until they refuse, and reads in the error whose request it was.
func TestWhoAsksTooFastIsRefusedAsEverybodyElseIs(t *testing.T) {
	w, _ := startScenario(t, demo.Scenario{ID: "paced", Paced: true})
	groups := "/api/2.0/accounts/" + w.AccountID() + "/scim/v2/Groups?count=1"
	for url, token := range map[string]string{
		"https://" + w.Host() + "/api/2.0/token-management/tokens": string(w.Admin().Token.Reveal()),
		"https://" + demo.AccountHostName + groups:                 tokenOf(t, accountConfig(t, w, w.AccountAdmin())),
	} {
		client := http.Client{Transport: transport(t, w)}
		for n := range 500 {
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+token)
			answer, err := client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(answer.Body)
			if _ = answer.Body.Close(); err != nil {
				t.Fatal(err)
			}
			if answer.StatusCode == http.StatusTooManyRequests {
				want := `{"error_code":"RESOURCE_EXHAUSTED","message":"Too many requests. Please wait a moment and try again.","details":[` +
					`{"@type":"type.googleapis.com/google.rpc.RequestInfo","request_id":"` + answer.Header.Get("X-Request-Id") + `","serving_data":""}]}` + "\n"
				if string(body) != want || answer.Header.Get("Retry-After") == "" || answer.Header.Get("Content-Type") != "application/json" {
					t.Errorf("%s: %v %s", url, answer.Header, body)
				}
				break
			}
			if n == 499 {
				t.Errorf("%s is never refused", url)
			}
		}
	}
}
