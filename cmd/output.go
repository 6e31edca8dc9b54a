package cmd

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/cmd/values"
	"github.com/draftt-io/draftt-databricks/connector"
)

// The forms of --output.
const (
	formText = "text"
	formJSON = "json"
	formYAML = "yaml"
)

var forms = []string{formText, formJSON, formYAML}

// formFlags say in which form a command prints. They hold for every command that has --json.
type formFlags struct{ output, field string }

func (f *formFlags) register(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVarP(&f.output, "output", "o", formText, "print as text, json or yaml")
	flags.StringVar(&f.field, "field", "", "print one value of the JSON alone, by its path, as in stages.3.state")
}

// choose settles what is printed of a command, before anything else is made of its flags.
func (a *app) choose(c *cobra.Command) error {
	a.ran = c
	if err := a.flags.form.choose(c); err != nil {
		return err
	}
	if asJSON := c.Flags().Lookup("json"); a.flags.quiet && asJSON != nil && asJSON.Changed {
		return usage("--quiet prints nothing, and JSON is asked for.", "Leave one of them out.")
	}
	return nil
}

// asked reports whether a whole document is asked for, which one picked value is not.
func (f *formFlags) asked(c *cobra.Command) bool {
	asJSON := c.Flags().Lookup("json")
	return f.field == "" && (slices.Contains([]string{formJSON, formYAML}, strings.ToLower(f.output)) || asJSON != nil && asJSON.Value.String() == "true")
}

// fail prints what a program reads of an error where it asked for a document that it does not get.
func (a *app) fail(what, remedy string, code int) {
	if a.ran == nil || a.told || a.flags.quiet || !a.flags.form.asked(a.ran) {
		return
	}
	_ = a.printJSON(report.Failure{Version: a.version, Error: report.Problem{Message: what, Remedy: remedy, Exit: code}}) // the code tells as well
}

// choose has the command print JSON where its form is made of that.
func (f *formFlags) choose(c *cobra.Command) error {
	output, asJSON := c.Flags().Lookup("output"), c.Flags().Lookup("json")
	asked := output.Changed
	f.output = strings.ToLower(f.output)
	switch {
	case !asked && f.field == "":
		return nil
	case asked && !slices.Contains(forms, f.output):
		typed := connector.CleanLine(f.output, 20)
		return usage(fmt.Sprintf("%q is no form.", typed), nearest(typed, forms)+cmp.Or(fileInstead(c), "Give -o text, -o json or -o yaml."))
	case asked && f.output == formText && f.field != "":
		return usage("--field picks a value of the JSON, and -o text prints none.", "Leave -o out.")
	case asked && asJSON != nil && asJSON.Changed && f.output != formJSON:
		return usage("--json and -o "+f.output+" ask for two forms.", "Give one of them.")
	case asked && f.output == formText:
		return nil
	case asJSON == nil:
		return textAlone(c.CommandPath(), fileInstead(c))
	}
	return c.Flags().Set("json", "true") //nolint:wrapcheck // a flag that is there takes it
}

// loud refuses --quiet where a text is what is asked for, as it is refused where JSON is. A file that goes to standard output by the name -
// is no text in this sense: it is written whatever is quiet.
func (a *app) loud(text string) error {
	if a.flags.quiet {
		return usage("--quiet prints nothing, and "+text+" is asked for.", "Leave --quiet out.")
	}
	return nil
}

// textAlone refuses another form than text.
func textAlone(what, instead string) error {
	return usage(what+" prints text alone.", strings.TrimSpace("Leave -o and --field out. "+instead))
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

// formed is encoded JSON in the form that was asked for.
func (f *formFlags) formed(encoded []byte) ([]byte, error) {
	encoded = connector.EscapeJSON(encoded)
	if f.field == "" && f.output != formYAML {
		return encoded, nil
	}
	value, err := values.Read(encoded)
	if err != nil {
		return nil, fmt.Errorf("read what was to be printed: %w", err)
	}
	if f.field != "" {
		if value, err = value.Pick(f.field); err != nil {
			return nil, err
		}
		if text, single := value.Text(); single {
			return []byte(text + "\n"), nil
		}
	}
	if f.output == formYAML {
		return value.YAML()
	}
	return value.JSON()
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
	text, err := a.flags.form.formed(encoded)
	if err != nil {
		return err
	}
	a.told = true
	_, err = a.out.Write(text)
	return err //nolint:wrapcheck // the terminal's or the pipe's own
}

// beforeArguments has something happen for every command before its arguments are judged.
func beforeArguments(c *cobra.Command, do func(*cobra.Command) error) {
	judge := c.Args
	c.Args = func(c *cobra.Command, args []string) error {
		if err := do(c); err != nil || judge == nil {
			return err
		}
		return judge(c, args)
	}
	for _, below := range c.Commands() {
		beforeArguments(below, do)
	}
}
