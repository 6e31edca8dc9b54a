package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/place"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// vault opens the folder of saved connections, without a key. What the home screen has opened serves everything that is reached from it.
func (a *app) vault() (*vault.Vault, error) {
	if a.opened != nil {
		return a.opened, nil
	}
	dir, err := vault.DefaultDir()
	if err != nil {
		return nil, err
	}
	stays, err := idle()
	if err != nil {
		return nil, err
	}
	v := vault.Open(dir)
	v.StayUnlocked(stays)
	return v, nil
}

// unlocked opens the saved connections with whatever their protection asks for. Where nothing was ever saved it says so.
func (a *app) unlocked(ctx context.Context) (*vault.Vault, error) {
	v, err := a.vault()
	if err != nil {
		return nil, err
	}
	if _, chosen, err := v.Protection(); err != nil || !chosen || !v.Locked() {
		return v, err
	}
	return v, a.open(ctx, v)
}

// open unlocks a vault with whatever its protection asks for.
func (a *app) open(ctx context.Context, v *vault.Vault) (err error) {
	keys := vault.Keys{KeyFile: a.flags.keyFile, Passphrase: a.passphrase}
	if keys.KeyReader, err = a.keyReader(); err != nil {
		return err
	}
	for tries := 1; ; tries++ {
		err := v.Unlock(ctx, keys)
		if tries == vault.PassphraseTries || !errors.Is(err, vault.ErrWrongPassphrase) {
			return err
		}
		a.mistyped = true
		_, _ = fmt.Fprintln(a.err, connector.Sentence(err))
	}
}

// keyReader is what --key-fd names, or nil.
func (a *app) keyReader() (io.Reader, error) {
	if a.flags.keyFD < 0 {
		return nil, nil
	}
	file := os.NewFile(uintptr(a.flags.keyFD), "key-fd")
	if file == nil {
		return nil, usage(fmt.Sprintf("File descriptor %d is not open.", a.flags.keyFD), "Open it, for example with 3<key.txt.")
	}
	return io.LimitReader(file, 1<<16), nil
}

// unattended is what opens the saved connections, or protects the first one, for a command that asks nobody.
func (a *app) unattended(v *vault.Vault, answers setup.AnswersFile) (setup.Unattended, error) {
	reader, err := a.keyReader()
	return answers.Unattended(v, a.flags.keyFile, reader, a.passphrase), err
}

// load opens the saved connections and reads one of them.
func (a *app) load(ctx context.Context, name string) (*vault.Vault, connector.Connection, error) {
	v, err := a.unlocked(ctx)
	if err != nil {
		return nil, connector.Connection{}, err
	}
	c, err := v.Load(ctx, name)
	a.about(place.Of(c))
	return v, c, err
}

// everyConnection reads all that is saved, which is nothing where nothing was ever saved. A damaged file is named and keeps none of the others
// back; where all are damaged, that is the error.
func (a *app) everyConnection(ctx context.Context) (*vault.Vault, []connector.Connection, error) {
	v, err := a.unlocked(ctx)
	if err != nil || v.Locked() {
		return v, nil, err
	}
	saved, damaged, err := v.List(ctx)
	for _, d := range damaged {
		what, remedy := connector.Words(d.Err)
		_, _ = fmt.Fprintf(a.err, "%s: %s %s\n", d.File, what, remedy)
	}
	if err == nil && len(saved) == 0 && len(damaged) > 0 {
		err = &exitError{code: exitInternal, quiet: true}
	}
	return v, saved, err
}

// passphrase asks on the terminal with its echo off.
func (a *app) passphrase(context.Context) (connector.Secret, error) {
	if !a.asks() {
		return connector.Secret{}, &connector.Error{
			Kind:   vault.ErrKeyNeeded,
			What:   "The saved connections are opened by a passphrase, and " + a.nobody() + ".",
			Remedy: "Run draftt-databricks unlock in a terminal first, or protect them with --key-file from the start.",
		}
	}
	raw, err := a.dialogue().ReadHidden(a.err, "Passphrase: ")
	if err != nil {
		return connector.Secret{}, left(err)
	}
	return connector.NewSecret(raw), nil
}

// unlockSilently opens the vault only where that asks nobody anything.
func (a *app) unlockSilently(ctx context.Context, v *vault.Vault) error {
	return v.Unlock(ctx, vault.Keys{KeyFile: a.flags.keyFile})
}

// environment is what a command runs in that needs no protection of its own; v is nil for one that keeps nothing.
func (a *app) environment(v *vault.Vault) setup.Environment {
	if a.stage != nil {
		return *a.stage
	}
	return setup.Environment{Version: a.version, Vault: v, Network: a.network()}
}

// journal is what admin sessions changed.
func (a *app) journal() (*admin.Journal, error) {
	v, err := a.vault()
	if err != nil {
		return nil, err
	}
	return a.environment(v).Journal()
}

// protecting is the environment of what may protect the saved connections first, by a key in this file where one is named.
func (a *app) protecting(v *vault.Vault, keyFile string) setup.Environment {
	env := a.environment(v)
	env.KeyFile = keyFile
	return env
}
