package admin

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/query/granting"
)

func legacySchema(t testing.TB) connector.SchemaName {
	t.Helper()
	return connector.SchemaName{Catalog: ident(t, connector.HiveMetastore), Schema: ident(t, "default")}
}

func TestPrivilegesInTheLegacyCatalogAreGivenAndSeenInSQL(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	on := legacySchema(t)
	want := Allow{Principal: demo.ConnectorID, Runs: starter, Legacy: []grants.Need{
		{Privilege: connector.Usage, On: grants.Catalog(on.Catalog)}, {Privilege: granting.Create, On: grants.Catalog(on.Catalog)},
		{Privilege: connector.Usage, On: grants.Schema(on)}, {Privilege: granting.ReadMetadata, On: grants.Schema(on)}, {Privilege: connector.Select, On: grants.Schema(on)},
	}}
	plan, err := s.PlanAllow(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	sameKinds(t, plan, GrantLegacy, GrantLegacy)
	apply(t, s, plan, j)
	view, err := s.LegacyView(t.Context(), starter, grants.Schema(on))
	if err != nil || !view.Everybody {
		t.Fatalf("%+v, %v", view, err)
	}
	held := func(p connector.Privilege, above bool) bool {
		return slices.ContainsFunc(view.Grants, func(g connector.Grant) bool {
			return g.Principal.Raw() == demo.ConnectorID && g.Privilege == p && (g.InheritedFrom.Raw() != "") == above
		})
	}
	for _, need := range want.Legacy {
		if !held(need.Privilege, need.On.Type == connector.CatalogType) {
			t.Errorf("%s is not seen among %v", need.Title(), view.Grants)
		}
	}
	marked := 0
	for _, x := range d.Requests() {
		if x.Path == statementsPath && planMark.MatchString(x.Agent) {
			marked++
		}
	}
	if marked != len(plan.Changes) {
		t.Errorf("%d statements name their step, of %d", marked, len(plan.Changes))
	}
}

func TestOnlyStatementsAboutPrivilegesAreSent(t *testing.T) {
	d := start(t, "ready")
	s := open(t, d)
	for _, text := range []string{"DROP TABLE t", "GRANT SELECT ON CATALOG `a` TO `b`; DROP TABLE t", "SELECT 1", "REVOKE SELECT ON SCHEMA `a`", "SHOW GRANTS ON TABLE `a`"} {
		before := len(d.Requests())
		r, err := statementOn(starter, text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.ended(t.Context(), r); !errors.Is(err, ErrStatement) || len(d.Requests()) != before {
			t.Errorf("%q was sent: %v", text, err)
		}
	}
	if _, err := s.ended(t.Context(), Request{Method: "POST", Path: statementsPath, Body: []byte(`{"warehouse_id":"` + starter + "\",\"statement\":\"SHOW GRANTS ON SCHEMA `hive_metastore`.`nothing`\"}")}); !errors.Is(err, ErrStatement) {
		t.Errorf("a refused statement counts as done: %v", err)
	}
}

func TestOwnersAndDenialsOfTheLegacyCatalogAreTold(t *testing.T) {
	var answer statementAnswer
	text := `{"manifest":{"schema":{"columns":[{"name":"Principal"},{"name":"ActionType"},{"name":"ObjectType"},{"name":"ObjectKey"}]}},"result":{"data_array":[
		["maria","OWN","DATABASE","default"],["app","READ_METADATA","DATABASE","` + "`hive_metastore`.`default`" + `"],["app","USAGE","CATALOG$",null],["app","DENIED_SELECT","DATABASE","default"],["app","USAGE","CATALOG$","hive_metastore"]]}}`
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatal(err)
	}
	view := grants.View{Object: grants.Schema(legacySchema(t))}
	if err := answer.grants(&view); err != nil || view.Owner.Raw() != "maria" || len(view.Grants) != 3 || len(view.Denied) != 1 || view.Denied[0].Privilege != connector.Select {
		t.Fatalf("%+v, %v", view, err)
	}
	if view.Grants[0].InheritedFrom.Raw() != "" || view.Grants[0].Privilege != granting.ReadMetadata || view.Grants[2].InheritedType != connector.CatalogType {
		t.Errorf("%+v", view.Grants)
	}
	answer.Result.Rows[0][0] = nil
	if err := answer.grants(&view); !errors.Is(err, connector.ErrUnreadable) {
		t.Errorf("a grant to nobody is read: %v", err)
	}
}
