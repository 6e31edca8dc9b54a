package steps

import (
	"context"
	"errors"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
)

func (p plain) review(ctx context.Context) error {
	d := p.draft
	p.heading(Review, "Review and save", "The secret is sealed and not shown again.")
	for _, line := range reviewLines {
		p.Say("%s: %s (%s)", line.label, ui.Clean(line.text(d)), d.SourceOf(line.source))
	}
	p.Say("Verdict: %s; %s", d.Verdict(), d.ReadOnly())
	p.certify(ctx)
	p.Say("Draftt runs:")
	_, _ = fmt.Fprint(p.Out, d.Statements())
	if d.Name() == "" {
		_ = d.SetName(suggestName(d), FromSuggested)
	}
	for {
		back := false
		if err := p.until("Name, or b to go back", d.Name(), func(text string) error {
			if back = text == "b"; back || text == d.Name() {
				return nil
			}
			return d.SetName(text, FromYou)
		}); err != nil {
			return err
		}
		if back {
			return errBack
		}
		if err := p.unlockOrProtect(ctx); err != nil {
			return err
		}
		connection, err := d.Connection(p.env.Now())
		if err == nil {
			p.saved, err = p.save(ctx, connection)
		}
		if err == nil {
			return nil
		}
		p.complain(err)
		if !errors.Is(err, vault.ErrNameTaken) {
			if err := p.retryOrBack(); err != nil {
				return err
			}
		}
	}
}

// certify says what the principal may do. What cannot be found out in time is said too; saving goes on.
func (p plain) certify(ctx context.Context) {
	p.Say("Looking at everything the principal may do.")
	look, err := p.certificate()
	var found audit.Certificate
	if err == nil {
		found, err = look(ctx)
	}
	if err != nil {
		p.Say("Certificate: not known. %s", check.Explain(err).Reason)
		return
	}
	p.certified = &found
	for i, line := range certificateLines(found) {
		p.Say("%s", []string{"Certificate: ", "First beyond the choice: "}[i]+line)
	}
}

// unlockOrProtect opens the vault, or chooses its protection: the keychain where there is one, a passphrase typed twice otherwise.
func (p plain) unlockOrProtect(ctx context.Context) error {
	v := p.env.Vault
	if !v.Locked() {
		return nil
	}
	_, chosen, err := v.Protection()
	if err != nil {
		return err
	}
	if !chosen && p.env.KeyFile != "" {
		return v.InitKeyFile(ctx, p.env.KeyFile)
	}
	if chosen {
		return v.Unlock(ctx, vault.Keys{KeyFile: p.env.KeyFile, Passphrase: func(context.Context) (connector.Secret, error) {
			given, err := p.Passphrase("Passphrase of the saved connections")
			return connector.NewSecret(given), err
		}})
	}
	if v.ProbeKeychain(ctx) == nil {
		return v.InitKeychain(ctx)
	}
	p.Say("No keychain is available here, so a passphrase protects the saved connections. It cannot be reset.")
	for {
		first, err := p.Passphrase("Passphrase, at least 12 characters")
		if err != nil {
			return err
		}
		passphrase := connector.NewSecret(first)
		if err := vault.CheckPassphrase(passphrase); err != nil {
			p.complain(err)
			continue
		}
		second, err := p.Passphrase("Once more")
		if err != nil {
			return err
		}
		if passphrase.Equal(connector.NewSecret(second)) {
			return v.InitPassphrase(ctx, passphrase)
		}
		p.Say("The two differ.")
	}
}
