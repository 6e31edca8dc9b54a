package panels

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/ui"
)

// Fact is a line about something: what it is, and what is known. One without a label goes on with the fact before.
type Fact struct{ Label, Text string }

// Facts draws facts with their texts below one another, within width cells.
func Facts(theme *ui.Theme, facts []Fact, width int) string {
	column := 0
	for _, f := range facts {
		column = max(column, len(f.Label)+2)
	}
	pad := strings.Repeat(" ", column)
	lines := make([]string, len(facts))
	for i, f := range facts {
		text := strings.Split(ui.Wrap(ui.Clean(f.Text), max(10, width-column)), "\n")
		lines[i] = theme.Faint.Render(f.Label) + pad[len(f.Label):] + strings.Join(text, "\n"+pad)
	}
	return strings.Join(lines, "\n")
}

// FactLines are facts as text, a line for each.
func FactLines(facts []Fact) []string {
	lines := make([]string, len(facts))
	for i, f := range facts {
		lines[i] = "- " + f.Text
		if f.Label != "" {
			lines[i] = f.Label + ": " + f.Text
		}
	}
	return lines
}

// Steady has what stands below a list always take the same number of lines, so that the list keeps its size while one moves in it. Beside the
// list it is left as it is.
func Steady(theme *ui.Theme, about func(width, height int) string) func(width, height int) string {
	return func(width, height int) string {
		text := about(width, height)
		if theme.Wide() {
			return text
		}
		if short := height - max(1, Height(text)); short > 0 {
			text += strings.Repeat("\n ", short)
		}
		return text
	}
}
