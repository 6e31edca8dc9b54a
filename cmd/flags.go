package cmd

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// globalFlags concern every command.
type globalFlags struct {
	plain   bool
	keyFile string
	keyFD   int
	share   bool
	record  string
	debug   string
	quiet   bool
	form    formFlags
}

func (f *globalFlags) register(root *cobra.Command) {
	f.form.register(root)
	completes(root, "output", forms...)
	flags := root.PersistentFlags()
	flags.BoolVar(&f.plain, "plain", false, "line by line, nothing redrawn; also set by ACCESSIBLE or TERM=dumb")
	flags.StringVar(&f.record, "record", "", "write a readable timeline of this session to this new file; names are aliases in it, and it never holds a secret")
	flags.StringVar(&f.debug, "debug", "", "write each request and how it was answered to this new file, under the rules of --record")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print nothing but errors, and ask nothing: the exit code tells")
	flags.BoolVar(&f.share, "share", false, "show aliases in place of hosts, names, IDs and values, for a shared screen or a recording")
	flags.StringVar(&f.keyFile, "key-file", "", "open the saved connections with the age identity in this file")
	flags.IntVar(&f.keyFD, "key-fd", -1, "open the saved connections with the age identity on this file descriptor")
}

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
	return v.Unlock(ctx, keys)
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
	return v, c, err
}

// passphrase asks on the terminal with its echo off.
func (a *app) passphrase(context.Context) (connector.Secret, error) {
	if !a.asks() {
		return connector.Secret{}, &connector.Error{
			Kind:   connector.ErrInput,
			What:   "The saved connections are opened by a passphrase, and " + a.nobody() + ".",
			Remedy: "Run this in a terminal, or protect them with --key-file from the start.",
		}
	}
	raw, err := prompt.ReadHidden(a.ended, a.in, a.err, "Passphrase: ")
	if err != nil {
		return connector.Secret{}, left(err)
	}
	return connector.NewSecret(raw), nil
}

// unlockSilently opens the vault only where that asks nobody anything.
func (a *app) unlockSilently(ctx context.Context, v *vault.Vault) error {
	return v.Unlock(ctx, vault.Keys{KeyFile: a.flags.keyFile})
}
