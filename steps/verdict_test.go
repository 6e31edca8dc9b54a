package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// TestReviewSaysNoVerdictBeforeTheTablesWereRead draws Review with every answer given and no table read, and then read.
func TestReviewSaysNoVerdictBeforeTheTablesWereRead(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Blank: true})
	theme := ui.NewTheme(true)
	d := screentest.HasAnswered(t)
	*w.Setup.Draft() = *d
	r := newReview(NewWizard(w.Setup, &theme, nil))
	before := screentest.PlainText(r.View(120, 40))
	if strings.Contains(before, "as the connector") || !strings.Contains(before, "✗ "+w.Setup.Draft().Proof().Summary) {
		t.Errorf("before:\n%s", before)
	}
	screentest.HasRead(w.Setup.Draft())
	after := screentest.PlainText(r.View(120, 40))
	if !strings.Contains(after, "✓ read the table as the connector, ") || strings.Contains(after, "was not read yet") {
		t.Errorf("after:\n%s", after)
	}
	w.Setup.Draft().SetWarehouse(connector.Warehouse{ID: "w2"}, "")
	if again := screentest.PlainText(r.View(120, 40)); strings.Contains(again, "as the connector") {
		t.Errorf("through another warehouse:\n%s", again)
	}
}
