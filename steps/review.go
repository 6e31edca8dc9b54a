package steps

import (
	"context"
	"errors"
	"slices"

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
	name    string // as typed
	field   *ui.Huh
	form    *ui.Form // of the field
	filled  string   // the draft's name when the field was filled with it
	row     int      // 0 is the name, then the lines that lead back to their steps
	keep    keeping
	save    ui.Task[connector.Connection]
	pulse   *ui.Pulse
	problem error
	eager   bool // enter was pressed before it was known where a secret can be kept, and what the principal may do
	hints   setup.Hints
	early   bool // something was typed while enter waited for that, or while it was being saved
	certify *certifying
	who     *whoCard
}

func newReview(s *Wizard) *review {
	r := &review{
		setup: s, keep: keeping{setup: s}, pulse: ui.NewPulse(s.theme), hints: setup.Hints{Draft: s.Draft()},
		certify: newCertifying(s), who: newWhoCard(s, func() {}),
	}
	r.fill("")
	return r
}

// fill puts a name into the field.
func (r *review) fill(name string) {
	r.name = name
	r.field = ui.NewHuhText(r.setup.theme, "Name", "for example Asset inventory – prod", &r.name)
	if r.setup.Draft().SourceOf("name") == setup.FromSuggested {
		r.field.Propose()
	}
	r.form = ui.NewForm(ui.FormField{Input: r.field})
	r.light()
}

// light gives the name the cursor while it takes letters, and takes it away.
func (r *review) light() {
	if r.Typing() {
		r.field.Focus()
	} else {
		r.field.Blur()
	}
}

// Title is the step's word in the rail.
func (r *review) Title() string { return setup.Review.String() }

// Enter suggests a name where there is none, and looks where a secret can be kept on this machine.
func (r *review) Enter(ctx context.Context) tea.Cmd {
	r.ctx, r.problem, r.row, r.eager, r.early = ctx, nil, 0, false, false
	d := r.setup.Draft()
	if d.Name() == "" {
		_ = d.SetName(setup.SuggestName(d), setup.FromSuggested)
	}
	if d.Name() != r.filled || r.name == "" { // what was typed and not saved yet stays
		r.fill(d.Name())
		r.filled = d.Name()
	}
	r.light()
	r.setup.Hesitate()
	return tea.Batch(r.keep.probe(ctx), r.pulse.Beat(nil, true), r.certify.start(ctx))
}

// Escape has nothing to close within.
func (r *review) Escape() bool { return false }

// busy reports that enter was pressed and what follows is still to come. What is typed then may be the passphrase that is asked for next, so
// no field takes it.
func (r *review) busy() bool { return r.eager || r.save.Running() }

// Typing is true while the name takes letters.
func (r *review) Typing() bool { return r.row == 0 && !r.busy() }

// Keys lists what works now.
func (r *review) Keys() []key.Binding {
	if r.busy() {
		return nil
	}
	keys := []key.Binding{ui.Bind("save", "enter"), ui.Bind("change a line", "down")}
	if r.row > 0 {
		keys = []key.Binding{ui.Bind("change it", "enter"), ui.Bind("another line", "up", "down")}
	}
	at := len(keys) + 1
	if r.certify.tells() {
		at = 1 // which the narrowest footer still has
	}
	keys = append(keys, ui.Bind("what is run", "ctrl+w"), ui.Bind("who signs in", "f3"))
	return slices.Insert(keys, at, ui.Bind("certificate", "ctrl+y"))
}

// Update hands keys to the name or the lines, and takes in what was found and saved.
func (r *review) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if r.busy() {
			r.early = r.early || msg.Text != ""
			return ui.Stay(), nil
		}
		return r.press(msg)
	case tea.PasteMsg:
		if r.early = r.busy(); r.row == 0 && !r.early {
			r.form.Paste(msg.Content)
			r.typed()
		}
		return ui.Stay(), nil
	}
	r.certify.take(msg)
	if r.keep.take(msg); r.eager && r.keep.probed && !r.certify.running() {
		r.eager = false
		r.light()
		return r.submit()
	}
	if saved, err, ok := r.save.Take(msg); ok {
		r.light()
		if err == nil {
			r.setup.Took(saved)
			return ui.Next(), nil
		}
		return r.refused(err), nil
	}
	return ui.Stay(), r.pulse.Beat(msg, r.save.Running() || r.keep.probing.Running() || r.certify.running())
}

