package admin

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Progress is how far one change of a plan has come while the plan is applied.
type Progress struct {
	Step  int    // the place of the change in the plan, from 0
	Event Event  // Started, and then Done, Already or Failed
	Error string // of a failed one, cleaned
}

// Watch looks on while a plan is applied. The zero Watch sees nothing and never stops it.
type Watch struct {
	Tell func(Progress)  // called in the order of the plan, by the goroutine that applies it
	Stop <-chan struct{} // closed to have no further change begun; the one that is under way ends first
}

func (w Watch) tell(p Progress) {
	if w.Tell != nil {
		w.Tell(p)
	}
}

func (w Watch) stopped() bool {
	select {
	case <-w.Stop:
		return true
	default:
		return false
	}
}

func stoppedBefore(i, all int) error {
	return &connector.Error{
		Kind: ErrRefused,
		What: fmt.Sprintf("Stopped: %d of %d changes are made.", i, all), Cause: ErrStopped,
		Remedy: "Plan again: what is done is seen, and only the rest is planned.",
	}
}
