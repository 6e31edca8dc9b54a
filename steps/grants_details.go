package steps

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// details is all that was seen of the privileges, whole: who can grant each and why, who runs what is missing, what goes beyond the contract.
func (p *grantPanel) details() ui.Panel {
	t := p.setup.theme
	return ui.NewPage(t, ui.PageContent{Title: "Privileges that were looked for", Body: func(width int) string {
		var said []string
		for i, need := range p.want.Needs {
			mark, _ := p.state(i)
			said = append(said, t.Mark(mark)+" "+setup.NeedName(need)+": "+p.found.Word(i))
		}
		switch reason := p.found.Reason(); {
		case p.found.Obstacle != "":
			said = append(said, "", p.found.Obstacle)
		case p.snippet.Text() != "":
			lead, _ := p.found.Lead()
			said = append(said, "", strings.TrimSpace(reason+" "+lead), "", strings.TrimSpace(p.snippet.Text()))
		}
		for _, beyond := range p.found.Extras() {
			said = append(said, "", t.Mark(ui.MarkWarn)+" "+beyond)
		}
		for _, note := range p.found.Notes {
			said = append(said, "", note)
		}
		return ui.Wrap(strings.Join(said, "\n"), width)
	}})
}
