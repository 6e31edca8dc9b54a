package flatfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/infile"
	"github.com/draftt-io/draftt-databricks/words"
)

// secretSize is more than any secret or passphrase has.
const secretSize = 4096

// ReadPrivateSecret reads a file that nobody but its owner may read. A link is followed, because that is how secrets are mounted into
// containers; what counts is the file that was opened. The error is a *connector.Error of kind ErrInput.
func ReadPrivateSecret(path string) (connector.Secret, error) { return readPrivate(path, ReadSecret) }

// ReadPrivatePassphrase is ReadPrivateSecret for a passphrase, which is taken as it stands there.
func ReadPrivatePassphrase(path string) (connector.Secret, error) {
	return readPrivate(path, readPassphrase)
}

func readPrivate(path string, read func(io.Reader, string) (connector.Secret, error)) (connector.Secret, error) {
	if err := connector.RefuseStray(path, "the path of a file"); err != nil {
		return connector.Secret{}, err
	}
	shown := connector.CleanLine(path, 300)
	special := refuse(infile.Wrong(shown, infile.ErrNotPlain), "Give a plain file, or use --secret-fd.")
	from, err := infile.Open(path)
	switch {
	case errors.Is(err, infile.ErrNotPlain):
		return connector.Secret{}, special
	case err != nil:
		return connector.Secret{}, refuse("The secret could not be read: "+connector.CleanLine(infile.Reason(err), 300)+".", "Give the path of a private file that holds the secret alone.")
	}
	defer func() { _ = from.Close() }()
	info, err := from.Stat()
	switch {
	case err != nil || !info.Mode().IsRegular():
		return connector.Secret{}, special
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return connector.Secret{}, refuse(fmt.Sprintf("%s is open to other users of this computer (mode %04o).", shown, info.Mode().Perm()), "Run chmod 600 on it.")
	}
	return read(from, shown)
}

// ReadSecret reads one secret to the end of r, in any form that connector.ParseSecret takes. name is what the error, a *connector.Error of
// kind ErrInput, calls r.
func ReadSecret(r io.Reader, name string) (connector.Secret, error) {
	raw, err := io.ReadAll(io.LimitReader(r, secretSize+1))
	defer clear(raw)
	if err != nil {
		return connector.Secret{}, refuse("The secret could not be read from "+name+".", "Check that something writes to it.")
	}
	secret, err := connector.ParseSecret(raw)
	if err == nil && secret.IsZero() {
		return secret, refuse("There is no secret in "+name+".", "Give it the secret alone.")
	}
	return secret, inside(name, err)
}

// inside says where the value of an error was read.
func inside(name string, err error) error {
	var known *connector.Error
	if !errors.As(err, &known) {
		return err
	}
	return &connector.Error{Kind: known.Kind, What: words.UpperFirst(name) + ": " + known.What, Remedy: known.Remedy, Cause: known.Cause}
}

// readPassphrase reads one passphrase, and leaves the line break out that most programs write behind it.
func readPassphrase(r io.Reader, name string) (connector.Secret, error) {
	raw, err := io.ReadAll(io.LimitReader(r, secretSize+1))
	defer clear(raw)
	text := bytes.TrimRight(raw, "\r\n")
	odd := func(c rune) bool { return unicode.IsControl(c) || c == utf8.RuneError }
	switch {
	case err != nil:
		return connector.Secret{}, refuse("The secret could not be read from "+name+".", "Check that something writes to it.")
	case len(text) == 0:
		return connector.Secret{}, refuse("There is no secret in "+name+".", "Give it the secret alone.")
	case len(raw) > secretSize, bytes.ContainsFunc(text, odd), strings.TrimSpace(string(text)) == "":
		return connector.Secret{}, refuse("What "+name+" holds is not one secret.", "Give it the secret alone, on one line.")
	}
	return connector.NewSecret(text), nil
}
