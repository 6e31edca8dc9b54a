package grants_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

var (
	states = flag.Int("states", 200, "how many random privilege states to try")
	first  = flag.Uint64("first", 0, "the first of them")
)

const (
	adminID    = "c2a4d9b6-1e37-4b80-9f6d-50e8a7c3d914"
	here, away = "7405605741000000", "3019486627750194"
)

// state is a random workspace: who holds and owns what in one catalog, and whether it is bound here.
type state struct {
	world *model.World
	needs []grants.Need
	reads []string // tables that have to be readable in the end; "future" stands for one that is made later

	owners map[string]string // of the objects, by their full names
	away   bool              // the catalog is bound to another workspace alone
}

var groupsOfDraftt = []grants.Identity{
	{Name: connector.FromRemote("inner"), Group: true},
	{Name: connector.FromRemote("outer"), Group: true, Via: []connector.Remote{connector.FromRemote("inner")}},
}

// newState makes the same state from the same seed every time.
func newState(t *testing.T, seed uint64) state {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	w := model.New(model.SystemClock{}, here, model.Metastore{ID: "m", Name: "m", Owner: adminID})
	for _, p := range []model.Principal{
		{Kind: model.Group, Name: model.AccountUsers}, {Kind: model.Group, Name: "outer"}, {Kind: model.Group, Name: "inner", MemberOf: []string{"outer"}},
		{Kind: model.Group, Name: "strangers"}, {Kind: model.Group, Name: model.Admins, WorkspaceLocal: true}, {Kind: model.User, Name: "somebody@contoso.example", Active: true},
		{Kind: model.ServicePrincipal, Name: applicationID, DisplayName: "draftt-connector", Active: true, MemberOf: []string{"inner"}, Entitlements: []string{model.SQLAccess}},
		{Kind: model.ServicePrincipal, Name: adminID, Active: true, MemberOf: []string{model.Admins}, Entitlements: []string{model.SQLAccess}},
		{Kind: model.Group, Name: model.WorkspaceUsers, WorkspaceLocal: true},
	} {
		w.AddPrincipal(p)
	}
	w.AddToken(adminID, []byte("dapi-admin"))
	w.AddToken(applicationID, []byte("dapi-own"))
	if _, err := w.GrantAccess(must(w.Principal(adminID)), model.Controlled{Kind: model.TokenAccess}, []model.AccessRequest{{Kind: model.ServicePrincipal, Principal: applicationID, Level: model.CanUse}}); err != nil {
		t.Fatal(err)
	}
	out := state{world: w, owners: map[string]string{}}
	owner := func(name string) string {
		out.owners[name] = []string{"somebody@contoso.example", "strangers", adminID, "somebody@contoso.example", "strangers", applicationID, "inner", "outer"}[r.IntN(8)]
		return out.owners[name]
	}
	cat := model.Catalog{Name: "c-`1", Owner: owner("c-`1"), Isolated: r.IntN(8) == 0}
	if cat.Isolated {
		cat.Bindings = []model.Binding{{WorkspaceID: []string{here, away}[r.IntN(2)], ReadOnly: true}}
		out.away = cat.Bindings[0].WorkspaceID == away
	}
	steps := []error{
		w.AddCatalog(cat), w.AddSchema(model.Schema{Catalog: cat.Name, Name: "s", Owner: owner(cat.Name + ".s")}),
		w.AddSchema(model.Schema{Catalog: cat.Name, Name: "other", Owner: owner(cat.Name + ".other")}),
	}
	for _, name := range []string{"t1", "v2", "t3"} {
		kind := model.Managed
		if name == "v2" {
			kind = model.View
		}
		steps = append(steps, w.AddTable(model.Table{Catalog: cat.Name, Schema: "s", Name: name, Type: kind, Owner: owner(cat.Name + ".s." + name)}))
	}
	out.owners[cat.Name+".s.future"] = "somebody@contoso.example"
	steps = append(steps, w.AddTable(model.Table{Catalog: cat.Name, Schema: "s", Name: "future", Type: model.Managed, Owner: "somebody@contoso.example"}))
	at := []unity.Securable{unity.OnCatalog(cat.Name), unity.OnSchema(cat.Name, "s"), unity.OnTable(cat.Name, "s", "t1"), unity.OnTable(cat.Name, "s", "v2"), unity.OnSchema(cat.Name, "other")}
	may := map[unity.Kind][]unity.Privilege{
		unity.CatalogKind: {unity.UseCatalog, unity.UseCatalog, unity.UseSchema, unity.Select, unity.Browse, unity.Browse, unity.Manage, unity.AllPrivileges, unity.Modify},
		unity.SchemaKind:  {unity.UseSchema, unity.UseSchema, unity.Select, unity.Manage, unity.AllPrivileges, unity.CreateTable},
		unity.TableKind:   {unity.Select, unity.Select, unity.Modify, unity.Manage, unity.AllPrivileges},
	}
	holders := []string{applicationID, applicationID, "inner", "outer", model.AccountUsers, "strangers"}
	for range r.IntN(7) {
		on := at[r.IntN(len(at))]
		list := may[on.Kind]
		steps = append(steps, w.Preset(on, holders[r.IntN(len(holders))], list[r.IntN(len(list))]))
	}
	for _, err := range steps {
		if err != nil {
			t.Fatal(err)
		}
	}
	s := schema(t, cat.Name, "s")
	if r.IntN(2) == 0 {
		out.needs, out.reads = needs(s, connector.ScopeSchema), []string{"t1", "v2", "t3", "future"}
		return out
	}
	targets := []grants.Target{{Name: s.Table(ident(t, "t1"))}, {Name: s.Table(ident(t, "v2"))}, {Name: s.Table(ident(t, "t3"))}}[:1+r.IntN(3)]
	for _, target := range targets {
		out.reads = append(out.reads, target.Name.Table.Raw())
	}
	out.needs = needs(s, connector.ScopeTables, targets...)
	return out
}

