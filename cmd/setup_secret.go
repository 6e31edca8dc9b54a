package cmd

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
)

// secretFlags say where a secret comes from when nobody is asked. There is no flag for the secret itself and no variable: other programs
// can read both.
type secretFlags struct {
	stdin bool
	fd    int
}

func (f *secretFlags) register(c *cobra.Command) {
	c.Flags().BoolVar(&f.stdin, "secret-stdin", false, "read the OAuth secret or token from standard input")
	c.Flags().IntVar(&f.fd, "secret-fd", -1, "read the OAuth secret or token from this file descriptor")
}

// noSecret are the flags of a command line that names no source of a secret.
func noSecret() secretFlags { return secretFlags{fd: -1} }

func (f secretFlags) given() bool { return f.stdin || f.fd >= 0 }

// secretSize is more than any secret or passphrase has.
const secretSize = 4096

// read gets the secret from the flags or else from a private file, and gives the zero Secret where neither is named.
func (f secretFlags) read(a *app, file string) (connector.Secret, error) {
	switch {
	case f.stdin && f.fd >= 0:
		return connector.Secret{}, usage("The secret cannot come from two places.", "Give --secret-stdin or --secret-fd.")
	case f.stdin && term.IsTerminal(a.in.Fd()):
		return connector.Secret{}, usage("Standard input is a terminal, which would show the secret while it is typed.", "Write it to standard input from another program or a file, for example with <secret.txt.")
	case f.stdin:
		return a.waitFor(func() (connector.Secret, error) { return secretFrom(a.in, "standard input") })
	case f.fd >= 0:
		from := os.NewFile(uintptr(f.fd), "secret-fd")
		if from == nil {
			return connector.Secret{}, usage(fmt.Sprintf("File descriptor %d is not open.", f.fd), "Open it, for example with 3<secret.txt.")
		}
		return a.waitFor(func() (connector.Secret, error) {
			defer func() { _ = from.Close() }()
			return secretFrom(from, fmt.Sprintf("file descriptor %d", f.fd))
		})
	case file != "":
		return privateSecret(file)
	}
	return connector.Secret{}, nil
}

// waitFor reads a secret from where nobody may ever write one, and gives up when a signal ends the program.
func (a *app) waitFor(read func() (connector.Secret, error)) (connector.Secret, error) {
	type answer struct {
		secret connector.Secret
		err    error
	}
	answers := make(chan answer, 1)
	go func() {
		secret, err := read()
		answers <- answer{secret, err}
	}()
	select {
	case given := <-answers:
		return given.secret, given.err
	case <-a.ended:
		return connector.Secret{}, &exitError{code: exitLeft, quiet: true}
	}
}

// privateSecret reads a file that nobody but its owner may read. A link is followed, because that is how secrets are mounted into
// containers; what counts is the file that was opened.
func privateSecret(path string) (connector.Secret, error) {
	shown := connector.CleanLine(path, 300)
	from, err := os.Open(path)
	if err != nil {
		return connector.Secret{}, usage("The secret could not be read: "+connector.CleanLine(err.Error(), 300)+".", "Give the path of a private file that holds the secret alone.")
	}
	defer func() { _ = from.Close() }()
	info, err := from.Stat()
	switch {
	case err != nil || !info.Mode().IsRegular():
		return connector.Secret{}, usage(shown+" is not a plain file.", "Give a plain file, or use --secret-fd.")
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return connector.Secret{}, usage(fmt.Sprintf("%s is open to other users of this computer (mode %04o).", shown, info.Mode().Perm()), "Run chmod 600 on it.")
	}
	return secretFrom(from, shown)
}

// secretFrom reads one secret to the end of r, and leaves the line break out that most programs write behind it.
func secretFrom(r io.Reader, name string) (connector.Secret, error) {
	raw, err := io.ReadAll(io.LimitReader(r, secretSize+1))
	defer clear(raw)
	text := bytes.TrimRight(raw, "\r\n")
	odd := func(c rune) bool { return unicode.IsControl(c) || c == utf8.RuneError }
	switch {
	case err != nil:
		return connector.Secret{}, usage("The secret could not be read from "+name+".", "Check that something writes to it.")
	case len(text) == 0:
		return connector.Secret{}, usage("There is no secret in "+name+".", "Give it the secret alone.")
	case len(raw) > secretSize, bytes.ContainsFunc(text, odd), strings.TrimSpace(string(text)) == "":
		return connector.Secret{}, usage("What "+name+" holds is not one secret.", "Give it the secret alone, on one line.")
	}
	return connector.NewSecret(text), nil
}
