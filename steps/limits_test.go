package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

// What was read through a row filter and column masks is less than the table holds: step 4, Review and the end all say so, in the smallest
// window too.
func TestWhatIsReadThroughAFilterIsNamedToTheEnd(t *testing.T) {
	t.Parallel()
	const said = "contracts through a row filter"
	w := begin(t, screentest.Person{Scenario: "row-filter"})
	w.reachAssets()
	w.Write("contracts")
	w.Press("space", "enter")
	w.See("✓ read, 5 rows shown, row filter")
	w.Resize(60, 18)
	w.MustShow("contracts  read through a row filter and column masks")
	w.Press("enter")
	w.See("Review and save", said)
	w.Resize(80, 24)
	w.Settle()
	w.Press("enter")
	w.See("Azure Databricks › Connect")
	for name, text := range map[string]string{"the screen": w.Screen(), "the transcript": w.Setup.Transcript()} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), "contracts through a row") {
			t.Errorf("%s does not name the filter:\n%s", name, text)
		}
	}
}
