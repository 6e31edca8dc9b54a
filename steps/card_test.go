package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestTheFirstStartBeginsWithWhatIsNeeded(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Blank: true, Own: true})
	w.MustShow("Before you begin", "Checked after sign-in")
	w.Golden("card/first")
	w.Press("enter")
	w.MustShow("Connect to your workspace")
	w.Settle()
}

func TestTheCardDoesNotComeByItselfWhenSomethingWasAnswered(t *testing.T) {
	t.Parallel()
	for name, who := range map[string]screentest.Person{"prefilled": {Own: true}, "the demo": {}} {
		w := begin(t, who)
		if w.Shows("Before you begin") {
			t.Errorf("%s begins with the card", name)
		}
		w.Settle()
	}
}

func TestTheCardOpensAtAnyTimeAndTellsWhatWasSeen(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("Looks again in")
	w.Calm()
	w.Press("f2")
	w.MustShow("Whether you are one cannot be seen", "The owner (data-governance)", "✓ SQL warehouse", "✓ schema, table.")
	w.Golden("card/step-3")
	w.Press("esc")
	w.See("✗ USE CATALOG on inventory")
}

func TestAClassicWarehouseAloneIsSaidToBeUndocumented(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{})
	listed := []connector.Warehouse{{ID: "c", Name: connector.FromRemote("BI Classic"), Type: connector.Classic, State: connector.Running}}
	w.Setup.Listed(listed)
	if n := w.Setup.Prerequisites()[2]; !strings.Contains(n.Text, "only serverless and pro are documented") {
		t.Errorf("%+v", n)
	}
	w.Setup.Listed(append(listed, connector.Warehouse{ID: "p", Name: connector.FromRemote("Analytics"), Type: connector.Pro, State: connector.Stopped}))
	if n := w.Setup.Prerequisites()[2]; !strings.Contains(n.Text, "None runs. Analytics can be started") {
		t.Errorf("%+v", n)
	}
}

func TestAHintGoesWhenThePersonMovesOnAndDoesNotComeBack(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Blank: true})
	w.Paste("https://" + screentest.AHost + "/sql")
	w.MustShow("The host alone is kept")
	w.Press("tab")
	w.MustNotShow("The host alone is kept")
	w.Press("up")
	w.MustNotShow("The host alone is kept")
	w.Press("tab")
	w.Paste("draftt-connector")
	w.MustShow("This reads like a display name.")
	w.Press("tab")
	w.Paste("abC8Q~0123456789.abcdefghijklmnopqrstuvw")
	w.MustShow("This looks like a Microsoft Entra secret")
	w.Settle()
	w.Golden("connect/hints")
}

func TestASystemCatalogIsExplainedUnderTheCursor(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.signIn()
	w.chooseWarehouse()
	w.See("Not in the list?")
	w.Write("samples")
	w.MustShow("samples holds example data")
	w.Press("ctrl+u")
	w.MustNotShow("samples holds example data")
	w.Settle()
}

func TestTheFarewellKeepsTheCAFile(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Own: true})
	w.Setup.Draft().SetCA(nil, "corp ca.pem")
	if text := w.Setup.Farewell(); !strings.Contains(text, "--ca-file 'corp ca.pem'") {
		t.Errorf("it is %q", text)
	}
	h := setup.Hints{Draft: w.Setup.Draft()}
	w.Setup.Draft().SetCA(nil, "corp.p12")
	if text := h.Line(lint.CAFile, ""); !strings.Contains(text, "(L56)") {
		t.Errorf("the hint is %q", text)
	}
}

func TestANameWiderThanTheWindowIsShownWholeSomewhere(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.signIn()
	w.chooseWarehouse()
	w.See("Not in the list?")
	long := "a_catalog_" + strings.Repeat("with_a_long_name_", 8) + "end"
	w.Settle()
	step := newNamespace(w.wizard)
	step.catalogs.add(connector.Catalog{Name: connector.FromRemote(long)})
	step.catalogs.loaded = true
	view := screentest.PlainText(step.View(60, 14))
	if !strings.Contains(strings.ReplaceAll(view, "\n", ""), long) {
		t.Errorf("it is cut everywhere:\n%s", view)
	}
}

func TestAPastedPathFindsItsWarehouse(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.signIn()
	w.See("› Starter Warehouse")
	w.Paste("jdbc:databricks://" + screentest.AHost + ":443;httpPath=/sql/1.0/warehouses/5e70b2c94d1f8a36;")
	w.MustShow("› Analytics")
	w.Paste("/sql/protocolv1/o/7405605741000000/0123-456789-abcdefgh")
	w.MustShow("This is the path of a cluster.")
	w.Settle()
}