func (r *review) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	name := msg.String()
	switch {
	case name == "ctrl+w":
		return ui.Open(r.runs()), nil
	case name == "ctrl+y":
		return ui.Open(r.certify.page()), nil
	case name == "f3":
		return ui.Open(r.who), nil
	case name == "down", name == "tab":
		r.move(1)
	case name == "up", name == "shift+tab":
		r.move(-1)
	case r.row > 0 && (name == "home" || name == "pgup"):
		r.move(1 - r.row)
	case r.row > 0 && (name == "end" || name == "pgdown"):
		r.move(len(r.setup.Choices()) - r.row)
	case name == "enter" && r.row > 0:
		return ui.GoTo(int(r.setup.Choices()[r.row-1].Step)), nil
	case name == "enter":
		return r.submit()
	case r.row == 0 && r.form.Key(msg):
		r.problem = nil
		r.typed()
	}
	return ui.Stay(), nil
}

// typed notes the name as it is being typed.
func (r *review) typed() {
	r.form.Keep()
	r.setup.Draft().TypeName(r.name)
	r.field.SetNote(ui.MarkNone, r.hints.At(lint.Name, r.name))
}

func (r *review) move(by int) {
	r.takeName()
	count := len(r.setup.Choices()) + 1
	r.row = (r.row + by + count) % count
	r.light()
}

// takeName takes what was typed into the draft once the field is left, where it can be a name.
func (r *review) takeName() {
	d := r.setup.Draft()
	if r.form.Keep(); r.name == d.Name() {
		return
	}
	if err := d.SetName(r.name, setup.FromYou); err == nil {
		r.filled = d.Name()
	}
}

// submit saves when everything is complete. What is missing is said, with the step that has it.
func (r *review) submit() (ui.Move, tea.Cmd) {
	d := r.setup.Draft()
	r.form.Keep()
	if r.name != d.Name() || d.Name() == "" {
		if r.problem = d.SetName(r.name, setup.FromYou); r.problem != nil {
			return ui.Stay(), nil
		}
	}
	if r.problem = d.Check(setup.Review); r.problem != nil {
		return ui.Stay(), nil
	}
	if !r.keep.probed || r.certify.running() {
		r.eager, r.early = true, false // both looks end by themselves, and the screen says what is waited for
		r.light()
		return ui.Stay(), nil
	}
	if r.setup.MustAccept() {
		return ui.Open(r.writes()), nil
	}
	if ask, _ := r.keep.asks(); ask {
		return ui.Open(r.protection("")), nil
	}
	return ui.Stay(), r.seal(r.keep.protector(connector.Secret{}))
}

// protection asks for the passphrase, and then saves.
func (r *review) protection(problem string) ui.Panel {
	var protector setup.Protector
	_, fresh := r.keep.asks()
	return newProtection(r.setup.theme, protectionContent{
		Title: r.setup.HeadlineOf(setup.Review).Title, Does: "save", Fresh: fresh, Problem: problem,
		Use: func(passphrase connector.Secret) func(context.Context) error {
			protector = r.keep.protector(passphrase)
			return nil
		},
		Done: func() (ui.Move, tea.Cmd) { return ui.Stay(), r.seal(protector) },
	})
}

func (r *review) seal(protector setup.Protector) tea.Cmd {
	save, err := r.setup.Save(protector)
	if r.problem = err; err != nil {
		return nil
	}
	started := tea.Batch(r.pulse.Beat(nil, true), r.save.Start(r.ctx, save))
	r.light()
	return started
}

func (r *review) refused(err error) ui.Move {
	r.problem = err
	switch {
	case errors.Is(err, vault.ErrNameTaken):
		r.row = 0
		r.fill(setup.OtherName(r.name))
		r.field.Propose()
	case errors.Is(err, vault.ErrWrongPassphrase):
		return ui.Open(r.protection(connector.Sentence(err)))
	case errors.Is(err, vault.ErrKeychain):
		r.keep.keychainGone()
	}
	return ui.Stay()
}
