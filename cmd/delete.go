package cmd

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
)

func (a *app) delete() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use: "delete NAME", Short: "Delete a saved connection from this machine", Args: exactName, ValidArgsFunction: a.completeNames,
		Long: "Delete a saved connection from this machine. Nothing changes in Databricks: the service principal,\n" +
			"its secret and its grants stay, and another machine that saved them goes on working.",
		RunE: func(c *cobra.Command, args []string) error {
			v, s, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			if !yes {
				if err := a.confirmName(s.Name); err != nil {
					return err
				}
			}
			if err := v.Delete(c.Context(), s.ID); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "Deleted %q from this machine. In Databricks nothing changed.\n", s.Name)
			return err
		},
	}
	c.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return c
}

// confirmName asks for the name once more. Without a terminal nobody can answer, so nothing is deleted.
func (a *app) confirmName(name string) error {
	if !term.IsTerminal(a.in.Fd()) {
		return usage("Deleting asks for the name once more, and there is no terminal to ask on.", "Add --yes to delete without being asked.")
	}
	_, _ = fmt.Fprintf(a.err, "Delete %q from this machine? Type its name to confirm: ", name)
	answer, err := bufio.NewReader(a.in).ReadString('\n')
	if err != nil && answer == "" {
		return &exitError{code: exitLeft, quiet: true}
	}
	if !strings.EqualFold(strings.TrimSpace(answer), name) {
		return usage("The names differ, so nothing was deleted.", "Run it again and type the name as list shows it.")
	}
	return nil
}
