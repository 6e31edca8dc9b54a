package home

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/ui"
)

// auditPage shows what a saved connection may do, as far as it sees that itself.
type auditPage struct {
	home  *Screen
	saved connector.Connection
	task  ui.Task[string]
	pulse *ui.Pulse
	text  *ui.Snippet
	err   error
}

func newAuditPage(h *Screen, c connector.Connection) *auditPage {
	return &auditPage{home: h, saved: c, pulse: ui.NewPulse(h.theme), text: ui.NewSnippet(h.theme, "", "certificate.txt")}
}

func (p *auditPage) start() tea.Cmd {
	p.err = nil
	env, c := p.home.env, p.saved
	return tea.Batch(p.pulse.Beat(nil, true), p.task.Start(p.home.ctx, func(ctx context.Context) (string, error) {
		found, err := env.Certify(ctx, c, nil)
		if err != nil {
			return "", err
		}
		return found.Text(), nil
	}))
}

func (p *auditPage) title() string { return "What " + p.saved.Name + " may do" }

func (p *auditPage) view(width, height int) string {
	switch {
	case p.task.Running():
		return ui.Working("Looking at everything it may do", p.task.Since()).View(p.home.theme, width)
	case p.err != nil:
		f := check.Explain(p.err)
		return ui.Failed(string(f.Cause), f.Reason, f.Remedy.Text).View(p.home.theme, width)
	}
	return p.text.View(width, height)
}

func (p *auditPage) keys() []key.Binding {
	switch {
	case p.task.Running():
		return []key.Binding{ui.Bind("stop and close", "esc")}
	case p.err != nil:
		return []key.Binding{ui.Bind("look again", "r"), ui.Bind("close", "esc")}
	case p.text.Plain():
		return p.text.Keys()
	}
	return append([]key.Binding{ui.Bind("close", "esc"), ui.Bind("look again", "r")}, p.text.Keys()...)
}

func (p *auditPage) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case p.task.Running():
		return nil
	case msg.String() == "r":
		return p.start()
	case p.err != nil:
		return nil
	}
	_, cmd := p.text.Key(msg)
	return cmd
}

func (p *auditPage) take(msg tea.Msg) tea.Cmd {
	if p.text.Take(msg) {
		return nil
	}
	if text, err, ok := p.task.Take(msg); ok {
		p.err = err
		p.text.SetText(text)
	}
	return p.pulse.Beat(msg, p.task.Running())
}

func (p *auditPage) paste(string) {}

func (p *auditPage) escape() bool { return p.text.Escape() }

func (p *auditPage) typing() bool { return false }

func (p *auditPage) close() { p.task.Cancel() }
