package access_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// trap is a case in which a shortcut that tools take gives the wrong answer.
type trap struct {
	shortcut string
	says     string
	facts    string // a fact a line, as estateOf reads them
	who      string
	right    string
	on       string
	want     access.Verdict
}

// traps begin with ann, a user of workspace 1 with its entitlements, catalog c, schema c.s and table c.s.t, and nothing granted on them.
var traps = []trap{
	{"use-catalog", "SELECT on the table opens nothing without USE CATALOG", "grant USE_SCHEMA c.s ann; grant SELECT c.s.t ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-catalog", "SELECT and USE SCHEMA on the whole catalog are not USE CATALOG", "grant USE_SCHEMA c ann; grant SELECT c ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-catalog", "owning the table does not open the catalog", "owner c.s.t ann; grant USE_SCHEMA c.s ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-catalog", "owning the schema does not open the catalog", "owner c.s ann; grant SELECT c.s ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-catalog", "BROWSE shows the catalog and is not USE CATALOG", "grant BROWSE c ann; grant USE_SCHEMA c ann; grant SELECT c ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-catalog", "MANAGE on the catalog is not USE CATALOG", "grant MANAGE c ann; grant USE_SCHEMA c ann; grant SELECT c ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-catalog", "USE CATALOG on another catalog is none on this one", "catalog d; grant USE_CATALOG d ann; grant ALL_PRIVILEGES c.s ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-catalog", "making tables takes USE CATALOG", "grant USE_SCHEMA c.s ann; grant CREATE_TABLE c.s ann", "ann", "CREATE_TABLE", "c.s", access.No},

	{"use-schema", "SELECT on the table opens nothing without USE SCHEMA", "grant USE_CATALOG c ann; grant SELECT c.s.t ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-schema", "SELECT on the schema is not USE SCHEMA", "grant USE_CATALOG c ann; grant SELECT c.s ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-schema", "owning the catalog does not open its schemas for reading", "owner c ann; grant SELECT c ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-schema", "in the system catalog, USE SCHEMA on the catalog reaches no schema", "set c no-inheritance; grant USE_CATALOG c ann; grant USE_SCHEMA c ann; grant SELECT c.s ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-schema", "owning the table does not open the schema", "grant USE_CATALOG c ann; owner c.s.t ann", "ann", "SELECT", "c.s.t", access.No},
	{"use-schema", "APPLY TAG takes USE SCHEMA as well", "grant USE_CATALOG c ann; grant APPLY_TAG c.s.t ann", "ann", "APPLY_TAG", "c.s.t", access.No},

	{"bindings", "a catalog bound to another workspace is shut, whatever is granted", "set c isolated; bind c 2; grant ALL_PRIVILEGES c ann", "ann", "SELECT", "c.s.t", access.No},
	{"bindings", "it is shut for its owner too", "set c isolated; bind c 2; owner c ann; grant ALL_PRIVILEGES c ann", "ann", "SELECT", "c.s.t", access.No},
	{"bindings", "it is shut for the metastore admin, who cannot grant there", "set c isolated; bind c 2; owner metastore ann", "ann", "MANAGE", "c.s.t", access.No},
	{"bindings", "bound for reading, it is not written", "set c isolated; bind c 1 read-only; grant ALL_PRIVILEGES c ann", "ann", "MODIFY", "c.s.t", access.No},
	{"bindings", "bound for reading, nothing is made in it", "set c isolated; bind c 1 read-only; grant ALL_PRIVILEGES c ann", "ann", "CREATE_TABLE", "c.s", access.No},
	{"bindings", "isolated and bound nowhere, it is shut everywhere", "set c isolated; grant ALL_PRIVILEGES c ann", "ann", "USE_CATALOG", "c", access.No},

	{"nesting", "six groups deep", "nest 6; grant ALL_PRIVILEGES c g6", "ann", "SELECT", "c.s.t", access.Yes},
	{"nesting", "ten groups deep, as deep as groups go", "nest 10; grant ALL_PRIVILEGES c g10", "ann", "SELECT", "c.s.t", access.Yes},
	{"nesting", "each part through a group of another depth", "nest 9; grant USE_CATALOG c g1; grant USE_SCHEMA c g7; grant SELECT c g9", "ann", "SELECT", "c.s.t", access.Yes},
	{"nesting", "an admin of the workspace through seven groups", "nest 7; member admins g7", "ann", "CAN_MANAGE", "warehouse", access.Yes},
	{"nesting", "owner of the metastore through eight groups", "nest 8; owner metastore g8", "ann", "MANAGE", "c.s.t", access.Yes},
	{"nesting", "a circle of groups is gone through once", "nest 8; member g1 g8; grant ALL_PRIVILEGES c g8", "ann", "SELECT", "c.s.t", access.Yes},

	{"names", "_ is a letter and no wildcard", "group data_eng; group dataXeng; member data_eng ann; grant ALL_PRIVILEGES c dataXeng", "ann", "SELECT", "c.s.t", access.No},
	{"names", "a name that begins another one is not that", "group data; group data-admins; member data ann; grant ALL_PRIVILEGES c data-admins", "ann", "SELECT", "c.s.t", access.No},
	{"names", "a service principal goes by its application ID, not by a group with its display name", "sp 6f2c draftt; group draftt; grant ALL_PRIVILEGES c draftt", "6f2c", "SELECT", "c.s.t", access.No},
	{"names", "the group admins of the workspace is not the account's group of that name", "group admins@account; member admins ann; grant ALL_PRIVILEGES c admins@account", "ann", "SELECT", "c.s.t", access.No},
	{"names", "a table whose name begins like the other is another one", "table c.s.t2; grant USE_CATALOG c ann; grant USE_SCHEMA c ann; grant SELECT c.s.t2 ann", "ann", "SELECT", "c.s.t", access.No},
	{"names", "a schema of the same name in another catalog is another one", "catalog d; schema d.s; table d.s.t; grant USE_CATALOG c ann; grant USE_SCHEMA d ann; grant SELECT d ann", "ann", "SELECT", "c.s.t", access.No},
}

