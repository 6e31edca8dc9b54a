package steps

import (
	"context"
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
)

// review is step 5: every choice with its source, the verdict, a name, and the sealed save.
type review struct {
	setup   *Wizard
	ctx     context.Context
	name    *ui.Field
	filled  string // the draft's name when the field was filled with it
	row     int    // 0 is the name, then the lines that lead back to their steps
	guard   *protection
	save    ui.Task[connector.Connection]
	pulse   *ui.Pulse
	problem error
	eager   bool        // enter was pressed before it was known where a secret can be kept
	runs    *ui.Snippet // the statements that Draftt will run, while they are on screen
	showing bool
	hints   setup.Hints
	certify *certifying
	who     *whoCard
}

func newReview(s *Wizard) *review {
	r := &review{
		setup: s, name: ui.NewField(s.theme, "Name", "for example Asset inventory – prod"),
		guard: newProtection(s), pulse: ui.NewPulse(s.theme), runs: ui.NewSnippet(s.theme, "", "draftt-runs.sql"), hints: setup.Hints{Draft: s.Draft()},
		certify: newCertifying(s), who: newWhoCard(s),
	}
	return r
}

// Title is the step's word in the rail.
func (r *review) Title() string { return setup.Review.String() }

// Enter suggests a name where there is none, and looks where a secret can be kept on this machine.
func (r *review) Enter(ctx context.Context) tea.Cmd {
	r.ctx, r.problem, r.row, r.showing, r.eager = ctx, nil, 0, false, false
	d := r.setup.Draft()
	if d.Name() == "" {
		_ = d.SetName(setup.SuggestName(d), setup.FromSuggested)
	}
	if d.Name() != r.filled || r.name.Value() == "" { // what was typed and not saved yet stays
		r.name.SetValue(d.Name())
		r.filled = d.Name()
	}
	r.name.Focus()
	r.runs.SetText(d.Statements())
	r.setup.Hesitate()
	return tea.Batch(r.guard.probe(ctx), r.pulse.Beat(nil, true), r.certify.start(ctx))
}

// Escape closes what is open over the list.
func (r *review) Escape() bool {
	switch {
	case r.runs.Escape(), r.certify.escape(), r.who.escape():
		return true
	case r.showing:
		r.showing = false
		return true
	}
	return r.guard.escape()
}

// Typing is true while the name or a passphrase takes letters.
func (r *review) Typing() bool { return !r.over() && (r.row == 0 || r.guard.asking) }

// over reports that a page lies over the list.
func (r *review) over() bool { return r.showing || r.certify.showing || r.who.open() }

// Keys lists what works now.
func (r *review) Keys() []key.Binding {
	switch {
	case r.save.Running():
		return nil
	case r.showing:
		return append([]key.Binding{ui.Bind("close", "esc")}, r.runs.Keys()...)
	case r.certify.showing:
		return append([]key.Binding{ui.Bind("close", "esc")}, r.certify.page.Keys()...)
	case r.who.open():
		return r.who.keys()
	case r.guard.asking:
		return r.guard.keys()
	}
	keys := []key.Binding{ui.Bind("save", "enter"), ui.Bind("change a line", "down")}
	if r.row > 0 {
		keys = []key.Binding{ui.Bind("change it", "enter"), ui.Bind("another line", "up", "down")}
	}
	return append(keys, ui.Bind("what Draftt runs", "ctrl+w"), ui.Bind("certificate", "ctrl+y"), ui.Bind("who signs in", "f3"))
}

// Update hands keys to the open part, the name, or the lines.
func (r *review) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if r.save.Running() {
			return ui.Stay(), nil
		}
		return r.press(msg)
	case tea.PasteMsg:
		switch {
		case r.guard.asking:
			r.guard.paste(msg.Content)
		case r.row == 0:
			r.name.Paste(msg.Content)
			r.setup.Draft().TypeName(r.name.Value())
			r.name.SetHint(r.hints.At(lint.Name, r.name.Value()))
		}
		return ui.Stay(), nil
	}
	if r.runs.Take(msg) || r.certify.take(msg) {
		return ui.Stay(), nil
	}
	if cmd, mine := r.who.take(msg); mine {
		return ui.Stay(), cmd
	}
	if r.guard.take(msg) && r.eager {
		r.eager = false
		return r.submit()
	}
	if saved, err, ok := r.save.Take(msg); ok {
		if err == nil {
			r.setup.Took(saved)
			return ui.Next(), nil
		}
		r.refused(err)
	}
	return ui.Stay(), r.pulse.Beat(msg, r.save.Running() || r.guard.probing.Running() || r.certify.task.Running())
}

