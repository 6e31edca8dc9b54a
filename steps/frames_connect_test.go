package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestConnectLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  screentest.Person
		play func(w *walk)
	}{
		{"empty", screentest.Person{Blank: true}, func(*walk) {}},
		{"prefilled", screentest.Person{}, func(*walk) {}},
		{"url-pasted", screentest.Person{Blank: true}, func(w *walk) {
			w.Paste("  https://adb-7405605741000000.0.azuredatabricks.net/sql/warehouses?o=7405605741000000 ")
		}},
		{"accounts-host", screentest.Person{Blank: true}, func(w *walk) {
			w.Paste("https://accounts.azuredatabricks.net")
		}},
		{"unknown-domain", screentest.Person{Blank: true}, func(w *walk) {
			w.Paste("databricks.contoso.example")
			w.Press("tab")
		}},
		{"scim-digits", screentest.Person{Blank: true}, func(w *walk) {
			w.Paste("adb-7405605741000000.0.azuredatabricks.net")
			w.Press("tab")
			w.Paste("5103948571029384")
		}},
		{"token-in-secret", screentest.Person{Blank: true}, func(w *walk) {
			w.Paste("adb-7405605741000000.0.azuredatabricks.net")
			w.Press("tab", "tab")
			w.Paste("dapi0123456789abcdef0123456789abcdef-2")
		}},
		{"secret-with-space", screentest.Person{Blank: true}, func(w *walk) {
			w.Press("tab", "tab")
			w.Paste("dose0123 4567")
		}},
		{"token-mode", screentest.Person{}, func(w *walk) { w.Press("ctrl+t") }},
		{"submitted-empty", screentest.Person{Blank: true}, func(w *walk) { w.Press("enter") }},
		{"passed", screentest.Person{}, func(w *walk) {
			w.Press("enter")
			w.See("Signed in as draftt-connector")
		}},
		{"wrong-secret", screentest.Person{Scenario: "wrong-secret"}, func(w *walk) {
			w.Press("enter")
			w.See("Authentication failed")
		}},
		{"wrong-secret-details", screentest.Person{Scenario: "wrong-secret"}, func(w *walk) {
			w.Press("enter")
			w.See("Authentication failed")
			w.Press("d")
		}},
		{"wrong-secret-copied", screentest.Person{Scenario: "wrong-secret"}, func(w *walk) {
			w.Press("enter")
			w.See("Authentication failed")
			w.Press("y")
			w.See("Sent to the clipboard")
		}},
		{"wrong-secret-edit", screentest.Person{Scenario: "wrong-secret"}, func(w *walk) {
			w.Press("enter")
			w.See("Authentication failed")
			w.Press("enter")
		}},
		{"unreachable", screentest.Person{Scenario: "unreachable"}, func(w *walk) {
			w.Press("enter")
			w.See("Could not reach the workspace")
		}},
		{"help", screentest.Person{}, func(w *walk) { w.Press("f1") }},
		{"leaving", screentest.Person{}, func(w *walk) { w.Press("ctrl+c") }},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			scene.play(w)
			w.Settle()
			w.Golden("connect/" + scene.name)
		})
	}
}
