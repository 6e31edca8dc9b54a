package home

import (
	"context"
	"errors"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// leadsTo is a verb that leaves the menu for something else.
func leadsTo(kind Kind) func(lineByLine, context.Context, connector.Connection) error {
	return func(p lineByLine, _ context.Context, c connector.Connection) error {
		p.choice = Choice{Kind: kind, Saved: c}
		return nil
	}
}

// refused says why something was not done. That the person goes away passes.
func (p lineByLine) refused(err error) error {
	if err == nil || prompt.GoesAway(err) {
		return err
	}
	if known := (*connector.Error)(nil); errors.As(err, &known) {
		p.Say("%s", connector.Sentence(err))
		return nil
	}
	p.Say("%s", panels.Told(check.Explain(err)))
	return nil
}

// text says a text of several lines.
func (p lineByLine) text(text string) { p.Say("%s", strings.TrimRight(text, "\n")) }

// test walks the ladder, one line a stage, and keeps what it has shown.
func (p lineByLine) test(ctx context.Context, c connector.Connection) error {
	test, err := p.env.Test(c, false)
	if err != nil {
		return p.refused(err)
	}
	defer test.Close()
	results, err := lines.Walk(ctx, p.Asker, test.Attempt)
	if err != nil {
		return err
	}
	if check.Failure(results) == nil {
		p.Say("%s", setup.VerdictLine(test.Proof()))
	}
	kept, err := test.Keep(ctx)
	if err != nil {
		p.Say("%s", saved.NotKept(c, err))
	}
	p.list.replace(kept)
	return nil
}

// testAll tests every saved connection, and says a line of each in the order of the menu.
func (p lineByLine) testAll(ctx context.Context) error {
	all := p.list.connections()
	return p.Await(ctx, func(ctx context.Context, handOver func(func())) {
		for t := range saved.InOrder((saved.Tests{}).All(ctx, p.env, all), len(all)) {
			handOver(func() { p.tested(t) })
		}
	}, func() string { return "testing" })
}

func (p lineByLine) tested(t saved.Tested) {
	row := testedRow(t)
	p.Say("%s %s: %s", row.Mark, ui.Clean(row.Name), ui.Clean(row.Text))
	if t.NotKept != nil {
		p.Say("%s", saved.NotKept(t.Saved, t.NotKept))
	}
	p.list.replace(t.Saved)
}

func (p lineByLine) certificate(ctx context.Context, c connector.Connection) error {
	p.Say("Looking at everything it may do.")
	kept := c
	found, err := lines.Certificate(ctx, p.Asker, func(ctx context.Context) (found audit.Certificate, err error) {
		found, kept, err = p.env.Certify(ctx, c, nil)
		return found, err
	})
	if err != nil {
		return p.refused(err)
	}
	p.list.replace(kept)
	p.text(found.Text())
	return p.asAdmin(Choice{Kind: Certify, Saved: kept})
}

// asAdmin offers the same look to an admin, who sees more.
func (p lineByLine) asAdmin(look Choice) error {
	letter, err := p.Decide(prompt.Shortcut{Letter: "m", Does: "for the menu"}, prompt.Shortcut{Letter: "a", Does: "to " + lookAsAdmin.Help().Desc})
	if letter == "a" {
		p.choice = look
	}
	return err
}

// grants compares what a connection has with what it needs, and offers a page for each owner where something is missing.
func (p lineByLine) grants(ctx context.Context, c connector.Connection) error {
	p.Say("%s.", comparing)
	q := saved.GrantsOfSaved(p.env, c)
	seen, err := prompt.Patiently(ctx, p.Asker, "comparing", q.Look)
	if err != nil {
		return p.refused(err)
	}
	text, err := saved.Compared(q, seen)
	if err != nil {
		return p.refused(err)
	}
	p.text(text)
	look := Choice{Kind: Compare, Saved: c}
	if seen.Done() {
		return p.asAdmin(look)
	}
	p.Say("%s", saved.HandOffWrites)
	folder, err := p.Line("Folder for these pages; an empty answer writes none", "")
	if err != nil {
		return err
	}
	if folder == "" {
		return p.asAdmin(look)
	}
	told, err := saved.HandOff(q, seen, folder)
	if err != nil {
		return p.refused(err)
	}
	p.text(told)
	return nil
}

func (p lineByLine) forDraftt(_ context.Context, c connector.Connection) error {
	p.Say("%s", setup.DashboardHeading())
	for _, fact := range p.env.Dashboard(c) {
		p.Say("%s", strings.TrimPrefix(fact.Label+": "+fact.Text, ": "))
	}
	return nil
}

func (p lineByLine) show(_ context.Context, c connector.Connection) error {
	for _, fact := range saved.Sheet(c, p.env.Vault.Describe(), p.env.Now()) {
		p.Say("%s: %s", fact.Label, strings.ReplaceAll(fact.Text, "\n", ", "))
	}
	return nil
}

// bundle tests a connection, shows what the bundle will hold, and writes it where a file is named.
func (p lineByLine) bundle(ctx context.Context, c connector.Connection) error {
	bundling, err := saved.NewBundling(p.env, c)
	if err != nil {
		return p.refused(err)
	}
	defer bundling.Close()
	results, err := lines.Walk(ctx, p.Asker, bundling.Attempt)
	if err != nil {
		return err
	}
	made, err := saved.MakeBundle(bundling.Contents(results), c)
	if err != nil {
		return p.refused(err)
	}
	p.text(saved.BundleText(made))
	p.Say("%s", saved.BundleShown)
	path, err := p.Line("File to write it to; an empty answer writes none", "")
	if err != nil || path == "" {
		return err
	}
	if err := saved.WriteBundle(made, path); err != nil {
		return p.refused(err)
	}
	p.text(saved.BundleWritten(path))
	return nil
}

func (p lineByLine) rename(ctx context.Context, c connector.Connection) error {
	name, err := p.Line("New name; an empty answer keeps the old one", "")
	if err != nil || name == "" {
		return err
	}
	renamed, err := p.env.Vault.Rename(ctx, c, name)
	if err != nil {
		return p.refused(err)
	}
	p.list.replace(renamed)
	p.Say("%s", saved.Renamed(c, renamed))
	return nil
}

func (p lineByLine) export(_ context.Context, c connector.Connection) error {
	p.Say("%s", saved.ExportKeeps)
	path, err := p.Line("File", saved.ExportName(c))
	if err != nil {
		return err
	}
	if err := saved.Export(c, path, false); err != nil {
		return p.refused(err)
	}
	p.text(saved.Wrote(c, path))
	return nil
}

// importFile asks for a file and for the secret, and goes on to the five steps with both.
func (p lineByLine) importFile() error {
	p.Say("%s", saved.ImportAsks)
	path, err := p.Line("File; an empty answer imports none", "")
	if err != nil || path == "" {
		return err
	}
	answers, host, err := readImport(path)
	if err != nil {
		return p.refused(err)
	}
	given, err := p.Passphrase(saved.SecretOf(answers, host) + demoHint(p.env)) // what stands around it may have blanks
	if err != nil {
		return err
	}
	draft, err := answers.Draft(orDemos(p.env, given, connector.NewSecret(given)), nil)
	if err != nil {
		return p.refused(err)
	}
	draft.Attend()
	p.choice = Choice{Kind: Import, Draft: draft}
	return nil
}

const howToDisconnect = "This shows a plan, and once that is confirmed takes the grants away and deletes the connection. " +
	"--level secret and --level principal go further."

// disconnect goes on to the plan of an admin.
func (p lineByLine) disconnect(_ context.Context, c connector.Connection) error {
	p.Say("%s", howToDisconnect)
	if _, err := p.Decide(prompt.Shortcut{Letter: "a", Does: "to see the plan as an admin"}); err != nil {
		return err
	}
	p.choice = Choice{Kind: Disconnect, Saved: c}
	return nil
}

func (p lineByLine) delete(ctx context.Context, c connector.Connection) error {
	name, err := p.Line("Its name, to delete it from this machine; an empty answer keeps it", "")
	if err != nil {
		return err
	}
	if name == "" {
		p.Say("Nothing was deleted.")
		return nil
	}
	if err = saved.ConfirmDeletion(c, name); err == nil {
		err = p.env.Vault.Delete(ctx, c.ID)
	}
	if err != nil {
		return p.refused(err)
	}
	p.list.remove(c)
	p.Say("%s", saved.Deleted(c))
	return nil
}
