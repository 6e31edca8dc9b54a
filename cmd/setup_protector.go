package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// protector opens the saved connections for a set-up that asks nobody, or chooses their protection with the first save.
type protector struct {
	app     *app
	vault   *vault.Vault
	answers setup.AnswersFile
}

func (p protector) keyFile() string {
	if p.app.flags.keyFile != "" {
		return p.app.flags.keyFile
	}
	return p.answers.KeyFile
}

// passphrase comes from the file that the answers name, or from the terminal where there is one.
func (p protector) passphrase(ctx context.Context) (connector.Secret, error) {
	if p.answers.PassphraseFile != "" {
		return privateSecret(p.answers.PassphraseFile)
	}
	return p.app.passphrase(ctx)
}

// protector is the rule of every set-up, with nobody to ask: what it takes was named before.
func (p protector) protector() (setup.Protector, error) {
	reader, err := p.app.keyReader()
	return setup.Protector{
		Vault: p.vault, KeyFile: p.keyFile(), KeyReader: reader, Wanted: p.kind(),
		Passphrase: func(ctx context.Context, _ bool) (connector.Secret, error) { return p.passphrase(ctx) },
	}, err
}

// ready finds out before anything is asked of the workspace that the connection could not be saved in the end.
func (p protector) ready(ctx context.Context, name string) error {
	_, chosen, err := p.vault.Protection()
	if err != nil {
		return err
	}
	if !chosen {
		return p.choosable(ctx)
	}
	if err := p.protect(ctx); err != nil {
		return err
	}
	_, err = p.vault.Load(ctx, name)
	return nameFree(name, err)
}

// choosable reports what stands in the way of the protection that the first save would choose.
func (p protector) choosable(ctx context.Context) error {
	switch p.kind() {
	case vault.KeyFile:
		if p.keyFile() == "" && p.app.flags.keyFD < 0 {
			return usage("A key file was chosen, and none is named.", "Name it as key_file or with --key-file.")
		}
	case vault.Passphrase:
		passphrase, err := p.passphrase(ctx)
		if err != nil {
			return err
		}
		return vault.CheckPassphrase(passphrase)
	case vault.Keychain:
		return withoutKeychain(p.vault.ProbeKeychain(ctx))
	}
	return nil
}

// withoutKeychain adds what a machine without a person has in place of a desktop session.
func withoutKeychain(err error) error {
	if err == nil {
		return nil
	}
	what, remedy := connector.Words(err)
	return &exitError{code: codeOf(err), err: &connector.Error{
		Kind:   connector.ErrInput,
		What:   what,
		Remedy: "Without a keychain, name a key file as key_file or with --key-file, or a file with a passphrase as passphrase_file. With one: " + remedy,
	}}
}

// kind is the protection of a first save: what was asked for, or else what was given, or else the keychain.
func (p protector) kind() vault.Protection {
	switch {
	case p.answers.Protection != "":
		return p.answers.Protection
	case p.keyFile() != "" || p.app.flags.keyFD >= 0:
		return vault.KeyFile
	case p.answers.PassphraseFile != "":
		return vault.Passphrase
	}
	return vault.Keychain
}

// protect leaves the vault open.
func (p protector) protect(ctx context.Context) error {
	if !p.vault.Locked() {
		return nil
	}
	protector, err := p.protector()
	if err != nil {
		return err
	}
	return protector.Protect(ctx)
}

// nameFree judges what looking a name up gave: a set-up that asks nobody must not find out after minutes that its name is taken.
func nameFree(name string, err error) error {
	switch {
	case err == nil, errors.Is(err, vault.ErrAmbiguous):
		return usage(fmt.Sprintf("There is already a connection named %q.", name), "Choose another name, or delete that one first.")
	case errors.Is(err, vault.ErrNotFound):
		return nil
	}
	return err
}
