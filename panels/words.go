package panels

import (
	"strings"
	"sync"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/glossary"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/phrase"
)

// Explain draws what the words on the lines of a screen mean, those that the glossary knows.
func Explain(theme *ui.Theme) func(lines []string) func(width int) string {
	return func(lines []string) func(width int) string {
		words := WordsOn(lines)
		return func(width int) string { return explained(theme, words, width) }
	}
}

// ownWords has no name that a workspace gives be seen in what a word means. It is put off until words are drawn, because the glossary takes
// milliseconds to read.
var ownWords = sync.OnceFunc(func() {
	for _, w := range glossary.Words() {
		connector.Known().Own(w.Means, w.Line())
	}
})

// WordsOn are the words of the glossary that stand on the lines, in its order.
func WordsOn(lines []string) (found []glossary.Word) {
	ownWords()
	words := glossary.Words()
	var forms []string
	var of []int // the word of each form
	for i, w := range words {
		for _, form := range w.Forms() {
			forms, of = append(forms, form), append(of, i)
		}
	}
	met := map[int]bool{}
	for _, hit := range phrase.Find(lines, forms) {
		met[of[hit.Phrase]] = true
	}
	for i, w := range words {
		if met[i] {
			found = append(found, w)
		}
	}
	return found
}

// explained puts each word beside what it means, or above where that would be too narrow to read.
func explained(theme *ui.Theme, words []glossary.Word, width int) string {
	const leastRoom = 40 // cells for a meaning beside its word
	column := 0
	for _, w := range words {
		column = max(column, ansi.StringWidth(w.Word)+2)
	}
	beside := width-column >= leastRoom
	if !beside {
		column = 2
	}
	var b strings.Builder
	for _, w := range words {
		name := theme.Accent.Render(w.Word)
		if beside {
			b.WriteString(name + strings.Repeat(" ", column-ansi.StringWidth(w.Word)))
		} else {
			b.WriteString(name + "\n  ")
		}
		b.WriteString(strings.ReplaceAll(ui.Wrap(w.Means, width-column), "\n", "\n"+strings.Repeat(" ", column)) + "\n")
	}
	if len(words) == 0 {
		b.WriteString(ui.Wrap(glossary.NoneHere, width) + "\n")
	}
	return b.String() + "\n" + theme.Faint.Render(ui.Wrap(glossary.AllOfThem, width))
}

// Coverage says in a line how much an inventory saw, and what follows from that. Where both do not fit, what is planned is left out.
func Coverage(seen estate.Coverage, follows string, width int) string {
	text := strings.TrimSpace(seen.SayShort() + ". " + follows)
	if ansi.StringWidth(text) > width {
		text = strings.TrimSpace(seen.SayBrief() + ". " + follows)
	}
	return ui.Wrap(text, width)
}
