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
	again := panels.TestAgain
	return panels.NewChecks(c.setup.theme, panels.ChecksContent{
		Head: c.testHead, Attempt: c.setup.ProveConnection, Stop: "stop the test", Filename: "connection-test.txt", Ended: c.tested,
		Note:   func() string { return "Signed in as " + c.setup.Draft().Principal().Label() + "." },
		Passed: []ui.Action{{Key: ui.Bind("next", "enter"), Do: c.goOn}, again, {Key: ui.Bind("edit", "e"), Do: c.backToForm}},
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

// waysOut are the keys after a failure: first what changes what is at fault.
func (c *connect) waysOut(failure *check.Result) []ui.Action {
	open := func(does, key string, panel func() ui.Panel) ui.Action {
		return ui.Action{Key: ui.Bind(does, key), Do: ui.Opens(panel)}
	}
	edit, form := ui.Bind("edit", "enter", "e"), ui.Action{Key: ui.Bind("edit", "e"), Do: c.backToForm}
	switch {
	case failure == nil:
	case c.fault(failure) == lint.CAFile:
		return []ui.Action{open("trust an authority", "enter", c.newTrusting), panels.TestAgain, form, open("use a proxy", "p", c.newProxying)}
	case c.fault(failure) == lint.Proxy:
		return []ui.Action{open("change the proxy", "enter", c.newProxying), panels.TestAgain, form}
	case failure.MayNeedProxy(c.setup.Draft().Host()):
		return []ui.Action{{Key: edit, Do: c.backToFault}, panels.TestAgain, open("use a proxy", "p", c.newProxying)}
	}
	return []ui.Action{{Key: edit, Do: c.backToFault}, panels.TestAgain}
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
