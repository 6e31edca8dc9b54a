package setup

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// Unattended opens the saved connections for a set-up that asks nobody, or chooses their protection with the first save: what it takes was
// named before.
type Unattended struct{ Protector }

// Unattended is the protector of a set-up from answers. keyFile and keyReader come from the command line, keyFile in place of the answers';
// passphrase asks for what opens the vault, where no file with a passphrase is named.
func (f AnswersFile) Unattended(
	v *vault.Vault, keyFile string, keyReader io.Reader, passphrase func(context.Context) (connector.Secret, error),
) Unattended {
	p := Protector{Vault: v, KeyFile: cmp.Or(keyFile, f.KeyFile), KeyReader: keyReader, Wanted: f.Protection}
	p.Passphrase = func(ctx context.Context, _ bool) (connector.Secret, error) {
		if f.PassphraseFile != "" {
			return flatfile.ReadPrivatePassphrase(f.PassphraseFile)
		}
		return passphrase(ctx)
	}
	switch { // what was asked for, or else what was given, or else the keychain
	case p.Wanted != "":
	case p.KeyFile != "" || p.KeyReader != nil:
		p.Wanted = vault.KeyFile
	case f.PassphraseFile != "":
		p.Wanted = vault.Passphrase
	default:
		p.Wanted = vault.Keychain
	}
	return Unattended{p}
}

// Ready finds out, before anything is asked of the workspace, that the connection could not be saved in the end.
func (u Unattended) Ready(ctx context.Context, name string) error {
	_, chosen, err := u.Vault.Protection()
	if err != nil {
		return err
	}
	if !chosen {
		return u.Choosable(ctx)
	}
	if err := u.Protect(ctx); err != nil {
		return err
	}
	_, err = u.Vault.Load(ctx, name)
	return nameFree(name, err)
}

// Choosable reports what stands in the way of the protection that the first save would choose.
func (u Unattended) Choosable(ctx context.Context) error {
	switch u.Wanted {
	case vault.KeyFile:
		if u.KeyFile == "" && u.KeyReader == nil {
			return incomplete("A key file was chosen, and none is named.", "Name it as key_file or with --key-file.")
		}
	case vault.Passphrase:
		passphrase, err := u.Passphrase(ctx, true)
		if err != nil {
			return err
		}
		return vault.CheckPassphrase(passphrase)
	case vault.Keychain:
		return withoutKeychain(u.Vault.ProbeKeychain(ctx))
	}
	return nil
}

// withoutKeychain adds what a machine without a person has in place of a desktop session.
func withoutKeychain(err error) error {
	if err == nil {
		return nil
	}
	what, remedy := connector.Words(err)
	return &connector.Error{
		Kind:   vault.ErrKeychain,
		What:   what,
		Remedy: "Without a keychain, name a key file as key_file or with --key-file, or a file with a passphrase as passphrase_file. With one: " + remedy,
	}
}

// taken is a name that another connection has.
func taken(what, remedy string) error {
	return &connector.Error{Kind: vault.ErrNameTaken, What: what, Remedy: remedy}
}

// nameFree judges what looking a name up gave: a set-up that asks nobody must not find out after minutes that its name is taken.
func nameFree(name string, err error) error {
	switch {
	case err == nil, errors.Is(err, vault.ErrAmbiguous):
		return taken(fmt.Sprintf("There is already a connection named %q.", name), "Choose another name, or delete that one first.")
	case errors.Is(err, vault.ErrNotFound):
		return nil
	}
	return err
}
