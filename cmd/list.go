package cmd

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/ui/console"
)

func (a *app) list() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "list", Short: "List saved connections", Args: meant.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, all, err := a.everyConnection(c.Context())
			switch {
			case err != nil:
				return err
			case len(all) == 0:
				return a.listNothing(asJSON)
			case asJSON:
				return a.listJSON(all)
			}
			return a.listTable(all)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

func (a *app) listNothing(asJSON bool) error {
	if asJSON {
		return a.printJSON([]string{})
	}
	_, err := fmt.Fprintln(a.out, "No saved connections. Set one up:  draftt-databricks setup")
	return err
}

func (a *app) listTable(all []connector.Connection) error {
	table := console.Table{Headings: []string{"NAME", "WORKSPACE", "WAREHOUSE", "READS", "LAST TEST"}}
	for _, s := range all {
		table.Rows = append(table.Rows, []string{s.Name, s.Host.String(), s.Warehouse.Name.String(), readsOf(s), saved.LastTest(s.Proof)})
	}
	if err := a.printTable(table); err != nil {
		return err
	}
	a.warnExpiring(all, time.Now())
	return nil
}

// readsOf names the only table, or counts them.
func readsOf(s connector.Connection) string {
	if len(s.Tables) == 1 {
		return s.Tables[0].String()
	}
	return fmt.Sprintf("%s, %d tables", s.Schema, len(s.Tables))
}

func (a *app) listJSON(saved []connector.Connection) error {
	lines := make([]report.Connection, 0, len(saved))
	for _, s := range saved {
		lines = append(lines, report.OfConnection(s))
	}
	return a.printJSON(lines)
}

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
