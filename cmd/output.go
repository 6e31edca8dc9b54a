package cmd

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/cmd/syncing"
	"github.com/draftt-io/draftt-databricks/cmd/values"
)

// choose settles what is printed of a command, before anything else is made of its flags.
func (a *app) choose(c *cobra.Command) error {
	a.ran = c
	if err := a.flags.form.Choose(c, fileInstead(c)); err != nil {
		return err
	}
	if asJSON := c.Flags().Lookup("json"); a.flags.quiet && asJSON != nil && asJSON.Changed {
		return usage("--quiet prints nothing, and JSON is asked for.", "Leave one of them out.")
	}
	return nil
}

// fail prints what a program reads of an error where it asked for a document that it does not get.
func (a *app) fail(what, remedy string, code int) {
	if a.ran == nil || a.told || a.flags.quiet || !a.flags.form.Asked(a.ran) {
		return
	}
	if a.ran.Annotations[inLines] != "" && a.flags.form.Output != values.YAML {
		syncing.Lines{Out: a.out}.Failed(what, remedy, code)
		return
	}
	_ = a.printJSON(report.Failure{Version: a.version, Error: report.Problem{Message: what, Remedy: remedy, Exit: code}}) // the code tells as well
}

// inLines marks a command whose JSON is a line for each step. What ends it is one of them.
const inLines = "in-lines"

// loud refuses --quiet where a text is what is asked for, as it is refused where JSON is. A file that goes to standard output by the name -
// is no text in this sense: it is written whatever is quiet.
func (a *app) loud(text string) error {
	if a.flags.quiet {
		return usage("--quiet prints nothing, and "+text+" is asked for.", "Leave --quiet out.")
	}
	return nil
}

// fileInstead names the flag for a file of a command that prints in no form, whose -o would be taken for that.
func fileInstead(c *cobra.Command) (names string) {
	if c.Flags().Lookup("json") != nil {
		return ""
	}
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Annotations[writesFile] != nil {
			names = "--" + f.Name + " names the file to write."
		}
	})
	return names
}

// printJSON prints a value in the form that was asked for.
func (a *app) printJSON(v any) error {
	encoded, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	return a.printEncoded(append(encoded, '\n'))
}

// printEncoded prints encoded JSON in the form that was asked for.
func (a *app) printEncoded(encoded []byte) error {
	text, err := a.flags.form.Of(encoded)
	if err != nil {
		return err
	}
	a.told = true
	_, err = a.out.Write(text)
	return err //nolint:wrapcheck // the terminal's or the pipe's own
}
