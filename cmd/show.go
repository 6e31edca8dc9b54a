package cmd

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector/saved"
)

func (a *app) show() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "show NAME", Short: "Show a saved connection, without its secret", Args: exactName, ValidArgsFunction: a.completeNames,
		RunE: func(c *cobra.Command, args []string) error {
			v, s, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(report.InFull(s, v.Describe()))
			}
			for _, fact := range saved.Sheet(s, v.Describe(), time.Now()) {
				if _, err := fmt.Fprintln(a.out, a.beside(fmt.Sprintf("%-12s ", fact.Label), fact.Text)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// exactName wants one argument and says which.
func exactName(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("Give the name of one saved connection.", "draftt-databricks list shows them; put a name with blanks in quotes.")
	}
	return nil
}

// completeNames offers the saved names to the shell, where opening them needs no question.
func (a *app) completeNames(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	v, err := a.vault()
	if err != nil || len(args) > 0 {
		if len(args) == 1 && c.Name() == "export" { // its second argument is a file
			return nil, cobra.ShellCompDirectiveDefault
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if a.unlockSilently(c.Context(), v) != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	saved, _, err := v.List(c.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, s := range saved {
		names = append(names, s.Name)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
