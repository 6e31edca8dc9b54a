package steps

import (
	"context"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// refusedStart is a workspace where nothing runs and this principal may not start anything.
func refusedStart(t *testing.T) demo.Scenario {
	t.Helper()
	s, err := demo.Find("warehouse-stopped")
	if err != nil {
		t.Fatal(err)
	}
	s.Faults = append(s.Faults, rest.Fault{
		Method: "POST", Path: "/api/2.0/sql/warehouses/*", Status: 403,
		Body: `{"error_code":"PERMISSION_DENIED","message":"You are not authorized to start this SQL warehouse."}`,
	})
	return s
}

func TestWhereAStartIsRefusedAQueryIsOffered(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{World: refusedStart(t)})
	w.signIn()
	w.See("› Starter Warehouse")
	w.Press("enter")
	w.MustShow("Starter Warehouse is stopped.", "Size 2X-Small", "stops", "costs money")
	w.Press("enter")
	w.See("Starting Starter Warehouse was refused", "CAN_USE is enough")
	w.Golden("warehouse/start-refused")
	w.Press("enter")
	w.See("Choose the catalog and schema", "starting 0:00 of ~0:10")
	w.Until("the query has woken it", func() bool { return w.Setup.Starting().Warehouse.State == connector.Starting })
	w.Clock.Advance(4 * time.Second) // as long as the serverless one takes
	w.See("running")
	w.Settle()
	if state := w.Setup.Draft().Warehouse().State; state != connector.Running {
		t.Errorf("the draft has the warehouse %s", state)
	}
}

func TestARefusedStartCanBeLeftForAnotherWarehouse(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{World: refusedStart(t)})
	w.signIn()
	w.See("› Starter Warehouse")
	w.Press("enter", "enter")
	w.See("was refused")
	w.Press("esc")
	w.MustShow("It is stopped")
	w.MustNotShow("was refused")
	if w.Setup.Draft().Warehouse().ID != "" {
		t.Error("a warehouse was chosen that nobody agreed to")
	}
	w.Settle()
}

func TestAWarehouseThatIsBeingDeletedIsNotOffered(t *testing.T) {
	list := []connector.Warehouse{{ID: "a", State: connector.Running}, {ID: "b", State: connector.Deleting}, {ID: "c", State: connector.Deleted}, {ID: "d", State: connector.Stopped}}
	page, err := setup.Offered(onePage(list))(t.Context(), "")
	if err != nil || len(page.Items) != 2 || page.Items[0].ID != "a" || page.Items[1].ID != "d" {
		t.Errorf("%+v, %v", page.Items, err)
	}
}

func TestAStateThatLastsSaysForHowLongItWasSeen(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "warehouse-stopped"})
	w.signIn()
	w.See("› Starter Warehouse")
	w.MustNotShow("Seen so for")
	w.Clock.Advance(100 * time.Second)
	w.Press("down")
	w.MustShow("Seen so for", "1:40.")
	w.Settle()
}

// onePage is a listing that is there at once.
func onePage[T any](items []T) setup.Pager[T] {
	return func(context.Context, string) (workspace.Page[T], error) { return workspace.Page[T]{Items: items}, nil }
}
