package steps

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// The fields of the Connect form, in the order of the screen.
const (
	hostField = iota
	againField
	clientField
	secretField
)

// connect is step 1: where the workspace is, who signs in, and a live test of both.
type connect struct {
	setup   *Wizard
	ctx     context.Context
	host    *ui.Field
	again   *ui.Field // the host typed once more, when --allow-host let it in
	client  *ui.Field
	secret  *ui.SecretField
	filled  bool // the secret's field holds what the draft has
	focus   int
	changed string // what the last change cleared
	ladder  *panels.Ladder
	testing bool // the checklist is on screen instead of the form
	copied  *ui.Snippet
	hints   setup.Hints
	hosts   *ui.Picker // of .databrickscfg, while they are offered
	choices []string
	who     *whoCard
}

func newConnect(s *Wizard) *connect {
	c := &connect{
		setup:  s,
		host:   ui.NewField(s.theme, "Workspace host", "adb-1234567890123456.7.azuredatabricks.net"),
		again:  ui.NewField(s.theme, "Host again", "type it once more; it is not a Databricks domain"),
		client: ui.NewField(s.theme, "Client ID", "the service principal's application ID, a UUID"),
		secret: ui.NewSecretField(s.theme, "OAuth secret", "paste it; it is never shown"),
		ladder: panels.NewLadder(s.theme),
		copied: ui.NewSnippet(s.theme, "", "connection-test.txt"),
		hints:  setup.Hints{Draft: s.Draft()},
		who:    newWhoCard(s),
	}
	c.host.SetValue(s.Draft().HostText())
	c.client.SetValue(s.Draft().ClientIDText())
	if d := s.Draft(); d.Confirmed() {
		c.again.SetValue(d.HostText())
	}
	c.labelSecret()
	c.note()
	return c
}

// Title is the step's word in the rail.
func (c *connect) Title() string { return setup.Connect.String() }

// Enter shows the form, with the cursor where the first answer is missing.
func (c *connect) Enter(ctx context.Context) tea.Cmd {
	c.ctx, c.testing, c.hosts = ctx, false, nil
	c.ladder.Stop()
	c.who.close()
	c.setFocus(c.firstMissing())
	if hint := c.hints.At(lint.CAFile, ""); hint != "" && c.changed == "" {
		c.changed = "--ca-file: " + hint
		c.hints.PassOver(lint.CAFile, "")
	}
	return nil
}

// Escape leaves the checklist for the form.
func (c *connect) Escape() bool {
	if c.copied.Escape() || c.who.escape() {
		return true
	}
	if c.hosts != nil {
		c.hosts = nil
		return true
	}
	if !c.testing {
		return false
	}
	c.ladder.Stop()
	c.testing = false
	return true
}

// Typing is true on the form, where every field takes letters.
func (c *connect) Typing() bool {
	return !c.testing && !c.who.open()
}

// Keys lists what works now.
func (c *connect) Keys() []key.Binding {
	switch {
	case c.who.open():
		return c.who.keys()
	case c.hosts != nil:
		return []key.Binding{ui.Bind("use this host", "enter"), ui.Bind("not now", "esc")}
	case !c.testing:
		return []key.Binding{
			ui.Bind("test", "enter"), ui.Bind("next field", "tab", "down"), ui.Bind(c.otherMethod(), "ctrl+t"),
			ui.Bind("act as admin", "ctrl+o"), ui.Bind("back a field", "shift+tab", "up"), ui.Bind("hosts of .databrickscfg", "ctrl+l"),
			ui.Bind("who signs in", "f3"),
		}
	case c.ladder.Running():
		return []key.Binding{ui.Bind("stop the test", "esc")}
	case c.ladder.Failure() != nil:
		return append([]key.Binding{ui.Bind("edit", "enter", "e", "esc"), ui.Bind("test again", "r"), ui.Bind("details", "d")}, c.copied.Keys()...)
	}
	return []key.Binding{ui.Bind("next", "enter"), ui.Bind("test again", "r"), ui.Bind("edit", "e", "esc")}
}

func (c *connect) otherMethod() string {
	if c.setup.Draft().Method() == connector.PAT {
		return "OAuth instead"
	}
	return "token instead"
}

// Update hands keys to the form or to the checklist.
func (c *connect) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if move, cmd, used := c.keyOver(msg); used {
			return move, cmd
		}
		if c.testing {
			return c.keyWhileTesting(msg)
		}
		return ui.Stay(), c.keyInForm(msg)
	case tea.PasteMsg:
		switch {
		case c.hosts != nil:
			c.hosts.Paste(msg.Content)
		case !c.testing:
			c.field(c.focus).Paste(msg.Content)
			c.hints.Typing = ""
			c.take()
		}
		return ui.Stay(), nil
	}
	if c.copied.Take(msg) {
		return ui.Stay(), nil
	}
	if cmd, mine := c.who.take(msg); mine {
		c.client.SetValue(c.setup.Draft().ClientIDText())
		return ui.Stay(), cmd
	}
	cmd, done := c.ladder.Take(msg)
	if done {
		if f := c.ladder.Failure(); f != nil {
			c.copied.SetText(check.Report(*f))
		} else if c.setup.Eager() {
			return c.setup.onward(), cmd
		}
	}
	return ui.Stay(), cmd
}

func (c *connect) keyWhileTesting(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	name := msg.String()
	if c.ladder.Running() {
		return ui.Stay(), nil
	}
	failed := c.ladder.Failure() != nil
	switch {
	case name == "r":
		return ui.Stay(), c.test()
	case name == "e", name == "enter" && failed:
		c.Escape()
		if failed {
			c.setFocus(c.culprit())
		}
		return ui.Stay(), nil
	case name == "enter" && c.setup.Draft().Connected():
		return c.setup.onward(), nil
	case name == "d" && failed:
		c.ladder.Details = !c.ladder.Details
	case failed:
		_, cmd := c.copied.Key(msg)
		return ui.Stay(), cmd
	}
	return ui.Stay(), nil
}

// culprit is the field that the failure most likely is about.
func (c *connect) culprit() int {
	if f := c.ladder.Failure(); f != nil && f.Finding.Cause == check.AuthenticationFailed {
		return secretField
	}
	return hostField
}
