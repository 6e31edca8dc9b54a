package steps

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/ui"
)

func (p plain) connect(ctx context.Context) error {
	p.heading(Connect, "Connect to your workspace", "Draftt signs in as a service principal that can only read.")
	p.hint(lint.CAFile, "")
	if err := p.complete(ctx); err != nil {
		return err
	}
	for {
		subject, err := p.subject()
		if err != nil {
			return err
		}
		p.Say("Testing the connection. Nothing is saved yet.")
		results, failed := p.run(ctx, check.Connect(), subject)
		p.draft.SetConnected(results, subject.Principal)
		if failed == nil {
			p.Say("Signed in as %s.", p.draft.Principal().Label())
			return nil
		}
		choice, err := p.what(ui.Shortcut{Letter: "e", Does: "to edit"}, ui.Shortcut{Letter: "r", Does: "to test again"}, ui.Shortcut{Letter: "a", Does: "to act as admin"}, ui.Shortcut{Letter: "q", Does: "to leave"})
		switch {
		case err != nil:
			return err
		case choice == "q":
			return ErrLeft
		case choice == "e":
			if err := p.askConnect(ctx); err != nil {
				return err
			}
		case choice == "a":
			if err := p.makePrincipal(ctx); err != nil {
				return err
			}
		}
	}
}

// complete asks for what is missing: everything, or after an interruption the secret alone.
func (p plain) complete(ctx context.Context) error {
	d := p.draft
	switch {
	case d.Secret().IsZero() && p.resume > Connect:
		p.Say("Workspace host %s, client ID %s. The secret was not kept.", d.Host(), d.clientID)
		return p.askSecret()
	case d.Secret().IsZero() || d.Check(Connect) == nil:
		return p.askConnect(ctx)
	}
	p.Say("Workspace host %s, client ID %s, %s of %d characters.", d.Host(), d.clientID, d.Method().Label(), d.Secret().Len())
	return nil
}

func (p plain) askConnect(ctx context.Context) error {
	d := p.draft
	if err := p.until("Workspace host", d.HostText(), func(text string) error {
		_, _, err := d.SetHost(text, FromYou)
		if err == nil {
			p.Say("%s", d.Host().Describe())
			p.hint(lint.Host, "")
		}
		return p.better(lint.Host, err)
	}); err != nil {
		return err
	}
	if d.Host().ByAllowList() {
		if err := p.until("It is not a Databricks domain. Type the host once more to confirm that a secret may be sent there", "", func(text string) error {
			again, _, err := connector.ParseHost(text, d.allow)
			if err == nil && again != d.Host() {
				err = &connector.InputError{What: "The two hosts differ.", Remedy: "Type " + d.Host().String() + "."}
			}
			return err
		}); err != nil {
			return err
		}
	}
	methods := []connector.AuthMethod{connector.OAuth, connector.PAT}
	which, err := p.Choose("Sign in with", []string{"OAuth secret (recommended)", "personal access token (legacy). " + patReason}, slices.Index(methods, d.Method()))
	if err != nil {
		return err
	}
	d.SetMethod(methods[which])
	if d.Method() == connector.OAuth {
		act := false
		if err := p.until("Client ID, or a to have an admin make a service principal", d.ClientIDText(), func(text string) error {
			if act = text == "a"; act {
				return nil
			}
			_, err := d.SetClientID(text, FromYou)
			return p.better(lint.ClientID, err)
		}); err != nil {
			return err
		}
		if act {
			if err := p.makePrincipal(ctx); err != nil || !d.Secret().IsZero() && d.clientID != "" {
				return err
			}
			return p.askConnect(ctx)
		}
	}
	if !d.Secret().IsZero() {
		keep, err := p.Confirm(fmt.Sprintf("Keep the %s of %d characters?", d.Method().Label(), d.Secret().Len()), d.Connected())
		if err != nil || keep {
			return err
		}
	}
	return p.askSecret()
}

// makePrincipal has an admin make or pick the service principal.
func (p plain) makePrincipal(ctx context.Context) error {
	return p.act(ctx, principalErrand(func(out admin.Outcome) tea.Cmd {
		p.Say("%s", p.takeMade(out))
		return nil
	}))
}

func (p plain) askSecret() error {
	d := p.draft
	for {
		secret, err := p.Secret(upperFirst(d.Method().Label()) + " (not shown)")
		if err != nil {
			return err
		}
		d.SetSecret(connector.NewSecret(secret))
		if err := d.SecretProblem(); err == nil {
			p.hint(lint.Secret, "")
			return nil
		} else {
			p.complain(err)
		}
	}
}
