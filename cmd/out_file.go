package cmd

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/cmd/outlet"
	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/outfile"
)

// standardOutput is standard output in place of a file to write.
const standardOutput = "-"

// writesFile marks the flags of a command that name a file to write.
const writesFile = "writes-file"

// outFlag adds a flag that names a file to write, or standard output.
func outFlag(c *cobra.Command, file *string, name, value, does string) {
	c.Flags().StringVar(file, name, value, does+"; - is standard output")
	_ = c.Flags().SetAnnotation(name, writesFile, []string{"true"})
	_ = c.MarkFlagFilename(name)
}

// streams reports a flag of which - is standard input or standard output.
func streams(f *pflag.Flag) bool { return f.Annotations[writesFile] != nil || stdin.Takes(f) }

// divert gives standard output to the file that was asked for there; what is said meanwhile goes to standard error, or nowhere
// with --quiet.
func (a *app) divert(c *cobra.Command) error {
	var there []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Annotations[writesFile] != nil && f.Value.String() == standardOutput {
			there = append(there, "--"+f.Name)
		}
	})
	if f := c.Flags().Lookup("json"); f != nil && f.Value.String() == "true" && len(there) > 0 {
		there = append(there, "--json")
	}
	switch len(there) {
	case 0:
		a.beginLinks(c)
	case 1:
		a.piped, a.out = a.results(), outlet.Aside{Outlet: a.out, To: a.err}
	default:
		return usage(fmt.Sprintf("%s and %s would both go to standard output.", there[0], there[1]), "Give one of them a file.")
	}
	if a.flags.quiet {
		a.out = outlet.Silent{Outlet: a.out}
	}
	return nil
}

// results is where a file goes that was asked for on standard output: there whatever else is quiet, and without the colours and links of
// what is said.
func (a *app) results() outlet.Outlet {
	out := a.out
	for {
		switch above := out.(type) {
		case outlet.Silent:
			out = above.Below()
		case *outlet.Painted:
			out = above.Below()
		case outlet.Linked:
			out = above.Below()
		default:
			return out
		}
	}
}

// writeNew writes a private file that is not there yet, or to standard output. It reports whether the text is in a file.
func (a *app) writeNew(path string, content []byte) (inFile bool, err error) {
	if path == standardOutput {
		_, err := a.piped.Write(content)
		return false, err //nolint:wrapcheck // the terminal's or the pipe's own
	}
	if err := saved.WriteNew(path, content); err != nil {
		return false, err
	}
	return true, nil
}

// writePacked is writeNew for what is no text. A terminal would not show it, and nothing may put aliases into it.
func (a *app) writePacked(path string, content []byte) (inFile bool, err error) {
	if path != standardOutput {
		return a.writeNew(path, content)
	}
	if term.IsTerminal(a.piped.Fd()) {
		return false, usage("A bundle is no text, and standard output is a terminal.", "Give --to a new file, or send it on with | or >.")
	}
	_, err = outlet.Bare(a.piped).Write(content)
	return false, err //nolint:wrapcheck // the pipe's own
}

// keepFile writes a file that holds no secret, and says what it did.
func (a *app) keepFile(path string, content []byte, overwriting bool) error {
	if path == standardOutput {
		_, err := a.writeNew(path, content)
		return err
	}
	did, err := outlet.Keep(path, content, overwriting)
	if err != nil {
		return err
	}
	return a.say("%s", did)
}

// keepIn is keepFile for a file in a folder, which is made where it is missing.
func (a *app) keepIn(folder, name, text string, overwriting bool) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return usage("The folder could not be made: "+connector.CleanLine(outfile.Reason(err), 300)+".", "Give another folder.")
	}
	return a.keepFile(filepath.Join(folder, name), []byte(text), overwriting)
}
