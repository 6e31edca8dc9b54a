package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

// Whoever saved sees that it was, under which name, and of everything that is said either the end or a mark that there is more.
func TestTheScreenAfterSaveSaysTheNameAndStopsNowhereWithoutAMark(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.review()
	w.Press("enter")
	w.See("Azure Databricks › Connect")
	facts := w.Setup.Finished()
	for height := 18; height <= 30; height++ {
		w.Resize(80, height)
		w.MustShow(`Saved "inventory.assets"`, "OAuth secret", "from where you keep it")
		for _, fact := range facts {
			_, line, shown := strings.Cut(w.Screen(), fact.Label+strings.Repeat(" ", 16-len(fact.Label)))
			line, _, _ = strings.Cut(line, "\n")
			cut := strings.HasSuffix(strings.TrimSpace(line), "…")
			if said := strings.Join(strings.Fields(w.Screen()), " "); shown && !cut && !strings.Contains(said, lastWord(fact.Text)) {
				t.Errorf("of %q only %q is seen at %d lines", fact.Text, line, height)
			} else if !shown && !strings.Contains(said, " more, d shows them whole") {
				t.Errorf("%s is left out at %d lines, without a word", fact.Label, height)
			}
		}
	}
}

// Whoever chose many tables loses nothing of what is said: the values are paged, and a key shows the facts whole.
func TestTheScreenAfterSaveHidesNothingOfManyTables(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {60, 18}, {120, 40}} {
		w := begin(t, screentest.Person{Scenario: "ready"})
		w.reachAssets()
		w.Press("ctrl+a", "enter")
		w.See("12 ticked")
		w.Press("enter")
		w.See("Review and save")
		w.Press("enter")
		w.See("Azure Databricks › Connect")
		w.Resize(size[0], size[1])
		if !strings.Contains(w.Screen(), "Kept in") {
			w.MustShow("5 more, d shows them whole")
		}
		w.Press("pgdown")
		w.MustShow("tickets")
		w.Press("d")
		w.See("Verdict")
		begins := w.Screen()
		w.Press("end")
		w.See("Kept in")
		said := strings.Join(strings.Fields(begins+w.Screen()), " ")
		for _, fact := range w.Setup.Finished() {
			if !strings.Contains(said, lastWord(fact.Text)) {
				t.Errorf("at %v, of %s there is no end in\n%s", size, fact.Label, w.Screen())
			}
		}
	}
}

func lastWord(text string) string {
	words := strings.Fields(text)
	return words[len(words)-1]
}
