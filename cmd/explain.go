package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

func (a *app) explain() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "explain [TEXT...]", Short: "Name the cause of an error that you paste",
		Long: "Name the cause of an error from its text: a message, a JSON body, a stack trace, a log.\n" +
			"The text is the arguments or, without any and for -, standard input, in UTF-8 or UTF-16. Of a long log, the\n" +
			"first and the last half MiB are looked at.\n" +
			"It stays on this machine: nothing is asked of anybody, and no saved connection is opened.\n\n" +
			"A text that is not known is said to be unknown, and the exit code is 0 as well: the text was read\n" +
			"and judged. A script looks at \"cause\" in --json, which is one of the five documented names or unknown.",
		Example: "  draftt-databricks explain \"x509: certificate signed by unknown authority\"\n" +
			"  draftt-databricks explain --json <error.log",
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := a.pasted(args)
			if err != nil {
				return err
			}
			found := check.ExplainText(text)
			found.NoteNames(connector.Known())
			if asJSON {
				return a.printJSON(report.OfExplanation(found))
			}
			return a.long(func() error { return a.printExplanation(found) })
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// pasted is the text to explain.
func (a *app) pasted(args []string) (string, error) {
	const how = "Give it in quotes, or pipe it in: draftt-databricks explain <error.log."
	text := pasted.Decode([]byte(strings.Join(args, " ")))
	if len(args) == 0 || slices.Equal(args, []string{"-"}) {
		if term.IsTerminal(a.in.Fd()) {
			return "", usage("There is no text to explain.", how)
		}
		read, err := waitFor(a, func() (string, error) { return pasted.ReadText(a.in) })
		if err != nil {
			return "", fmt.Errorf("read the text: %w", err)
		}
		text = read
	}
	if strings.TrimSpace(text) == "" {
		return "", usage("The text to explain is empty.", how)
	}
	return text, nil
}

func (a *app) printExplanation(e check.Explanation) error {
	if e.Cause == check.NotKnown {
		_, err := fmt.Fprintf(a.out, "%s\n%s\n%s\n", a.style.Title("Unknown"), a.prose(e.Reason), a.prose("Next: "+e.Remedy.Text))
		return err
	}
	_, err := fmt.Fprintf(a.out, "%s (%s %s, %s)\n%s\n%s\n", a.style.Bad(string(e.Cause)), e.Stage, e.Name, e.Confidence, a.prose(e.Reason), a.prose("Next: "+e.Remedy.Text))
	if err == nil && e.Remedy.Copy != "" {
		_, err = fmt.Fprintf(a.out, "\n%s\n", e.Remedy.Copy)
	}
	for _, also := range e.Also {
		if err == nil {
			_, err = fmt.Fprintf(a.out, "\nAlso possible: %s (%s)\n%s\n", also.Cause, also.Pattern, a.prose(also.Look))
		}
	}
	if err == nil {
		_, err = fmt.Fprintf(a.out, "\nSeen: %s (%s)\n", e.Matched, e.Pattern)
	}
	return err
}
