package steps

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// note writes the lines below each field: what was kept of it or what is off, and what lint recognises in it. A field that the person is
// still filling is only corrected when the value is recognisably something else.
func (c *connect) note() {
	d := c.setup.Draft()
	c.noteHost()
	c.noteOn(clientField, c.client, d.ClientIDText() != "", d.ClientIDProblem())
	c.again.SetNote(ui.MarkNone, "")
	c.secret.SetNote(ui.MarkNone, "")
	c.secret.SetHint("")
	if d.SecretGiven().IsZero() || d.SecretProblem() == nil {
		c.secret.SetHint(c.hints.At(lint.Secret, ""))
	}
}

func (c *connect) noteHost() {
	d := c.setup.Draft()
	host, err := d.Host(), d.HostProblem()
	c.noteOn(hostField, c.host, d.HostText() != "", err)
	if err == nil {
		kept := host.Describe()
		if host.String() != d.HostText() {
			kept += "; kept " + host.String()
		}
		if !d.Stray(lint.Host).IsZero() {
			kept += "; a secret in it was left out: " + putRightKey + " " + d.Misplaced()
			c.host.SetHint(connector.Exposed)
		}
		c.host.SetNote(markOf(host), kept)
	}
}

// markOf is no tick for a host that only its name was looked at of, and that nobody but the person knows.
func markOf(host connector.Host) ui.Mark {
	if host.Cloud() == connector.CloudOther {
		return ui.MarkWarn
	}
	return ui.MarkPass
}

// noteOn marks a value that cannot be used, and gives a hint on one that can.
func (c *connect) noteOn(field int, input *ui.Field, filled bool, err error) {
	hint := c.hints.At(linted[field], "")
	input.SetNote(ui.MarkNone, "")
	input.SetHint("")
	switch {
	case !filled:
	case errors.Is(err, connector.ErrStray): // at once, while it is typed
		c.complain(field, err)
	case err == nil:
		input.SetHint(hint)
	case c.form.Focused() != field || hint != "":
		c.complain(field, err)
	}
}

// complain says below a field why what it holds will not do.
func (c *connect) complain(field int, err error) {
	c.inputs()[field].SetNote(ui.MarkWarn, connector.Sentence(c.complaint(field, err)))
}

// complaint is the problem in the words that serve best there, nil where there is none. What lint recognises is more exact than the parser.
func (c *connect) complaint(field int, err error) error {
	var input *connector.Error
	if !errors.As(err, &input) {
		return err
	}
	told := &connector.Error{Kind: input.Kind, What: input.What, Remedy: input.Remedy}
	if errors.Is(err, connector.ErrStray) {
		if does := c.setup.Draft().Misplaced(); does != "" {
			told.What += " " + putRightKey + " " + does + "."
		}
		return told
	}
	if better := c.hints.Recognised(linted[field]); better != "" && field != secretField {
		told.What, told.Remedy = better, ""
	}
	if field == hostField && errors.Is(err, connector.ErrForeign) {
		told.Remedy = "Check it: enter asks for it once more before a secret is sent there."
	}
	if field == hostField && c.host.Value() == "" {
		told.Remedy = "Copy it from the address bar of your workspace." // the empty field shows an example itself
	}
	return told
}

// View draws the form.
func (c *connect) View(width, height int) string {
	t := c.setup.theme
	title := t.Title.Render(c.setup.HeadlineOf(setup.Connect).Title) + "\n"
	purpose := t.Faint.Render(ui.Wrap(c.setup.HeadlineOf(setup.Connect).Purpose, width)) + "\n"
	form := c.formView(width, false)
	if panels.Height(title+purpose+form)+1 > height {
		purpose = ""
	}
	if panels.Height(title+form)+1 > height {
		form = c.formView(width, true)
	}
	if host := c.setup.Draft().Host(); panels.Height(title+form)+1 > height && !host.IsZero() {
		c.host.SetNote(markOf(host), host.Describe()) // what was kept stands in the header as well
		form = c.formView(width, true)
		c.noteHost()
	}
	if panels.Height(title+form) >= height {
		return title + form
	}
	return title + purpose + "\n" + form
}

// formView draws the fields; tight leaves out what the footer says as well.
func (c *connect) formView(width int, tight bool) string {
	t := c.setup.theme
	parts := []string{c.form.View(width), c.methodLine(width)}
	if !tight {
		parts = append(parts, "")
	}
	if text := c.below(); text != "" {
		parts = append(parts, ui.Wrap(text, width))
	} else if !tight {
		parts = append(parts, t.Faint.Render(ui.Wrap("enter tests the connection; "+cmp.Or(c.setup.Stays(), "nothing is saved yet"), width)))
	}
	return strings.Join(parts, "\n")
}

// below is the one line under the form: what is wrong with the secret, or what a change cleared.
func (c *connect) below() string {
	t := c.setup.theme
	d := c.setup.Draft()
	switch {
	case !d.SecretGiven().IsZero() && d.SecretProblem() != nil:
		what, remedy := connector.Words(d.SecretProblem())
		for other, way := range map[error]string{setup.ErrTakesToken: "ctrl+t signs in with a token.", setup.ErrTakesOAuth: "ctrl+t signs in with an OAuth secret."} {
			if errors.Is(d.SecretProblem(), other) {
				remedy = way
			}
		}
		return t.Mark(ui.MarkWarn) + " " + what + " " + remedy
	case d.Misplaced() != "" && d.Stray(lint.Host).IsZero() && d.Stray(lint.ClientID).IsZero():
		return putRightKey + " " + d.Misplaced() + "."
	case c.changed != "":
		return c.changed
	}
	return ""
}

func (c *connect) methodLine(width int) string {
	text := "OAuth secret (recommended)"
	if c.setup.Draft().Method() == connector.PAT {
		text = "personal access token (legacy)\n" + strings.Repeat(" ", 17) +
			strings.ReplaceAll(c.setup.theme.Faint.Render(ui.Wrap(setup.PATReason, width-17)), "\n", "\n"+strings.Repeat(" ", 17))
	}
	return fmt.Sprintf("%-17s%s", "Sign in with", text)
}
