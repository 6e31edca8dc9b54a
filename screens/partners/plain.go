package partners

import (
	"context"
	"errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Opens makes the screen.
func Opens(visit panels.Visit) ui.Panel { return New(visit) }

// Lines is the same line by line: it lists, shows a partner's set, and names the commands that change something.
func Lines(ctx context.Context, a prompt.Asker, session *admin.Session) error {
	id, err := asksAccount(a, session.Host())
	if errors.Is(err, prompt.ErrBack) {
		return nil
	}
	if err != nil {
		return err
	}
	found, err := prompt.Patiently(ctx, a, "looking for what partners leave", func(ctx context.Context) (looked, error) { return look(ctx, session, id) })
	switch {
	case err != nil:
		return err //nolint:wrapcheck // the caller names its cause
	case found.failed != nil:
		a.Say("The account: %s", panels.InALine(found.failed))
	case found.AppsUnseen() && id != "":
		a.Say("%s", partner.AppsNotShown)
	}
	a.Say("%s", partner.Inferred)
	if !session.Admin() {
		a.Say("%s", partner.ReadOnly)
	}
	if len(found.Connections) == 0 {
		a.Say("%s", partner.NoConnection)
	}
	sayAll(a, found.Sections())
	a.Say("To go on: draftt-databricks partners check, plan, disconnect and orphans. Each shows its plan before it changes something.")
	for {
		name, err := a.Line("Partner to show the set of; an empty answer ends this", "")
		switch {
		case errors.Is(err, prompt.ErrBack), err == nil && name == "":
			return nil
		case err != nil:
			return err //nolint:wrapcheck // the prompt's own
		}
		p, err := partner.Find(name)
		switch {
		case err != nil:
			a.Say("%s", connector.Sentence(err))
		case p.Set == nil:
			a.Say("The document has no set for %s.", p.Name)
		default:
			a.Say("%s: it %s.", p.Name, p.Set.Name)
			sayAll(a, p.Set.Sections())
		}
	}
}

// asksAccount asks which account is looked at as well, until that is one or none.
func asksAccount(a prompt.Asker, of connector.Host) (account.ID, error) {
	a.Say("%s", partner.WhyTheAccount)
	for {
		text, err := a.Line("ID of the account; an empty answer looks at the workspace alone", "")
		if err != nil {
			return "", err //nolint:wrapcheck // the prompt's own
		}
		id, err := beside(of).ID(text)
		if err == nil {
			return id, nil
		}
		a.Say("%s", connector.Sentence(err))
	}
}

func sayAll(a prompt.Asker, all []partner.Section) {
	for _, line := range sectionLines(all) {
		if line != "" {
			a.Say("%s", ui.Clean(line))
		}
	}
}
