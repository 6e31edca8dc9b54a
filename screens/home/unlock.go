package home

import (
	"context"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
)

// passphraseTries is how often a passphrase is asked for.
const passphraseTries = 3

// unlocking opens the saved connections: by itself where the keychain or a key file does, and else with a passphrase.
type unlocking struct {
	home    *Screen
	field   *ui.SecretField
	task    ui.Task[setup.Kept]
	pulse   *ui.Pulse
	kind    vault.Protection
	open    bool
	failed  int
	problem error
}

func newUnlocking(h *Screen) *unlocking {
	d := &unlocking{home: h, field: ui.NewSecretField(h.theme, "Passphrase", "the one they were saved with"), pulse: ui.NewPulse(h.theme)}
	d.field.AllowBlanks()
	return d
}

// begin looks what is needed, which takes no time.
func (d *unlocking) begin(ctx context.Context) tea.Cmd {
	if d.open {
		return d.unlock(ctx)
	}
	var err error
	if d.kind, _, err = d.home.env.Vault.Protection(); err != nil {
		d.problem = err
		return nil
	}
	if d.needsPassphrase() {
		d.field.Focus()
		return nil
	}
	return d.unlock(ctx)
}

func (d *unlocking) needsPassphrase() bool {
	return d.kind == vault.Passphrase && d.home.env.Vault.Locked()
}

// asking reports whether the field has the keys.
func (d *unlocking) asking() bool { return d.needsPassphrase() && !d.task.Running() }

func (d *unlocking) unlock(ctx context.Context) tea.Cmd {
	env, keys := d.home.env, d.home.keys
	given := connector.NewSecret(d.field.Bytes())
	keys.Passphrase = func(context.Context) (connector.Secret, error) { return given, nil }
	d.problem = nil
	return tea.Batch(d.pulse.Beat(nil, true), d.task.Start(ctx, func(ctx context.Context) (setup.Kept, error) {
		return env.OpenKept(ctx, keys)
	}))
}

// take reads a message, and gives what lies behind the door once it is open.
func (d *unlocking) take(msg tea.Msg) (*setup.Kept, tea.Cmd) {
	found, err, ok := d.task.Take(msg)
	switch {
	case !ok:
		return nil, d.pulse.Beat(msg, d.task.Running())
	case err != nil:
		d.problem = err
		d.field.Clear()
		d.field.Focus()
		if wrongPassphrase(err) {
			d.failed++
		}
		return nil, nil
	}
	d.open = true
	d.field.Clear()
	return &found, nil
}

func (d *unlocking) paste(text string) {
	if d.asking() {
		d.field.Paste(text)
	}
}

func (d *unlocking) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case d.task.Running():
		return nil
	case !d.needsPassphrase():
		if name := msg.String(); name == "r" || name == "enter" {
			return d.begin(d.home.ctx)
		}
	case msg.String() == "enter":
		if d.field.Len() > 0 {
			return d.unlock(d.home.ctx)
		}
	default:
		if d.field.Key(msg) {
			d.problem = nil
		}
	}
	return nil
}

func (d *unlocking) keys() []key.Binding {
	switch {
	case d.task.Running():
		return nil
	case d.needsPassphrase():
		return []key.Binding{ui.Bind("open them", "enter")}
	}
	return []key.Binding{ui.Bind("try again", "r", "enter")}
}

func (d *unlocking) view(width int) string {
	t := d.home.theme
	title := t.Title.Render("Your connections") + "\n\n"
	switch {
	case d.task.Running():
		return title + ui.Working("Opening the saved connections", d.task.Since()).View(t, width)
	case !d.needsPassphrase():
		return title + ui.Wrap(t.Mark(ui.MarkFail)+" "+connector.Sentence(d.problem), width)
	}
	text := title + ui.Wrap("They are encrypted, and opened by a passphrase.", width) + "\n\n" + d.field.View(width)
	if d.problem != nil {
		text += "\n\n" + ui.Wrap(t.Mark(ui.MarkFail)+" "+connector.Sentence(d.problem)+" "+d.left(), width)
	}
	return text
}

// left says how many tries there still are.
func (d *unlocking) left() string {
	switch n := passphraseTries - d.failed; {
	case d.failed == 0 || n < 1:
		return ""
	case n == 1:
		return "One try is left."
	default:
		return fmt.Sprintf("%d tries are left.", n)
	}
}