// estateOf reads facts.
func estateOf(t *testing.T, facts string) world {
	t.Helper()
	w := world{people: map[string]access.Member{}, hidden: map[string]access.Seen{}, vague: map[string]bool{}}
	person := func(name string, m access.Member) { w.people[name], w.order = m, append(w.order, name) }
	person("ann", access.Member{Kind: access.User})
	person("boss", access.Member{Kind: access.User})
	person("account users", access.Member{Kind: access.Group, Everybody: true})
	person("admins", access.Member{Kind: access.Group, Place: 1})
	w.objects = []object{
		{kind: access.WorkspaceKind, key: "workspace", local: true}, {kind: access.AccountKind, key: "account"}, {kind: access.MetastoreKind, key: "metastore", owner: "boss"},
		{kind: access.CatalogKind, key: "c", owner: "boss"}, {kind: access.SchemaKind, key: "c.s", parent: "c", owner: "boss"},
		{kind: access.TableKind, key: "c.s.t", parent: "c.s", owner: "boss"}, {kind: access.WarehouseKind, key: "warehouse", local: true},
	}
	w.grants = []grant{{"workspace", "account users", "workspace-access"}}
	for fact := range strings.SplitSeq(facts, "; ") {
		w.read(t, strings.Fields(fact), person)
	}
	for _, name := range w.order {
		if m := w.people[name]; m.Kind != access.Group {
			w.grants = append(w.grants, grant{"workspace", name, "USER"})
		}
	}
	return w
}

func (w *world) read(t *testing.T, f []string, person func(string, access.Member)) {
	t.Helper()
	at := func(key string) *object {
		return &w.objects[slices.IndexFunc(w.objects, func(o object) bool { return o.key == key })]
	}
	parent := func() string { return f[1][:max(0, strings.LastIndexByte(f[1], '.'))] }
	switch f[0] {
	case "grant":
		w.grants = append(w.grants, grant{f[2], f[3], f[1]})
	case "owner":
		at(f[1]).owner = f[2]
	case "group":
		person(f[1], access.Member{Kind: access.Group})
	case "user":
		person(f[1], access.Member{Kind: access.User})
	case "sp":
		person(f[1], access.Member{Kind: access.ServicePrincipal, Display: f[2]})
	case "member":
		w.members = append(w.members, [2]string{f[1], f[2]})
	case "catalog", "schema", "table":
		kind := map[string]access.Kind{"catalog": access.CatalogKind, "schema": access.SchemaKind, "table": access.TableKind}[f[0]]
		w.objects = append(w.objects, object{kind: kind, key: f[1], parent: parent(), owner: "boss"})
	case "set":
		at(f[1]).thing.Isolated = f[2] == "isolated"
		at(f[1]).thing.NoInheritance = f[2] == "no-inheritance"
	case "bind":
		w.bindings = append(w.bindings, bind{f[1], f[2], len(f) > 3})
	case "nest":
		var deep int
		_, _ = fmt.Sscan(f[1], &deep)
		for i, inner := 1, "ann"; i <= deep; i++ {
			group := fmt.Sprintf("g%d", i)
			person(group, access.Member{Kind: access.Group})
			w.members = append(w.members, [2]string{group, inner})
			inner = group
		}
	default:
		t.Fatalf("%v is no fact", f)
	}
}

