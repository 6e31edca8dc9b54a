package steps

import (
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui"
)

// patReason is why OAuth is the default; the plain prompts say the same.
const patReason = "A token lives and ends with one user's account, so OAuth is recommended."

// note writes the line below each field: what was kept of it, or what is off. A field that the person is still filling is only
// corrected when the value is recognisably something else.
func (c *connect) note() {
	d := c.setup.draft
	host, notes, err := connector.ParseHost(d.HostText(), d.allow)
	switch {
	case d.HostText() == "":
		c.host.SetNote(ui.MarkNone, "")
	case err == nil:
		kept := append([]string{host.Describe()}, notes...)
		if host.String() != d.HostText() {
			kept = append(kept, "kept "+host.String())
		}
		c.host.SetNote(ui.MarkPass, strings.Join(kept, "; "))
	case c.focus == hostField && !strings.Contains(err.Error(), "account console"):
		c.host.SetNote(ui.MarkNone, "")
	default:
		c.complain(hostField, err)
	}
	_, err = connector.ParseClientID(d.ClientIDText())
	switch {
	case d.ClientIDText() == "", err == nil, c.focus == clientField && !recognised(err):
		c.client.SetNote(ui.MarkNone, "")
	default:
		c.complain(clientField, err)
	}
	c.again.SetNote(ui.MarkNone, "")
}

// recognised reports whether a client ID is clearly some other value, so that saying so helps while it is still being typed.
func recognised(err error) bool {
	return strings.Contains(err.Error(), "looks like") || strings.Contains(err.Error(), "SCIM")
}

func (c *connect) complain(field int, err error) {
	text := err.Error()
	var input *connector.InputError
	if errors.As(err, &input) {
		text = input.What + " " + input.Remedy
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
	if c.testing {
		return c.testView(width, height)
	}
	title := t.Title.Render("Connect to your workspace") + "\n"
	purpose := t.Faint.Render(ui.Wrap("Draftt signs in as a service principal that can only read.", width)) + "\n"
	form := c.form(width)
	if lines(title+purpose+form)+1 > height {
		purpose = ""
	}
	return title + purpose + "\n" + form
}

func (c *connect) form(width int) string {
	t := c.setup.theme
	var parts []string
	for _, field := range c.visible() {
		parts = append(parts, c.field(field).View(width))
	}
	parts = append(parts, c.methodLine(width), "")
	if text := c.below(); text != "" {
		parts = append(parts, ui.Wrap(text, width))
	} else {
		parts = append(parts, t.Faint.Render(ui.Wrap("enter tests the connection; nothing is saved yet", width)))
	}
	return strings.Join(parts, "\n")
}

// below is the one line under the form: what is wrong with the secret, or what a change cleared.
func (c *connect) below() string {
	t := c.setup.theme
	d := c.setup.draft
	switch {
	case !d.Secret().IsZero() && d.SecretProblem() != nil:
		var input *connector.InputError
		errors.As(d.SecretProblem(), &input)
		return t.Mark(ui.MarkWarn) + " " + input.What + " " + input.Remedy
	case c.changed != "":
		return c.changed
	}
	return ""
}

func (c *connect) methodLine(width int) string {
	text := "OAuth secret (recommended)"
	if c.setup.draft.Method() == connector.PAT {
		text = "personal access token (legacy)\n" + strings.Repeat(" ", 17) +
			strings.ReplaceAll(c.setup.theme.Faint.Render(ui.Wrap(patReason, width-17)), "\n", "\n"+strings.Repeat(" ", 17))
	}
	return fmt.Sprintf("%-17s%s", "Sign in with", text)
}

func (c *connect) testView(width, height int) string {
	t := c.setup.theme
	title := t.Title.Render("Test connection")
	if took := c.ladder.took; c.ladder.ended && took > 0 {
		title += t.Faint.Render("  " + ui.Took(took))
	}
	note := ""
	if c.ladder.ended && c.ladder.failure() == nil {
		note = "Signed in as " + c.setup.draft.Principal().Label() + "."
	} else if c.ladder.failure() != nil {
		note = c.copied.Note()
	}
	body := c.ladder.view(width, height-2, note)
	return title + "\n\n" + body
}
