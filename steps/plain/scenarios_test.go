package plain

import (
	"cmp"
	"errors"
	"flag"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// elsewhereInPlain are the scenarios that end otherwise for a person than for test NAME, and why.
var elsewhereInPlain = map[string]elsewhere{
	"client-id-digits":               {why: "what cannot be a client ID is refused where it is typed", says: "Digits only: that is the SCIM id."},
	"client-id-name":                 {why: "what cannot be a client ID is refused where it is typed", says: "This reads like a display name. Copy the application ID, a UUID."},
	"swapped":                        {why: "what cannot be a client ID is refused where it is typed", says: "An OAuth secret (dose…) stands in the place of the client ID."},
	"warehouse-gone":                 {why: "step 2 chooses from a list, which does not hold it", saves: true},
	"warehouse-of-another-workspace": {why: "step 2 chooses from a list, which does not hold it", saves: true},
	"warehouse-deleted":              {why: "it is not listed, and of the others the one that is offered may not be used", says: "The principal has no CAN_USE on this SQL warehouse."},
	"can-use-revoked":                {why: "it is not listed, nor is any other", says: "The workspace shows this principal no SQL warehouse."},
	"warehouse-stopped":              {why: "it is started and waited for", says: "✓ S11 State: passed, running, started in", saves: true},
	"warehouse-starting":             {why: "it is waited for", says: "✓ S11 State: passed, running", saves: true},
	"warehouse-stopping":             {why: "it is waited for, and then started", says: "✓ S11 State: passed, running, started in", saves: true},
	"secret-expiring":                {why: "the set-up saves what works today; list, show and test tell when it ends", saves: true},
	"token-expiring":                 {why: "the set-up saves what works today; list, show and test tell when it ends", saves: true},
	"no-select":                      {why: "all privileges are compared before a table is read", says: "✗ SELECT on inventory.assets.components: missing"},
	"one-table-refused":              {why: "all privileges are compared before a table is read", says: "✗ SELECT on inventory.assets.devices: missing"},
}

var full = flag.Bool("full", false, "every scenario line by line, the slow ones as well")

// lengthy are the scenarios that a full run meets alone, and why.
var lengthy = map[string]string{
	"large":        "100,000 tables are listed before the first question about them",
	"many-pages":   "every list is read to its end, and each page is asked for again by every question mark",
	"slow":         "each answer comes a quarter of a second late",
	"hung-catalog": "a list that hangs is given half a minute",
}

// elsewhere is another end: why, what is said, and whether something is saved.
type elsewhere struct {
	why, says string
	saves     bool
}

// TestANewcomerMeetsEveryScenarioLineByLine walks every scenario of the demo. Where it does not go on, the person hears the cause, the
// reason and the one thing to do that test NAME ends with, and can leave; and every question says its ways and explains itself.
func TestANewcomerMeetsEveryScenarioLineByLine(t *testing.T) {
	var places sync.Map // each question that was met: a scenario and the answers that lead there
	t.Run("scenarios", func(t *testing.T) {
		for _, s := range demo.Scenarios() {
			if lengthy[s.ID] != "" && !*full {
				continue
			}
			t.Run(s.ID, func(t *testing.T) {
				t.Parallel()
				n, err := sendNewcomer(t, s)
				heard := n.heard.String()
				if err != nil && !errors.Is(err, prompt.ErrLeft) {
					t.Errorf("it ended with %v", err)
				}
				for i, question := range n.asked {
					if !strings.Contains(question, waysSaid) {
						t.Errorf("a question does not say how to leave it: %q", question)
					}
					label, _, _ := strings.Cut(question, " [")
					places.LoadOrStore(label, place{s, n.answers[:i:i]})
				}
				for _, question := range n.noHelp {
					t.Errorf("a question mark does not help at %q", question)
				}
				n.mustHear(t, s, heard)
			})
		}
	})
	met := 0
	places.Range(func(question, at any) bool {
		met++
		t.Run("leaving at "+question.(string), func(t *testing.T) {
			t.Parallel()
			at := at.(place)
			n, err := sendNewcomer(t, at.scenario, append(at.answers, "q")...)
			if !errors.Is(err, prompt.ErrLeft) || len(n.asked) != len(at.answers)+1 || n.walk.Setup.Saved().ID != "" {
				t.Errorf("it ended with %v after %d questions:\n%s", err, len(n.asked), n.heard.String())
			}
		})
		return true
	})
	if met < 3 {
		t.Errorf("only %d questions were met", met)
	}
}

// place is where a question was met.
type place struct {
	scenario demo.Scenario
	answers  []string
}

// mustHear compares what was said with how the scenario ends.
func (n *newcomer) mustHear(t *testing.T, s demo.Scenario, heard string) {
	t.Helper()
	saved := n.walk.Setup.Saved().ID != ""
	if other, is := elsewhereInPlain[s.ID]; is {
		if !strings.Contains(heard, other.says) || saved != other.saves {
			t.Errorf("it does not say %q, or saved is %t:\n%s", other.says, saved, heard)
		}
		return
	}
	if s.Want.Passes() {
		if !saved {
			t.Errorf("nothing was saved:\n%s", heard)
		}
		return
	}
	finding := ladderEnds(t, s)
	for _, text := range []string{string(finding.Cause), ui.Clean(finding.Reason), ui.Clean(cmp.Or(finding.Remedy.Here, finding.Remedy.Text))} { // what is said where it can be done at once
		if !strings.Contains(heard, text) {
			t.Errorf("%q is not said:\n%s", text, heard)
		}
	}
	if broader := s.Want.Stage == "S17"; saved != broader || (n.stopped == "") != broader {
		t.Errorf("it went on: saved %t, stopped at %q", saved, n.stopped)
	}
}

// ladderEnds is what test NAME finds in a workspace of the same scenario.
func ladderEnds(t *testing.T, s demo.Scenario) check.Finding {
	t.Helper()
	w := prepared(t, screentest.Person{World: s, Blank: true})
	h := w.Unattended(nil)
	h.Stages = func() []check.Stage { return impatientStages(s, w.Impatient()) }
	results, err := h.Run(t.Context(), h.Protector(nil))
	failed := check.Failure(results)
	if err != nil || failed == nil {
		t.Fatalf("the ladder ended with %v, %v", failed, err)
	}
	return *failed.Finding
}

// impatientStages has a stage that hangs end soon, and all others by their own deadlines: what ends first decides what is said.
func impatientStages(s demo.Scenario, stages []check.Stage) []check.Stage {
	for _, own := range check.All() {
		i := slices.IndexFunc(stages, func(stage check.Stage) bool { return stage.ID == own.ID })
		if i < 0 {
			continue
		}
		if stages[i].Deadline = own.Deadline; s.Want.Pattern == "timeout" && s.Want.Stage == string(own.ID) {
			stages[i].Deadline = time.Second
		}
	}
	return stages
}
