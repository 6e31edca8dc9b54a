package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector/setup"
)

func (a *app) rename() *cobra.Command {
	return &cobra.Command{
		Use: "rename NAME NEW", Short: "Give a saved connection another name", ValidArgsFunction: a.completeNames,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 2 {
				return nil
			}
			return usage("Give the name of a saved connection and its new name.", "Put a name with blanks in quotes.")
		},
		RunE: func(c *cobra.Command, args []string) error {
			v, saved, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			renamed, err := v.Rename(c.Context(), saved, args[1])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(a.out, setup.Renamed(saved, renamed))
			return err
		},
	}
}
