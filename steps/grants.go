package steps

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

const lookDeadline = time.Minute

// grantContent is what privileges are looked for, and what is done about them.
type grantContent struct {
	Head  func(width, height int) string            // what stands above, with its last line's break
	Wants func() (want setup.Requirements, ok bool) // not ok: there is nothing to ask for, and the step says why
	Holds string                                    // below a list of which all is held
	Next  string                                    // what enter does once nothing stands in the way of going on
	GoOn  func() (ui.Move, tea.Cmd)
	// Looked says where it goes on after each look.
	Looked func() (ui.Move, tea.Cmd)
	// ScopeLast puts the other scope at the end of the footer.
	ScopeLast bool
}

// grantPanel shows which privileges of the contract are held, from where, and what goes beyond; the GRANT statements for those that are
// missing; and looks again by itself until none is. It hands the work off to owners, or to an admin whom the person opens a session for.
type grantPanel struct {
	grantContent
	setup   *Wizard
	ctx     context.Context
	want    setup.Requirements
	seen    *setup.Privileges // nil before the first look has ended
	found   setup.Comparison
	err     error // of the newest look
	snippet *ui.Snippet
	looking ui.Task[setup.Privileges]
	wait    ui.Task[struct{}]
	owner   ui.Task[struct{}] // the demo's, at work
	pulse   *ui.Pulse
	tries   int
	again   time.Time // when it looks next
	note    string
}

func newGrantPanel(s *Wizard, content grantContent) *grantPanel {
	return &grantPanel{grantContent: content, setup: s, snippet: ui.NewSnippet(s.theme, "", "grants.sql"), pulse: ui.NewPulse(s.theme)}
}

// Enter looks for the contract afresh.
func (p *grantPanel) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	want, _ := p.Wants()
	return p.start(want)
}

func (p *grantPanel) start(want setup.Requirements) tea.Cmd {
	p.want, p.tries, p.note, p.seen, p.err = want, 0, "", nil, nil
	p.snippet.SetText("")
	return p.look()
}

// ask changes what is asked for on the same objects. What was seen answers it at once; a new look follows.
func (p *grantPanel) ask(want setup.Requirements) tea.Cmd {
	if p.seen == nil || p.err != nil {
		return p.start(want)
	}
	p.want, p.tries, p.note = want, 0, ""
	p.judge()
	return p.look()
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

// Update hands keys to what can be done, and takes in what was seen.
func (p *grantPanel) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return p.press(press)
	}
	if p.snippet.Take(msg) {
		return ui.Stay(), nil
	}
	if _, _, ok := p.wait.Take(msg); ok {
		return ui.Stay(), p.look()
	}
	if _, err, ok := p.owner.Take(msg); ok {
		return ui.Stay(), p.ownerRan(err)
	}
	seen, err, ok := p.looking.Take(msg)
	if !ok {
		return ui.Stay(), p.pulse.Beat(msg, p.wait.Running() || p.looking.Running()) // the seconds until the next look count down
	}
	if p.err = err; err == nil {
		p.seen = &seen
		p.judge()
		p.setup.SawPrivileges(seen)
	}
	var cmd tea.Cmd
	if !p.complete() {
		cmd = p.later()
	}
	move, next := p.Looked()
	return move, tea.Batch(cmd, next)
}

func (p *grantPanel) later() tea.Cmd {
	after := setup.RecheckPause(p.tries)
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

// beTheOwner has the demo's owner run what was handed off. It does nothing where there is nobody to play.
func (p *grantPanel) beTheOwner() tea.Cmd {
	run := p.setup.OwnersTurn(p.found)
	if run == nil || p.snippet.Text() == "" || p.owner.Running() {
		return nil
	}
	return p.owner.Start(p.ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, run(ctx) })
}

// ownerRan looks again at once, as if the owner had called.
func (p *grantPanel) ownerRan(err error) tea.Cmd {
	if p.note = setup.OwnerRan; err != nil {
		p.note = setup.Trouble(err)
	}
	p.tries = 0
	return p.look()
}

// granted notes what an admin has granted, and looks again.
func (p *grantPanel) granted(out admin.Outcome, _ setup.AdminTask) (ui.Move, tea.Cmd) {
	p.note = p.setup.Made(out)
	p.tries = 0
	return ui.Stay(), p.look()
}

// trouble is a look that failed for a reason that no GRANT cures, such as a lost network.
func (p *grantPanel) trouble() *check.Finding {
	if p.err == nil {
		return nil
	}
	f := check.Explain(p.err)
	return &f
}

// stands reports that the panel is open.
func (p *grantPanel) stands() bool { return p.ctx != nil && p.ctx.Err() == nil }
