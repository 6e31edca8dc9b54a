package home

import (
	"cmp"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// testPage walks the whole ladder of a saved connection and shows it stage by stage.
type testPage struct {
	home    *Screen
	saved   connector.Connection
	ladder  *panels.Ladder
	finding *ui.Snippet
	test    *setup.Test
	problem error
}

func newTestPage(h *Screen, c connector.Connection) *testPage {
	return &testPage{home: h, saved: c, ladder: panels.NewLadder(h.theme), finding: ui.NewSnippet(h.theme, "", "finding.txt")}
}

// start tests the connection; with consent a stopped warehouse is started for it.
func (p *testPage) start(consent bool) tea.Cmd {
	p.close()
	p.finding.SetText("")
	test, err := p.home.env.Test(p.saved, consent)
	if p.problem = err; err != nil {
		return nil
	}
	p.test = test
	return p.ladder.Start(p.home.ctx, test.Attempt)
}

func (p *testPage) title() string { return "Test " + p.saved.Name }

func (p *testPage) view(width, height int) string {
	if p.problem != nil {
		return ui.Wrap(p.home.theme.Mark(ui.MarkFail)+" "+connector.Sentence(p.problem), width)
	}
	note := ""
	if p.ladder.Ended && p.ladder.Failure() == nil {
		note = setup.VerdictLine(p.test.Proof())
	}
	return p.ladder.View(width, height, cmp.Or(p.finding.Note(), note))
}

func (p *testPage) keys() []key.Binding {
	f := p.ladder.Failure()
	switch {
	case p.ladder.Running():
		return []key.Binding{ui.Bind("stop and close", "esc")}
	case f == nil:
		return []key.Binding{ui.Bind("test again", "r"), ui.Bind("close", "esc")}
	}
	keys := []key.Binding{ui.Bind("close", "esc"), ui.Bind("test again", "r"), ui.Bind("copy this", "y"), ui.Bind("details", "d")}
	if stopped(*f) {
		keys = append([]key.Binding{ui.Bind("start it and test again", "s")}, keys...)
	}
	return keys
}

// stopped reports whether starting the warehouse, which costs money while it runs, is what the failure asks for.
func stopped(r check.Result) bool { return r.Finding.Cause == check.WarehouseNotRunning }

func (p *testPage) press(msg tea.KeyPressMsg) tea.Cmd {
	if p.ladder.Running() {
		return nil
	}
	f := p.ladder.Failure()
	switch name := msg.String(); {
	case name == "r":
		return p.start(false)
	case f == nil:
	case name == "s" && stopped(*f):
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

func (p *testPage) take(msg tea.Msg) tea.Cmd {
	if p.finding.Take(msg) {
		return nil
	}
	cmd, done := p.ladder.Take(msg)
	if !done {
		return cmd
	}
	return tea.Batch(cmd, p.home.keep(p.saved, p.test.Proof()))
}

func (p *testPage) paste(string) {}

func (p *testPage) escape() bool { return false }

func (p *testPage) typing() bool { return false }

func (p *testPage) close() {
	p.ladder.Stop()
	if p.test != nil {
		p.test.Close()
		p.test = nil
	}
}