func (r *review) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	name := msg.String()
	switch {
	case r.showing:
		_, cmd := r.runs.Key(msg)
		return ui.Stay(), cmd
	case r.guard.asking:
		if r.guard.press(msg) {
			return ui.Stay(), r.seal()
		}
		return ui.Stay(), nil
	case r.certify.showing:
		_, cmd := r.certify.page.Key(msg)
		return ui.Stay(), cmd
	case r.who.open():
		r.who.press(msg)
		return ui.Stay(), nil
	case name == "ctrl+w":
		r.showing = true
		return ui.Stay(), nil
	case name == "ctrl+y":
		r.certify.open()
		return ui.Stay(), nil
	case name == "f3":
		return ui.Stay(), r.who.show(r.ctx)
	case name == "down", name == "tab":
		r.move(1)
		return ui.Stay(), nil
	case name == "up", name == "shift+tab":
		r.move(-1)
		return ui.Stay(), nil
	case name == "enter" && r.row > 0:
		return ui.GoTo(int(r.setup.Draft().Choices()[r.row-1].Step)), nil
	case name == "enter":
		return r.submit()
	}
	if r.row == 0 && r.name.Key(msg) {
		r.problem = nil
		r.setup.Draft().TypeName(r.name.Value())
		r.name.SetHint(r.hints.At(lint.Name, r.name.Value()))
	}
	return ui.Stay(), nil
}

func (r *review) move(by int) {
	r.takeName()
	count := len(r.setup.Draft().Choices()) + 1
	r.row = (r.row + by + count) % count
	if r.row == 0 {
		r.name.Focus()
		return
	}
	r.name.Blur()
}

// submit saves when everything is complete. What is missing is said, with the step that has it.
func (r *review) submit() (ui.Move, tea.Cmd) {
	d := r.setup.Draft()
	if r.name.Value() != d.Name() || d.Name() == "" {
		if err := d.SetName(r.name.Value(), setup.FromYou); err != nil {
			r.problem = err
			return ui.Stay(), nil
		}
	}
	if err := d.Check(setup.Review); err != nil {
		r.problem = err
		return ui.Stay(), nil
	}
	if !r.guard.probed {
		r.eager = true // the look for a keychain takes at most three seconds, and the screen says so
		return ui.Stay(), nil
	}
	if r.guard.mustAsk() {
		r.guard.ask()
		return ui.Stay(), nil
	}
	return ui.Stay(), r.seal()
}

func (r *review) seal() tea.Cmd {
	save, err := r.setup.Save(r.guard.used())
	if r.problem = err; err != nil {
		return nil
	}
	return tea.Batch(r.pulse.Beat(nil, true), r.save.Start(r.ctx, save))
}

func (r *review) refused(err error) {
	r.problem = err
	switch {
	case errors.Is(err, vault.ErrNameTaken):
		r.row = 0
		r.name.Focus()
		r.name.SetValue(setup.OtherName(r.name.Value()))
	case errors.Is(err, vault.ErrWrongPassphrase):
		r.guard.ask()
		r.guard.problem = connector.Sentence(err)
	case errors.Is(err, vault.ErrKeychain):
		r.guard.keychainGone()
	}
}

// takeName takes what was typed into the draft once the field is left, where it can be a name.
func (r *review) takeName() {
	d := r.setup.Draft()
	if r.name.Value() == d.Name() {
		return
	}
	if err := d.SetName(r.name.Value(), setup.FromYou); err == nil {
		r.filled = d.Name()
	}
}
