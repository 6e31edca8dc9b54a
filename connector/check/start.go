package check

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// start is the wait for a warehouse to run.
type start struct {
	began    time.Time
	asked    bool // for a start
	starting bool // seen
	between  int  // how often it was in a state between the documented ones
	last     connector.Warehouse
}

func isRunning(w connector.Warehouse) bool { return w.State == connector.Running }

func isGone(w connector.Warehouse) bool {
	return w.State == connector.Deleting || w.State == connector.Deleted
}

// step looks at the warehouse once. ended is false while it is worth waiting on.
func (a *start) step(ctx context.Context, s *Subject, now connector.Warehouse) (result Result, ended bool) {
	a.last = now
	a.starting = a.starting || now.State == connector.Starting
	switch {
	case isRunning(now):
		return passed(runningFor(a.asked, time.Since(a.began), now)), true
	case isGone(now):
		return failed(gone(), now.State.Word()), true
	case !now.State.Documented() && a.between < mostBetween:
		a.between++
		return Result{}, false
	case !s.Start:
		return failed(notRunning(now), now.State.Word()), true
	case now.State != connector.Stopped:
		return Result{}, false
	case !a.asked:
		a.asked = true
		if err := s.Workspace.StartWarehouse(ctx, now.ID); err != nil {
			return startRefused(err, now), true
		}
	case a.starting, now.Health.Raw() != "": // right after the request it may still read stopped
		return failed(startFailed(now), "stopped again after "+time.Since(a.began).Round(time.Second).String()), true
	}
	return Result{}, false
}

// mostBetween is how often a warehouse is asked again that is in none of the documented states, so about how many seconds it gets to reach one.
const mostBetween = 10

// startRefused is a start that the workspace does not make. What it says decides; without words it is that the warehouse is stopped.
func startRefused(err error, now connector.Warehouse) Result {
	f := notRunning(now)
	f.Pattern = "start-refused"
	f.Reason = "The SQL warehouse is stopped, and the workspace refuses to start it."
	f.Remedy.Text = "Have someone with CAN_MANAGE start it, or choose another SQL warehouse."
	result := failure(err, StageState)
	if result.Finding.Pattern == UnknownPattern && factsOf(err).kind == kindREST {
		result.Finding = &f
	}
	return result
}

// startFailed is a start that ended with the warehouse stopped again. Its health message says why, and the causes table knows the usual
// reasons: quota, capacity, spot instances.
func startFailed(now connector.Warehouse) Finding {
	f := findingOf("start-failed")
	f.Reason, f.Remedy.Text = "The SQL warehouse did not start.", "Choose another SQL warehouse, or show a workspace admin what the warehouse reports."
	if now.Health.Raw() == "" {
		return f
	}
	if known := judged(errors.New(now.Health.Raw()), ""); known.Cause == WarehouseNotRunning {
		f = known
	}
	f.Reason += " It reports: " + now.Health.String()
	return f
}

// notInTime is the result of a wait that does not notice its own end.
func notInTime() Result {
	f := findingOf("start-late")
	f.Reason = fmt.Sprintf("The SQL warehouse did not run within %s.", words.InOneUnit(StartDeadline))
	return failed(f, "not running in time")
}

func runningFor(started bool, waited time.Duration, now connector.Warehouse) string {
	text := "running"
	if started {
		text += fmt.Sprintf(", started in %s", waited.Round(time.Second))
	}
	if now.Health.Raw() != "" {
		text += "; it reports: " + now.Health.String()
	}
	return text
}

// notRunningOr keeps the last known state in view when the deadline, rather than an answer, ended the wait.
func notRunningOr(err error, last connector.Warehouse) Result {
	if errors.Is(err, context.DeadlineExceeded) && last.State != "" && last.State != connector.Running {
		return failed(notRunning(last), "still "+last.State.Word())
	}
	return failure(err, StageState)
}

func notRunning(w connector.Warehouse) Finding {
	f := Finding{Cause: WarehouseNotRunning, Exit: ExitNotRunning, Pattern: "warehouse-" + strings.ReplaceAll(w.State.Word(), " ", "-")}
	switch w.State {
	case connector.Starting:
		f.Reason = fmt.Sprintf("The SQL warehouse is starting. A %s warehouse usually takes %s.", w.Type, w.Type.TypicalStart())
		f.Remedy.Text = "Wait for it to run, then test again."
	case connector.Stopping:
		f.Reason = "The SQL warehouse is stopping."
		f.Remedy.Text = "Wait until it has stopped, then start it."
	default:
		if !w.State.Documented() {
			f.Pattern, f.Reason = "warehouse-between", fmt.Sprintf("The SQL warehouse is %s, so it does not run yet.", w.State.Word())
			f.Remedy.Text = "Wait for it to run, then test again."
			break
		}
		f.Reason = fmt.Sprintf("The SQL warehouse is %s.", w.State.Word())
		f.Remedy.Text = fmt.Sprintf("Start it; a %s warehouse usually takes %s and costs money while it runs.", w.Type, w.Type.TypicalStart())
	}
	if w.Health.Raw() != "" {
		f.Reason += " It reports: " + w.Health.String()
	}
	return f
}
