package grants_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

const applicationID = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"

var draftt = connector.Principal{Name: connector.FromRemote(applicationID), DisplayName: connector.FromRemote("draftt-connector")}

func ident(t testing.TB, name string) connector.Ident {
	t.Helper()
	id, err := connector.RemoteIdent(connector.FromRemote(name))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func schema(t testing.TB, catalog, name string) connector.SchemaName {
	t.Helper()
	return connector.SchemaName{Catalog: ident(t, catalog), Schema: ident(t, name)}
}

// needs is the whole contract for a choice.
func needs(s connector.SchemaName, scope connector.Scope, targets ...grants.Target) []grants.Need {
	return append(grants.Reach(s), grants.Read(s, scope, targets)...)
}

func TestTheScriptThatAnAdminRuns(t *testing.T) {
	assets := schema(t, "inventory", "assets")
	person := connector.Principal{Name: connector.FromRemote("maria@contoso.example"), DisplayName: connector.FromRemote("Maria")}
	tests := []struct {
		name  string
		needs []grants.Need
		to    connector.Principal
		want  string
	}{
		{"a schema, future tables too", needs(assets, connector.ScopeSchema), draftt, `
-- service principal "draftt-connector"
GRANT USE CATALOG ON CATALOG ¬inventory¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
GRANT USE SCHEMA ON SCHEMA ¬inventory¬.¬assets¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
GRANT SELECT ON SCHEMA ¬inventory¬.¬assets¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
`},
		{"chosen tables of every kind", needs(assets, connector.ScopeTables,
			grants.Target{Name: assets.Table(ident(t, "devices")), Kind: "MANAGED"}, grants.Target{Name: assets.Table(ident(t, "open_tickets")), Kind: "VIEW"},
			grants.Target{Name: assets.Table(ident(t, "totals")), Kind: "MATERIALIZED_VIEW"}, grants.Target{Name: assets.Table(ident(t, "stream")), Kind: "STREAMING_TABLE"},
			grants.Target{Name: assets.Table(ident(t, "unknown"))}), draftt, `
-- service principal "draftt-connector"
GRANT USE CATALOG ON CATALOG ¬inventory¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
GRANT USE SCHEMA ON SCHEMA ¬inventory¬.¬assets¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
GRANT SELECT ON TABLE ¬inventory¬.¬assets¬.¬devices¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
GRANT SELECT ON VIEW ¬inventory¬.¬assets¬.¬open_tickets¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
GRANT SELECT ON MATERIALIZED VIEW ¬inventory¬.¬assets¬.¬totals¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
GRANT SELECT ON TABLE ¬inventory¬.¬assets¬.¬stream¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
GRANT SELECT ON TABLE ¬inventory¬.¬assets¬.¬unknown¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
`},
		{"the legacy metastore has privileges of its own", needs(schema(t, "hive_metastore", "default"), connector.ScopeSchema), draftt, `
-- service principal "draftt-connector"
GRANT USAGE ON CATALOG ¬hive_metastore¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
GRANT USAGE ON SCHEMA ¬hive_metastore¬.¬default¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
GRANT SELECT ON SCHEMA ¬hive_metastore¬.¬default¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
`},
		{"unusual names", grants.Read(schema(t, "odd`name", "work-orders"), connector.ScopeTables,
			[]grants.Target{{Name: schema(t, "odd`name", "work-orders").Table(ident(t, "stellplätze"))}}), person, `
-- principal "Maria"
GRANT SELECT ON TABLE ¬odd¬¬name¬.¬work-orders¬.¬stellplätze¬ TO ¬maria@contoso.example¬;
`},
		{"a principal without a display name", grants.Reach(assets)[:1], connector.Principal{Name: draftt.Name}, `
GRANT USE CATALOG ON CATALOG ¬inventory¬ TO ¬6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22¬;
`},
		{"nothing is needed", nil, draftt, "\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := grants.Script(tt.needs, tt.to)
			if want := strings.ReplaceAll(strings.TrimPrefix(tt.want, "\n"), "¬", "`"); err != nil || got != want {
				t.Errorf("got\n%s\nwant\n%s\n%v", got, want, err)
			}
		})
	}
}

