package panels

import (
	"context"
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Test is a panel that walks the whole ladder of a saved connection, shows it stage by stage, and offers what helps against a failure.
type Test struct {
	*Checks
	theme *ui.Theme
	env   setup.Environment
	saved connector.Connection
	kept  func(*setup.Test, []check.Result) tea.Cmd
	ctx   context.Context
	start bool // a stopped warehouse, which a person agreed to
	test  *setup.Test
}

// NewTest makes a panel to be opened. kept hears how each walk ended, to keep its verdict.
func NewTest(theme *ui.Theme, env setup.Environment, c connector.Connection, kept func(*setup.Test, []check.Result) tea.Cmd) *Test {
	p := &Test{theme: theme, env: env, saved: c, kept: kept}
	p.Checks = NewChecks(theme, ChecksContent{
		Head:    func(width, _ int) string { return Heading(theme, ui.Clean(fmt.Sprintf("Test %q", c.Name)), "", width) },
		Attempt: p.attempt, Stop: "stop and close", Filename: "finding.txt", Ended: p.ended,
		Passed: []ui.Action{TestAgain, CloseTest},
		Note:   func() string { return setup.VerdictLine(p.test.Proof()) },
	})
	return p
}

// Enter begins the test.
func (p *Test) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return p.Checks.Enter(ctx)
}

func (p *Test) attempt() (*setup.Attempt, error) {
	test, err := p.env.Test(p.saved, p.start)
	if p.Failed, p.start = []ui.Action{CloseTest, TestAgain}, false; err != nil {
		return nil, err
	}
	contain.After(p.ctx, "closing a test", test.Close)
	p.test = test
	return test.Attempt, nil
}

// TestAgain and CloseTest are the keys that work after any test. Closing is the shell's; it stands here for its place in the footer.
var (
	TestAgain = ui.Action{Key: ui.Bind("test again", "r")}
	CloseTest = ui.Action{Key: ui.Bind("close", "esc")}
)

// ended keeps the proof, and offers what helps against a failure.
func (p *Test) ended(failure *check.Result) (ui.Move, tea.Cmd) {
	if failure != nil {
		p.Failed = append(p.remedies(*failure.Finding), CloseTest, TestAgain)
		if setup.Passes(*failure.Finding) {
			p.Failed = []ui.Action{TestAgain, CloseTest}
		}
	}
	return ui.Stay(), p.kept(p.test, p.Ladder().Results)
}

// remedies are what can be done about a failure. Starting the warehouse costs money while it runs, so it is offered only where that is what
// the failure asks for.
func (p *Test) remedies(f check.Finding) (offered []ui.Action) {
	if f.Cause == check.WarehouseNotRunning {
		offered = append(offered, ui.Action{Key: ui.Bind("start it and test again", "s"), Do: func() (ui.Move, tea.Cmd) {
			p.start = true
			return ui.Stay(), p.Begin()
		}})
	}
	if f.Remedy.Copy != "" {
		offered = append(offered, ui.Action{Key: ui.Bind("what to run", "w"), Do: ui.Opens(func() ui.Panel {
			return ui.NewPage(p.theme, ui.PageContent{Title: "What to run", Text: f.Remedy.Copy, Filename: "remedy.sql"})
		})})
	}
	return offered
}

// Keys are those of the checks. Where s starts the warehouse, it saves nothing.
func (p *Test) Keys() []key.Binding {
	var keys []key.Binding
	for _, binding := range p.Checks.Keys() {
		if !slices.ContainsFunc(keys, func(k key.Binding) bool { return k.Help().Key == binding.Help().Key }) {
			keys = append(keys, binding)
		}
	}
	return keys
}