// taking is the estate as somebody sees it who takes the shortcut.
func (w world) taking(shortcut, who, on string) world {
	switch shortcut {
	case "use-catalog":
		w.grants = append(slices.Clone(w.grants), grant{"c", "account users", "USE_CATALOG"})
	case "use-schema":
		w.grants = append(slices.Clone(w.grants), grant{"c.s", "account users", "USE_SCHEMA"})
	case "bindings":
		w.objects = slices.Clone(w.objects)
		for i := range w.objects {
			w.objects[i].thing.Isolated = false
		}
	case "nesting":
		w.members = slices.DeleteFunc(slices.Clone(w.members), func(m [2]string) bool {
			var inner int
			_, err := fmt.Sscanf(m[1], "g%d", &inner)
			return err == nil && inner >= 5
		})
	case "names":
		alike := func(a, b string) bool {
			a, _, _ = strings.Cut(a, "@")
			b, _, _ = strings.Cut(b, "@")
			return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) || strings.ReplaceAll(a, "_", "X") == strings.ReplaceAll(b, "_", "X") ||
				strings.Contains(a, ".") && strings.HasSuffix(a, b[1:])
		}
		mine := []string{who, w.people[who].Display}
		for _, m := range w.members {
			if m[1] == who {
				mine = append(mine, m[0])
			}
		}
		for _, g := range slices.Clone(w.grants) {
			for _, name := range mine {
				if name != "" && alike(g.to, name) {
					w.grants = append(w.grants, grant{g.on, who, g.right})
				}
			}
			if strings.Count(g.on, ".") == 2 && alike(g.on, on) {
				w.grants = append(w.grants, grant{on, who, g.right})
			}
			if strings.HasPrefix(g.on, "d") {
				w.grants = append(w.grants, grant{"c" + g.on[1:], who, g.right})
			}
		}
	}
	return w
}

// TestTheShortcutsOfOthersAreNotTaken asks in cases where each shortcut would be wrong, and sees that it would.
func TestTheShortcutsOfOthersAreNotTaken(t *testing.T) {
	if len(traps) < 25 {
		t.Fatalf("%d cases", len(traps))
	}
	for _, c := range traps {
		w := estateOf(t, c.facts)
		verdict := func(w world) access.Answer {
			f, in := w.facts(t, nil)
			who, err := f.Find(in, c.who)
			if err != nil {
				t.Fatal(err)
			}
			o := w.objects[slices.IndexFunc(w.objects, func(o object) bool { return o.key == c.on })]
			right, err := f.Rules().ParseRight(o.kind, c.right)
			if err != nil {
				t.Fatal(err)
			}
			a, err := f.Why(access.Question{Who: who, Right: right, On: objectOf(f, in, o), In: in})
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		if got := verdict(w); got.Verdict != c.want {
			t.Errorf("%s: %s: got %s", c.shortcut, c.says, got.Verdict)
		}
		if wrong := verdict(w.taking(c.shortcut, c.who, c.on)); wrong.Verdict == c.want {
			t.Errorf("%s: %s: the shortcut says so too", c.shortcut, c.says)
		}
	}
}

// TestDeeperThanGroupsGoNothingCounts holds the documented limit of ten groups in groups.
func TestDeeperThanGroupsGoNothingCounts(t *testing.T) {
	f, in := estateOf(t, "nest 11; grant ALL_PRIVILEGES c g11").facts(t, nil)
	ann, _ := f.Find(in, "ann")
	m, _ := f.MetastoreOf(in)
	table, _ := f.Lookup(access.TableKind, m, "c.s.t")
	sel, _ := f.Rules().ParseRight(access.TableKind, "select")
	if got := f.Verdict(access.Question{Who: ann, Right: sel, On: table, In: in}); got != access.No {
		t.Errorf("eleven deep: %s", got)
	}
}
