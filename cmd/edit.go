package cmd

import (
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector/setup"
)

func (a *app) edit() *cobra.Command {
	return &cobra.Command{
		Use: "edit NAME", Short: "Change a saved connection in the wizard", Args: exactName, ValidArgsFunction: a.completeNames,
		Long: "Change a saved connection in the wizard. Every answer is filled in as it was saved, the secret too, which stays hidden;\n" +
			"it is asked for only when it is to change, or when the workspace host does. What changed is proven again before it is saved.",
		RunE: func(c *cobra.Command, args []string) error {
			v, saved, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			setup, err := setup.Environment{Version: a.version, Vault: v, KeyFile: a.flags.keyFile}.Edit(saved)
			if err != nil {
				return err
			}
			return a.wizard(c.Context(), setup)
		},
	}
}
