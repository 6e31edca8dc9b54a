package inventory

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector/estate"
)

func (f Face) checkIP() *cobra.Command {
	var which choice
	var asJSON bool
	c := &cobra.Command{
		Use: "check-ip ADDRESS", Short: "Say whether the IP access lists of a workspace let an address in", Args: exactly(1, "Give one IP address."),
		Long: "Say whether the IP access lists that an inventory has let an address into the workspace, by which list, and whether it would be\n" +
			"locked out if they were switched on. Nothing is asked of the workspace.",
		Example: "  draftt-databricks inventory check-ip 203.0.113.7",
		RunE: func(_ *cobra.Command, args []string) error {
			at, err := estate.ParseAddress(args[0])
			if err != nil {
				return err
			}
			run, _, err := which.open(f)
			if err != nil {
				return err
			}
			defer func() { _ = run.Close() }()
			a, err := estate.Admits(run, at)
			if err != nil {
				return err
			}
			if asJSON {
				return f.JSON(a)
			}
			_, _ = fmt.Fprintln(f.Out(), f.Prose(a.Sentence()))
			if a.Warns != "" {
				_, _ = fmt.Fprintln(f.Out(), f.Prose("! "+a.Warns))
			}
			f.say("To know", a.ToKnow)
			return nil
		},
	}
	which.register(c, true)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}
