package inventory

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/findings"
)

// TestWhatIsUnknownNeverPasses goes through the states that findings can have beside each other.
func TestWhatIsUnknownNeverPasses(t *testing.T) {
	for _, c := range []struct {
		states []findings.State
		want   int
	}{
		{nil, exits.OK},
		{[]findings.State{findings.None, findings.None}, exits.OK},
		{[]findings.State{findings.None, findings.Unknown}, exits.Unseen},
		{[]findings.State{findings.Unknown, findings.None}, exits.Unseen},
		{[]findings.State{findings.Unknown, findings.Found}, check.ExitBeyond},
		{[]findings.State{findings.Found, findings.Unknown, findings.None}, check.ExitBeyond},
	} {
		var all []findings.Finding
		for _, s := range c.states {
			all = append(all, findings.Finding{State: s})
		}
		if got := verdictOf(all); got != c.want {
			t.Errorf("%v ends with %d, not %d", c.states, got, c.want)
		}
	}
}
