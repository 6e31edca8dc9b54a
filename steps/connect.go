package steps

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
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
	setup   *Setup
	ctx     context.Context
	host    *ui.Field
	again   *ui.Field // the host typed once more, when --allow-host let it in
	client  *ui.Field
	secret  *ui.SecretField
	focus   int
	changed string // what the last change cleared
	ladder  *ladder
	subject *check.Subject
	testing bool // the checklist is on screen instead of the form
	copied  *ui.Snippet
}

func newConnect(s *Setup) *connect {
	c := &connect{
		setup:  s,
		host:   ui.NewField(s.theme, "Workspace host", "adb-1234567890123456.7.azuredatabricks.net"),
		again:  ui.NewField(s.theme, "Host again", "type it once more; it is not a Databricks domain"),
		client: ui.NewField(s.theme, "Client ID", "the service principal's application ID, a UUID"),
		secret: ui.NewSecretField(s.theme, "OAuth secret", "paste it; it is never shown"),
		ladder: newLadder(s.theme),
		copied: ui.NewSnippet(s.theme, "", "connection-test.txt"),
	}
	c.host.SetValue(s.draft.HostText())
	c.client.SetValue(s.draft.ClientIDText())
	c.labelSecret()
	c.note()
	return c
}

// Title is the step's word in the rail.
func (c *connect) Title() string { return Connect.String() }

// Enter shows the form, with the cursor where the first answer is missing.
func (c *connect) Enter(ctx context.Context) tea.Cmd {
	c.ctx, c.testing = ctx, false
	c.ladder.stop()
	c.setFocus(c.firstMissing())
	return nil
}

// Escape leaves the checklist for the form.
func (c *connect) Escape() bool {
	if c.copied.Escape() {
		return true
	}
	if !c.testing {
		return false
	}
	c.ladder.stop()
	c.testing = false
	return true
}

// Typing is true on the form, where every field takes letters.
func (c *connect) Typing() bool { return !c.testing }

// Keys lists what works now.
func (c *connect) Keys() []key.Binding {
	switch {
	case !c.testing:
		return []key.Binding{
			ui.Bind("test", "enter"), ui.Bind("next field", "tab", "down"), ui.Bind(c.otherMethod(), "ctrl+t"),
			ui.Bind("back a field", "shift+tab", "up"),
		}
	case c.ladder.running():
		return []key.Binding{ui.Bind("stop the test", "esc")}
	case c.ladder.failure() != nil:
		return append([]key.Binding{ui.Bind("edit", "enter", "e"), ui.Bind("test again", "r"), ui.Bind("details", "d")}, c.copied.Keys()...)
	}
	return []key.Binding{ui.Bind("next", "enter"), ui.Bind("test again", "r"), ui.Bind("edit", "e")}
}

func (c *connect) otherMethod() string {
	if c.setup.draft.Method() == connector.PAT {
		return "OAuth secret instead"
	}
	return "token instead"
}

// Update hands keys to the form or to the checklist.
func (c *connect) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if c.testing {
			return c.keyWhileTesting(msg)
		}
		return ui.Stay(), c.keyInForm(msg)
	case tea.PasteMsg:
		if !c.testing {
			c.paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if c.copied.Take(msg) {
		return ui.Stay(), nil
	}
	cmd, done := c.ladder.take(msg)
	if done {
		c.setup.draft.SetConnected(c.ladder.results, c.subject.Principal)
		if f := c.ladder.failure(); f != nil {
			c.copied.SetText(report(*f))
		}
	}
	return ui.Stay(), cmd
}

func (c *connect) keyWhileTesting(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	name := msg.String()
	if c.ladder.running() {
		return ui.Stay(), nil
	}
	failed := c.ladder.failure() != nil
	switch {
	case name == "r":
		return ui.Stay(), c.test()
	case name == "e", name == "enter" && failed:
		c.Escape()
		if failed {
			c.setFocus(c.culprit())
		}
		return ui.Stay(), nil
	case name == "enter" && c.setup.draft.Connected():
		return ui.Next(), nil
	case name == "d" && failed:
		c.ladder.details = !c.ladder.details
	case failed:
		_, cmd := c.copied.Key(msg)
		return ui.Stay(), cmd
	}
	return ui.Stay(), nil
}

// culprit is the field that the failure most likely is about.
func (c *connect) culprit() int {
	if f := c.ladder.failure(); f != nil && f.Finding.Cause == check.AuthenticationFailed {
		return secretField
	}
	return hostField
}

