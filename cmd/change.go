package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
)

func (a *app) edit() *cobra.Command {
	return &cobra.Command{
		Use: "edit NAME", Short: "Change a saved connection in the wizard", Args: meant.ExactName, ValidArgsFunction: a.completeNames,
		Long: "Change a saved connection in the wizard. Every answer is filled in as it was saved, the secret too, which stays hidden;\n" +
			"it is asked for only when it is to change, or when the workspace host does. What changed is proven again before it is saved.",
		RunE: func(c *cobra.Command, args []string) error {
			v, one, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			setup, err := a.protecting(v, a.flags.keyFile).Edit(one)
			if err != nil {
				return err
			}
			return a.wizard(c.Context(), setup)
		},
	}
}

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
			v, one, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			renamed, err := v.Rename(c.Context(), one, args[1])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(a.out, saved.Renamed(one, renamed))
			return err
		},
	}
}

func (a *app) delete() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use: "delete NAME", Short: "Delete a saved connection from this machine", Args: meant.ExactName, ValidArgsFunction: a.completeNames,
		Long: "Delete a saved connection from this machine. Another machine that saved it goes on working.\n" + saved.DeletionKeeps,
		RunE: func(c *cobra.Command, args []string) error {
			v, s, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			if !yes {
				if err := a.confirmName(s); err != nil {
					return err
				}
			}
			if err := v.Delete(c.Context(), s.ID); err != nil {
				return err
			}
			_, err = fmt.Fprintln(a.out, saved.Deleted(s))
			return err
		},
	}
	c.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return c
}

// confirmName asks for the name once more. Without a terminal nobody can answer, so nothing is deleted.
func (a *app) confirmName(c connector.Connection) error {
	if !a.asks() {
		return usage("Deleting asks for the name once more, and "+a.nobody()+".", "Add --yes to delete without being asked.")
	}
	answer, err := a.questions(saved.DeletionKeeps).Line(fmt.Sprintf("Delete %q from this machine? Type its name to confirm", c.Name), "")
	if err != nil {
		return left(err)
	}
	if err := saved.ConfirmDeletion(c, answer); err != nil {
		return usage("The names differ, so nothing was deleted.", "Run it again and type the name as list shows it.")
	}
	return nil
}
