package steps

import (
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// note writes the lines below each field: what was kept of it or what is off, and what lint recognises in it. A field that the person is
// still filling is only corrected when the value is recognisably something else.
func (c *connect) note() {
	d := c.setup.Draft()
	host, err := d.Host(), d.HostProblem()
	c.noteOn(hostField, c.host, d.HostText() != "", err)
	if err == nil {
		kept := host.Describe()
		if host.String() != d.HostText() {
			kept += "; kept " + host.String()
		}
		c.host.SetNote(ui.MarkPass, kept)
	}
	_, err = connector.ParseClientID(d.ClientIDText())
	c.noteOn(clientField, c.client, d.ClientIDText() != "", err)
	c.again.SetNote(ui.MarkNone, "")
	c.secret.SetHint("")
	if d.Secret().IsZero() || d.SecretProblem() == nil {
		c.secret.SetHint(c.hints.At(lint.Secret, ""))
	}
}

// noteOn marks a value that cannot be used, and gives a hint on one that can.
func (c *connect) noteOn(field int, input *ui.Field, filled bool, err error) {
	hint := c.hints.At(linted[field], "")
	input.SetNote(ui.MarkNone, "")
	input.SetHint("")
	switch {
	case !filled:
	case err == nil:
		input.SetHint(hint)
	case c.focus != field || hint != "":
		c.complain(field, err)
	}
}

func (c *connect) complain(field int, err error) {
	text := err.Error()
	var input *connector.Error
	if errors.As(err, &input) {
		text = input.What + " " + input.Remedy
	}
	if better := c.hints.Recognised(linted[field]); better != "" && field != secretField {
		text = better
	}
	if field == hostField && c.host.Value() == "" {
		text = input.What + " Copy it from the address bar of your workspace." // the empty field shows an example itself
	}
	switch field {
	case hostField:
		c.host.SetNote(ui.MarkWarn, text)
	case againField:
		c.again.SetNote(ui.MarkWarn, text)
	case clientField:
		c.client.SetNote(ui.MarkWarn, text)
	case secretField:
		c.changed = text
	}
}

// View draws the form, or the checklist of the test.
func (c *connect) View(width, height int) string {
	t := c.setup.theme
	if c.copied.Plain() {
		return c.copied.View(width, height)
	}
	switch {
	case c.who.open():
		return c.who.view(width)
	case c.hosts != nil:
		return c.hostsView(width, height)
	case c.testing:
		return c.testView(width, height)
	}
	title := t.Title.Render(setup.HeadlineOf(setup.Connect).Title) + "\n"
	purpose := t.Faint.Render(ui.Wrap(setup.HeadlineOf(setup.Connect).Purpose, width)) + "\n"
	form := c.form(width, false)
	if panels.Height(title+purpose+form)+1 > height {
		purpose = ""
	}
	if panels.Height(title+form)+1 > height {
		form = c.form(width, true)
	}
	if host := c.setup.Draft().Host(); panels.Height(title+form)+1 > height && !host.IsZero() {
		c.host.SetNote(ui.MarkPass, host.Describe()) // what was kept stands in the header as well
		form = c.form(width, true)
		c.note()
	}
	if panels.Height(title+form) >= height {
		return title + form
	}
	return title + purpose + "\n" + form
}

// form draws the fields; tight leaves out what the footer says as well.
func (c *connect) form(width int, tight bool) string {
	t := c.setup.theme
	var parts []string
	for _, field := range c.visible() {
		parts = append(parts, c.field(field).View(width))
	}
	parts = append(parts, c.methodLine(width))
	if !tight {
		parts = append(parts, "")
	}
	if text := c.below(); text != "" {
		parts = append(parts, ui.Wrap(text, width))
	} else if !tight {
		parts = append(parts, t.Faint.Render(ui.Wrap("enter tests the connection; nothing is saved yet", width)))
	}
	return strings.Join(parts, "\n")
}

// below is the one line under the form: what is wrong with the secret, or what a change cleared.
func (c *connect) below() string {
	t := c.setup.theme
	d := c.setup.Draft()
	switch {
	case !d.Secret().IsZero() && d.SecretProblem() != nil:
		var input *connector.Error
		errors.As(d.SecretProblem(), &input)
		return t.Mark(ui.MarkWarn) + " " + input.What + " " + input.Remedy
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

func (c *connect) testView(width, height int) string {
	t := c.setup.theme
	title := t.Title.Render("Test connection")
	if took := c.ladder.Took; c.ladder.Ended && took > 0 {
		title += t.Faint.Render("  " + words.Took(took))
	}
	note := ""
	if c.ladder.Ended && c.ladder.Failure() == nil {
		note = "Signed in as " + c.setup.Draft().Principal().Label() + "."
	} else if c.ladder.Failure() != nil {
		note = c.copied.Note()
	}
	body := c.ladder.View(width, height-2, note)
	return title + "\n\n" + body
}
