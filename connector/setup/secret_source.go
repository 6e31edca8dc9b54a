package setup

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
)

// secretSize is more than any secret or passphrase has.
const secretSize = 4096

// ReadPrivateSecret reads a file that nobody but its owner may read. A link is followed, because that is how secrets are mounted into
// containers; what counts is the file that was opened. The error is a *connector.Error of kind ErrInput.
func ReadPrivateSecret(path string) (connector.Secret, error) {
	shown := connector.CleanLine(path, 300)
	from, err := os.Open(path)
	if err != nil {
		return connector.Secret{}, incomplete("The secret could not be read: "+connector.CleanLine(err.Error(), 300)+".", "Give the path of a private file that holds the secret alone.")
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
