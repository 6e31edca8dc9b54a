package cmd

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/infile"
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
	f.mark(c, "secret")
}

// mark has both flags, whose names begin alike, known as what takes standard input.
func (f *secretFlags) mark(c *cobra.Command, begin string) {
	stdin.Whole(c.Flags(), begin+"-stdin")
	stdin.Descriptor(c.Flags(), begin+"-fd")
}

// noSecret are the flags of a command line that names no source of a secret.
func noSecret() secretFlags { return secretFlags{fd: -1} }

func (f secretFlags) given() bool { return f.stdin || f.fd >= 0 }

// read gets the secret from the flags or else from a private file, and gives the zero Secret where neither is named.
func (f secretFlags) read(a *app, file string) (connector.Secret, error) {
	switch {
	case f.stdin && f.fd >= 0:
		return connector.Secret{}, usage("The secret cannot come from two places.", "Give --secret-stdin or --secret-fd.")
	case f.stdin && term.IsTerminal(a.in.Fd()):
		return connector.Secret{}, usage("Standard input is a terminal, which would show the secret while it is typed.", "Write it to standard input from another program or a file, for example with <secret.txt.")
	case f.stdin:
		return waitFor(a, func() (connector.Secret, error) { return flatfile.ReadSecret(a.in, "standard input") })
	case f.fd >= 0:
		from := os.NewFile(uintptr(f.fd), "secret-fd")
		if from == nil {
			return connector.Secret{}, usage(fmt.Sprintf("File descriptor %d is not open.", f.fd), "Open it, for example with 3<secret.txt.")
		}
		return waitFor(a, func() (connector.Secret, error) {
			defer func() { _ = from.Close() }()
			return flatfile.ReadSecret(from, fmt.Sprintf("file descriptor %d", f.fd))
		})
	case file != "":
		return flatfile.ReadPrivateSecret(file)
	}
	return connector.Secret{}, nil
}

// waitFor reads from where nobody may ever write, and gives up when a signal ends the program.
func waitFor[T any](a *app, read func() (T, error)) (none T, err error) {
	select {
	case given := <-contain.Ask("reading what is handed over", read):
		return given.Value, given.Err
	case <-a.ended:
		return none, &exitError{code: exitLeft, quiet: true}
	}
}

// mostHanded is as many bytes as the largest file that a command reads may have, a bundle, and one that makes it too large.
const mostHanded = bundle.MaxArchive + 1

// named is a file that the command line names, or what stands on standard input in place of one.
func (a *app) named(path string) (infile.File, error) {
	if path != stdin.Named {
		return infile.At(path), nil
	}
	content, err := waitFor(a, func() ([]byte, error) { return io.ReadAll(io.LimitReader(a.in, mostHanded)) })
	return infile.Handed(bytes.NewReader(content)), err
}
