package steps

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

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
		c.field(c.focus).Key(msg)
		c.hints.Typing = linted[c.focus]
		c.take()
	}
	return nil
}

// linted are the fields that lint has rules for.
var linted = map[int]lint.Field{hostField: lint.Host, clientField: lint.ClientID, secretField: lint.Secret}

// field is one input of the form, whatever it holds.
type field interface {
	Key(tea.KeyPressMsg) bool
	Paste(string)
	Focus()
	Blur()
	View(width int) string
}

func (c *connect) field(i int) field {
	return [...]field{hostField: c.host, againField: c.again, clientField: c.client, secretField: c.secret}[i]
}

// take hands what the fields hold to the draft, which validates it and says what else the change cleared.
func (c *connect) take() {
	d := c.setup.Draft()
	var cleared []string
	if c.host.Value() != d.HostText() {
		_, gone, _ := d.SetHost(c.host.Value(), setup.FromYou)
		cleared = append(cleared, gone...)
		c.labelSecret() // a saved secret goes with its host
	}
	if c.client.Value() != d.ClientIDText() {
		gone, _ := d.SetClientID(c.client.Value(), setup.FromYou)
		cleared = append(cleared, gone...)
	}
	if c.focus == secretField {
		c.changed = ""
		cleared = append(cleared, c.takeSecret()...)
	}
	c.gone(cleared)
	c.note()
}

// takeSecret also takes a secret back that was deleted from its field. An empty field that nobody touched keeps the one that was prefilled.
func (c *connect) takeSecret() (cleared []string) {
	filled := c.secret.Len() > 0
	if filled || c.filled {
		cleared = c.setup.Draft().SetSecret(connector.NewSecret(c.secret.Bytes()))
	}
	if filled != c.filled {
		c.filled = filled
		c.labelSecret()
	}
	return cleared
}

// gone says which answers a change took along.
func (c *connect) gone(cleared []string) {
	if len(cleared) > 0 {
		c.changed = "Cleared, because it belonged to the old value: " + strings.Join(cleared, ", ") + "."
	}
}

func (c *connect) switchMethod() {
	d := c.setup.Draft()
	other := connector.PAT
	if d.Method() == connector.PAT {
		other = connector.OAuth
	}
	c.changed = ""
	c.gone(d.SetMethod(other))
	c.secret.Clear()
	c.filled = false
	c.labelSecret()
	if c.focus == clientField {
		c.setFocus(secretField)
	}
	c.note()
}

func (c *connect) labelSecret() {
	d := c.setup.Draft()
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
	if c.setup.Draft().Host().ByAllowList() {
		fields = append(fields, againField)
	}
	if c.setup.Draft().Method() == connector.OAuth {
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
	c.field(c.focus).Blur()
	if c.focus != field {
		c.passOver(c.focus)
	}
	c.focus = field
	c.field(field).Focus()
	c.note()
}

// passOver takes the person's going on from a field as the answer to its hint.
func (c *connect) passOver(field int) {
	c.hints.PassOver(linted[field], "")
	c.hints.Typing = ""
}

func (c *connect) problem(field int) error {
	d := c.setup.Draft()
	switch field {
	case hostField:
		return d.HostProblem()
	case againField:
		return d.ConfirmHost(c.again.Value())
	case clientField:
		_, err := connector.ParseClientID(d.ClientIDText())
		return err
	case secretField:
		if c.secret.Problem() != "" {
			return &connector.Error{Kind: connector.ErrInput, What: "The secret " + c.secret.Problem() + ".", Remedy: "Copy it again."}
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
	attempt, err := c.setup.ProveConnection()
	if err != nil {
		c.complain(hostField, err)
		return nil
	}
	c.testing, c.changed = true, ""
	for _, field := range c.visible() {
		c.passOver(field)
	}
	c.note()
	return c.ladder.Start(c.ctx, attempt)
}
