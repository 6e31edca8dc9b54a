package home

import (
	"context"
	"errors"
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// Screen is the screen over the saved connections: how each is, and what can be done with it. It changes nothing in Databricks.
type Screen struct {
	env   setup.Environment
	keys  vault.Keys // open the saved connections; a passphrase is asked for on the screen
	theme *ui.Theme
	ctx   context.Context

	unlock  *unlocking
	list    *entries
	page    page // lies over the list; nil for none
	keeping ui.Task[connector.Connection]

	dropping   ui.Task[aim] // of a set-up that was left
	forgetting aim          // which one the next x forgets
	choice     Choice
	notice     string
	wrong      bool // the notice tells of something that did not work
	err        error
}

// page is what can lie over the list.
type page interface {
	title() string
	view(width, height int) string
	keys() []key.Binding
	press(msg tea.KeyPressMsg) tea.Cmd
	paste(text string)
	take(msg tea.Msg) tea.Cmd
	escape() bool // closes something within the page; false when there is nothing
	typing() bool
	close()
}

// New prepares the screen over the connections of a vault, which may still be locked. A passphrase is asked for on the screen; keys are
// what else opens it.
func New(env setup.Environment, keys vault.Keys, theme *ui.Theme) *Screen {
	if env.Now == nil {
		env.Now = time.Now
	}
	h := &Screen{env: env, keys: keys, theme: theme}
	h.unlock = newUnlocking(h)
	h.list = newEntries(h)
	return h
}

// Shell is the screen as a program.
func (h *Screen) Shell(ctx context.Context) *ui.Shell {
	return ui.NewShell(ctx, []ui.Step{h}, ui.Options{Product: setup.Product, Alone: true, Theme: h.theme, Now: h.env.Now})
}

// Choice is what the person went on to, once the shell has finished.
func (h *Screen) Choice() Choice { return h.choice }

// Err is why the saved connections could not be opened, after the last try.
func (h *Screen) Err() error { return h.err }

// Close ends what the screen had begun.
func (h *Screen) Close() {
	if h.page != nil {
		h.page.close()
	}
}

// Title is the step's word.
func (h *Screen) Title() string { return "Home" }

// Enter opens the saved connections, or asks for what opens them. After a return it reads the list anew, which stays in sight meanwhile.
func (h *Screen) Enter(ctx context.Context) tea.Cmd {
	h.ctx, h.choice = ctx, Choice{}
	if h.page != nil {
		h.page.close()
		h.page = nil
	}
	return h.unlock.begin(ctx)
}

// Escape closes the innermost open thing.
func (h *Screen) Escape() bool {
	if h.page != nil {
		if !h.page.escape() {
			h.page.close()
			h.page = nil
		}
		return true
	}
	return h.unlock.open && h.list.escape()
}

// Typing is true while a field takes letters.
func (h *Screen) Typing() bool {
	switch {
	case h.page != nil:
		return h.page.typing()
	case !h.unlock.open:
		return h.unlock.asking()
	}
	return h.list.filtering
}

// Keys lists what works now.
func (h *Screen) Keys() []key.Binding {
	switch {
	case h.page != nil:
		return h.page.keys()
	case !h.unlock.open:
		return h.unlock.keys()
	}
	return h.list.keys()
}

// Update hands keys to the door, the page that is open, or the list.
func (h *Screen) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return h.press(msg)
	case tea.PasteMsg:
		h.paste(msg.Content)
		return ui.Stay(), nil
	}
	if kept, err, ok := h.keeping.Take(msg); ok {
		h.list.replace(kept)
		if err != nil {
			h.say("The result of the test was not kept: "+connector.Sentence(err), true)
		}
		return ui.Stay(), nil
	}
	if h.dropped(msg) {
		return ui.Stay(), nil
	}
	if !h.unlock.open || h.unlock.task.Running() {
		return h.opened(msg)
	}
	if h.page != nil {
		return ui.Stay(), h.page.take(msg)
	}
	return ui.Stay(), nil
}

