package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

// TestWordsAreExplainedWhereTheyStand has a newcomer press one key on several screens, while a text has the focus and while none has.
func TestWordsAreExplainedWhereTheyStand(t *testing.T) {
	scenes := []struct {
		name    string
		who     screentest.Person
		play    func(w *walk)
		explain []string // among others
		not     string   // what does not stand there
	}{
		{"connect", screentest.Person{}, func(*walk) {}, []string{"workspace host", "service principal", "application ID", "OAuth secret"}, "metastore"},
		{"warehouse", screentest.Person{}, func(w *walk) {
			w.signIn()
			w.See("› Starter Warehouse")
			w.Settle()
		}, []string{"SQL warehouse", "serverless", "pro", "classic"}, "entitlement"},
		{"grants", screentest.Person{}, func(w *walk) {
			w.signIn()
			w.chooseWarehouse()
			w.chooseSchema("inventory", "assets")
			w.See("Looks again in")
		}, []string{"USE CATALOG", "USE SCHEMA", "GRANT", "hand-off"}, "personal access token"},
		{"review", screentest.Person{Scenario: "ready"}, func(w *walk) { w.review() }, []string{"certificate", "privilege"}, "Private Link"},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			scene.play(w)
			before := w.Screen()
			w.Press("f5")
			w.Golden("words/" + scene.name)
			w.Resize(200, 50)
			if !w.Shows(append(scene.explain, "Words on this screen", "draftt-databricks help words")...) || w.Shows(scene.not) {
				t.Errorf("it is to explain %q, and not %s:\n%s", scene.explain, scene.not, w.Screen())
			}
			w.Resize(80, 24)
			w.Press("f5")
			if after := w.Screen(); after != before {
				t.Errorf("after a look at its words the screen is\n%s\nand was\n%s", after, before)
			}
		})
	}
}

// TestHelpExplainsTheWordsBelowTheKeys asks for help, and from there for the words alone: they are those of the step, not of the help.
func TestHelpExplainsTheWordsBelowTheKeys(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{})
	w.Resize(120, 50)
	w.Press("f1")
	w.See("f5", "the words on this screen", "Words on this screen", "OAuth secret")
	w.Press("f5")
	if !w.Shows("Words on this screen", "OAuth secret") || w.Shows("next field") {
		t.Errorf("from help to the words:\n%s", w.Screen())
	}
	w.Press("f5")
	if w.Shows("Words on this screen") || !w.Shows("Client ID") {
		t.Errorf("the words did not close:\n%s", w.Screen())
	}
}
