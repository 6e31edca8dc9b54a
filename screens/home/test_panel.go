package home

import (
	"cmp"
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// testPanel walks the whole ladder of a saved connection and shows it stage by stage.
type testPanel struct {
	home    *Screen
	ctx     context.Context
	saved   connector.Connection
	ladder  *panels.Ladder
	finding *ui.Snippet
	test    *setup.Test
	problem error
}

func newTestPanel(h *Screen, c connector.Connection) ui.Panel {
	return &testPanel{home: h, saved: c, ladder: panels.NewLadder(h.theme), finding: ui.NewSnippet(h.theme, "", "finding.txt")}
}

// Enter begins the test.
func (p *testPanel) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return p.start(false)
}

// start tests the connection; with consent a stopped warehouse is started for it.
func (p *testPanel) start(consent bool) tea.Cmd {
	p.ladder.Stop()
	p.finding.SetText("")
	test, err := p.home.env.Test(p.saved, consent)
	if p.problem = err; err != nil {
		return nil
	}
	context.AfterFunc(p.ctx, test.Close)
	p.test = test
	return p.ladder.Start(p.ctx, test.Attempt)
}

// View draws the checklist.
func (p *testPanel) View(width, height int) string {
	title := p.home.theme.Title.Render(ui.Cut(ui.Clean("Test "+p.saved.Name), width)) + "\n\n"
	if p.problem != nil {
		return title + ui.Wrap(p.home.theme.Mark(ui.MarkFail)+" "+connector.Sentence(p.problem), width)
	}
	note := ""
	if p.ladder.Ended && p.ladder.Failure() == nil {
		note = setup.VerdictLine(p.test.Proof())
	}
	return title + p.ladder.View(width, height-2, cmp.Or(p.finding.Note(), note))
}

// Keys lists what works now.
func (p *testPanel) Keys() []key.Binding {
	f := p.ladder.Failure()
	switch {
	case p.ladder.Running():
		return []key.Binding{ui.Bind("stop and close", "esc")}
	case f == nil:
		return []key.Binding{ui.Bind("test again", "r"), ui.Bind("close", "esc")}
	}
	keys := []key.Binding{ui.Bind("close", "esc"), ui.Bind("test again", "r"), ui.Bind("copy this", "y"), ui.Bind("details", "d")}
	if asksForStart(*f) {
		keys = append([]key.Binding{ui.Bind("start it and test again", "s")}, keys...)
	}
	return keys
}

// asksForStart reports whether starting the warehouse, which costs money while it runs, is what the failure asks for.
func asksForStart(r check.Result) bool { return r.Finding.Cause == check.WarehouseNotRunning }

// Update does what keys stand for once the test has ended, and takes its results in.
func (p *testPanel) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return ui.Stay(), p.press(press)
	}
	if p.finding.Take(msg) {
		return ui.Stay(), nil
	}
	cmd, done := p.ladder.Take(msg)
	if !done {
		return ui.Stay(), cmd
	}
	return ui.Stay(), tea.Batch(cmd, p.home.keepProof(p.saved, p.test.Proof()))
}

func (p *testPanel) press(msg tea.KeyPressMsg) tea.Cmd {
	if p.ladder.Running() {
		return nil
	}
	f := p.ladder.Failure()
	switch name := msg.String(); {
	case name == "r":
		return p.start(false)
	case f == nil:
	case name == "s" && asksForStart(*f):
		return p.start(true)
	case name == "y":
		p.finding.SetText(check.Report(*f) + f.Finding.Remedy.Copy)
		_, cmd := p.finding.Key(msg)
		return cmd
	case name == "d":
		p.ladder.Details = !p.ladder.Details
	}
	return nil
}

// Typing is never true.
func (p *testPanel) Typing() bool { return false }

// Escape has nothing to close within.
func (p *testPanel) Escape() bool { return false }

// keepProof writes beside a connection how its test ended.
func (h *Screen) keepProof(c connector.Connection, proof connector.Proof) tea.Cmd {
	var kept connector.Connection
	return h.changes.begin(h.ctx, &change{
		write: func(ctx context.Context) (err error) {
			kept, err = h.env.Vault.Verified(ctx, c, proof)
			return err
		},
		done: func() (ui.Move, tea.Cmd) {
			h.list.replace(kept)
			return ui.Stay(), nil
		},
		failed: func(err error) (ui.Move, tea.Cmd) {
			h.list.replace(kept)
			return h.tell(proofNotKept+connector.Sentence(err), true)
		},
	})
}

const proofNotKept = "The result of the test was not kept: "
