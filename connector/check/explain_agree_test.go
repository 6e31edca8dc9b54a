package check_test

import (
	"regexp"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// loopback is where the demo answers; a workspace does so at its own port.
var loopback = regexp.MustCompile(`127\.0\.0\.1:\d+->127\.0\.0\.1:\d+`)

// Whoever copies the detail of a stage out of the wizard and pastes it into explain gets the answer that stood beside it. A detail that does
// not say it alone, because the ladder compared two answers, is unknown.
func TestTheEndingsOfTheDemoAreExplainedAsTheLadderExplainsThem(t *testing.T) {
	for _, s := range demo.Scenarios() {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			on := preset(t, s)
			failed := check.Failure(on.wait(t, impatient(s.Want)))
			if failed == nil || failed.Detail == "" || failed.Finding.Pattern == check.UnknownPattern {
				return
			}
			got := check.ExplainText("databricks: " + loopback.ReplaceAllString(failed.Detail, "10.0.0.5:50514->20.42.4.209:443"))
			if got.Cause != failed.Finding.Cause {
				t.Errorf("%q is %q (%s) for explain and %q (%s) for the ladder", failed.Detail, got.Cause, got.Pattern, failed.Finding.Cause, failed.Finding.Pattern)
			}
		})
	}
}
