package steps

import (
	"context"
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// The fields of the Connect form, in the order of the screen.
const (
	hostField = iota
	clientField
	secretField
	againField
)

// linted are the fields that lint has rules for.
var linted = map[int]lint.Field{hostField: lint.Host, clientField: lint.ClientID, secretField: lint.Secret}

// connect is step 1: where the workspace is, who signs in, and a live test of both.
type connect struct {
	setup   *Wizard
	form    *ui.Form
	host    *ui.Field
	again   *ui.Field // the host typed once more, where it is outside the Databricks domains; asked for once the others are filled
	client  *ui.Field
	secret  *ui.SecretField
	filled  bool   // the secret's field holds what the draft has
	asking  bool   // the host is asked for once more
	changed string // what the last change cleared
	hints   setup.Hints
	test    *panels.Checks
	who     *whoCard
}

func newConnect(s *Wizard) *connect {
	c := &connect{
		setup:  s,
		host:   ui.NewField(s.theme, "Workspace host", "adb-1234567890123456.7.azuredatabricks.net"),
		again:  ui.NewField(s.theme, "Host again", "type it once more"),
		client: ui.NewField(s.theme, "Client ID", "its application ID, a UUID"),
		secret: ui.NewSecretField(s.theme, "OAuth secret", "paste it; it is never shown"),
		hints:  setup.Hints{Draft: s.Draft()},
	}
	c.secret.AllowBlanks() // what stands around a secret may have some; the draft judges the rest
	c.host.SetValue(s.Draft().HostText())
	c.client.SetValue(s.Draft().ClientIDText())
	c.form = c.fields()
	c.test = c.newTest()
	c.who = newWhoCard(s, func() { c.client.SetValue(s.Draft().ClientIDText()) })
	c.labelSecret()
	c.note()
	return c
}

// fields are those of the chosen way to sign in.
func (c *connect) fields() *ui.Form {
	d := c.setup.Draft()
	visible := map[int]func() bool{
		againField:  func() bool { return c.asking && !d.Foreign().IsZero() },
		clientField: func() bool { return d.Method() == connector.OAuth },
	}
	fields := make([]ui.FormField, 0, againField+1)
	for i, input := range c.inputs() {
		fields = append(fields, ui.FormField{Input: input, Visible: visible[i], Problem: func() error { return c.problem(i) }})
	}
	return ui.NewForm(fields...)
}

func (c *connect) inputs() []ui.Input {
	return []ui.Input{hostField: c.host, clientField: c.client, secretField: c.secret, againField: c.again}
}

// Title is the step's word in the rail.
func (c *connect) Title() string { return setup.Connect.String() }

// Enter shows the form, with the cursor where the first answer is missing.
func (c *connect) Enter(context.Context) tea.Cmd {
	c.goTo(c.firstMissing())
	if hint := c.hints.At(lint.CAFile, ""); hint != "" && c.changed == "" {
		c.changed = "--ca-file: " + hint
		c.hints.PassOver(lint.CAFile, "")
	}
	return nil
}

// Escape takes the question for the host away.
func (c *connect) Escape() bool {
	asked := c.asking
	if asked {
		c.goTo(hostField)
	}
	c.asking = false
	return asked
}

// Leaves says that esc leads from that question to the host first, and out of an edit to where it was begun.
func (c *connect) Leaves() string {
	switch {
	case c.asking:
		return "change the host"
	case c.setup.Stays() != "":
		return "leave"
	}
	return ""
}

// Typing is true, since every field takes letters.
func (c *connect) Typing() bool { return c.form.Typing() }

// Keys lists what works now.
func (c *connect) Keys() []key.Binding {
	other := "token instead"
	if c.setup.Draft().Method() == connector.PAT {
		other = "OAuth instead"
	}
	var keys []key.Binding
	if c.setup.Draft().Misplaced() != "" {
		keys = []key.Binding{ui.Bind("put it where it belongs", putRightKey)}
	}
	if !c.astray() {
		keys = append(keys, ui.Bind("test", "enter"))
	}
	return append(keys,
		ui.Bind("next field", "tab", "down"), ui.Bind(other, "ctrl+t"), ui.Bind("act as admin", "ctrl+o"),
		ui.Bind("back a field", "shift+tab", "up"), ui.Bind("hosts of .databrickscfg", "ctrl+l"), ui.Bind("who signs in", "f3"))
}

// astray reports that a secret stands where none belongs, with which nothing is tested.
func (c *connect) astray() bool {
	d := c.setup.Draft()
	return errors.Is(errors.Join(d.HostProblem(), d.ClientIDProblem()), connector.ErrStray)
}

// Update hands keys to the form.
func (c *connect) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		left := c.form.Focused()
		move := c.press(msg)
		if c.form.Focused() == left {
			return move, nil
		}
		return move, c.setup.keepBehind(c.setup.background)
	case tea.PasteMsg:
		c.form.Paste(msg.Content)
		c.hints.Typing = ""
		c.take()
	}
	return ui.Stay(), nil
}

func (c *connect) press(msg tea.KeyPressMsg) ui.Move {
	switch msg.String() {
	case "enter":
		return c.submit()
	case "ctrl+t":
		c.switchMethod()
	case putRightKey:
		c.putRight()
	case "f3":
		return ui.Open(c.who)
	case "ctrl+o":
		return c.actAsAdmin()
	case "ctrl+l":
		return c.offerHosts()
	default:
		c.edit(msg)
	}
	return ui.Stay()
}

// submit tests when every field is right, and otherwise goes to the first that is not, saying why.
func (c *connect) submit() ui.Move {
	field, problem := c.form.Problem()
	if problem == nil && c.setup.Draft().MustConfirm() {
		c.asking = true
		field, problem = againField, c.problem(againField)
	}
	if problem != nil {
		return c.refuse(field, problem)
	}
	c.confirmed()
	c.changed = ""
	for field := range linted {
		c.passOver(field)
	}
	c.note()
	return ui.Open(c.test)
}

// actAsAdmin has an admin make or pick the service principal. What comes of it goes straight into the form.
func (c *connect) actAsAdmin() ui.Move {
	if problem := c.problem(hostField); problem != nil {
		return c.refuse(hostField, problem)
	}
	if c.setup.Draft().MustConfirm() {
		c.asking = true
		if problem := c.problem(againField); problem != nil {
			return c.refuse(againField, problem)
		}
	}
	c.confirmed()
	return ui.Open(adminWork{c.setup, setup.PrincipalTask(), c.made}.open())
}

// offerHosts lists the workspace hosts that the Databricks CLI knows. Its file is only read when the person asks.
func (c *connect) offerHosts() ui.Move {
	hosts, err := c.setup.ProfileHosts()
	if err != nil {
		c.changed = connector.Sentence(err)
		return ui.Stay()
	}
	var names []string
	for _, h := range hosts {
		names = append(names, h.Profile+" "+h.Host.Typed())
	}
	return ui.Open(ui.NewChoicePanel(c.setup.theme, ui.ChoiceContent{
		Title: "Workspace hosts of .databrickscfg", Text: "Only the host is taken from the profile.", Names: names,
		Does: "use this host", Leave: "not now", Chosen: func(i int) (ui.Move, tea.Cmd) {
			c.host.SetValue(hosts[i].Host.Typed())
			c.goTo(hostField)
			c.take()
			return ui.Close(), nil
		},
	}))
}

// gone says which answers a change took along.
func (c *connect) gone(cleared []string) {
	if len(cleared) > 0 {
		c.changed = "Cleared, because it belonged to the old value: " + strings.Join(cleared, ", ") + "."
	}
}
