package steps

import (
	"context"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
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
	w := begin(t, Person{World: refusedStart(t)})
	w.signIn()
	w.see("› Starter Warehouse")
	w.press("enter")
	w.mustShow("Starter Warehouse is stopped.", "Size 2X-Small", "stops", "costs money")
	w.press("enter")
	w.see("Starting Starter Warehouse was refused", "CAN_USE is enough")
	w.golden("warehouse/start-refused")
	w.press("enter")
	w.see("Choose the catalog and schema", "starting 0:00 of ~0:10")
	w.until("the query has woken it", func() bool { return w.setup.Starting().Rose })
	w.clock.Advance(4 * time.Second) // as long as the serverless one takes
	w.see("running")
	w.settle()
	if state := w.setup.draft.Warehouse().State; state != connector.Running {
		t.Errorf("the draft has the warehouse %s", state)
	}
}

func TestARefusedStartCanBeLeftForAnotherWarehouse(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{World: refusedStart(t)})
	w.signIn()
	w.see("› Starter Warehouse")
	w.press("enter", "enter")
	w.see("was refused")
	w.press("esc")
	w.mustShow("It is stopped")
	w.mustNotShow("was refused")
	if w.setup.draft.Warehouse().ID != "" {
		t.Error("a warehouse was chosen that nobody agreed to")
	}
	w.settle()
}

func TestAWarehouseThatIsBeingDeletedIsNotOffered(t *testing.T) {
	list := []connector.Warehouse{{ID: "a", State: connector.Running}, {ID: "b", State: connector.Deleting}, {ID: "c", State: connector.Deleted}, {ID: "d", State: connector.Stopped}}
	page, err := offered(onePage(list))(t.Context(), "")
	if err != nil || len(page.Items) != 2 || page.Items[0].ID != "a" || page.Items[1].ID != "d" {
		t.Errorf("%+v, %v", page.Items, err)
	}
}

func TestAStateThatLastsSaysForHowLongItWasSeen(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "warehouse-stopped"})
	w.signIn()
	w.see("› Starter Warehouse")
	w.mustNotShow("Seen so for")
	w.clock.Advance(100 * time.Second)
	w.press("down")
	w.mustShow("Seen so for", "1:40.")
	w.settle()
}

// onePage is a listing that is there at once.
func onePage[T any](items []T) pager[T] {
	return func(context.Context, string) (workspace.Page[T], error) { return workspace.Page[T]{Items: items}, nil }
}
