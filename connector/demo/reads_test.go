package demo

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

func TestSQLReadsExactlyWhatTheModelAllows(t *testing.T) {
	choices := []Grant{
		{unity.OnCatalog("inventory"), []unity.Privilege{unity.UseCatalog}},
		{unity.OnCatalog("inventory"), []unity.Privilege{unity.UseSchema}},
		{unity.OnCatalog("inventory"), []unity.Privilege{unity.Select}},
		{unity.OnSchema("inventory", "assets"), []unity.Privilege{unity.UseSchema}},
		{unity.OnSchema("inventory", "assets"), []unity.Privilege{unity.AllPrivileges}},
		{unity.OnTable("inventory", "assets", "devices"), []unity.Privilege{unity.Select}},
		{unity.OnTable("inventory", "assets", "open_tickets"), []unity.Privilege{unity.Select}},
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