func (c *connect) keyInForm(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "enter":
		return c.submit()
	case "tab", "down":
		c.move(1)
	case "shift+tab", "up":
		c.move(-1)
	case "ctrl+t":
		c.switchMethod()
	default:
		switch c.focus {
		case hostField:
			c.host.Key(msg)
		case againField:
			c.again.Key(msg)
		case clientField:
			c.client.Key(msg)
		case secretField:
			c.secret.Key(msg)
		}
		c.take()
	}
	return nil
}

func (c *connect) paste(text string) {
	switch c.focus {
	case hostField:
		c.host.Paste(text)
	case againField:
		c.again.Paste(text)
	case clientField:
		c.client.Paste(text)
	case secretField:
		c.secret.Paste(text)
	}
	c.take()
}

// take hands what the fields hold to the draft, which validates it and says what else the change cleared.
func (c *connect) take() {
	d := c.setup.draft
	var cleared []string
	if c.host.Value() != d.HostText() {
		_, gone, _ := d.SetHost(c.host.Value(), FromYou)
		cleared = append(cleared, gone...)
	}
	if c.client.Value() != d.ClientIDText() {
		gone, _ := d.SetClientID(c.client.Value(), FromYou)
		cleared = append(cleared, gone...)
	}
	if c.secret.Len() > 0 {
		cleared = append(cleared, d.SetSecret(connector.NewSecret(c.secret.Bytes()))...)
	}
	if len(cleared) > 0 {
		c.changed = "Cleared, because it belonged to the old value: " + strings.Join(cleared, ", ") + "."
	}
	c.note()
}

func (c *connect) switchMethod() {
	d := c.setup.draft
	if d.Method() == connector.OAuth {
		d.SetMethod(connector.PAT)
	} else {
		d.SetMethod(connector.OAuth)
	}
	c.secret.Clear()
	c.labelSecret()
	if c.focus == clientField {
		c.setFocus(secretField)
	}
	c.note()
}

func (c *connect) labelSecret() {
	d := c.setup.draft
	placeholder := "paste it; it is never shown"
	if !d.Secret().IsZero() {
		placeholder = fmt.Sprintf("••••••  %d characters received", d.Secret().Len())
	}
	label := "OAuth secret"
	if d.Method() == connector.PAT {
		label = "Access token"
	}
	c.secret.SetLabel(label, placeholder)
}

// visible are the fields of the chosen way to sign in.
func (c *connect) visible() []int {
	fields := []int{hostField}
	if c.setup.draft.Host().ByAllowList() {
		fields = append(fields, againField)
	}
	if c.setup.draft.Method() == connector.OAuth {
		fields = append(fields, clientField)
	}
	return append(fields, secretField)
}

func (c *connect) move(step int) {
	fields := c.visible()
	for i, f := range fields {
		if f == c.focus {
			c.setFocus(fields[(i+step+len(fields))%len(fields)])
			return
		}
	}
	c.setFocus(hostField)
}

func (c *connect) setFocus(field int) {
	c.host.Blur()
	c.again.Blur()
	c.client.Blur()
	c.secret.Blur()
	switch c.focus = field; field {
	case hostField:
		c.host.Focus()
	case againField:
		c.again.Focus()
	case clientField:
		c.client.Focus()
	case secretField:
		c.secret.Focus()
	}
	c.note()
}

func (c *connect) problem(field int) error {
	d := c.setup.draft
	switch field {
	case hostField:
		_, _, err := connector.ParseHost(d.HostText(), d.allow)
		return err
	case againField:
		typed, _, err := connector.ParseHost(c.again.Value(), d.allow)
		if err != nil || typed != d.Host() {
			return &connector.InputError{What: "The two hosts differ.", Remedy: "Type " + d.Host().String() + " once more to confirm that a secret may be sent there."}
		}
	case clientField:
		_, err := connector.ParseClientID(d.ClientIDText())
		return err
	case secretField:
		if c.secret.Problem() != "" {
			return &connector.InputError{What: "The secret " + c.secret.Problem() + ".", Remedy: "Copy it again."}
		}
		return d.SecretProblem()
	}
	return nil
}

func (c *connect) firstMissing() int {
	for _, field := range c.visible() {
		if c.problem(field) != nil {
			return field
		}
	}
	return hostField
}

// submit tests when every field is right, and otherwise goes to the first that is not, saying why.
func (c *connect) submit() tea.Cmd {
	for _, field := range c.visible() {
		if err := c.problem(field); err != nil {
			c.setFocus(field)
			c.complain(field, err)
			return nil
		}
	}
	return c.test()
}

func (c *connect) test() tea.Cmd {
	subject, err := c.setup.subject()
	if err != nil {
		c.complain(hostField, err)
		return nil
	}
	c.subject, c.testing, c.changed = subject, true, ""
	return c.ladder.start(c.ctx, check.Connect(), subject)
}
