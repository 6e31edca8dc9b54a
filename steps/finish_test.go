package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestTheScreenAfterSaveLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		play func(w *walk)
	}{
		{"saved", func(*walk) {}},
		{"another-line", func(w *walk) { w.Press("down", "down", "down") }},
		{"read-again", func(w *walk) {
			w.Press("t")
			w.See("Connected: read the table")
		}},
		{"certificate", func(w *walk) { w.Press("u") }},
		{"copied", func(w *walk) {
			w.Press("y")
			w.See("Sent to the clipboard")
		}},
		{"plain-view", func(w *walk) { w.Press("v") }},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, screentest.Person{Scenario: "ready"})
			w.review()
			w.Press("enter")
			w.See("Azure Databricks › Connect")
			scene.play(w)
			w.Settle()
			w.Golden("finish/" + scene.name)
		})
	}
}

// What a person copies into Draftt's dashboard is what was saved, to the byte, and never the secret.
func TestTheValuesToEnterAreThoseThatWereSaved(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.review()
	w.Press("enter")
	w.See("Azure Databricks › Connect")
	saved := w.Setup.Saved()
	text := setup.DashboardText(w.Setup.Environment().Dashboard(saved))
	for label, value := range map[string]string{
		"Workspace host": saved.Host.String(), "Client ID": string(saved.Credentials.ClientID), "Warehouse": saved.Warehouse.Name.Raw(),
		"HTTP path": saved.Warehouse.HTTPPath, "Catalog": saved.Schema.Catalog.Raw(), "Schema": saved.Schema.Schema.Raw(), "Table": saved.Tables[0].Table.Raw(),
	} {
		if !strings.Contains(text, label+": "+value+"\n") {
			t.Errorf("%s is not %q in\n%s", label, value, text)
		}
	}
	screentest.NewCanary(saved.Credentials.Secret.Reveal()).MustNotBeIn(t, "what y copies", text+w.Screen())
}

// What is saved is saved: esc leads out, and not back to the question whether to save.
func TestFromTheScreenAfterSaveEveryWayLeadsOn(t *testing.T) {
	for key, want := range map[string]Onward{"esc": Away, "n": ToAnother, "h": ToHome} {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			w := begin(t, screentest.Person{Scenario: "ready", Own: true})
			w.review()
			w.See("opened by a passphrase")
			w.Press("enter")
			w.Write("correct horse battery")
			w.Press("enter")
			w.Write("correct horse battery")
			w.Press("enter")
			w.See("Azure Databricks › Connect")
			w.Press(key)
			w.Until("it ends", w.Finished)
			if got := w.wizard.Onward(); got != want {
				t.Errorf("%s leads to %d, not %d", key, got, want)
			}
		})
	}
}