func TestAHostileDisplayNameStaysACommentOfOneLine(t *testing.T) {
	for _, name := range []string{
		"x\nGRANT MODIFY ON CATALOG main TO `evil`;", "x\r\nDROP TABLE y", "x\u2028y", "x\u2029y", "x\u0085y", "x\vy\fz", "\x1b[2J", "*/ DROP", `quote " and \ here`, "a\u202eb", "\xff", "-- --",
		strings.Repeat("long ", 1000),
	} {
		script, err := grants.Script(grants.Reach(schema(t, "c", "s")), connector.Principal{Name: draftt.Name, DisplayName: connector.FromRemote(name)})
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.FieldsFunc(script, func(r rune) bool { return strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r) })
		if len(lines) != 3 || !strings.HasPrefix(lines[0], "-- service principal ") || connector.CleanLine(lines[0], 1000) != lines[0] {
			t.Errorf("%q gives %q", name, script)
		}
	}
}

func TestAPrincipalThatCannotBeQuotedGetsNothing(t *testing.T) {
	for _, name := range []string{"", "a\nb", "a\x1bb", "a\u202eb", "\xff"} {
		script, err := grants.Script(grants.Reach(schema(t, "c", "s")), connector.Principal{Name: connector.FromRemote(name)})
		var input *connector.Error
		if !errors.As(err, &input) || script != "" {
			t.Errorf("%q: %q, %v", name, script, err)
		}
	}
}

// granted is everything that a statement of the contract may look like.
var granted = regexp.MustCompile("^GRANT (USE CATALOG|USE SCHEMA|USAGE|SELECT) ON (CATALOG|SCHEMA|TABLE|VIEW|MATERIALIZED VIEW) (`([^`]|``)+`\\.?){1,3} TO `([^`]|``)+`;$")

func TestNoStatementGivesMoreThanTheContract(t *testing.T) {
	everything := []connector.Privilege{
		connector.UseCatalog, connector.UseSchema, connector.Usage, connector.Select, connector.Browse, connector.Modify, connector.AllPrivileges, connector.Manage,
		"CREATE_TABLE", "CREATE_SCHEMA", "EXECUTE", "APPLY_TAG", "READ_METADATA", "OWNERSHIP", "", "SELECT, MODIFY", "SELECT ON TABLE x TO y; GRANT MODIFY", "select",
	}
	s := schema(t, "c", "s")
	objects := []grants.Object{grants.Catalog(s.Catalog), grants.Schema(s)}
	for _, kind := range []connector.TableKind{"", "MANAGED", "VIEW", "MATERIALIZED_VIEW", "METRIC_VIEW", "TABLE x TO evil; --"} {
		objects = append(objects, grants.Table(s.Table(ident(t, "t`;--")), kind))
	}
	given := map[string]bool{}
	for _, object := range objects {
		for _, privilege := range everything {
			statement, err := grants.Statement(grants.Need{Privilege: privilege, On: object}, draftt.Name)
			if err != nil {
				if !errors.Is(err, grants.ErrOutsideContract) || statement != "" {
					t.Errorf("%s: %q, %v", privilege, statement, err)
				}
				continue
			}
			if !granted.MatchString(statement) {
				t.Errorf("outside the contract: %s", statement)
			}
			given[string(privilege)] = true
		}
	}
	if len(given) != 4 {
		t.Errorf("given %v", given)
	}
	forged := grants.Table(s.Table(ident(t, "t")), "")
	forged.Keyword = "TABLE `x` TO `evil`; --"
	for name, object := range map[string]grants.Object{
		"a forged keyword": forged, "a table without a name": grants.Table(connector.TableName{SchemaName: s}, ""), "a schema without a name": grants.Schema(connector.SchemaName{Catalog: s.Catalog}),
		"a catalog without a name": grants.Catalog(connector.Ident{}), "nothing": {},
	} {
		if statement, err := grants.Statement(grants.Need{Privilege: connector.Select, On: object}, draftt.Name); !errors.Is(err, grants.ErrOutsideContract) {
			t.Errorf("%s: %q, %v", name, statement, err)
		}
	}
}

