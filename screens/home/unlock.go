package home

import (
	"context"
	"errors"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// unlockForm opens the saved connections: by itself where the keychain or a key file does, and else with a passphrase.
type unlockForm struct {
	home    *Screen
	field   *ui.SecretField
	task    ui.Task[setup.Kept]
	pulse   *ui.Pulse
	kind    vault.Protection
	open    bool
	failed  int
	problem error
	early   bool // something was typed while it was being opened
}

func newUnlockForm(h *Screen) *unlockForm {
	u := &unlockForm{home: h, field: ui.NewSecretField(h.theme, "Passphrase", panels.SavedWith), pulse: ui.NewPulse(h.theme)}
	u.field.AllowBlanks()
	return u
}

// begin looks what is needed, which takes no time.
func (u *unlockForm) begin(ctx context.Context) tea.Cmd {
	if u.open {
		return u.unlock(ctx)
	}
	var err error
	if u.kind, _, err = u.home.env.Vault.Protection(); err != nil {
		u.problem = err
		return nil
	}
	if u.needsPassphrase() && !u.home.env.Vault.Recall() {
		u.field.Focus()
		return nil
	}
	return u.unlock(ctx)
}

// lock forgets the key of saved connections that a passphrase opens, and asks for it again.
func (u *unlockForm) lock(ctx context.Context) tea.Cmd {
	if _, err := u.home.env.Vault.Lock(); err != nil {
		u.home.say(connector.Sentence(err), true)
		return nil
	}
	u.home.SignOut() // what is locked is left
	u.open, u.failed, u.problem = false, 0, nil
	return u.begin(ctx)
}

// locks reports whether l asks for the passphrase again.
func (u *unlockForm) locks() bool { return u.open && u.kind == vault.Passphrase }

func (u *unlockForm) needsPassphrase() bool {
	return u.kind == vault.Passphrase && u.home.env.Vault.Locked()
}

// asking reports whether the field has the keys.
func (u *unlockForm) asking() bool { return u.needsPassphrase() && !u.task.Running() }

func (u *unlockForm) unlock(ctx context.Context) tea.Cmd {
	env, keys := u.home.env, u.home.keys
	given := connector.NewSecret(u.field.Bytes())
	keys.Passphrase = func(context.Context) (connector.Secret, error) { return given, nil }
	u.problem, u.early = nil, false
	return tea.Batch(u.pulse.Beat(nil, true), u.task.Start(ctx, func(ctx context.Context) (setup.Kept, error) {
		return env.OpenKept(ctx, keys)
	}))
}

// take reads a message, and gives what is saved once it is open.
func (u *unlockForm) take(msg tea.Msg) (*setup.Kept, tea.Cmd) {
	found, err, ok := u.task.Take(msg)
	switch {
	case !ok:
		return nil, u.pulse.Beat(msg, u.task.Running())
	case err != nil:
		u.problem = err
		u.field.Clear()
		u.field.Focus()
		if wrongPassphrase(err) {
			u.failed++
		}
		return nil, nil
	}
	u.open = true
	u.field.Clear()
	return &found, nil
}

func (u *unlockForm) paste(text string) {
	u.early = u.early || u.task.Running()
	if u.asking() {
		u.field.Paste(text)
		u.field.SetNote(ui.MarkNone, "")
	}
}

func (u *unlockForm) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case u.task.Running():
		u.early = u.early || msg.Text != ""
		return nil
	case !u.needsPassphrase():
		if name := msg.String(); name == "r" || name == "enter" {
			return u.begin(u.home.ctx)
		}
	case msg.String() == "enter":
		if u.field.Len() > 0 {
			return u.unlock(u.home.ctx)
		}
		u.field.SetNote(ui.MarkFail, "The passphrase is empty.")
	default:
		if u.field.Key(msg) {
			u.problem = nil
			u.field.SetNote(ui.MarkNone, "")
		}
	}
	return nil
}

func (u *unlockForm) keys() []key.Binding {
	switch {
	case u.task.Running():
		return nil
	case u.needsPassphrase():
		return []key.Binding{ui.Bind("open them", "enter")}
	}
	return []key.Binding{ui.Bind("try again", "r", "enter")}
}

func (u *unlockForm) view(width int) string {
	t := u.home.theme
	title := t.Title.Render("Your connections") + "\n\n"
	switch {
	case u.task.Running():
		view := title + ui.Working("Opening the saved connections", u.task.Since()).View(t, width)
		if u.early {
			view += "\n" + ui.Wrap(ui.NotTaken, width)
		}
		return view
	case !u.needsPassphrase():
		return title + ui.Wrap(t.Mark(ui.MarkFail)+" "+connector.Sentence(u.problem), width)
	}
	text := title + ui.Wrap("They are encrypted, and opened by a passphrase.", width) + "\n\n" + u.field.View(width)
	if u.problem != nil {
		text += "\n\n" + ui.Wrap(t.Mark(ui.MarkFail)+" "+connector.Sentence(u.problem)+" "+u.left(), width)
	}
	return text
}

// left says how many tries there still are.
func (u *unlockForm) left() string {
	switch n := vault.PassphraseTries - u.failed; {
	case u.failed == 0 || n < 1:
		return ""
	case n == 1:
		return "One try is left; after that the program ends, and nothing is lost."
	default:
		return fmt.Sprintf("%d tries are left; then the program ends, and nothing is lost.", n)
	}
}

// wrongPassphrase reports whether another try may help.
func wrongPassphrase(err error) bool { return errors.Is(err, vault.ErrWrongPassphrase) }
