package panels

import (
	"context"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// ChecksContent is which checks run, and what is done about how they end.
type ChecksContent struct {
	// Head draws what stands above the checklist, with its last line's break, within width cells of a body of height lines.
	Head func(width, height int) string
	// Attempt prepares a walk of the stages, when the panel opens and each time it is begun again.
	Attempt func() (*setup.Attempt, error)
	// Stop says what esc does while they run.
	Stop string
	// Filename is what a failure is saved under.
	Filename string
	// Ended says where it goes on once the last stage has ended; failure is nil where nothing failed.
	Ended func(failure *check.Result) (ui.Move, tea.Cmd)
	// Note stands below a checklist that passed; nil is nothing.
	Note func() string
	// Passed and Failed are the keys once they ended so. One without a Do begins again. Details of a failure, and taking it along, come
	// behind those of Failed.
	Passed, Failed []ui.Action
}

// Checks is a panel in which stages of the ladder run as a checklist.
type Checks struct {
	ChecksContent
	theme   *ui.Theme
	ctx     context.Context
	ladder  *Ladder
	finding *ui.Snippet
	err     error // why they could not begin
}

// NewChecks makes a panel to be opened.
func NewChecks(theme *ui.Theme, content ChecksContent) *Checks {
	return &Checks{ChecksContent: content, theme: theme, ladder: NewLadder(theme), finding: ui.NewSnippet(theme, "", content.Filename)}
}

// Ladder is the checklist.
func (c *Checks) Ladder() *Ladder { return c.ladder }

// Enter begins the checks.
func (c *Checks) Enter(ctx context.Context) tea.Cmd {
	c.ctx = ctx
	return c.Begin()
}

// Stands reports that the panel is open.
func (c *Checks) Stands() bool { return c.ctx != nil && c.ctx.Err() == nil }

// Begin begins the checks again while the panel is open.
func (c *Checks) Begin() tea.Cmd {
	c.ladder.Stop()
	attempt, err := c.Attempt()
	if c.err = err; err != nil {
		return nil
	}
	return c.ladder.Start(c.ctx, attempt)
}

// Update hands keys to what can be done, and takes in results.
func (c *Checks) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return c.press(press)
	}
	if c.finding.Take(msg) {
		return ui.Stay(), nil
	}
	cmd, done := c.ladder.Take(msg)
	if !done {
		return ui.Stay(), cmd
	}
	failure := c.ladder.Failure()
	if failure != nil {
		c.finding.SetText(check.Report(*failure))
	}
	move, next := c.Ended(failure)
	return move, tea.Batch(cmd, next)
}

func (c *Checks) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if c.ladder.Running() {
		return ui.Stay(), nil
	}
	if move, cmd, used := act(c.actions(), msg); used {
		return move, cmd
	}
	if c.ladder.Failure() == nil {
		return ui.Stay(), nil
	}
	_, move, cmd := c.finding.Press(msg)
	return move, cmd
}

// actions are what can be done once all has ended.
func (c *Checks) actions() []ui.Action {
	if c.ladder.Failure() == nil && c.err == nil {
		return c.beginning(c.Passed)
	}
	list := c.beginning(c.Failed)
	if c.err == nil {
		list = append(list, ui.Action{Key: ui.Bind("details", "d"), Do: ui.Opens(c.details)})
	}
	return list
}

// beginning has those that do nothing else begin again.
func (c *Checks) beginning(actions []ui.Action) []ui.Action {
	list := slices.Clone(actions)
	for i := range list {
		if list[i].Do == nil {
			list[i].Do = func() (ui.Move, tea.Cmd) { return ui.Stay(), c.Begin() }
		}
	}
	return list
}

// details is the failure with everything that was seen.
func (c *Checks) details() ui.Panel {
	return ui.NewPage(c.theme, ui.PageContent{Title: "Details", Text: c.finding.Text(), Filename: c.Filename})
}

// Keys lists what works now.
func (c *Checks) Keys() []key.Binding {
	if c.ladder.Running() {
		return []key.Binding{ui.Bind(c.Stop, "esc")}
	}
	keys := bindings(c.actions())
	if c.ladder.Failure() != nil {
		keys = append(keys, c.finding.Keys()...)
	}
	return keys
}

// Typing is false: all letters are keys.
func (c *Checks) Typing() bool { return false }

// Escape has nothing to close within: the panel closes, which stops what runs.
func (c *Checks) Escape() bool { return false }

// Leaves says that esc leads to where the checks were begun.
func (c *Checks) Leaves() string { return "back" }

// View draws the checklist, and what is wrong.
func (c *Checks) View(width, height int) string {
	head := c.Head(width, height)
	if c.err != nil {
		return head + Trouble(c.err).View(c.theme, width)
	}
	note := ""
	switch {
	case c.ladder.Failure() != nil:
		note = c.finding.Note()
	case c.ladder.Ended && c.Note != nil:
		note = c.Note()
	}
	return head + c.ladder.View(width, height-strings.Count(head, "\n"), note)
}
