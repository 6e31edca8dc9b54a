package steps

import (
	"context"
	"errors"
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// Home is the screen over the saved connections: how each is, and what can be done with it. It changes nothing in Databricks.
type Home struct {
	env   Environment
	keys  vault.Keys // open the saved connections; a passphrase is asked for on the screen
	theme *ui.Theme
	ctx   context.Context

	door    *door
	list    *homeList
	page    homePage // lies over the list; nil for none
	keeping ui.Task[connector.Connection]

	dropping   ui.Task[aim] // of a set-up that was left
	forgetting aim          // which one the next x forgets
	choice     HomeChoice
	notice     string
	wrong      bool // the notice tells of something that did not work
	err        error
}

// homePage is what can lie over the list.
type homePage interface {
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

// NewHome prepares the screen over the connections of a vault, which may still be locked. A passphrase is asked for on the screen; keys are
// what else opens it.
func NewHome(env Environment, keys vault.Keys, theme *ui.Theme) *Home {
	if env.Now == nil {
		env.Now = time.Now
	}
	h := &Home{env: env, keys: keys, theme: theme}
	h.door = newDoor(h)
	h.list = newHomeList(h)
	return h
}

// Shell is the screen as a program.
func (h *Home) Shell(ctx context.Context) *ui.Shell {
	return ui.NewShell(ctx, []ui.Step{h}, ui.Options{Product: Product, Alone: true, Theme: h.theme, Now: h.env.Now})
}

// Choice is what the person went on to, once the shell has finished.
func (h *Home) Choice() HomeChoice { return h.choice }

// Err is why the saved connections could not be opened, after the last try.
func (h *Home) Err() error { return h.err }

// Close ends what the screen had begun.
func (h *Home) Close() {
	if h.page != nil {
		h.page.close()
	}
}

// Title is the step's word.
func (h *Home) Title() string { return "Home" }

// Enter opens the saved connections, or asks for what opens them. After a return it reads the list anew, which stays in sight meanwhile.
func (h *Home) Enter(ctx context.Context) tea.Cmd {
	h.ctx, h.choice = ctx, HomeChoice{}
	if h.page != nil {
		h.page.close()
		h.page = nil
	}
	return h.door.begin(ctx)
}

// Escape closes the innermost open thing.
func (h *Home) Escape() bool {
	if h.page != nil {
		if !h.page.escape() {
			h.page.close()
			h.page = nil
		}
		return true
	}
	return h.door.open && h.list.escape()
}

// Typing is true while a field takes letters.
func (h *Home) Typing() bool {
	switch {
	case h.page != nil:
		return h.page.typing()
	case !h.door.open:
		return h.door.asking()
	}
	return h.list.filtering
}

// Keys lists what works now.
func (h *Home) Keys() []key.Binding {
	switch {
	case h.page != nil:
		return h.page.keys()
	case !h.door.open:
		return h.door.keys()
	}
	return h.list.keys()
}

// Update hands keys to the door, the page that is open, or the list.
func (h *Home) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
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
	if !h.door.open || h.door.task.Running() {
		return h.opened(msg)
	}
	if h.page != nil {
		return ui.Stay(), h.page.take(msg)
	}
	return ui.Stay(), nil
}

// opened reads what came of opening the vault. Where nothing is saved there is nothing to show, and the third wrong passphrase ends it.
func (h *Home) opened(msg tea.Msg) (ui.Move, tea.Cmd) {
	back := h.door.open
	found, cmd := h.door.take(msg)
	switch {
	case h.door.failed >= passphraseTries:
		h.err = h.door.problem
		return ui.Quit(), nil
	case found == nil:
		return ui.Stay(), cmd
	case back:
		h.list.again(*found)
		return ui.Stay(), cmd
	case found.Empty():
		h.choice.Kind = HomeEmpty
		return ui.Next(), nil
	}
	h.list.fill(*found)
	return ui.Stay(), cmd
}

func (h *Home) paste(text string) {
	switch {
	case h.page != nil:
		h.page.paste(text)
	case !h.door.open:
		h.door.paste(text)
	case h.list.filtering:
		h.list.picker.Paste(text)
	}
}

func (h *Home) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	switch {
	case h.page != nil:
		cmd := h.page.press(msg)
		if h.choice.Kind != HomeLeft {
			return ui.Next(), cmd
		}
		return ui.Stay(), cmd
	case !h.door.open, h.door.task.Running():
		return ui.Stay(), h.door.press(msg)
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
		h.choice.Kind = HomeNew
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
func (h *Home) act(letter string) (ui.Move, tea.Cmd) {
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
		h.choice = HomeChoice{Kind: HomeEdit, Saved: c}
		return ui.Next(), nil
	case "r":
		h.page = newCommandPage(h, c, rotateErrand)
	case "d":
		h.page = newCommandPage(h, c, disconnectErrand)
	}
	return ui.Stay(), nil
}

// keep writes beside a connection how its test ended. It is worth finishing even when the screen is left.
func (h *Home) keep(c connector.Connection, proof connector.Proof) tea.Cmd {
	v := h.env.Vault
	return h.keeping.Start(context.WithoutCancel(h.ctx), func(ctx context.Context) (connector.Connection, error) {
		return v.Verified(ctx, c, proof)
	})
}

// gone takes a connection off the list that was deleted.
func (h *Home) gone(c connector.Connection) {
	h.page.close()
	h.page = nil
	h.list.remove(c)
	h.say(deletedNote(c), false)
}

func deletedNote(c connector.Connection) string {
	return fmt.Sprintf("Deleted %q from this machine. In Databricks nothing changed.", c.Name)
}

func (h *Home) say(text string, wrong bool) { h.notice, h.wrong = text, wrong }

// command is the command line that does something with a saved connection, with what opens the saved connections.
func (h *Home) command(verb string, c connector.Connection, flags string) string {
	line := "draftt-databricks " + verb + " " + words.ShellArgument(c.Name) + flags
	if h.keys.KeyFile != "" {
		line += " --key-file " + words.ShellArgument(h.keys.KeyFile)
	}
	return line
}

// wrongPassphrase reports whether another try may help.
func wrongPassphrase(err error) bool { return errors.Is(err, vault.ErrWrongPassphrase) }
