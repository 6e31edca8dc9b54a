package steps

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// A grant can take up to a minute to be seen everywhere, so it is looked for often at first and then less.
const (
	recheckSoon  = 5 * time.Second
	recheckLater = 15 * time.Second
	soonTries    = 12
	lookDeadline = time.Minute
)

// grantPanel shows which privileges of the contract are held, from where, and what goes beyond; the GRANT statements for those that are
// missing; and looks again by itself until none is. It hands the work off to owners, or to an admin whom the person opens a session for.
type grantPanel struct {
	setup   *Wizard
	ctx     context.Context
	want    setup.Requirements
	seen    *setup.Privileges // nil before the first look has ended
	found   setup.Comparison
	err     error // of the newest look
	snippet *ui.Snippet
	looking ui.Task[setup.Privileges]
	wait    ui.Task[struct{}]
	pulse   *ui.Pulse
	tries   int
	again   time.Time // when it looks next
	note    string
	handoff *handoff
}

func newGrantPanel(s *Wizard, filename string) *grantPanel {
	return &grantPanel{
		setup: s, snippet: ui.NewSnippet(s.theme, "", filename), pulse: ui.NewPulse(s.theme), handoff: newHandoff(s),
	}
}

// start looks for the contract afresh. Call stop before showing something else.
func (p *grantPanel) start(ctx context.Context, want setup.Requirements) tea.Cmd {
	p.stop()
	p.ctx, p.want, p.tries, p.note, p.seen, p.err = ctx, want, 0, "", nil, nil
	p.snippet.SetText("")
	return p.look()
}

// ask changes what is asked for on the same objects. What was seen answers it at once; a new look follows.
func (p *grantPanel) ask(ctx context.Context, want setup.Requirements) tea.Cmd {
	if p.seen == nil || p.err != nil {
		return p.start(ctx, want)
	}
	p.ctx, p.want, p.tries, p.note = ctx, want, 0, ""
	p.judge()
	return p.look()
}

func (p *grantPanel) stop() {
	p.looking.Cancel()
	p.wait.Cancel()
	p.handoff.close()
}

func (p *grantPanel) look() tea.Cmd {
	look, err := p.setup.LookAtPrivileges(p.want, p.tries > 0)
	if err != nil {
		p.err = err
		return nil
	}
	p.wait.Cancel()
	p.again = time.Time{}
	p.tries++
	return tea.Batch(p.pulse.Beat(nil, true), p.looking.Start(p.ctx, func(ctx context.Context) (setup.Privileges, error) {
		ctx, cancel := context.WithTimeout(ctx, lookDeadline)
		defer cancel()
		return look(ctx)
	}))
}

// judge holds what was seen against what is asked for.
func (p *grantPanel) judge() {
	p.found = p.seen.Compare(p.want)
	script, err := p.found.SQL()
	if err != nil {
		p.note = err.Error()
	}
	p.snippet.SetText(script)
}

// hold reports that a look has ended and nothing stands in the way of going on.
func (p *grantPanel) hold() bool { return p.seen != nil && p.err == nil && p.found.Open() }

// complete reports that nothing is left to look for.
func (p *grantPanel) complete() bool { return p.seen != nil && p.err == nil && p.found.Complete() }

// take reads a message; done is true each time a look has ended.
func (p *grantPanel) take(msg tea.Msg) (cmd tea.Cmd, done bool) {
	if p.snippet.Take(msg) {
		return nil, false
	}
	if cmd, mine := p.handoff.take(msg); mine {
		return cmd, false
	}
	if _, _, ok := p.wait.Take(msg); ok {
		return p.look(), false
	}
	seen, err, ok := p.looking.Take(msg)
	if !ok {
		return p.pulse.Beat(msg, p.wait.Running() || p.looking.Running()), false // the seconds until the next look count down
	}
	if p.err = err; err == nil {
		p.seen = &seen
		p.judge()
		p.setup.SawPrivileges(seen)
	}
	if !p.complete() {
		cmd = p.later()
	}
	return cmd, true
}

func (p *grantPanel) later() tea.Cmd {
	after := recheckSoon
	if p.tries > soonTries {
		after = recheckLater
	}
	p.again = p.setup.Environment().Now().Add(after)
	return tea.Batch(p.pulse.Beat(nil, true), p.wait.Start(p.ctx, func(ctx context.Context) (struct{}, error) {
		select {
		case <-ctx.Done():
			return struct{}{}, ctx.Err()
		case <-time.After(after):
			return struct{}{}, nil
		}
	}))
}

// press handles the keys of the panel. The step handles enter and esc while nothing is open over it, see covered.
func (p *grantPanel) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if p.handoff.open() {
		cmd := p.handoff.press(msg)
		return p.move(), cmd
	}
	switch msg.String() {
	case "r":
		return ui.Stay(), p.look()
	case "a":
		if p.snippet.Text() != "" {
			return ui.Open(adminWork{p.setup, p.setup.GrantTask(p.found), p.granted}.open()), nil
		}
	case "h":
		if p.snippet.Text() != "" {
			return ui.Stay(), p.handoff.ask(p.found)
		}
	}
	if p.snippet.Text() == "" {
		return ui.Stay(), nil
	}
	_, cmd := p.snippet.Key(msg)
	return ui.Stay(), cmd
}

// granted notes what an admin has granted, and looks again.
func (p *grantPanel) granted(out admin.Outcome, _ setup.AdminTask) tea.Cmd {
	p.note = p.setup.Made(out)
	p.tries = 0
	return p.look()
}

// covered reports that the hand-off lies over the panel and has the keys.
func (p *grantPanel) covered() bool { return p.handoff.open() }

// typing reports that letters belong to what lies over the panel.
func (p *grantPanel) typing() bool { return p.handoff.typing() }

// move is where the last key leads: out of the wizard after a hand-off, where the person said so.
func (p *grantPanel) move() ui.Move {
	if p.handoff.leaving {
		return ui.Quit()
	}
	return ui.Stay()
}

func (p *grantPanel) paste(text string) {
	p.handoff.paste(text)
}

// escape closes the innermost thing over the panel.
func (p *grantPanel) escape() bool {
	return p.handoff.escape() || p.snippet.Escape()
}

func (p *grantPanel) keys() []key.Binding {
	switch {
	case p.handoff.open():
		return p.handoff.keys()
	case p.snippet.Text() == "":
		return []key.Binding{ui.Bind("look again", "r")}
	}
	keys := []key.Binding{ui.Bind("act as admin", "a"), ui.Bind("hand off", "h")}
	return append(append(keys, p.snippet.Keys()...), ui.Bind("look again", "r"))
}

// trouble is a look that failed for a reason that no GRANT cures, such as a lost network.
func (p *grantPanel) trouble() *check.Finding {
	if p.err == nil {
		return nil
	}
	f := check.Explain(p.err)
	return &f
}
