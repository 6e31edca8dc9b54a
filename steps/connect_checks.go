package steps

import (
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// newTest is the live test of what the form holds.
func (c *connect) newTest() *panels.Checks {
	again := ui.Action{Key: ui.Bind("test again", "r")}
	return panels.NewChecks(c.setup.theme, panels.ChecksContent{
		Head: c.testHead, Attempt: c.setup.ProveConnection, Stop: "stop the test", Filename: "connection-test.txt", Ended: c.tested,
		Note:   func() string { return "Signed in as " + c.setup.Draft().Principal().Label() + "." },
		Passed: []ui.Action{{Key: ui.Bind("next", "enter"), Do: c.goOn}, again, {Key: ui.Bind("edit", "e"), Do: c.backToForm}},
		Failed: []ui.Action{{Key: ui.Bind("edit", "enter", "e"), Do: c.backToFault}, again},
	})
}

func (c *connect) testHead(int, int) string {
	title := c.setup.theme.Title.Render("Test connection")
	if l := c.test.Ladder(); l.Ended && l.Took > 0 {
		title += c.setup.theme.Faint.Render("  " + words.Took(l.Took))
	}
	return title + "\n\n"
}

// tested goes on by itself where an interrupted set-up is taken up again.
func (c *connect) tested(failure *check.Result) (ui.Move, tea.Cmd) {
	if failure == nil && c.setup.Eager() {
		return c.setup.onward(), nil
	}
	return ui.Stay(), nil
}

func (c *connect) goOn() (ui.Move, tea.Cmd) {
	if !c.setup.Draft().Connected() {
		return ui.Stay(), nil
	}
	return c.setup.onward(), nil
}

func (c *connect) backToForm() (ui.Move, tea.Cmd) { return ui.Close(), nil }

// faultField are the fields of the form by the answers that they hold.
var faultField = map[lint.Field]int{lint.Host: hostField, lint.ClientID: clientField, lint.Secret: secretField}

// backToFault goes to the field that the failure is about.
func (c *connect) backToFault() (ui.Move, tea.Cmd) {
	if f := c.test.Ladder().Failure(); f != nil {
		c.goTo(faultField[c.setup.Draft().AtFault(*f.Finding)])
	}
	return ui.Close(), nil
}
