package setup

import (
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/words"
)

// ProofOf is what the results of a walk come to, for a connection of so many tables, 0 where that is not known: the one verdict that every face prints and that is
// kept beside a saved connection. It passed only where the tables were read as the connector and nothing stands in the way.
func ProofOf(results []check.Result, tables int, at time.Time) connector.Proof {
	p := breadth.Of(results, nil, nil).Into(connector.Proof{At: at})
	switch f := check.Blocking(results); {
	case f != nil:
		p.Summary = fmt.Sprintf("%s at %s %s", f.Finding.Headline(), f.Stage, f.Name)
		return p
	case check.TablesRead(results):
		p.Passed, p.Summary = true, readWords(tables)
	default:
		p.Summary = "nothing failed, and no table was read"
	}
	if n := len(check.Uncertain(results)); n > 0 {
		p.Summary += fmt.Sprintf("; %s could not be evaluated", words.Count(n, "check"))
	}
	return p
}

func readWords(tables int) string {
	switch tables {
	case 0: // how many is not known any more
		return "read the chosen tables as the connector"
	case 1:
		return "read the table as the connector"
	case 2:
		return "read both tables as the connector"
	}
	return fmt.Sprintf("read all %d tables as the connector", tables)
}

// Proof is the verdict on the present answers. Before every chosen table was read it says so, and has not passed.
func (d *Draft) Proof() connector.Proof {
	if err := d.checkAccess(); err != nil {
		return breadth.Of(d.seen(), nil, nil).Into(connector.Proof{Summary: err.Error()})
	}
	return ProofOf(d.seen(), len(d.tables), d.readAt)
}

// VerdictOf is the verdict on results of which it is not known any more how many tables they are about, as one sentence.
func VerdictOf(results []check.Result) string { return VerdictLine(ProofOf(results, 0, time.Time{})) }

// VerdictLine is a verdict as one sentence: "Connected: read both tables as the connector." The first release kept whole sentences.
func VerdictLine(p connector.Proof) string {
	switch summary := strings.TrimSuffix(p.Summary, "."); {
	case p.Passed && !strings.HasPrefix(summary, "Connected: "):
		return "Connected: " + summary + "."
	default:
		return words.UpperFirst(summary) + "."
	}
}

// LastTest says in a list how a saved connection was when it was last tested; when is that moment in words.
func LastTest(p connector.Proof, when string) string {
	switch {
	case p.At.IsZero():
		return "never tested"
	case p.Passed && p.Broader:
		return "passed " + when + ", can write"
	case p.Passed:
		return "passed " + when
	}
	return "failed " + when
}
