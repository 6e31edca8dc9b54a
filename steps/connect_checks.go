package steps

import (
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// newTest is the live test of what the form holds.
func (c *connect) newTest() *panels.Checks {
	return panels.NewChecks(c.setup.theme, panels.ChecksContent{
		Head: c.testHead, Attempt: c.setup.ProveConnection, Stop: "stop the test", Filename: "connection-test.txt", Ended: c.tested,
		Note:   func() string { return "Signed in as " + c.setup.Draft().Principal().Label() + "." },
		Passed: []ui.Action{{Key: ui.Bind("next", "enter"), Do: c.goOn}, panels.TestAgain, {Key: ui.Bind("edit", "e"), Do: c.backToForm}},
		Failed: c.waysOut(nil),
	})
}

func (c *connect) testHead(int, int) string {
	title := c.setup.theme.Title.Render("Test connection")
	if l := c.test.Ladder(); l.Ended && l.Took > 0 {
		title += c.setup.theme.Faint.Render("  " + words.Took(l.Took))
	}
	return title + "\n\n"
}

// tested goes on by itself where an interrupted set-up is taken up again, and otherwise offers what helps.
func (c *connect) tested(failure *check.Result) (ui.Move, tea.Cmd) {
	c.test.Failed = c.waysOut(failure)
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

// waysOut are the keys after a failure: first what comes next.
func (c *connect) waysOut(failure *check.Result) []ui.Action {
	ways := []setup.Way{setup.Edit, setup.TestAgain}
	if failure != nil {
		ways = c.setup.Draft().WaysOut(*failure)
	}
	actions := make([]ui.Action, len(ways))
	for i, way := range ways {
		actions[i] = c.wayOut(way, i == 0)
	}
	return actions
}

// wayOut is the key of a way. The first is what Enter does.
func (c *connect) wayOut(way setup.Way, first bool) ui.Action {
	panel, letter := c.newProxying, "p"
	switch {
	case way == setup.TrustAuthority:
		panel, letter = c.newTrusting, "t"
	case way == setup.TestAgain && first:
		return ui.Action{Key: ui.Bind(way.Does(), "enter", "r")}
	case way == setup.TestAgain:
		return panels.TestAgain
	case way == setup.Edit && first:
		return ui.Action{Key: ui.Bind(way.Does(), "enter", "e"), Do: c.backToFault}
	case way == setup.Edit:
		return ui.Action{Key: ui.Bind(way.Does(), "e"), Do: c.backToForm}
	}
	if first {
		letter = "enter"
	}
	return ui.Action{Key: ui.Bind(way.Does(), letter), Do: ui.Opens(panel)}
}

func (c *connect) fault(failure *check.Result) lint.Field {
	return c.setup.Draft().AtFault(*failure.Finding)
}

// faultField are the fields of the form by the answers that they hold.
var faultField = map[lint.Field]int{lint.Host: hostField, lint.ClientID: clientField, lint.Secret: secretField}

// backToFault goes to the field that the failure is about.
func (c *connect) backToFault() (ui.Move, tea.Cmd) {
	if f := c.test.Ladder().Failure(); f != nil {
		c.goTo(faultField[c.fault(f)])
	}
	return ui.Close(), nil
}
