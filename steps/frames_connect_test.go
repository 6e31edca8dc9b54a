package steps

import "testing"

func TestConnectLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  person
		play func(w *walk)
	}{
		{"empty", person{blank: true}, func(*walk) {}},
		{"prefilled", person{}, func(*walk) {}},
		{"url-pasted", person{blank: true}, func(w *walk) {
			w.paste("  https://adb-7405605741000000.0.azuredatabricks.net/sql/warehouses?o=7405605741000000 ")
		}},
		{"accounts-host", person{blank: true}, func(w *walk) {
			w.paste("https://accounts.azuredatabricks.net")
		}},
		{"unknown-domain", person{blank: true}, func(w *walk) {
			w.paste("databricks.contoso.example")
			w.press("tab")
		}},
		{"scim-digits", person{blank: true}, func(w *walk) {
			w.paste("adb-7405605741000000.0.azuredatabricks.net")
			w.press("tab")
			w.paste("5103948571029384")
		}},
		{"token-in-secret", person{blank: true}, func(w *walk) {
			w.paste("adb-7405605741000000.0.azuredatabricks.net")
			w.press("tab", "tab")
			w.paste("dapi0123456789abcdef0123456789abcdef-2")
		}},
		{"secret-with-space", person{blank: true}, func(w *walk) {
			w.press("tab", "tab")
			w.paste("dose0123 4567")
		}},
		{"token-mode", person{}, func(w *walk) { w.press("ctrl+t") }},
		{"submitted-empty", person{blank: true}, func(w *walk) { w.press("enter") }},
		{"passed", person{}, func(w *walk) {
			w.press("enter")
			w.see("Signed in as draftt-connector")
		}},
		{"wrong-secret", person{scenario: "wrong-secret"}, func(w *walk) {
			w.press("enter")
			w.see("Authentication failed")
		}},
		{"wrong-secret-details", person{scenario: "wrong-secret"}, func(w *walk) {
			w.press("enter")
			w.see("Authentication failed")
			w.press("d")
		}},
		{"wrong-secret-copied", person{scenario: "wrong-secret"}, func(w *walk) {
			w.press("enter")
			w.see("Authentication failed")
			w.press("y")
			w.see("Sent to the clipboard")
		}},
		{"wrong-secret-edit", person{scenario: "wrong-secret"}, func(w *walk) {
			w.press("enter")
			w.see("Authentication failed")
			w.press("enter")
		}},
		{"unreachable", person{scenario: "unreachable"}, func(w *walk) {
			w.press("enter")
			w.see("Could not reach the workspace")
		}},
		{"help", person{}, func(w *walk) { w.press("f1") }},
		{"leaving", person{}, func(w *walk) { w.press("ctrl+c") }},
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
