// Package check is the ladder: every stage between a host name and a real read, as data. A stage says what it asks, how long it may
// take and what must hold before it; its result carries evidence, and on failure one cause and exactly one remedy. The wizard, the test
// command and JSON output all read the same results.
package check

import (
	"context"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/grants"
)

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

// The five documented causes; BeyondReadOnly, which is about the promise rather than about connecting; and what is none of these.
const (
	AuthenticationFailed Cause = "Authentication failed"
	WarehouseAccess      Cause = "Cannot access the SQL warehouse"
	MissingPermissions   Cause = "Missing Unity Catalog permissions"
	WarehouseNotRunning  Cause = "Warehouse is stopped or starting"
	Unreachable          Cause = "Could not reach the workspace"
	BeyondReadOnly       Cause = "Access is broader than read-only"

	UnreadableAnswer Cause = "The answer could not be read"
	NotOffered       Cause = "Not offered by this workspace"
	AdminRights      Cause = "The admin may not do this"

	NotKnown Cause = "unknown" // no row of the causes table matches
)

// String is the cause as a headline. What is compared, sealed or given as JSON is the value itself.
func (c Cause) String() string {
	if c == NotKnown {
		return "Unknown cause"
	}
	return string(c)
}

// With is the cause as a headline, and behind it what its documented name leaves open, where there is something.
func (c Cause) With(more string) string {
	if more == "" {
		return c.String()
	}
	return c.String() + ": " + more
}

// Headline is the cause with what assets/causes.yaml has to add: a host that answers with a certificate that is not trusted was reached.
func (f Finding) Headline() string { return f.Cause.With(wordsOfAll()[f.Pattern].Headline) }

// Remedy is the one thing to do next. Copy is text worth copying for it, such as a GRANT statement, or empty. Here is what Text is where it can
// be done in the place that the failure is shown in, and empty where that makes no difference.
type Remedy struct {
	Text string
	Copy string
	Here string
}

// Again is the remedy where nothing was tested.
func (r Remedy) Again() string {
	return strings.ReplaceAll(r.Text, "then test again", "then try again")
}

// Finding names what is wrong. Reason is a sentence; Pattern is the id of the row of the causes table that matched.
type Finding struct {
	Cause   Cause
	Reason  string
	Remedy  Remedy
	Pattern string
	Exit    int

	needs []grants.Need // what a GRANT in the remedy has to give; Run makes the text to copy of it
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
	Advisory  bool           // of the stage: that it failed does not mean that the tables were not read
	Beyond    []grants.Extra // what Read-only saw beyond reading, empty for every other stage

	keep func(*Subject) // puts what was found into the caller's Subject
}

// Stage is one rung. It starts as soon as the stages that it comes After have ended, those that are in the same list, so that what does
// not depend on each other runs side by side. A Gate that fails blocks every stage after it in the list. The failure of an Advisory stage
// is for a person to weigh: it does not mean that the tables were not read. Run gets a Subject of its own, a copy made when the stage
// starts; note lets a long stage say what it is waiting for.
type Stage struct {
	ID       ID
	Name     string
	Deadline time.Duration // counted from the stage's own start; zero: none
	Within   time.Duration // counted from the start of the whole walk; zero: none
	After    []ID
	Gate     bool
	Advisory bool
	Run      func(ctx context.Context, s *Subject, note func(string)) Result
	Late     func() Result // what it means that Run does not end in time; nil: failed for want of an answer
}

func passed(evidence string) Result        { return Result{State: Passed, Evidence: evidence} }
func unknown(why string) Result            { return Result{State: Unknown, Evidence: why} }
func skipped(why string) Result            { return Result{State: Skipped, Evidence: why} }
func failed(f Finding, seen string) Result { return Result{State: Failed, Evidence: seen, Finding: &f} }

// keeping is the result with what the stage found out.
func (r Result) keeping(keep func(*Subject)) Result {
	r.keep = keep
	return r
}

// InPlace is the result for a face in which what it asks for can be done at once, rather than by starting again in another way.
func (r Result) InPlace() Result {
	if r.Finding != nil && r.Finding.Remedy.Here != "" {
		f := *r.Finding
		f.Remedy.Text, f.Remedy.Here = f.Remedy.Here, ""
		r.Finding = &f
	}
	return r
}

// of is the result as one of this stage.
func (r Result) of(s Stage) Result {
	r.Stage, r.Name, r.Advisory = s.ID, s.Name, s.Advisory
	return r
}
