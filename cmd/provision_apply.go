package cmd

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/words"
)

// apply carries the plan out. A new secret is sealed before anything else happens: whatever interrupts the run before that makes the next
// one delete it, since nobody would have its value.
func (p *provisioning) apply(ctx context.Context, plan admin.Confirmed) error {
	if p.flags.saveAs != "" {
		if err := (protector{app: p.app, vault: p.vault}).protect(ctx); err != nil {
			return err
		}
	}
	out, err := p.session.Apply(ctx, plan, p.journal)
	if !out.Secret.IsZero() {
		if saveErr := p.save(ctx, out); saveErr != nil {
			return fmt.Errorf("save the connection: %w", saveErr)
		}
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "Done: %s. The journal is %s.\n", words.Plural(out.Done, "step", "steps"), connector.CleanLine(p.journal.Path(), 300))
	return err
}

func (p *provisioning) save(ctx context.Context, out admin.Outcome) error {
	c := connector.Connection{
		Name: p.flags.saveAs, Host: p.to.host, CACerts: p.to.caCerts,
		Credentials:   connector.Credentials{Method: connector.OAuth, ClientID: out.Target.ApplicationID, Secret: out.Secret},
		Principal:     connector.Principal{ID: out.Target.ID, Name: out.Target.ApplicationID.Name(), DisplayName: connector.FromRemote(out.Target.DisplayName), Active: true},
		Warehouse:     p.through.Ref(),
		Schema:        p.chosen.schema,
		Scope:         p.chosen.scope,
		Tables:        p.chosen.tables,
		SecretExpires: out.Expires,
	}
	// Leaving now would lose the secret, so a signal waits for the seal.
	ctx = context.WithoutCancel(ctx)
	var err error
	if p.there, err = p.vault.Save(ctx, c); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "Saved %q in %s. Its secret was never shown.\n", p.there.Name, p.vault.Describe())
	return err
}

// slow are the kinds of failure that may go away by themselves a while after something was granted.
var slow = []int{check.ExitIdentity, check.ExitWarehouse, check.ExitPermissions}

// prove walks the ladder as the connector, keeps the proof, and certifies what the connection can do.
func (p *provisioning) prove(ctx context.Context) error {
	c := p.there
	if _, err := fmt.Fprintf(p.out, "\nTesting %q as the connector\n", c.Name); err != nil {
		return err
	}
	t, err := p.testOf(c, p.flags.runs, "")
	if err != nil {
		return err
	}
	defer t.Close()
	results, err := p.climb(ctx, t.Attempt, false)
	if err != nil {
		return err
	}
	if c, err = p.vault.Verified(ctx, c, t.Proof()); err != nil {
		return err
	}
	if err := p.conclude(c.Name, t, results, nil, false); err != nil {
		return err
	}
	certificate, err := p.environment().Certify(ctx, c, p.session)
	if err != nil {
		return workspaceError(ctx, "", err)
	}
	if _, err := fmt.Fprintf(p.out, "\n%s", certificate.Text()); err != nil {
		return err
	}
	if f := check.Failure(results); f != nil && slices.Contains(slow, f.Finding.Exit) {
		_, _ = fmt.Fprintf(p.out, "\nWhat was granted a moment ago can take a minute to count, an entitlement ten. Test again:  draftt-databricks test %q\n", c.Name)
	}
	return cmp.Or(verdict(results), certificateCode(certificate.Verdict))
}
