package steps

import (
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// newReach shows whether the way to the chosen schema is open.
func (n *namespace) newReach() *grantPanel {
	return newGrantPanel(n.setup, grantContent{
		Head: n.reachHead, Holds: "The way to the schema is open.", Next: "next", ScopeLast: true, Looked: n.looked,
		Wants: func() (setup.Requirements, bool) { return n.setup.ReachRequirements(), true },
		GoOn:  func() (ui.Move, tea.Cmd) { return ui.Next(), nil },
	})
}

func (n *namespace) reachHead(width, height int) string {
	schema := n.setup.theme.Title.Render(n.setup.Draft().Schema().String()) + "\n"
	if height < roomyBody {
		return schema
	}
	return n.head(width) + schema
}

// looked completes the step once the way is open. A plan that opens it is not left before its end.
func (n *namespace) looked() (ui.Move, tea.Cmd) {
	n.setup.Draft().SetReach(n.reach.hold())
	if n.setup.Eager() && n.reach.complete() && !n.setup.Applies() {
		return ui.Next(), nil
	}
	return ui.Stay(), nil
}
