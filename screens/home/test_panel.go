package home

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// testPanel walks the whole ladder of a saved connection, shows it stage by stage, and keeps how it ended beside the connection.
type testPanel struct {
	*panels.Checks
	home  *Screen
	saved connector.Connection
	ctx   context.Context
	start bool // a stopped warehouse, which a person agreed to
	test  *setup.Test
}

func newTestPanel(h *Screen, c connector.Connection) ui.Panel {
	p := &testPanel{home: h, saved: c}
	p.Checks = panels.NewChecks(h.theme, panels.ChecksContent{
		Head:    func(width, _ int) string { return panels.Heading(h.theme, ui.Clean("Test "+c.Name), "", width) },
		Attempt: p.attempt, Stop: "stop and close", Filename: "finding.txt", Ended: p.ended,
		Passed: []ui.Action{testAgain, closeTest},
		Note:   func() string { return setup.VerdictLine(p.test.Proof()) },
	})
	return p
}

// Enter begins the test.
func (p *testPanel) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return p.Checks.Enter(ctx)
}

func (p *testPanel) attempt() (*setup.Attempt, error) {
	test, err := p.home.env.Test(p.saved, p.start)
	if p.Failed, p.start = []ui.Action{closeTest, testAgain}, false; err != nil {
		return nil, err
	}
	contain.After(p.ctx, "closing a test", test.Close)
	p.test = test
	return test.Attempt, nil
}

// The keys that work after any test. Closing is the shell's; it stands here for its place in the footer.
var (
	testAgain = ui.Action{Key: ui.Bind("test again", "r")}
	closeTest = ui.Action{Key: ui.Bind("close", "esc")}
)

// ended keeps the proof, and offers what helps against a failure.
func (p *testPanel) ended(failure *check.Result) (ui.Move, tea.Cmd) {
	if failure != nil {
		p.Failed = append(p.remedies(*failure.Finding), closeTest, testAgain)
	}
	return ui.Stay(), p.home.keepProof(p.test, p.Ladder().Results)
}

// remedies are what can be done about a failure. Starting the warehouse costs money while it runs, so it is offered only where that is what
// the failure asks for.
func (p *testPanel) remedies(f check.Finding) (offered []ui.Action) {
	if f.Cause == check.WarehouseNotRunning {
		offered = append(offered, ui.Action{Key: ui.Bind("start it and test again", "s"), Do: func() (ui.Move, tea.Cmd) {
			p.start = true
			return ui.Stay(), p.Begin()
		}})
	}
	if f.Remedy.Copy != "" {
		offered = append(offered, ui.Action{Key: ui.Bind("what to run", "w"), Do: func() (ui.Move, tea.Cmd) {
			return ui.Open(ui.NewPage(p.home.theme, ui.PageContent{Title: "What to run", Text: f.Remedy.Copy, Filename: "remedy.sql"})), nil
		}})
	}
	return offered
}

// Keys are those of the checks. Where s starts the warehouse, it saves nothing.
func (p *testPanel) Keys() []key.Binding {
	var keys []key.Binding
	for _, binding := range p.Checks.Keys() {
		if !slices.ContainsFunc(keys, func(k key.Binding) bool { return k.Help().Key == binding.Help().Key }) {
			keys = append(keys, binding)
		}
	}
	return keys
}

// keepProof writes beside a connection how its test ended, and remembers what it found.
func (h *Screen) keepProof(test *setup.Test, results []check.Result) tea.Cmd {
	h.walked[test.Saved.ID] = results
	var kept connector.Connection
	return h.changes.begin(h.ctx, &change{
		write: func(ctx context.Context) (err error) {
			kept, err = test.Keep(ctx)
			return err
		},
		done: func() (ui.Move, tea.Cmd) {
			h.list.replace(kept)
			return ui.Stay(), nil
		},
		failed: func(err error) (ui.Move, tea.Cmd) {
			h.list.replace(kept)
			return h.tell(saved.NotKept(test.Saved, err), true)
		},
	})
}
