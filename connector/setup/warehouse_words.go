package setup

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/words"
)

// Offered leaves out warehouses that are deleted or being deleted: there is nothing to choose in them.
func Offered(pages Pager[connector.Warehouse]) Pager[connector.Warehouse] {
	return func(ctx context.Context, token string) (workspace.Page[connector.Warehouse], error) {
		page, err := pages(ctx, token)
		page.Items = slices.DeleteFunc(page.Items, func(w connector.Warehouse) bool {
			return w.State == connector.Deleting || w.State == connector.Deleted
		})
		return page, err
	}
}

// NoneSeen is the reason of an empty list with how sure it is: the workspace lists only what the principal has access to.
func NoneSeen(f check.Finding) string {
	return f.Reason + " That it sees none is certain; whether there are any does not show from here."
}

// stateWords say what each state means for whoever waits for it.
var stateWords = map[connector.WarehouseState]string{
	connector.Running:  "It runs and takes queries at once.",
	connector.Starting: "It is starting.",
	connector.Stopping: "It is stopping; it can be started once it has stopped.",
	connector.Stopped:  "It is stopped and costs nothing.",
}

// DescribeWarehouse says in a few sentences what is known: kind and size, the state and since when, what a start takes, when it stops.
func DescribeWarehouse(w connector.Warehouse, since time.Duration) string {
	state, known := stateWords[w.State]
	if !known {
		state = "It is " + w.State.Word() + "."
	}
	text := fmt.Sprintf("%s, %s. %s%s", words.UpperFirst(string(w.Type)), w.Size, state, forAtLeast(since))
	if w.State != connector.Running {
		text += fmt.Sprintf(" Typical start for %s: %s.", w.Type, w.Type.TypicalStart())
	}
	text += stopsItself(w)
	if !w.Type.Documented() {
		text += " Not in Draftt's documented set (serverless, pro)."
	}
	if w.Health.Raw() != "" {
		text += " It reports: " + w.Health.String()
	}
	return text
}

// forAtLeast is how long a state was watched. The workspace does not say since when it lasts, so it is a lower bound.
func forAtLeast(d time.Duration) string {
	if d < 5*time.Second {
		return ""
	}
	return " Seen so for " + Clock(d) + "."
}

func stopsItself(w connector.Warehouse) string {
	if w.AutoStop <= 0 {
		return " It never stops by itself."
	}
	return fmt.Sprintf(" It stops itself after %d idle minutes.", int(w.AutoStop.Minutes()))
}

// consent is what a person agrees to before a warehouse is started: its size, type and auto-stop, how long, and that it costs money.
func consent(w connector.Warehouse) string {
	text := fmt.Sprintf("%s is %s. Size %s.%s Starting a %s warehouse usually takes %s and costs money while it runs.",
		w.Name, w.State.Word(), w.Size, stopsItself(w), w.Type, w.Type.TypicalStart())
	if !w.Type.Documented() {
		text += " It is outside Draftt's documented set of serverless and pro."
	}
	return text
}

// seenState is a state of a warehouse and when it was first seen.
type seenState struct {
	state connector.WarehouseState
	since time.Time
}

// SawWarehouses notes the states of warehouses, so that the screen can tell for how long they last.
func (s *Setup) SawWarehouses(list []connector.Warehouse) {
	if s.states == nil {
		s.states = map[connector.WarehouseID]seenState{}
	}
	for _, w := range list {
		if s.states[w.ID].state != w.State {
			s.states[w.ID] = seenState{w.State, s.env.Now()}
		}
	}
}

// InState is how long a warehouse has been seen in its present state.
func (s *Setup) InState(w connector.Warehouse) time.Duration {
	seen, ok := s.states[w.ID]
	if !ok || seen.state != w.State {
		return 0
	}
	return s.env.Now().Sub(seen.since)
}

// Consent is what a person is asked before a warehouse is chosen. The zero Consent asks nothing.
type Consent struct {
	Question string
	Starts   bool // a yes starts the warehouse, or waits for one that starts; what follows costs money or time
	Costs    bool // a yes starts what would stay stopped
}

// Asks reports whether there is anything to ask.
func (c Consent) Asks() bool { return c.Question != "" }

// ConsentFor says what must be asked first: a start costs money, and a classic warehouse is outside the documented set.
func ConsentFor(w connector.Warehouse) Consent {
	switch {
	case w.State == connector.Running && w.Type.Documented():
		return Consent{}
	case w.State == connector.Running:
		return Consent{Question: fmt.Sprintf("%s is a %s warehouse. Draftt's documented set is serverless and pro; it may work all the same.", w.Name, w.Type)}
	case w.State == connector.Starting:
		return Consent{Question: fmt.Sprintf("%s is starting. That usually takes %s.", w.Name, w.Type.TypicalStart()), Starts: true}
	}
	return Consent{Question: consent(w), Starts: true, Costs: true}
}

// QueryStarts says what CAN_USE is enough for where a start was refused, of a warehouse that is called so.
func QueryStarts(warehouse string) string {
	return "CAN_USE is enough to run queries, and a query starts " + warehouse + " by itself; it costs the same."
}

// Clock writes a wait as minutes and seconds, "1:40", which counts without flickering.
func Clock(d time.Duration) string {
	seconds := int(d.Seconds())
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
