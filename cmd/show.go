package cmd

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector/saved"
)

func (a *app) show() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "show NAME", Short: "Show a saved connection, without its secret", Args: meant.ExactName, ValidArgsFunction: a.completeNames,
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
