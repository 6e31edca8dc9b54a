package check

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// What results come to is decided here and nowhere else. The functions take results as Run yields them, with or without the Running ones:
// of a stage, the last result counts.

// ProgramFault is the cause of a stage that a fault of this program ended.
const ProgramFault Cause = "A fault in this program"

// FaultPattern is the pattern of ProgramFault, UnknownPattern that of an error which no row of the causes table knows.
const (
	FaultPattern   = "fault"
	UnknownPattern = "unknown"
)

// ExitFault is the exit code of a stage that a fault of this program ended, as of any fault in it.
const ExitFault = 70

// Fault is the result of a stage that a fault of this program ended while it was running, of which running is the last result. A check that
// did not end proves nothing, so to Blocking it blocks, also where the stage only advises.
func Fault(running Result, err error) Result {
	running.State = Failed
	running.Finding = &Finding{
		Cause: ProgramFault, Reason: words.UpperFirst(connector.Said(err, 200)) + ".", Pattern: FaultPattern, Exit: ExitFault,
		Remedy: Remedy{Text: "Test again. If it repeats, report it with the line above."},
	}
	return running
}

// TablesRead reports whether the chosen tables were read as the connector. Looking at what else the principal may do takes nothing from
// that. A walk that a fault ended or that was cut short, so that a stage still says it is running, has read nothing.
func TablesRead(results []Result) bool {
	return AllPassed(results, StageRead) && !slices.ContainsFunc(results, func(r Result) bool {
		newest, _ := last(results, r.Stage)
		return newest.State == Running || faulted(newest)
	})
}

// ReadOnlyResult is the result of the look at privileges beyond reading, and false where it was not looked at or is not known yet, nor where
// a fault of this program ended the look, which says nothing of privileges.
func ReadOnlyResult(results []Result) (Result, bool) {
	r, ok := last(results, StageReadOnly)
	if !ok || r.State == Running || faulted(r) {
		return Result{}, false
	}
	return r, true
}

// AllPassed reports whether each of the stages passed. One that was skipped or could not be evaluated did not, nor one that is not among the
// results, and no stages at all are no proof.
func AllPassed(results []Result, ids ...ID) bool {
	return len(ids) > 0 && !slices.ContainsFunc(ids, func(id ID) bool {
		r, ok := last(results, id)
		return !ok || r.State != Passed
	})
}

// ReachedThrough reports whether the walk came through a stage without a failure up to it. Unlike AllPassed, it takes a stage that was skipped
// or could not be evaluated, as those of hive_metastore.
func ReachedThrough(results []Result, id ID) bool {
	r, ok := last(results, id)
	return ok && slices.Contains([]State{Passed, Unknown, Skipped}, r.State)
}

// Failure is the first failed result, or nil when none failed.
func Failure(results []Result) *Result { return first(results, func(Result) bool { return true }) }

// Blocking is the first failed result that stands in the way of a connection, or nil when there is none: of a stage that does more than
// advise, or of one that a fault ended.
func Blocking(results []Result) *Result {
	return first(results, func(r Result) bool { return !r.Advisory || faulted(r) })
}

// Uncertain are the results that could not be evaluated.
func Uncertain(results []Result) []Result {
	var out []Result
	for _, r := range results {
		if r.State == Unknown {
			out = append(out, r)
		}
	}
	return out
}

func faulted(r Result) bool { return r.Finding != nil && r.Finding.Pattern == FaultPattern }

func first(results []Result, counts func(Result) bool) *Result {
	for i := range results {
		if results[i].State == Failed && counts(results[i]) {
			return &results[i]
		}
	}
	return nil
}

func last(results []Result, id ID) (Result, bool) {
	for _, r := range slices.Backward(results) {
		if r.Stage == id {
			return r, true
		}
	}
	return Result{}, false
}

// TablesTried reports whether the stage that reads the chosen tables ended by itself, so that what it found of each table counts. What a
// fault of the program ended, and what was never begun, tells nothing of any table.
func TablesTried(results []Result) bool {
	r, ok := last(results, StageRead)
	return ok && (r.State == Passed || r.State == Failed && !faulted(r))
}
