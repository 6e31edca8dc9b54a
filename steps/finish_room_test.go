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
			} else if !shown && !strings.Contains(said, " more, at home") && height > 19 {
				t.Errorf("%s is left out at %d lines, without a word", fact.Label, height)
			}
		}
	}
}

func lastWord(text string) string {
	words := strings.Fields(text)
	return words[len(words)-1]
}
