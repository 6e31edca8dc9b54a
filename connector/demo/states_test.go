package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// The objects and principals of the random states: two catalogs with two schemas with two tables each, and two readers, one of them in a
// group in a group and sometimes a workspace admin. The steward owns the metastore through a group, in which a reader sometimes is too.
var (
	letters   = []string{"a", "b"}
	receivers = []string{"direct", "grouped", "inner", "outer", model.AccountUsers}
	readers   = []string{"direct", "grouped"}
)

// held is one granted privilege.
type held struct {
	on        string // dotted name
	privilege string
	to        string
}

// state is a random workspace, and beside it what it was made of, for working out what ought to follow.
type state struct {
	world    *model.World
	grants   map[held]bool
	owners   map[string]string // by dotted name
	names    map[string][]string
	bindings map[string]string // by catalog: "open", "elsewhere", "here" or "read-only"
}

func randomState(t *testing.T, number uint64) state {
	t.Helper()
	dice := rand.New(rand.NewPCG(number, 1))
	s := state{
		world:  model.New(model.NewManualClock(seed.AsOf), "42", model.Metastore{ID: "m", Owner: "stewards"}),
		grants: map[held]bool{}, owners: map[string]string{}, bindings: map[string]string{},
		names: map[string][]string{ // whose grants and ownership count for whom, written out by hand
			"direct":  {"direct", model.AccountUsers},
			"grouped": {"grouped", "inner", "outer", model.AccountUsers},
		},
	}
	people := []model.Principal{
		{Kind: model.Group, Name: model.AccountUsers}, {Kind: model.Group, Name: "outer"}, {Kind: model.Group, Name: "stewards"},
		{Kind: model.Group, Name: "inner", MemberOf: []string{"outer"}},
		{Kind: model.User, Name: "steward", MemberOf: []string{"stewards"}}, {Kind: model.User, Name: "nobody"},
		{Kind: model.ServicePrincipal, Name: "direct"},
		{Kind: model.ServicePrincipal, Name: "grouped", MemberOf: []string{"inner"}},
	}
	if dice.IntN(8) == 0 {
		people[6].MemberOf = []string{"stewards"}
		s.names["direct"] = append(s.names["direct"], "stewards")
	}
	// Who is a workspace admin holds nothing more of Unity Catalog by that.
	if admins := rand.New(rand.NewPCG(number, 3)); admins.IntN(4) == 0 {
		people = append(people, model.Principal{Kind: model.Group, Name: model.Admins, WorkspaceLocal: true})
		people[7].MemberOf = append(people[7].MemberOf, model.Admins)
	}
	for _, p := range people {
		p.Active, p.Entitlements = true, []string{model.SQLAccess}
		s.world.AddPrincipal(p)
		s.world.AddToken(p.Name, []byte("token of "+p.Name))
	}
	for _, c := range letters {
		s.addCatalog(t, dice, c)
	}
	return s
}

func (s state) addCatalog(t *testing.T, dice *rand.Rand, name string) {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	grant := func(on unity.Securable, choices ...unity.Privilege) {
		for _, p := range choices {
			if dice.IntN(4) == 0 {
				to := receivers[dice.IntN(len(receivers))]
				check(s.world.Preset(on, to, p))
				s.grants[held{on.FullName(), p.SQL(), to}] = true
			}
		}
	}
	owner := func(on unity.Securable, odds int) string {
		who := "nobody"
		if dice.IntN(odds) == 0 {
			who = receivers[dice.IntN(len(receivers))]
		}
		s.owners[on.FullName()] = who
		return who
	}
	c := model.Catalog{Name: name, Owner: owner(unity.OnCatalog(name), 8)}
	s.bindings[name] = []string{"open", "open", "open", "open", "open", "elsewhere", "here", "read-only"}[dice.IntN(8)]
	c.Isolated = s.bindings[name] != "open"
	switch s.bindings[name] {
	case "elsewhere":
		c.Bindings = []model.Binding{{WorkspaceID: "43"}}
	case "here", "read-only":
		c.Bindings = []model.Binding{{WorkspaceID: "43"}, {WorkspaceID: "42", ReadOnly: s.bindings[name] == "read-only"}}
	}
	check(s.world.AddCatalog(c))
	grant(unity.OnCatalog(name), unity.UseCatalog, unity.UseCatalog, unity.UseCatalog, unity.UseSchema, unity.Select, unity.Browse, unity.Modify)
	if dice.IntN(3) == 0 {
		grant(unity.OnCatalog(name), unity.AllPrivileges, unity.Manage)
	}
	for _, sc := range letters {
		on := unity.OnSchema(name, sc)
		check(s.world.AddSchema(model.Schema{Catalog: name, Name: sc, Owner: owner(on, 6)}))
		grant(on, unity.UseSchema, unity.UseSchema, unity.Select, unity.AllPrivileges, unity.Manage)
		for _, ta := range letters {
			on := unity.OnTable(name, sc, ta)
			check(s.world.AddTable(model.Table{
				Catalog: name, Schema: sc, Name: ta, Owner: owner(on, 6), Type: model.Managed, RowCount: 1,
				Columns: []unity.Column{{Name: "x", Type: unity.BigInt}}, Rows: func(int) []any { return []any{int64(1)} },
			}))
			grant(on, unity.Select, unity.Modify, unity.AllPrivileges, unity.Manage)
		}
	}
}

