package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestWhatCanWriteIsNamedInFullAndSavedOnlyForAWord(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "may-write"})
	w.open()
	w.review()
	for range 3 { // whoever presses enter and nothing else saves nothing
		w.Press("enter")
		w.Settle()
	}
	if w.Setup.Saved().ID != "" || w.Finished() {
		t.Fatal("it is saved although nobody typed a word")
	}
	w.Press("esc")
	for _, size := range [][2]int{{60, 18}, {80, 24}, {120, 40}} {
		w.Resize(size[0], size[1])
		shown := strings.Join(strings.Fields(w.Screen()), "")
		for _, want := range []string{"MODIFY on schema inventory.assets", "REVOKE MODIFY ON SCHEMA `inventory`.`assets` FROM", "`6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22`;", "enter save it", "a act as admin"} {
			if !strings.Contains(shown, strings.Join(strings.Fields(want), "")) {
				t.Errorf("at %v %q is not on the screen:\n%s", size, want, w.Screen())
			}
		}
	}
	w.Press("enter", "n", "o", "enter")
	w.Settle()
	if w.Setup.Saved().ID != "" {
		t.Fatal("another word is taken")
	}
	w.Press("backspace", "backspace", "a", "c", "c", "e", "p", "t", "enter")
	w.Until("it is saved", func() bool { return w.Setup.Saved().ID != "" })
	if p := w.Setup.Saved().Proof; !p.Broader || p.ReadOnly != "can write: MODIFY on schema inventory.assets" {
		t.Errorf("the saved connection says %+v", p)
	}
}

func TestAnAdminTakesAwayWhatCanWriteBeforeItIsSaved(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "may-write"})
	w.open()
	w.review()
	w.Press("enter")
	w.Settle()
	w.Press("a")
	w.Settle()
	w.Press("enter")
	w.Until("there is a plan", func() bool { return strings.Contains(w.Screen(), "Revoke privileges: schema inventory.assets") })
	w.Press("a", "p", "p", "l", "y", "enter")
	w.Until("it is back on Review", func() bool {
		return strings.Contains(w.Screen(), "Kept in") && !strings.Contains(w.Screen(), "looking at everything")
	})
	if w.Setup.MustAccept() || strings.Contains(w.Screen(), "can write") {
		t.Fatalf("it still can write:\n%s", w.Screen())
	}
	w.Press("enter")
	w.Until("it is saved", func() bool { return w.Setup.Saved().ID != "" })
	if p := w.Setup.Saved().Proof; p.Broader || p.Elsewhere != "" {
		t.Errorf("the saved connection says %+v", p)
	}
}
