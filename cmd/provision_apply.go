package cmd

import (
	"cmp"
	"context"
	"fmt"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
)

// provisioning is one run of provision.
type provisioning struct {
	*setup.Provisioning
	app   *app
	flags *provisionFlags
	vault *vault.Vault
	guard setup.Unattended // protects the first connection that is saved
}

func (a *app) runProvision(ctx context.Context, f *provisionFlags) error {
	p := provisioning{app: a, flags: f}
	session, err := p.prepare(ctx)
	if err != nil {
		return workspaceError(ctx, "", err)
	}
	defer session.Close()
	if err := p.As(ctx, session); err != nil {
		return workspaceError(ctx, "", err)
	}
	plan, err := p.Plan(ctx)
	if err != nil {
		return workspaceError(ctx, "", err)
	}
	if f.json {
		return a.printJSON(report.OfPlan(plan))
	}
	a.desk().Plan(plan)
	if !f.apply {
		_, err := fmt.Fprintln(a.out, "Nothing was changed. Add --apply to carry this out.")
		return err
	}
	if !plan.Empty() {
		confirmed, err := a.confirmed(plan, f.yes)
		if err != nil {
			return err
		}
		if err := p.apply(ctx, confirmed); err != nil {
			return workspaceError(ctx, "", err)
		}
	}
	if f.saveAs == "" {
		return nil
	}
	return p.prove(ctx)
}

// prepare asks for everything that could stop the run later, before anything is planned, and signs in as the admin.
func (p *provisioning) prepare(ctx context.Context) (*admin.Session, error) {
	want, err := p.flags.asked(p.app)
	if err != nil {
		return nil, err
	}
	var saved []connector.Connection
	if want.SaveAs == "" {
		p.vault, err = p.app.vault()
	} else {
		p.vault, saved, err = p.app.everyConnection(ctx)
	}
	if err != nil {
		return nil, err
	}
	if want.SaveAs != "" && p.vault.Locked() && p.flags.apply {
		if p.guard, err = p.app.unattended(p.vault, setup.AnswersFile{}); err != nil {
			return nil, err
		}
		if err := p.guard.Choosable(ctx); err != nil {
			return nil, err
		}
	}
	if p.Provisioning, err = p.app.environment(p.vault).Provision(ctx, want, saved); err != nil {
		return nil, err
	}
	return p.app.session(ctx, &p.flags.admin, want.At)
}

// apply carries the plan out, and tells of the connection that was saved.
func (p *provisioning) apply(ctx context.Context, plan admin.Confirmed) error {
	if p.flags.saveAs != "" && p.vault.Locked() {
		if err := p.guard.Protect(ctx); err != nil {
			return err
		}
	}
	out, err := p.Apply(ctx, plan, admin.Watch{}, func(saved connector.Connection) {
		_, _ = fmt.Fprintf(p.app.out, "Saved %q in %s. Its secret was never shown.\n", saved.Name, p.vault.Describe())
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.app.out, "Done: %s. The journal is %s.\n", words.Plural(out.Done, "step", "steps"), connector.CleanLine(p.JournalPath(), 300))
	return err
}

// prove walks the ladder as the connector, keeps the proof, and certifies what the connection can do.
func (p *provisioning) prove(ctx context.Context) error {
	a, name := p.app, p.Saved().Name
	if _, err := fmt.Fprintf(a.out, "\nTesting %q as the connector\n", name); err != nil {
		return err
	}
	t, err := a.testOf(p.vault, p.Saved(), p.flags.runs, "")
	if err != nil {
		return err
	}
	defer t.Close()
	results, err := a.climb(ctx, t.Attempt, false)
	if err != nil {
		return err
	}
	if _, err := t.Keep(ctx); err != nil {
		return err
	}
	if err := a.conclude(name, t, results, nil, false); err != nil {
		return err
	}
	certificate, err := p.Certify(ctx)
	if err != nil {
		return workspaceError(ctx, "", err)
	}
	if _, err := fmt.Fprintf(a.out, "\n%s", certificate.Text()); err != nil {
		return err
	}
	if setup.MaySettle(results) {
		_, _ = fmt.Fprintf(a.out, "\nWhat was granted a moment ago can take a minute to count, an entitlement ten. Test again:  draftt-databricks test %s\n", words.CommandArgument(name))
	}
	return cmp.Or(verdict(results), certificateCode(certificate.Verdict))
}
