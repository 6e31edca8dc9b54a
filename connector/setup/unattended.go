package setup

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
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
			return ReadPrivateSecret(f.PassphraseFile)
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

// nameFree judges what looking a name up gave: a set-up that asks nobody must not find out after minutes that its name is taken.
func nameFree(name string, err error) error {
	switch {
	case err == nil, errors.Is(err, vault.ErrAmbiguous):
		return incomplete(fmt.Sprintf("There is already a connection named %q.", name), "Choose another name, or delete that one first.")
	case errors.Is(err, vault.ErrNotFound):
		return nil
	}
	return err
}

// secretSize is more than any secret or passphrase has.
const secretSize = 4096

// ReadPrivateSecret reads a file that nobody but its owner may read. A link is followed, because that is how secrets are mounted into
// containers; what counts is the file that was opened. The error is a *connector.Error of kind ErrInput.
func ReadPrivateSecret(path string) (connector.Secret, error) {
	shown := connector.CleanLine(path, 300)
	from, err := os.Open(path)
	if err != nil {
		return connector.Secret{}, incomplete("The secret could not be read: "+connector.Said(err, 300)+".", "Give the path of a private file that holds the secret alone.")
	}
	defer func() { _ = from.Close() }()
	info, err := from.Stat()
	switch {
	case err != nil || !info.Mode().IsRegular():
		return connector.Secret{}, incomplete(shown+" is not a plain file.", "Give a plain file, or use --secret-fd.")
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return connector.Secret{}, incomplete(fmt.Sprintf("%s is open to other users of this computer (mode %04o).", shown, info.Mode().Perm()), "Run chmod 600 on it.")
	}
	return ReadSecret(from, shown)
}

// ReadSecret reads one secret to the end of r, and leaves the line break out that most programs write behind it. name is what the error, a
// *connector.Error of kind ErrInput, calls r.
func ReadSecret(r io.Reader, name string) (connector.Secret, error) {
	raw, err := io.ReadAll(io.LimitReader(r, secretSize+1))
	defer clear(raw)
	text := bytes.TrimRight(raw, "\r\n")
	odd := func(c rune) bool { return unicode.IsControl(c) || c == utf8.RuneError }
	switch {
	case err != nil:
		return connector.Secret{}, incomplete("The secret could not be read from "+name+".", "Check that something writes to it.")
	case len(text) == 0:
		return connector.Secret{}, incomplete("There is no secret in "+name+".", "Give it the secret alone.")
	case len(raw) > secretSize, bytes.ContainsFunc(text, odd), strings.TrimSpace(string(text)) == "":
		return connector.Secret{}, incomplete("What "+name+" holds is not one secret.", "Give it the secret alone, on one line.")
	}
	return connector.NewSecret(text), nil
}
