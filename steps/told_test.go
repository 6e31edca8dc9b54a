package steps

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// A cause that was found stays what it is: going back from it to the list of tables does not turn a view's owner into a missing grant.
func TestTheCauseOfAViewThatCannotBeReadStaysAfterEsc(t *testing.T) {
	t.Parallel()
	const owner, next = "The view's owner, data-governance, may not read a table", "Have the view's owner regain SELECT on the tables"
	w := begin(t, screentest.Person{Scenario: "view-owner-lost"})
	w.reachAssets()
	w.Write("open_t")
	w.Press("space", "enter")
	w.See(owner, next)
	for range 2 {
		w.Press("esc")
		w.Settle()
		w.MustShow("not readable", owner, next)
		w.MustNotShow("GRANT below", "lacks SELECT")
		w.Press("enter")
		w.See(owner, next)
	}
}

// Who has CAN_USE alone is told that a warehouse does worse than it should, and who is shown why.
func TestAWarehouseThatIsDegradedSaysWhoIsShownTheReason(t *testing.T) {
	t.Parallel()
	world, err := demo.Find("ready")
	if err != nil {
		t.Fatal(err)
	}
	health := json.RawMessage(`{"status": "DEGRADED", "details": "The details are not visible to users with the CAN_USE permission on this warehouse."}`)
	list := relay.Rule{Path: "/api/2.0/sql/warehouses", Rewrite: []relay.Edit{{At: "warehouses[*].health", Set: health}}}
	one := relay.Rule{Path: "/api/2.0/sql/warehouses/*", Method: "GET", Rewrite: []relay.Edit{{At: "health", Set: health}}}
	world.Faults = append(world.Faults, list, one)
	w := begin(t, screentest.Person{World: world})
	w.signIn()
	w.See("Starter Warehouse")
	w.Settle()
	const reason = "It reports: DEGRADED, the reason shows to those who have CAN_MONITOR or CAN_MANAGE on it"
	if !strings.Contains(unframed(w.Screen()), reason) {
		t.Errorf("it is not said:\n%s", w.Screen())
	}
}

// unframed is a screen without its rail, on one line.
func unframed(screen string) string {
	var text []string
	for line := range strings.Lines(screen) {
		if runes := []rune(line); len(runes) > 17 {
			text = append(text, strings.Fields(string(runes[17:]))...)
		}
	}
	return strings.Join(text, " ")
}
