package steps

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/prerequisites"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// nameColumn is where the text of a prerequisite starts.
const nameColumn = 20

// card draws the prerequisites for the screen.
func (s *Wizard) card(width int) string {
	var b strings.Builder
	for _, n := range s.Prerequisites() {
		text := strings.ReplaceAll(ui.Wrap(ui.Clean(n.Text), width-nameColumn), "\n", "\n"+strings.Repeat(" ", nameColumn))
		fmt.Fprintf(&b, "%s %-*s%s\n", s.theme.Mark(panels.HoldsMarks[n.Holds]), nameColumn-2, n.Name, text)
	}
	var values []string
	for _, n := range s.Given() {
		if n.Holds == prerequisites.ItHolds {
			n.Name = ui.MarkPass.String() + " " + n.Name
		}
		values = append(values, n.Name)
	}
	return b.String() + "\n" + ui.Wrap("You give: "+strings.Join(values, ", ")+".", width)
}
