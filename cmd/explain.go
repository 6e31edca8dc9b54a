package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/manual"
	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

func (a *app) explain() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "explain [TEXT...]", Short: "Name the cause of an error that you paste",
		Long: manual.Explain, Example: manual.ExplainExample,
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
			return a.long(func() error { return a.say("%s", report.ExplanationText(found, a.style, a.prose)) })
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
