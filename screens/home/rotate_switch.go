package home

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// switchPanel tests a new secret in every connection that is to have it, one ladder after the other, and switches them once it was judged
// to be good in all.
type switchPanel struct {
	rotate    *rotatePanel
	leave     ui.Move // back to rotate
	ctx       context.Context
	secret    connector.Secret
	expires   time.Time
	preparing ui.Task[prepared]
	tests     []*setup.Test
	at        int // the test that runs or ran last
	ladder    *panels.Ladder
	pulse     *ui.Pulse
	switching bool
	problem   error
}

// prepared is a rotation with the tests that its new secret has to pass.
type prepared struct {
	rotation *setup.Rotation
	tests    []*setup.Test
}

// newSwitchPanel makes a panel to be opened; leave leads from it back to that of the rotation.
func newSwitchPanel(r *rotatePanel, secret connector.Secret, expires time.Time, leave ui.Move) *switchPanel {
	return &switchPanel{rotate: r, secret: secret, expires: expires, leave: leave, ladder: panels.NewLadder(r.home.theme), pulse: ui.NewPulse(r.home.theme)}
}

// Enter begins the tests.
func (p *switchPanel) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return p.start()
}

func (p *switchPanel) start() tea.Cmd {
	p.ladder.Stop()
	p.tests, p.problem = nil, nil
	env, saved, rotation, secret, expires := p.rotate.home.env, p.rotate.saved, p.rotate.rotation, p.secret, p.expires
	return tea.Batch(p.pulse.Beat(nil, true), p.preparing.Start(p.ctx, func(ctx context.Context) (found prepared, err error) {
		if found.rotation = rotation; rotation == nil { // a typed secret needs none before
			if found.rotation, err = env.Rotate(ctx, saved); err != nil {
				return found, err
			}
		}
		found.tests, err = found.rotation.Given(secret, expires)
		return found, err
	}))
}

// Update takes in the tests, and does what keys stand for once they have ended.
func (p *switchPanel) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return ui.Stay(), p.press(press)
	}
	if move, cmd, mine := p.rotate.home.changes.take(msg); mine {
		return move, cmd
	}
	if found, err, ok := p.preparing.Take(msg); ok {
		if p.problem = err; err != nil {
			return ui.Stay(), nil
		}
		p.rotate.rotation, p.tests = found.rotation, found.tests
		for _, test := range p.tests {
			contain.After(p.ctx, "closing a test", test.Close)
		}
		return ui.Stay(), p.climb(0)
	}
	cmd, done := p.ladder.Take(msg)
	if done {
		cmd = tea.Batch(cmd, p.judge())
	}
	return ui.Stay(), tea.Batch(cmd, p.pulse.Beat(msg, p.preparing.Running()))
}

func (p *switchPanel) climb(at int) tea.Cmd {
	p.at = at
	return p.ladder.Start(p.ctx, p.tests[at].Attempt)
}

// judge goes on to the next connection, and switches after the last.
func (p *switchPanel) judge() tea.Cmd {
	if p.problem = p.rotate.rotation.Judge(p.tests[p.at], p.ladder.Results); p.problem != nil {
		return nil
	}
	if p.at+1 < len(p.tests) {
		return p.climb(p.at + 1)
	}
	return p.switchAll()
}

// switchAll puts the new secret in the place of the old one. It ends even when the panel is closed meanwhile.
func (p *switchPanel) switchAll() tea.Cmd {
	p.switching = true
	r, rotation := p.rotate, p.rotate.rotation
	var switched []connector.Connection
	return r.home.changes.begin(r.home.ctx, &change{
		write: func(ctx context.Context) error {
			return rotation.Switch(ctx, func(c connector.Connection) { switched = append(switched, c) })
		},
		done: func() (ui.Move, tea.Cmd) {
			r.take(switched)
			if p.ctx.Err() != nil {
				return ui.Stay(), nil
			}
			return p.leave, nil
		},
		failed: func(err error) (ui.Move, tea.Cmd) {
			p.switching, p.problem = false, err
			if len(switched) > 0 {
				r.take(switched)
			}
			return r.home.tell(connector.Sentence(err), true)
		},
	})
}

// take tells what was switched. The old secret stays until it is deleted in a plan of its own.
func (r *rotatePanel) take(switched []connector.Connection) {
	r.switched, r.again, r.old = nil, false, oldSecret{oldWorks, saved.OldSecretKept}
	if r.session.open == nil {
		r.old = oldSecret{oldTheirs, saved.OldSecretTheirs}
	}
	for _, c := range switched {
		r.switched = append(r.switched, saved.Switched(c))
		r.home.list.replace(c)
		delete(r.home.made, c.ID)
	}
	r.tell()
}

func (p *switchPanel) busy() bool { return p.preparing.Running() || p.ladder.Running() || p.switching }

func (p *switchPanel) press(msg tea.KeyPressMsg) tea.Cmd {
	switch name := msg.String(); {
	case p.busy():
	case name == "r":
		return p.start()
	case name == "d":
		p.ladder.Details = !p.ladder.Details
	}
	return nil
}

// Keys lists what works now.
func (p *switchPanel) Keys() []key.Binding {
	if p.busy() {
		return []key.Binding{ui.Bind("stop and close", "esc")}
	}
	return []key.Binding{ui.Bind("close", "esc"), ui.Bind("test again", "r"), ui.Bind("details", "d")}
}

// Typing is never true.
func (p *switchPanel) Typing() bool { return false }

// Escape has nothing to close within.
func (p *switchPanel) Escape() bool { return false }

// View draws the checklist of the connection that is tested, and why nothing was switched.
func (p *switchPanel) View(width, height int) string {
	t := p.rotate.home.theme
	switch {
	case p.tests == nil && p.problem == nil:
		return panels.Heading(t, p.rotate.title(), "", width) + ui.Working("Looking which connections have the old one", p.preparing.Since()).View(t, width)
	case p.tests == nil:
		return panels.Heading(t, p.rotate.title(), "", width) + panels.Trouble(p.problem).View(t, width)
	}
	title, count := saved.TestingNew(p.tests[p.at].Saved), ""
	if len(p.tests) > 1 {
		count = fmt.Sprintf("Connection %d of %d; they are switched together.", p.at+1, len(p.tests))
	}
	head, note := panels.Heading(t, ui.Clean(title), count, width), ""
	if p.problem != nil {
		note = connector.Sentence(p.problem)
	}
	return head + p.ladder.View(width, height-panels.Height(head)+1, cmp.Or(note, map[bool]string{true: "Switching to it."}[p.switching]))
}