func TestTheScriptOpensTheEmbeddedWorkspace(t *testing.T) {
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(t.Context(), s, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	var all []grants.Need
	all = append(all, needs(schema(t, "inventory", "assets"), connector.ScopeSchema)...)
	all = append(all, needs(schema(t, "odd`name", "back`tick"), connector.ScopeTables, grants.Target{Name: schema(t, "odd`name", "back`tick").Table(ident(t, "t`1"))})...)
	all = append(all, needs(schema(t, "inventory", "assets"), connector.ScopeTables, grants.Target{Name: schema(t, "inventory", "assets").Table(ident(t, "open_tickets")), Kind: "VIEW"})...)
	script, err := grants.Script(all, draftt)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Grant(t.Context(), script); err != nil {
		t.Errorf("%v\n%s", err, script)
	}
}

func TestAnObjectHasAFormForEachReader(t *testing.T) {
	s := schema(t, "a`b", "s")
	tests := []struct {
		object               grants.Object
		full, quoted, string string
	}{
		{grants.Catalog(s.Catalog), "a`b", "`a``b`", "a`b"},
		{grants.Schema(s), "a`b.s", "`a``b`.`s`", "a`b.s"},
		{grants.Table(s.Table(ident(t, "t")), "VIEW"), "a`b.s.t", "`a``b`.`s`.`t`", "a`b.s.t"},
	}
	for _, tt := range tests {
		if tt.object.Full() != tt.full || tt.object.Quoted() != tt.quoted || tt.object.String() != tt.string {
			t.Errorf("%q, %q, %q", tt.object.Full(), tt.object.Quoted(), tt.object.String())
		}
	}
}

func TestWhatIsHeldIsComparedWithTheContract(t *testing.T) {
	held := func(list ...connector.Privilege) (out []connector.Grant) {
		for _, p := range list {
			out = append(out, connector.Grant{Privilege: p})
		}
		return out
	}
	if !grants.Holds(held(connector.UseSchema, connector.Select), connector.Select) || !grants.Holds(held(connector.AllPrivileges), connector.UseCatalog) {
		t.Error("a held privilege is not seen")
	}
	if grants.Holds(held(connector.UseSchema, connector.Manage, connector.Modify), connector.Select) || grants.Holds(nil, connector.Select) {
		t.Error("MANAGE and MODIFY do not include SELECT")
	}
}

func TestWhatGoesBeyondTheContractWritesOrReads(t *testing.T) {
	for privilege, writes := range map[connector.Privilege]bool{
		grants.Ownership: true, connector.Modify: true, connector.AllPrivileges: true, connector.Manage: true, "CREATE_TABLE": true, "WRITE_VOLUME": true, "A_NEW_ONE": true,
		connector.Select: false, connector.UseSchema: false, connector.Browse: false, "READ_METADATA": false, "READ_VOLUME": false,
	} {
		if e := grants.NewExcess(privilege, grants.Origin{}); e.Writes != writes || e.Privilege != privilege {
			t.Errorf("%s: %+v", privilege, e)
		}
	}
}

func TestWhatWasChosenIsNotBeyondTheContract(t *testing.T) {
	assets := schema(t, "inventory", "assets")
	table := grants.Table(assets.Table(ident(t, "components")), "")
	held := grants.NewExcess(connector.Select, grants.Origin{From: table})
	for _, c := range []struct {
		need   grants.Need
		covers bool
	}{
		{grants.Need{Privilege: connector.Select, On: grants.Schema(assets)}, true},
		{grants.Need{Privilege: connector.Select, On: table}, true},
		{grants.Need{Privilege: connector.UseSchema, On: grants.Schema(assets)}, false},
		{grants.Need{Privilege: connector.Select, On: grants.Schema(schema(t, "inventory", "other"))}, false},
	} {
		if c.need.Covers(held) != c.covers {
			t.Errorf("%s covers SELECT on the table: %t", c.need.Title(), !c.covers)
		}
	}
	view := grants.View{Object: table, Grants: []connector.Grant{{Privilege: connector.Select, Principal: draftt.Name}}}
	found := grants.Diff(needs(assets, connector.ScopeSchema), []grants.View{view}, grants.Self(draftt), true)
	if len(found.Extra) != 0 {
		t.Errorf("SELECT on a table of the chosen schema is beyond it: %+v", found.Extra)
	}
}
