// Package check is the ladder: every stage between a host name and a real read, as data. A stage says what it asks, how long it may
// take and what must hold before it; its result carries evidence, and on failure one cause and exactly one remedy. The wizard, the test
// command and JSON output all read the same results.
package check

import (
	"context"
	"time"
)

// ID names a stage for good: S00 to S17 so far. Support engineers say it aloud.
type ID string

// State is how a stage ended. What could not be evaluated is Unknown with a reason, never Passed.
type State string

// Running is only ever seen while results stream; the others are final.
const (
	Running State = "running"
	Passed  State = "passed"
	Failed  State = "failed"
	Blocked State = "blocked"
	Unknown State = "unknown"
	Skipped State = "skipped"
)

// Cause is one of the five documented troubleshooting entries, by its documented name.
type Cause string

// The five documented causes, and BeyondReadOnly, which is about the promise rather than about connecting.
const (
	AuthenticationFailed Cause = "Authentication failed"
	WarehouseAccess      Cause = "Cannot access the SQL warehouse"
	MissingPermissions   Cause = "Missing Unity Catalog permissions"
	WarehouseNotRunning  Cause = "Warehouse is stopped or starting"
	Unreachable          Cause = "Could not reach the workspace"
	BeyondReadOnly       Cause = "Access is broader than read-only"
)

// Remedy is the one thing to do next. Copy is text worth copying for it, such as a GRANT statement, or empty.
type Remedy struct {
	Text string
	Copy string
}

// Finding names what is wrong. Reason is a sentence; Pattern is the id of the row of the causes table that matched.
type Finding struct {
	Cause   Cause
	Reason  string
	Remedy  Remedy
	Pattern string
	Exit    int
}

// Result is what a stage found. Evidence says in a line what was seen; Detail is the cleaned text of an error, for those who want it.
type Result struct {
	Stage     ID
	Name      string
	State     State
	Evidence  string
	Detail    string
	Took      time.Duration
	BlockedBy ID
	Finding   *Finding
}

// Stage is one rung. Needs are stages that must not have failed; note lets a long stage say what it is waiting for.
type Stage struct {
	ID       ID
	Name     string
	Deadline time.Duration
	Needs    []ID
	Run      func(ctx context.Context, s *Subject, note func(string)) Result
}

func passed(evidence string) Result        { return Result{State: Passed, Evidence: evidence} }
func unknown(why string) Result            { return Result{State: Unknown, Evidence: why} }
func skipped(why string) Result            { return Result{State: Skipped, Evidence: why} }
func failed(f Finding, seen string) Result { return Result{State: Failed, Evidence: seen, Finding: &f} }
