package home

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/place"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Screen is the screen over the saved connections: how each is, and what can be done with it, which opens in panels over the list.
type Screen struct {
	env   setup.Environment
	keys  vault.Keys // open the saved connections; a passphrase is asked for on the screen
	theme *ui.Theme
	ctx   context.Context

	folder string // where files go that are written from here

	unlock    *unlockForm
	list      *entries
	changes   changes
	syncs     syncs
	doors     []Door
	admission *panels.Admission // of whoever signed in at a door
	choice    Choice
	notice    string
	wrong     bool // the notice tells of something that did not work
	err       error
	ahead     []tea.KeyPressMsg // pressed while the list was read anew

	applying bool                      // a plan is being carried out
	walked   map[string][]check.Result // what tests have found since home was opened, by the ID of the connection
	made     map[string]admin.Outcome  // secrets that are in no saved connection yet, by the ID of the one that they were made for
}

// New prepares the screen over the connections of a vault, which may still be locked. A passphrase is asked for on the screen; keys are
// what else opens it.
func New(env setup.Environment, keys vault.Keys, theme *ui.Theme, doors ...Door) *Screen {
	if env.Now == nil {
		env.Now = time.Now
	}
	h := &Screen{env: env, keys: keys, theme: theme, doors: doors, admission: panels.NewAdmission(), made: map[string]admin.Outcome{}, walked: map[string][]check.Result{}}
	h.folder, _ = os.Getwd() // without it paths are relative
	h.unlock = newUnlockForm(h)
	h.list = newEntries(h)
	return h
}

// Shell is the screen as a program.
func (h *Screen) Shell(ctx context.Context) *ui.Shell {
	return ui.NewShell(ctx, []ui.Step{h}, ui.Options{
		Product: setup.Product, Alone: true, Status: h.status, Coach: panels.Coach(h.env), Theme: h.theme, Now: h.env.Now,
		Explain: panels.Explain(h.theme), Links: panels.Links(h.env, h.at),
	})
}

// at is what the connection under the cursor chose.
func (h *Screen) at() place.At {
	c, ok := h.list.selected()
	if _, opens := h.list.door(); opens && !ok {
		c = h.list.visited()
	}
	return place.Of(c)
}

// status is the badge of the header.
func (h *Screen) status() []ui.Chip {
	if h.env.Demo != nil {
		return []ui.Chip{{Text: setup.DemoBadge}}
	}
	return nil
}

// Choice is what the person went on to, once the shell has finished.
func (h *Screen) Choice() Choice { return h.choice }

// Err is why the saved connections could not be opened, after the last try.
func (h *Screen) Err() error { return h.err }

// Farewell is what a person has to know who leaves now: that a plan was being carried out, and what becomes of a secret that was made and
// not switched to. It is empty where there is nothing, and told once.
func (h *Screen) Farewell() string {
	var lines []string
	if h.applying {
		lines = append(lines, h.env.LeftApplying())
	}
	for _, id := range slices.Sorted(maps.Keys(h.made)) {
		lines = append(lines, saved.NotSwitched(h.made[id]))
	}
	h.applying = false
	clear(h.made)
	return strings.Join(lines, "\n")
}

// Title is the step's word.
func (h *Screen) Title() string { return "Home" }

// Enter opens the saved connections, or asks for what opens them. After a return it reads the list anew, which stays in sight meanwhile.
func (h *Screen) Enter(ctx context.Context) tea.Cmd {
	h.ctx, h.choice, h.ahead = ctx, Choice{}, nil
	contain.After(ctx, "closing the admin session", h.SignOut)
	return h.unlock.begin(ctx)
}

// Escape closes the filter.
func (h *Screen) Escape() bool { return h.unlock.open && h.list.escape() }

// Typing is true while a field takes letters.
func (h *Screen) Typing() bool {
	if !h.unlock.open {
		return h.unlock.asking()
	}
	return h.list.filtering
}

// Keys lists what works now.
func (h *Screen) Keys() []key.Binding {
	if !h.unlock.open {
		return h.unlock.keys()
	}
	return h.list.keys()
}

