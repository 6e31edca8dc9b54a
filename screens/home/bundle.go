package home

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// bundlePanel tests a connection for a support bundle. What it will hold opens over the checklist, and over that the file that it goes to.
type bundlePanel struct {
	*panels.Checks
	home     *Screen
	saved    connector.Connection
	ctx      context.Context
	bundling *saved.Bundling
}

func newBundlePanel(h *Screen, c connector.Connection) ui.Panel {
	p := &bundlePanel{home: h, saved: c}
	look := ui.Action{Key: ui.Bind("what it will hold", "enter"), Do: p.review}
	p.Checks = panels.NewChecks(h.theme, panels.ChecksContent{
		Head:    func(width, _ int) string { return panels.Heading(h.theme, ui.Clean(p.title()), "", width) },
		Attempt: p.attempt, Stop: "stop and close", Filename: "finding.txt",
		Ended:  func(*check.Result) (ui.Move, tea.Cmd) { return p.review() },
		Passed: []ui.Action{look, panels.CloseTest, panels.TestAgain}, Failed: []ui.Action{look, panels.CloseTest, panels.TestAgain},
		Note: func() string { return setup.VerdictLine(p.bundling.Proof()) },
	})
	return p
}

func (p *bundlePanel) title() string { return fmt.Sprintf("Bundle for support of %q", p.saved.Name) }

// Enter begins the test.
func (p *bundlePanel) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return p.Checks.Enter(ctx)
}

func (p *bundlePanel) attempt() (*setup.Attempt, error) {
	bundling, err := saved.NewBundling(p.home.env, p.saved)
	if err != nil {
		return nil, err
	}
	contain.After(p.ctx, "closing a test", bundling.Close)
	p.bundling = bundling
	return bundling.Attempt, nil
}

// review opens everything that the bundle will hold. Only from there it can be written.
func (p *bundlePanel) review() (ui.Move, tea.Cmd) {
	if p.bundling == nil {
		return ui.Stay(), nil
	}
	made, err := saved.MakeBundle(p.bundling.Contents(p.Ladder().Results), p.saved)
	content := ui.PageContent{Title: p.title(), Leave: ui.Bind("back", "esc")}
	if err != nil {
		content.Body = func(width int) string { return panels.Trouble(err).View(p.home.theme, width) }
		return ui.Open(ui.NewPage(p.home.theme, content)), nil
	}
	content.Text = saved.BundleShown + "\n\n" + saved.BundleText(made)
	content.Actions = []ui.Action{{Key: ui.Bind("write it", "enter"), Do: ui.Opens(func() ui.Panel { return p.file(made) })}}
	return ui.Open(ui.NewPage(p.home.theme, content)), nil
}

// file asks where the bundle goes, and writes it.
func (p *bundlePanel) file(made *bundle.Bundle) ui.Panel {
	return p.home.newFilePanel(fileContent{
		Title: p.title(), Text: "A file that is there already is left alone. Nothing is sent anywhere.", Name: saved.BundleName,
		Write: func(path string) error { return saved.WriteBundle(made, path) },
		Wrote: saved.BundleWritten, Leave: ui.CloseMany(3),
	})
}
