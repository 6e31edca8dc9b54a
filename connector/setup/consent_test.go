package setup

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// TestNothingThatCostsMoneyIsStartedUnasked asks of every state and type of a warehouse what a person is asked before it is used.
func TestNothingThatCostsMoneyIsStartedUnasked(t *testing.T) {
	t.Parallel()
	states := []connector.WarehouseState{
		connector.Running, connector.Starting, connector.Stopping, connector.Stopped, connector.Deleting, connector.Deleted, "SOMETHING_NEW",
	}
	for _, kind := range []connector.WarehouseType{connector.Serverless, connector.Pro, connector.Classic, connector.UnknownType} {
		for _, state := range states {
			w := connector.Warehouse{ID: "w1", Name: connector.FromRemote("Starter"), Type: kind, State: state, Size: connector.FromRemote("Small"), AutoStop: 10 * time.Minute}
			c := ConsentFor(w)
			want := Consent{Starts: state != connector.Running, Costs: state != connector.Running && state != connector.Starting}
			if asks := state != connector.Running || !kind.Documented(); c.Asks() != asks || c.Starts != want.Starts || c.Costs != want.Costs {
				t.Errorf("%s, %s: %+v", kind, state, c)
			}
			for text, said := range map[string]bool{
				"Starter is":                   c.Asks(),
				"costs money while it runs":    c.Costs,
				kind.TypicalStart():            c.Starts,
				"Size Small":                   c.Costs,
				"stops itself after 10 idle":   c.Costs,
				"documented set":               !kind.Documented() && (c.Costs || state == connector.Running),
				"it may work all the same":     !kind.Documented() && state == connector.Running,
				"Starter is " + state.Word():   c.Starts,
				"outside Draftt's documented":  !kind.Documented() && c.Costs,
				"Starting a " + string(kind):   c.Costs,
				"documented set is serverless": !kind.Documented() && state == connector.Running,
			} {
				if strings.Contains(c.Question, text) != said {
					t.Errorf("%s, %s: whether it says %q: %q", kind, state, text, c.Question)
				}
			}
		}
	}
}

func TestAWarehouseThatNeverStopsIsSaidToBeSo(t *testing.T) {
	t.Parallel()
	if c := ConsentFor(connector.Warehouse{Type: connector.Pro, State: connector.Stopped}); !strings.Contains(c.Question, "It never stops by itself.") {
		t.Errorf("%q", c.Question)
	}
}
