package cmd

import (
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/manual"
	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/scheduling"
)

func (a *app) schedule() *cobra.Command {
	var f scheduling.Flags
	c := &cobra.Command{
		Use: "schedule NAME", Short: "Print what has a sync run again and again", Args: meant.ExactName, ValidArgsFunction: a.completeNames, Long: manual.Schedule,
		RunE: func(c *cobra.Command, args []string) error {
			if err := a.loud("a definition"); err != nil && f.Prints() {
				return err
			}
			v, one, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			return f.Give(a.desk(), []string{one.Name}, v, a.flags.keyFile)
		},
	}
	f.Register(c.Flags())
	_ = c.MarkFlagDirname("to")
	_ = c.MarkFlagDirname("runs")
	completesLive(c, "as", scheduling.Whos)
	return c
}