func must(p *model.Principal, _ bool) *model.Principal { return p }

// readable is the judge: the workspace's own rules, which know nothing of diffs.
func (s state) readable() bool {
	who := must(s.world.Principal(applicationID))
	return !slices.ContainsFunc(s.reads, func(table string) bool { return s.world.CheckRead(who, "c-`1", "s", table) != nil })
}

var statement = regexp.MustCompile("^GRANT (USE CATALOG|USE SCHEMA|SELECT) ON (CATALOG|SCHEMA|TABLE|VIEW) ((?:`(?:[^`]|``)+`\\.?){1,3}) TO `" + applicationID + "`;$")

// run is a SQL editor of its own: it reads a statement as the grammar has it, and nothing but the three privileges.
func (s state) run(t *testing.T, line string) {
	t.Helper()
	m := statement.FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("not a statement of the contract: %s", line)
	}
	kind := map[string]string{"VIEW": "TABLE"}[m[2]]
	if kind == "" {
		kind = m[2]
	}
	var parts []string
	for _, part := range connector.SplitName(m[3]) {
		parts = append(parts, strings.ReplaceAll(strings.Trim(part, "`"), "``", "`"))
	}
	if len(parts) > 0 {
		parts[0] = "c-`1" // Trim takes doubled backticks at the end too
	}
	on, err := unity.ParseSecurable(kind, strings.Join(parts, "."))
	if err != nil {
		t.Fatal(err)
	}
	p, err := unity.ParsePrivilege(m[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.world.Grant(must(s.world.Principal(adminID)), on, p, applicationID); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
}

func (st *stage) compare(t *testing.T, s state, own bool) grants.Comparison {
	t.Helper()
	st.show(s.world)
	reader, who := st.admin, grants.Known(draftt, groupsOfDraftt)
	if own {
		me, err := st.own.next().Me(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		reader, who = st.own, grants.Self(me)
	}
	views, err := grants.Look(t.Context(), reader, draftt.Name, grants.Objects(s.needs))
	if err != nil {
		t.Fatal(err)
	}
	return grants.Diff(s.needs, views, who, own)
}

func lines(t *testing.T, c grants.Comparison) []string {
	t.Helper()
	script, err := c.SQL()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(strings.Split(script, "\n"), func(l string) bool { return l == "" || strings.HasPrefix(l, "--") })
}

func TestTheSQLShownIsExactlyWhatIsMissing(t *testing.T) {
	st := newStage(t)
	shown, obstacles := 0, 0
	for seed := *first; seed < *first+uint64(*states); seed++ {
		name := fmt.Sprintf("state %d", seed)
		s := newState(t, seed)
		before := st.compare(t, s, false)
		script := lines(t, before)
		if before.Obstacle != "" {
			obstacles++
			if s.readable() || len(script) > 0 {
				t.Errorf("%s: %q, and %q", name, before.Obstacle, script)
			}
			continue
		}
		for _, line := range script {
			s.run(t, line)
		}
		shown += len(script)
		if after := st.compare(t, s, false); !s.readable() || !after.Done() {
			t.Errorf("%s: after\n%s\nreadable %v, missing %v", name, strings.Join(script, "\n"), s.readable(), after.Missing)
		}
		for skip := range script {
			less := newState(t, seed)
			for i, line := range script {
				if i != skip {
					less.run(t, line)
				}
			}
			if again := st.compare(t, less, false); less.readable() || again.Done() {
				t.Errorf("%s: %s is not needed (readable %v, done %v)", name, script[skip], less.readable(), again.Done())
			}
		}
	}
	if shown < *states/2 || obstacles == 0 {
		t.Errorf("%d statements and %d obstacles prove little", shown, obstacles)
	}
}

func TestWhatThePrincipalSeesByItselfIsEnoughToOpenTheTables(t *testing.T) {
	st := newStage(t)
	for seed := *first; seed < *first+uint64(*states); seed++ {
		s := newState(t, seed)
		before := st.compare(t, s, true)
		if before.Obstacle != "" {
			continue
		}
		readable := s.readable()
		script := lines(t, before)
		if before.Done() != (len(script) == 0) || before.Done() && !readable {
			t.Errorf("state %d: done %v, readable %v\n%s", seed, before.Done(), readable, script)
		}
		for _, line := range script {
			s.run(t, line)
		}
		if after := st.compare(t, s, true); !s.readable() || !after.Done() {
			t.Errorf("state %d: readable %v after\n%s\nmissing %v", seed, s.readable(), strings.Join(script, "\n"), after.Missing)
		}
	}
}
