package steps

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
)

// keeping knows where a secret can be kept on this machine: nothing is asked when the keychain works or the vault is open, and a passphrase
// otherwise.
type keeping struct {
	setup   *Wizard
	probing ui.Task[setup.Keeping]
	found   setup.Keeping
	probed  bool
}

// probe looks, in the background, what protects the saved connections, or what would.
func (k *keeping) probe(ctx context.Context) tea.Cmd {
	k.probed = false
	look := k.protector(connector.Secret{}).Look
	return k.probing.Start(ctx, func(ctx context.Context) (setup.Keeping, error) { return look(ctx), nil })
}

// take reads a message, and reports whether it told where a secret can be kept.
func (k *keeping) take(msg tea.Msg) bool {
	found, err, ok := k.probing.Take(msg)
	if ok {
		k.found, k.probed = found, err == nil
	}
	return ok && k.probed
}

// keychainGone is for a keychain that worked when probed and does not any more.
func (k *keeping) keychainGone() { k.found.By = vault.Passphrase }

// where says in a few words where the secret will be kept.
func (k *keeping) where() string {
	if !k.probed && !k.setup.Demo() {
		return "looking for a keychain"
	}
	return k.setup.WhereKept(k.found)
}

// asks reports whether a passphrase is needed, and whether it is to be chosen now.
func (k *keeping) asks() (ask, fresh bool) { return k.setup.Unprotected(k.found) }

// protector protects with a passphrase, or with what needs none where it is zero.
func (k *keeping) protector(passphrase connector.Secret) setup.Protector {
	protector := k.setup.Protector(func(context.Context, bool) (connector.Secret, error) { return passphrase, nil })
	if _, fresh := k.asks(); fresh && !passphrase.IsZero() { // a keychain that answers by now is not what the person chose
		protector.Wanted = vault.Passphrase
	}
	return protector
}
