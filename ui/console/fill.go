package console

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/pattern"
	"github.com/draftt-io/draftt-databricks/ui"
)

// column is where the second column of a line begins, as that of the flags in a help does.
var column = pattern.New(`^ +\S.*? {2,}`)

// leastRoom is how narrow a text beside a first column may become before it goes on below that.
const leastRoom = 24

// Fill breaks the lines of a help so that they are at most width cells. Prose that was broken by hand is joined first; what is set in keeps
// its place, and a second column goes on below itself.
func Fill(text string, width int) string {
	var b strings.Builder
	for _, line := range joined(strings.Split(text, "\n")) {
		lead := line[:len(line)-len(strings.TrimLeft(line, " "))]
		if beside := column().FindString(line); beside != "" && width-ansi.StringWidth(beside) >= leastRoom {
			lead = beside
		}
		cells := ansi.StringWidth(lead)
		if ansi.StringWidth(line) <= width || width-cells < leastRoom {
			b.WriteString(line + "\n")
			continue
		}
		rest := strings.Split(ui.Wrap(strings.TrimPrefix(line, lead), width-cells), "\n")
		b.WriteString(lead + strings.Join(rest, "\n"+strings.Repeat(" ", cells)) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// joined puts lines of prose together that were one paragraph.
func joined(lines []string) (all []string) {
	prose := false // the line before goes on
	for _, line := range lines {
		is := line != "" && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t")
		if is && prose {
			all[len(all)-1] += " " + line
		} else {
			all = append(all, line)
		}
		prose = is && !strings.HasSuffix(line, ":")
	}
	return all
}
