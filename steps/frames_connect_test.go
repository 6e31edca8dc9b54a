package steps

import "testing"

func TestConnectLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  Person
		play func(w *walk)
	}{
		{"empty", Person{Blank: true}, func(*walk) {}},
		{"prefilled", Person{}, func(*walk) {}},
		{"url-pasted", Person{Blank: true}, func(w *walk) {
			w.paste("  https://adb-7405605741000000.0.azuredatabricks.net/sql/warehouses?o=7405605741000000 ")
		}},
		{"accounts-host", Person{Blank: true}, func(w *walk) {
			w.paste("https://accounts.azuredatabricks.net")
		}},
		{"unknown-domain", Person{Blank: true}, func(w *walk) {
			w.paste("databricks.contoso.example")
			w.press("tab")
		}},
		{"scim-digits", Person{Blank: true}, func(w *walk) {
			w.paste("adb-7405605741000000.0.azuredatabricks.net")
			w.press("tab")
			w.paste("5103948571029384")
		}},
		{"token-in-secret", Person{Blank: true}, func(w *walk) {
			w.paste("adb-7405605741000000.0.azuredatabricks.net")
			w.press("tab", "tab")
			w.paste("dapi0123456789abcdef0123456789abcdef-2")
		}},
		{"secret-with-space", Person{Blank: true}, func(w *walk) {
			w.press("tab", "tab")
			w.paste("dose0123 4567")
		}},
		{"token-mode", Person{}, func(w *walk) { w.press("ctrl+t") }},
		{"submitted-empty", Person{Blank: true}, func(w *walk) { w.press("enter") }},
		{"passed", Person{}, func(w *walk) {
			w.press("enter")
			w.see("Signed in as draftt-connector")
		}},
		{"wrong-secret", Person{Scenario: "wrong-secret"}, func(w *walk) {
			w.press("enter")
			w.see("Authentication failed")
		}},
		{"wrong-secret-details", Person{Scenario: "wrong-secret"}, func(w *walk) {
			w.press("enter")
			w.see("Authentication failed")
			w.press("d")
		}},
		{"wrong-secret-copied", Person{Scenario: "wrong-secret"}, func(w *walk) {
			w.press("enter")
			w.see("Authentication failed")
			w.press("y")
			w.see("Sent to the clipboard")
		}},
		{"wrong-secret-edit", Person{Scenario: "wrong-secret"}, func(w *walk) {
			w.press("enter")
			w.see("Authentication failed")
			w.press("enter")
		}},
		{"unreachable", Person{Scenario: "unreachable"}, func(w *walk) {
			w.press("enter")
			w.see("Could not reach the workspace")
		}},
		{"help", Person{}, func(w *walk) { w.press("f1") }},
		{"leaving", Person{}, func(w *walk) { w.press("ctrl+c") }},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			scene.play(w)
			w.settle()
			w.golden("connect/" + scene.name)
		})
	}
}
