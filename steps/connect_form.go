package steps

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/redact"
	"github.com/draftt-io/draftt-databricks/ui"
)

// edit hands a key to the form. Leaving a field and changing one are two things: the one answers its hint, the other may raise one.
func (c *connect) edit(msg tea.KeyPressMsg) {
	left := c.form.Focused()
	c.form.Key(msg)
	if c.form.Focused() != left {
		c.passedOver(left)
		c.note()
		return
	}
	c.hints.Typing = linted[left]
	c.take()
}

// take hands what the fields hold to the draft, which validates it and says what else the change cleared.
func (c *connect) take() {
	d := c.setup.Draft()
	var cleared []string
	if differs(c.host.Value(), d.HostText()) {
		_, gone, _ := d.SetHost(c.host.Value(), setup.FromYou)
		c.asking = false // of another host than before
		c.again.SetValue("")
		cleared = append(cleared, gone...)
		c.labelSecret() // a saved secret goes with its host
	}
	if differs(c.client.Value(), d.ClientIDText()) {
		gone, _ := d.SetClientID(c.client.Value(), setup.FromYou)
		cleared = append(cleared, gone...)
	}
	if c.form.Focused() == secretField {
		c.changed = ""
		cleared = append(cleared, c.takeSecret()...)
	}
	c.gone(cleared)
	c.note()
}

// differs reports whether a field holds another text than the draft, which keeps no secret: what is masked may have grown.
func differs(typed, kept string) bool {
	shown := connector.WithoutStray(typed)
	return shown != kept || shown != typed
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

func (c *connect) switchMethod() {
	d := c.setup.Draft()
	other := connector.PAT
	if d.Method() == connector.PAT {
		other = connector.OAuth
	}
	c.changed = ""
	c.gone(d.SetMethod(other))
	c.forgetSecret()
	if c.form.Focused() == clientField {
		c.goTo(secretField)
	}
	c.note()
}

// forgetSecret empties the secret's field; what the draft has is another matter.
func (c *connect) forgetSecret() {
	c.secret.Clear()
	c.filled = false
	c.labelSecret()
}

func (c *connect) labelSecret() {
	d := c.setup.Draft()
	placeholder := "paste it; it is never shown"
	if !d.Secret().IsZero() {
		placeholder = fmt.Sprintf("%s  %d characters received", redact.Mask, d.Secret().Len())
	}
	label := "OAuth secret"
	if d.Method() == connector.PAT {
		label = "Access token"
	}
	c.secret.SetLabel(label, placeholder)
}

// goTo gives a field the cursor.
func (c *connect) goTo(field int) {
	left := c.form.Focused()
	if c.form.Focus(field); field != left {
		c.passedOver(left)
	}
	c.note()
}

// passedOver notes that a field was left, unless it was not.
func (c *connect) passedOver(left int) {
	if c.form.Focused() != left {
		c.passOver(left)
	}
}

// passOver takes the person's going on from a field as the answer to its hint.
func (c *connect) passOver(field int) {
	c.hints.PassOver(linted[field], "")
	c.hints.Typing = ""
}

// refuse goes to a field and says why what it holds will not do.
func (c *connect) refuse(field int, problem error) ui.Move {
	c.goTo(field)
	c.complain(field, problem)
	return ui.Stay()
}

// confirmed takes the question for the host away once it is answered.
func (c *connect) confirmed() {
	if c.form.Focused() == againField {
		c.form.Focus(secretField)
	}
	c.asking = false
}

func (c *connect) problem(field int) error {
	d := c.setup.Draft()
	switch field {
	case hostField:
		if err := d.HostProblem(); !errors.Is(err, connector.ErrForeign) { // what that one lacks is asked for below it
			return err
		}
		return nil
	case againField:
		cleared, err := d.ConfirmHost(c.again.Value())
		c.gone(cleared)
		return err
	case clientField:
		return d.ClientIDProblem()
	}
	return d.SecretProblem()
}

func (c *connect) firstMissing() int {
	if field, problem := c.form.Problem(); problem != nil {
		return field
	}
	return hostField
}

// made takes what an admin made into the form.
func (c *connect) made(out admin.Outcome, _ setup.AdminTask) (ui.Move, tea.Cmd) {
	told := c.setup.TakeMade(out)
	c.client.SetValue(c.setup.Draft().ClientIDText())
	c.forgetSecret()
	c.goTo(c.firstMissing())
	c.changed = told
	return ui.Stay(), nil
}
