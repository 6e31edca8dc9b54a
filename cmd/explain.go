package cmd

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector/check"
)

func (a *app) explain() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "explain [TEXT...]", Short: "Name the cause of an error that you paste",
		Long: "Name the cause of an error from its text: a message, a JSON body, a stack trace, a log.\n" +
			"The text is the arguments or, without any, standard input, in UTF-8 or UTF-16. Of a long log, the first and\n" +
			"the last half MiB are looked at.\n" +
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
			if asJSON {
				return a.printJSON(explainedOf(found))
			}
			return a.printExplanation(found)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// pasted is the text to explain.
func (a *app) pasted(args []string) (string, error) {
	const how = "Give it in quotes, or pipe it in: draftt-databricks explain <error.log."
	text := check.Decode([]byte(strings.Join(args, " ")))
	if len(args) == 0 {
		if term.IsTerminal(a.in.Fd()) {
			return "", usage("There is no text to explain.", how)
		}
		read, err := check.ReadText(a.in)
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

// explained is an explanation in JSON. Stage ids, causes, confidence and patterns are stable; texts may improve. Names are what the text
// names, by kind; Also are other causes that fit as well.
type explained struct {
	Stage      string            `json:"stage"`
	Name       string            `json:"name"`
	Cause      string            `json:"cause"`
	Reason     string            `json:"reason"`
	Remedy     string            `json:"remedy"`
	Copy       string            `json:"copy,omitempty"`
	Names      map[string]string `json:"names,omitempty"`
	Also       []explainedAlso   `json:"also,omitempty"`
	Confidence string            `json:"confidence"`
	Pattern    string            `json:"pattern"`
	Matched    string            `json:"matched"`
}

type explainedAlso struct {
	Cause   string `json:"cause"`
	Pattern string `json:"pattern"`
	Look    string `json:"look"`
}

func explainedOf(e check.Explanation) explained {
	made := explained{
		Stage: string(e.Stage), Name: e.Name, Cause: string(e.Cause), Reason: e.Reason, Remedy: e.Remedy.Text, Copy: e.Remedy.Copy,
		Confidence: string(e.Confidence), Pattern: e.Pattern, Matched: e.Matched,
	}
	for _, name := range e.Names {
		if made.Names == nil {
			made.Names = map[string]string{}
		}
		made.Names[string(name.Kind)] = name.Value
	}
	for _, also := range e.Also {
		made.Also = append(made.Also, explainedAlso{string(also.Cause), also.Pattern, also.Look})
	}
	return made
}

func (a *app) printExplanation(e check.Explanation) error {
	if e.Cause == check.NotKnown {
		_, err := fmt.Fprintf(a.out, "Unknown\n%s\nNext: %s\n", e.Reason, e.Remedy.Text)
		return err
	}
	_, err := fmt.Fprintf(a.out, "%s (%s %s, %s)\n%s\nNext: %s\n", e.Cause, e.Stage, e.Name, e.Confidence, e.Reason, e.Remedy.Text)
	if err == nil && e.Remedy.Copy != "" {
		_, err = fmt.Fprintf(a.out, "\n%s\n", e.Remedy.Copy)
	}
	for _, also := range e.Also {
		if err == nil {
			_, err = fmt.Fprintf(a.out, "\nAlso possible: %s (%s)\n%s\n", also.Cause, also.Pattern, also.Look)
		}
	}
	if err == nil {
		_, err = fmt.Fprintf(a.out, "\nSeen: %s (%s)\n", e.Matched, e.Pattern)
	}
	return err
}
