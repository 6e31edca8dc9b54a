package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
)

func TestTheFirstStartBeginsWithWhatIsNeeded(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Blank: true, Own: true})
	w.mustShow("Before you begin", "Checked after sign-in")
	w.golden("card/first")
	w.press("enter")
	w.mustShow("Connect to your workspace")
	w.settle()
}

func TestTheCardDoesNotComeByItselfWhenSomethingWasAnswered(t *testing.T) {
	t.Parallel()
	for name, who := range map[string]Person{"prefilled": {Own: true}, "the demo": {}} {
		w := begin(t, who)
		if w.shows("Before you begin") {
			t.Errorf("%s begins with the card", name)
		}
		w.settle()
	}
}

func TestTheCardOpensAtAnyTimeAndTellsWhatWasSeen(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.see("Looks again in")
	w.calm()
	w.press("f2")
	w.mustShow("Whether you are one cannot be seen", "The owner (data-governance)", "✓ SQL warehouse", "✓ schema, table.")
	w.golden("card/step-3")
	w.press("esc")
	w.see("✗ USE CATALOG on inventory")
}

func TestAClassicWarehouseAloneIsSaidToBeUndocumented(t *testing.T) {
	t.Parallel()
	w := prepare(t, Person{})
	listed := []connector.Warehouse{{ID: "c", Name: connector.FromRemote("BI Classic"), Type: connector.Classic, State: connector.Running}}
	w.setup.Listed(listed)
	if n := w.setup.Prerequisites()[2]; !strings.Contains(n.Text, "only serverless and pro are documented") {
		t.Errorf("%+v", n)
	}
	w.setup.Listed(append(listed, connector.Warehouse{ID: "p", Name: connector.FromRemote("Analytics"), Type: connector.Pro, State: connector.Stopped}))
	if n := w.setup.Prerequisites()[2]; !strings.Contains(n.Text, "None runs. Analytics can be started") {
		t.Errorf("%+v", n)
	}
}

func TestAHintGoesWhenThePersonMovesOnAndDoesNotComeBack(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Blank: true})
	w.paste("https://" + aHost + "/sql")
	w.mustShow("The host alone is kept")
	w.press("tab")
	w.mustNotShow("The host alone is kept")
	w.press("up")
	w.mustNotShow("The host alone is kept")
	w.press("tab")
	w.paste("draftt-connector")
	w.mustShow("This reads like a display name.")
	w.press("tab")
	w.paste("abC8Q~0123456789.abcdefghijklmnopqrstuvw")
	w.mustShow("This looks like a Microsoft Entra secret")
	w.settle()
	w.golden("connect/hints")
}

func TestASystemCatalogIsExplainedUnderTheCursor(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.signIn()
	w.chooseWarehouse()
	w.see("Not in the list?")
	w.write("samples")
	w.mustShow("samples holds example data")
	w.press("ctrl+u")
	w.mustNotShow("samples holds example data")
	w.settle()
}

func TestTheFarewellKeepsTheCAFile(t *testing.T) {
	t.Parallel()
	w := prepare(t, Person{Own: true})
	w.setup.draft.SetCA(nil, "corp ca.pem")
	if text := w.setup.Farewell(); !strings.Contains(text, "--ca-file 'corp ca.pem'") {
		t.Errorf("it is %q", text)
	}
	h := hints{draft: w.setup.draft}
	w.setup.draft.SetCA(nil, "corp.p12")
	if text := h.line(lint.CAFile, ""); !strings.Contains(text, "(L56)") {
		t.Errorf("the hint is %q", text)
	}
}

func TestANameWiderThanTheWindowIsShownWholeSomewhere(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.signIn()
	w.chooseWarehouse()
	w.see("Not in the list?")
	long := "a_catalog_" + strings.Repeat("with_a_long_name_", 8) + "end"
	w.settle()
	step := newNamespace(w.wizard)
	step.catalogs.add(connector.Catalog{Name: connector.FromRemote(long)})
	step.catalogs.loaded = true
	view := plainText(step.View(60, 14))
	if !strings.Contains(strings.ReplaceAll(view, "\n", ""), long) {
		t.Errorf("it is cut everywhere:\n%s", view)
	}
}

func TestAPastedPathFindsItsWarehouse(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.signIn()
	w.see("› Starter Warehouse")
	w.paste("jdbc:databricks://" + aHost + ":443;httpPath=/sql/1.0/warehouses/5e70b2c94d1f8a36;")
	w.mustShow("› Analytics")
	w.paste("/sql/protocolv1/o/7405605741000000/0123-456789-abcdefgh")
	w.mustShow("This is the path of a cluster.", "ctrl+u clears the")
	w.settle()
}
