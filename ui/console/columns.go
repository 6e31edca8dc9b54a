package console

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/ui"
)

// Column is a list below its title.
type Column struct {
	Title string
	Lines []string
}

// Columns are two lists side by side, each as wide as width.
func Columns(width int, left, right Column) string {
	cells := func(c Column) []string {
		out := []string{strings.ToUpper(c.Title)}
		for _, text := range c.Lines {
			for i, row := range strings.Split(ui.Wrap(text, width-2), "\n") {
				out = append(out, map[bool]string{true: "- ", false: "  "}[i == 0]+row)
			}
		}
		return out
	}
	var b strings.Builder
	l, r := cells(left), cells(right)
	for i := range max(len(l), len(r)) {
		var row [2]string
		for k, list := range [][]string{l, r} {
			if i < len(list) {
				row[k] = list[i]
			}
		}
		b.WriteString(strings.TrimRight(fmt.Sprintf("%-*s  %s", width+2, row[0], row[1]), " ") + "\n")
	}
	return b.String()
}