// opened reads what came of opening the vault. Where nothing is saved there is nothing to show, and the third wrong passphrase ends it.
func (h *Screen) opened(msg tea.Msg) (ui.Move, tea.Cmd) {
	back := h.unlock.open
	found, cmd := h.unlock.take(msg)
	switch {
	case h.unlock.failed >= passphraseTries:
		h.err = h.unlock.problem
		return ui.Quit(), nil
	case found == nil:
		return ui.Stay(), cmd
	case back:
		h.list.again(*found)
		return ui.Stay(), cmd
	case found.Empty():
		h.choice.Kind = NothingSaved
		return ui.Next(), nil
	}
	h.list.fill(*found)
	return ui.Stay(), cmd
}

func (h *Screen) paste(text string) {
	switch {
	case h.page != nil:
		h.page.paste(text)
	case !h.unlock.open:
		h.unlock.paste(text)
	case h.list.filtering:
		h.list.picker.Paste(text)
	}
}

func (h *Screen) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	switch {
	case h.page != nil:
		cmd := h.page.press(msg)
		if h.choice.Kind != Nowhere {
			return ui.Next(), cmd
		}
		return ui.Stay(), cmd
	case !h.unlock.open, h.unlock.task.Running():
		return ui.Stay(), h.unlock.press(msg)
	}
	again := h.forgetting
	h.notice, h.forgetting = "", aim{}
	if h.list.press(msg) {
		return ui.Stay(), nil
	}
	switch name := msg.String(); name {
	case "enter":
		if left, ok := h.list.waiting(); ok {
			h.choice = h.list.goOn(left)
			return ui.Next(), nil
		}
		return h.act("t")
	case "n":
		h.choice.Kind = NewConnection
		return ui.Next(), nil
	case "x":
		if left, ok := h.list.waiting(); ok {
			return ui.Stay(), h.forget(left, again)
		}
		return ui.Stay(), nil
	default:
		return h.act(name)
	}
}

// act does what a letter stands for with the connection under the cursor.
func (h *Screen) act(letter string) (ui.Move, tea.Cmd) {
	c, ok := h.list.selected()
	if !ok {
		return ui.Stay(), nil
	}
	switch letter {
	case "t":
		p := newTestPage(h, c)
		h.page = p
		return ui.Stay(), p.start(false)
	case "u":
		p := newAuditPage(h, c)
		h.page = p
		return ui.Stay(), p.start()
	case "e":
		h.choice = Choice{Kind: Edit, Saved: c}
		return ui.Next(), nil
	case "r":
		h.page = newCommandPage(h, c, rotateCommand)
	case "d":
		h.page = newCommandPage(h, c, disconnectCommand)
	}
	return ui.Stay(), nil
}

// keep writes beside a connection how its test ended. It is worth finishing even when the screen is left.
func (h *Screen) keep(c connector.Connection, proof connector.Proof) tea.Cmd {
	v := h.env.Vault
	return h.keeping.Start(context.WithoutCancel(h.ctx), func(ctx context.Context) (connector.Connection, error) {
		return v.Verified(ctx, c, proof)
	})
}

// gone takes a connection off the list that was deleted.
func (h *Screen) gone(c connector.Connection) {
	h.page.close()
	h.page = nil
	h.list.remove(c)
	h.say(deletedNote(c), false)
}

func deletedNote(c connector.Connection) string {
	return fmt.Sprintf("Deleted %q from this machine. In Databricks nothing changed.", c.Name)
}

func (h *Screen) say(text string, wrong bool) { h.notice, h.wrong = text, wrong }

// command is the command line that does something with a saved connection, with what opens the saved connections.
func (h *Screen) command(verb string, c connector.Connection, flags string) string {
	line := "draftt-databricks " + verb + " " + words.ShellArgument(c.Name) + flags
	if h.keys.KeyFile != "" {
		line += " --key-file " + words.ShellArgument(h.keys.KeyFile)
	}
	return line
}

// wrongPassphrase reports whether another try may help.
func wrongPassphrase(err error) bool { return errors.Is(err, vault.ErrWrongPassphrase) }