// What follows is the documentation's rules written a second time, over dotted names and with nothing of the model.

// has reports a privilege by grant: itself or ALL PRIVILEGES, on the object or on anything above it, to any of the reader's names.
// ALL PRIVILEGES does not stand for MANAGE.
func (s state) has(reader, privilege, object string) bool {
	for _, on := range above(object) {
		for _, to := range s.names[reader] {
			if s.grants[held{on, privilege, to}] || privilege != "MANAGE" && s.grants[held{on, "ALL PRIVILEGES", to}] {
				return true
			}
		}
	}
	return false
}

// above is an object with what it is in, innermost first.
func above(object string) []string {
	list := []string{object}
	for {
		i := strings.LastIndexByte(object, '.')
		if i < 0 {
			return list
		}
		object = object[:i]
		list = append(list, object)
	}
}

func (s state) owns(reader, object string) bool {
	return slices.Contains(s.names[reader], s.owners[object])
}

// may reports a privilege by grant or by owning the object itself.
func (s state) may(reader, privilege, object string) bool {
	return s.has(reader, privilege, object) || s.owns(reader, object)
}

func (s state) steward(reader string) bool { return slices.Contains(s.names[reader], "stewards") }

// opens reports whether everything above an object may be used.
func (s state) opens(reader, object string) bool {
	parts := above(object)
	return (len(parts) < 2 || s.may(reader, "USE CATALOG", parts[len(parts)-1])) && (len(parts) < 3 || s.may(reader, "USE SCHEMA", parts[1]))
}

// sees is how an object shows: "", "browse" or "full".
func (s state) sees(reader, object string) string {
	parts := above(object)
	catalog := parts[len(parts)-1]
	if s.bindings[catalog] == "elsewhere" {
		return ""
	}
	opening := map[int]string{1: "USE CATALOG", 2: "USE SCHEMA", 3: "SELECT"}[len(parts)]
	if k, other := kindsByName[object[strings.LastIndexByte(object, '.')+1:]]; other && len(parts) == 1 {
		return s.seesBelowMetastore(reader, object, k)
	} else if other {
		opening = k.opening
	}
	full := s.steward(reader) || s.owns(reader, catalog) ||
		s.opens(reader, object) && (s.may(reader, opening, object) || s.has(reader, "MANAGE", object)) ||
		len(parts) == 3 && s.may(reader, "USE CATALOG", catalog) && s.owns(reader, parts[1])
	switch {
	case full:
		return "full"
	case s.has(reader, "BROWSE", catalog):
		return "browse"
	}
	return ""
}

// grantsOn reports whether a reader may grant on an object: the steward, the owner of it or of what it is in, or with MANAGE.
func (s state) grantsOn(reader, object string) bool {
	parts := above(object)
	if s.bindings[parts[len(parts)-1]] == "elsewhere" {
		return false
	}
	return s.steward(reader) || slices.ContainsFunc(parts, func(on string) bool { return s.owns(reader, on) }) ||
		s.opens(reader, object) && s.has(reader, "MANAGE", object)
}

// firstMissing enumerates what reading, or with MODIFY changing, a table takes; it is empty when nothing is missing.
func (s state) firstMissing(reader, privilege, table string) string {
	parts := above(table)
	schema, catalog := parts[1], parts[2]
	switch {
	case s.bindings[catalog] == "elsewhere":
		return "Catalog '" + catalog + "' is not accessible in current workspace"
	case !s.may(reader, "USE CATALOG", catalog):
		return "User does not have USE CATALOG on Catalog '" + catalog + "'."
	case !s.may(reader, "USE SCHEMA", schema):
		return "User does not have USE SCHEMA on Schema '" + schema + "'."
	case !s.may(reader, privilege, table):
		return "User does not have " + privilege + " on Table '" + table + "'."
	case privilege == "MODIFY" && s.bindings[catalog] == "read-only":
		return "Catalog '" + catalog + "' is bound to this workspace in read-only mode."
	}
	return ""
}

// effective lists the privileges on an object with where they come from, one text each.
func (s state) effective(object string) []string {
	var lines []string
	for h := range s.grants {
		if slices.Contains(above(object), h.on) {
			from := h.on
			if from == object {
				from = ""
			}
			lines = append(lines, fmt.Sprintf("%s %s from %q", h.to, strings.ReplaceAll(h.privilege, " ", "_"), from))
		}
	}
	slices.Sort(lines)
	return lines
}
