package partner_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

const theirs = "7f000000-0000-4000-8000-0000000000aa"

// connected is a workspace with dbt Cloud in it, which owns a schema and whose warehouse somebody else may use.
func connected(w *model.World) error {
	dbt, err := partner.Find("dbt")
	if err != nil {
		return err
	}
	if err := (constructed{dbt, 0}).furnish(w); err != nil {
		return err
	}
	if err := w.Preset(unity.OnCatalog("inventory"), theirs, unity.UseCatalog); err != nil {
		return err
	}
	return w.AddSchema(model.Schema{Catalog: "inventory", Name: "dbt_models", Owner: theirs})
}

func ending(t testing.TB, s *admin.Session, level partner.Level, saved ...connector.Connection) (partner.Ending, error) {
	t.Helper()
	traces, err := partner.Look(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	c, err := partner.Infer(traces).Of("DBT_CLOUD", "")
	if err != nil {
		t.Fatal(err)
	}
	return partner.PlanDisconnect(t.Context(), s, partner.Disconnect{Connection: c, Level: level, Saved: saved})
}

func contains(list []string, part string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, part) })
}

func TestEachLevelTakesItsPartsAndSaysWhatElseUsesThem(t *testing.T) {
	s := open(t, start(t, "first-time", connected))
	for level, want := range map[partner.Level][]admin.Kind{
		partner.Nothing: nil, partner.Tokens: {admin.DeleteToken}, partner.Principal: {admin.DeletePrincipal}, partner.Reset: {admin.DeleteWarehouse, admin.DeletePrincipal},
	} {
		e, err := ending(t, s, level)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []admin.Kind
		for _, c := range e.Plan.Changes {
			kinds = append(kinds, c.Kind)
		}
		if !slices.Equal(kinds, want) || e.Plan.Name != "dbt Cloud" || len(e.Parts) != 3 {
			t.Errorf("%s: %v of %+v", level, kinds, e.Parts)
		}
		owns := slices.ContainsFunc(e.Plan.Uses, func(u admin.Use) bool {
			return strings.Contains(u.What, "schema inventory.dbt_models, which it owns") && u.Breaks == (level == partner.Principal || level == partner.Reset)
		})
		if !owns || !contains(e.Stays, "the account at dbt Cloud") || contains(e.Stays, "check mark") == (level == partner.Nothing) {
			t.Errorf("%s: uses %+v, stays %q", level, e.Plan.Uses, e.Stays)
		}
	}
	e, err := ending(t, s, partner.Reset)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Workspace host", "DBT_CLOUD_USER, application ID " + theirs, "“DBT_CLOUD”", "/sql/1.0/warehouses/00000000000000aa (DBT_CLOUD_ENDPOINT)", "schema inventory.dbt_models", "connect again"} {
		if !contains(e.Sheet, part) {
			t.Errorf("the sheet lacks %s: %q", part, e.Sheet)
		}
	}
	if !contains(e.Parts[2].Uses, "") && len(e.Parts[2].Unknown) > 0 {
		t.Errorf("%+v", e.Parts[2])
	}
}

func TestWhatIsGoneAlreadyIsNoFailure(t *testing.T) {
	s, j := open(t, start(t, "first-time", connected)), journal(t)
	e, err := ending(t, s, partner.Principal)
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, e.Plan, j)
	again, err := ending(t, s, partner.Principal)
	if err != nil || !again.Plan.Empty() || !contains(again.Plan.Kept, "gone already") {
		t.Errorf("%+v, %v", again.Plan, err)
	}
	rest, err := ending(t, s, partner.Reset)
	if err != nil || len(rest.Plan.Changes) != 1 || rest.Plan.Changes[0].Kind != admin.DeleteWarehouse {
		t.Fatalf("%+v, %v", rest.Plan.Changes, err)
	}
	orphans, unseen, err := partner.Orphans(t.Context(), s)
	if err != nil || len(unseen) == 0 {
		t.Fatal(unseen, err)
	}
	for _, want := range []struct{ kind, name, of string }{{"warehouse", "DBT_CLOUD_ENDPOINT", "dbt Cloud"}, {"schema", "inventory.dbt_models", "dbt Cloud"}} {
		if !slices.ContainsFunc(orphans, func(o partner.Orphan) bool {
			return o.Kind == want.kind && o.Name.Raw() == want.name && o.Partner == want.of && o.Of.Raw() == theirs && o.Do != ""
		}) {
			t.Errorf("%s %s is no orphan among %+v", want.kind, want.name, orphans)
		}
	}
	apply(t, s, rest.Plan, j)
	if none, err := ending(t, s, partner.Reset); err != nil || !none.Plan.Empty() {
		t.Errorf("%+v, %v", none.Plan, err)
	}
	entries, err := j.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Before == "" || entry.After == "" || entry.Purpose != "partner disconnect" || entry.Event == admin.Done && entry.Result.RequestID == "" {
			t.Errorf("%+v", entry)
		}
	}
}

func TestAConnectionThatIsSavedHereKeepsItsPrincipal(t *testing.T) {
	d := start(t, "first-time", connected)
	s := open(t, d)
	saved := connector.Connection{Name: "Assets", Host: s.Host(), Principal: connector.Principal{Name: connector.FromRemote(theirs)}}
	if _, err := ending(t, s, partner.Tokens, saved); !errors.Is(err, admin.ErrInUse) || !strings.Contains(err.Error(), "Assets") {
		t.Errorf("%v", err)
	}
	if _, err := ending(t, s, partner.Nothing, saved); err != nil {
		t.Error(err)
	}
}

func TestAWarehouseThatIsToStayStays(t *testing.T) {
	s := open(t, start(t, "first-time", connected))
	traces, err := partner.Look(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	c, err := partner.Infer(traces).Of("dbt", "")
	if err != nil {
		t.Fatal(err)
	}
	e, err := partner.PlanDisconnect(t.Context(), s, partner.Disconnect{Connection: c, Level: partner.Reset, Keep: []string{"dbt_cloud_endpoint"}})
	if err != nil || len(e.Plan.Changes) != 1 || !contains(e.Plan.Kept, "DBT_CLOUD_ENDPOINT, as asked for") {
		t.Errorf("%+v, %v", e.Plan, err)
	}
	_, err = partner.PlanDisconnect(t.Context(), s, partner.Disconnect{Connection: c, Level: partner.Reset, Keep: []string{"DBT_CLOUD_ENDPONT"}})
	var refused *connector.Error
	if !errors.As(err, &refused) || !errors.Is(err, connector.ErrInput) || !strings.Contains(refused.What, "DBT_CLOUD_ENDPONT") || !strings.Contains(refused.Remedy, "DBT_CLOUD_ENDPOINT (00000000000000aa)") {
		t.Errorf("a warehouse that is to stay was mistyped, and it said %v", err)
	}
}
