package demo

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

func TestSQLReadsExactlyWhatTheModelAllows(t *testing.T) {
	choices := []Grant{
		{model.OnCatalog("inventory"), []model.Privilege{model.UseCatalog}},
		{model.OnCatalog("inventory"), []model.Privilege{model.UseSchema}},
		{model.OnCatalog("inventory"), []model.Privilege{model.Select}},
		{model.OnSchema("inventory", "assets"), []model.Privilege{model.UseSchema}},
		{model.OnSchema("inventory", "assets"), []model.Privilege{model.AllPrivileges}},
		{model.OnTable("inventory", "assets", "devices"), []model.Privilege{model.Select}},
		{model.OnTable("inventory", "assets", "open_tickets"), []model.Privilege{model.Select}},
	}
	read, refused := 0, 0
	for state := range uint64(150) {
		dice := rand.New(rand.NewPCG(state, 2))
		var scenario Scenario
		for _, g := range choices {
			if dice.IntN(2) == 0 {
				scenario.Grants = append(scenario.Grants, g)
			}
		}
		w := testWorld(t, scenario)
		e, err := newEngine(w, newVersions(w))
		if err != nil {
			t.Fatal(err)
		}
		who, _ := w.Principal(ConnectorID)
		for _, table := range []string{"devices", "open_tickets", "servers"} {
			want := w.CheckRead(who, "inventory", "assets", table)
			_, got := e.Execute(context.Background(), e.NewSession(ConnectorID, "", ""), "SELECT * FROM inventory.assets."+table+" LIMIT 1")
			if (want == nil) != (got == nil) {
				t.Fatalf("state %d, %s: the model says %v, SQL says %v", state, table, want, got)
			}
			if got == nil {
				read++
				continue
			}
			refused++
			var inSQL *engine.Error
			var inModel *model.Error
			if !errors.As(got, &inSQL) || !errors.As(want, &inModel) || inSQL.SQLState != inModel.SQLState || inSQL.Message != inModel.SQLText() {
				t.Fatalf("state %d, %s: the model says %v, SQL says %v", state, table, want, got)
			}
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if read == 0 || refused == 0 {
		t.Errorf("%d reads and %d refusals prove nothing", read, refused)
	}
}