// Update hands keys to the passphrase or the list, and takes in what was begun in the background.
func (h *Screen) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return h.press(msg)
	case tea.PasteMsg:
		h.paste(msg.Content)
		return ui.Stay(), nil
	}
	h.syncs.take(msg)
	if move, cmd, mine := h.changes.take(msg); mine {
		return move, cmd
	}
	if !h.unlock.open || h.unlock.task.Running() {
		return h.opened(msg)
	}
	return ui.Stay(), nil
}

// opened reads what came of opening the vault. Where nothing is saved there is nothing to show, and the third wrong passphrase ends it.
func (h *Screen) opened(msg tea.Msg) (ui.Move, tea.Cmd) {
	back := h.unlock.open // the list is read anew, and stayed in sight
	found, cmd := h.unlock.take(msg)
	switch {
	case h.unlock.failed >= vault.PassphraseTries:
		h.err = h.unlock.problem
		return ui.Quit(), nil
	case found == nil:
		if !h.unlock.task.Running() {
			h.ahead = nil
		}
		return ui.Stay(), cmd
	case back:
		h.list.refill(*found)
		move, begun := h.catchUp()
		return move, tea.Batch(begun, h.syncs.look(h))
	case found.Empty():
		h.choice.Kind = NothingSaved
		return ui.Next(), nil
	}
	h.list.refill(*found)
	return ui.Stay(), tea.Batch(cmd, h.syncs.look(h))
}

func (h *Screen) paste(text string) {
	switch {
	case !h.unlock.open:
		h.unlock.paste(text)
	case h.list.filtering:
		h.list.picker.Paste(text)
	}
}

// mostAhead is how many keys are held at most: one that is kept down would go on long after it was let go.
const mostAhead = 32

// catchUp does what was asked for while the list was read anew, which is in sight meanwhile with its keys.
func (h *Screen) catchUp() (ui.Move, tea.Cmd) {
	var begun []tea.Cmd
	for ahead := h.ahead; len(ahead) > 0 && h.unlock.open; ahead = ahead[1:] {
		move, cmd := h.press(ahead[0])
		begun = append(begun, cmd)
		if !move.Stays() {
			return move, tea.Batch(begun...)
		}
	}
	return ui.Stay(), tea.Batch(begun...)
}

func (h *Screen) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	switch {
	case !h.unlock.open:
		return ui.Stay(), h.unlock.press(msg)
	case h.unlock.task.Running():
		if len(h.ahead) < mostAhead {
			h.ahead = append(h.ahead, msg)
		}
		return ui.Stay(), nil
	}
	h.ahead = nil
	h.notice = ""
	if c, ok := h.list.selected(); ok {
		h.list.last = c.ID
	}
	if h.list.press(msg) {
		return ui.Stay(), nil
	}
	for _, w := range h.wides() {
		if key.Matches(msg, w.key) {
			return w.does(h)
		}
	}
	if d, ok := h.list.door(); ok {
		return h.withDoor(msg.String(), d), nil
	}
	if left, ok := h.list.waiting(); ok {
		return h.withWaiting(msg.String(), left), nil
	}
	if c, ok := h.list.selected(); ok {
		return h.withSaved(msg, c), nil
	}
	return ui.Stay(), nil
}

// withWaiting does what a key stands for with a set-up that was left.
func (h *Screen) withWaiting(name string, left setup.Interrupted) ui.Move {
	switch name {
	case "enter":
		return h.leaveFor(h.list.goOn(left))
	case "x":
		return ui.Open(newForgetPanel(h, left))
	}
	return ui.Stay()
}

// withSaved does what a key stands for with a saved connection.
func (h *Screen) withSaved(msg tea.KeyPressMsg, c connector.Connection) ui.Move {
	for _, o := range offers {
		if key.Matches(msg, o.key) {
			return o.do(h, c)
		}
	}
	return ui.Stay()
}

// leaveFor ends the screen and tells where the person went.
func (h *Screen) leaveFor(choice Choice) ui.Move {
	h.choice = choice
	return ui.Next()
}

// tell puts a sentence below the list, and stays.
func (h *Screen) tell(text string, wrong bool) (ui.Move, tea.Cmd) {
	h.say(text, wrong)
	return ui.Stay(), nil
}

func (h *Screen) say(text string, wrong bool) { h.notice, h.wrong = text, wrong }
