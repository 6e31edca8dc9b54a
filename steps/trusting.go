package steps

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/trust"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// trusting is a form in which an authority is trusted for the connection: by its file, which is looked at first, or by the fingerprint of one
// that was seen. The failed test stands below it, and begins again once something is trusted.
type trusting struct {
	connect *connect
	seen    trust.Seen
	file    *ui.Field
	print   *ui.Field
	found   *trust.Authorities // what the file holds, once it was read
}

func (c *connect) newTrusting() ui.Panel {
	theme := c.setup.theme
	seen := c.setup.Untrusted()
	whom := string(seen.Whom())
	t := &trusting{
		connect: c, seen: seen,
		file:  ui.NewField(theme, "CA file", "a file of "+whom),
		print: ui.NewField(theme, "or fingerprint", "SHA-256, all of it"),
	}
	form := ui.NewForm(
		ui.FormField{Input: t.file, Problem: t.nothing},
		ui.FormField{Input: t.print, Visible: func() bool { return !t.seen.IsZero() }, Problem: t.differs},
	)
	form.Say = setup.Trouble
	content := ui.FormContent{
		Title: trust.Title, Text: c.setup.TrustWhy() + " " + trust.For, Form: form, Does: "trust it", Leave: "back",
		Submit: t.submit, Doing: "Reading the file", Failed: panels.Trouble, Done: t.done,
	}
	if told := c.setup.NetworkTeam(); told != "" {
		content.Text += "\n\n" + told
	}
	if !t.seen.IsZero() {
		content.Actions = []ui.Action{{Key: ui.Bind("what was seen", "f3"), Do: ui.Opens(t.shown)}}
	}
	return ui.NewFormPanel(theme, content)
}

// nothing is that neither of the two ways was taken, or both.
func (t *trusting) nothing() error {
	switch {
	case t.file.Value() == "" && t.print.Value() == "":
		return &connector.Error{Kind: connector.ErrInput, What: "Neither a file nor a fingerprint is given.", Remedy: "Ask " + string(t.seen.Whom()) + " for one of the two."}
	case t.file.Value() != "" && t.print.Value() != "":
		return &connector.Error{Kind: connector.ErrInput, What: "A file and a fingerprint are given.", Remedy: "Empty one of the two."}
	}
	return nil
}

func (t *trusting) differs() error {
	if t.print.Value() == "" {
		return nil
	}
	_, err := t.seen.Compare(t.print.Value())
	return err
}

// submit gives the work of reading the file. A fingerprint needs none: it was compared when it was found right.
func (t *trusting) submit() func(context.Context) error {
	t.found = nil
	if t.file.Value() == "" {
		return nil
	}
	read, found := t.connect.setup.ReadAuthorities(t.file.Value()), new(trust.Authorities)
	t.found = found
	return func(ctx context.Context) (err error) {
		*found, err = read(ctx)
		return err
	}
}

func (t *trusting) done() (ui.Move, tea.Cmd) {
	if t.found != nil {
		return ui.Open(t.looked(*t.found)), nil
	}
	cleared, err := t.connect.setup.TrustSeen(t.print.Value())
	if err != nil {
		return ui.Stay(), nil // what was compared a moment ago differs no more than then
	}
	t.connect.gone(cleared)
	return ui.Close(), t.connect.test.Begin()
}

// looked shows what a file holds before it is trusted.
func (t *trusting) looked(found trust.Authorities) ui.Panel {
	return ui.NewPage(t.connect.setup.theme, ui.PageContent{
		Title: trust.Title, Text: t.seen.LookFirst() + " " + trust.For + "\n\n" + found.Text(),
		Actions: []ui.Action{{Key: ui.Bind("trust it", "enter"), Do: func() (ui.Move, tea.Cmd) {
			t.connect.gone(t.connect.setup.Trust(found))
			return ui.CloseMany(2), t.connect.test.Begin()
		}}},
		Leave: ui.Bind("not this one", "esc"),
	})
}

// shown is the chain that was seen. What is taken along is the certificates themselves.
func (t *trusting) shown() ui.Panel {
	return ui.NewPage(t.connect.setup.theme, ui.PageContent{
		Title: "What was seen", Text: string(t.seen.PEM()), Filename: "seen-certificates.pem",
		Body: func(width int) string { return ui.BreakWords(t.seen.Text(), width) },
	})
}
