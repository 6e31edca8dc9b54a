package cmd

import (
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// provisionFlags say what a connection needs in the workspace.
type provisionFlags struct {
	at                        workspaceFlags
	admin                     adminFlags
	selection                 selectionFlags
	principal, create         string
	another                   bool
	warehouse, saveAs, yes    string
	days                      int
	dryRun, apply, json, runs bool
}

func (a *app) provision() *cobra.Command {
	var f provisionFlags
	c := &cobra.Command{
		Use: "provision", Short: "Make in Databricks, as an admin, what a connection needs", Args: meant.NoArgs,
		Long: "Make in Databricks what a connection needs: the service principal, its entitlement, CAN_USE on the SQL warehouse, the\n" +
			"missing grants, and with --save-as its OAuth secret, which goes straight into the saved connection and is never shown.\n\n" +
			"Without --apply it shows the plan and changes nothing: each object, the exact request, before and after. --apply asks\n" +
			"for a name to confirm, or takes it from --yes, and writes every step into a journal. It can be run again at any time:\n" +
			"what is there is kept, and the rest is made.",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.wanted(); err != nil {
				return err
			}
			if f.apply && f.dryRun && c.Flags().Changed("dry-run") {
				return usage("--dry-run changes nothing, and --apply carries the plan out.", "Give one of them.")
			}
			return a.runProvision(c.Context(), &f)
		},
	}
	f.at.register(c)
	f.admin.register(c)
	f.selection.register(c)
	flags := c.Flags()
	flags.StringVar(&f.principal, "principal", "", "the service principal to use: application ID, SCIM id or display name")
	flags.StringVar(&f.create, "create", "", "make a service principal with this display name")
	flags.BoolVar(&f.another, "another", false, "with --create, make one although others have the name")
	flags.StringVar(&f.warehouse, "warehouse", "", "SQL warehouse to read through: its ID or its name")
	flags.StringVar(&f.saveAs, "save-as", "", "make an OAuth secret and save the connection with it under this name")
	flags.IntVar(&f.days, "secret-days", 0, "with --save-as, how many days the secret lasts; 0 is as long as there is, 730")
	flags.BoolVar(&f.runs, "start", false, "with --save-as, start the SQL warehouse when it is stopped, which costs money while it runs")
	flags.BoolVar(&f.dryRun, "dry-run", true, "show the plan and change nothing; this is the default")
	flags.BoolVar(&f.apply, "apply", false, "carry the plan out after confirmation")
	flags.StringVar(&f.yes, "yes", "", "with --apply, confirm with this name, without being asked")
	flags.BoolVar(&f.json, "json", false, "the plan as JSON, without --apply")
	return c
}

// wanted refuses what does not go together.
func (f *provisionFlags) wanted() error {
	switch {
	case (f.principal == "") == (f.create == ""):
		return usage("It takes one service principal.", "Give --principal for one that is there, or --create for a new one.")
	case f.yes != "" && !f.apply:
		return usage("--yes confirms a plan, and without --apply nothing is changed.", "Add --apply, or leave --yes out.")
	case f.json && f.apply:
		return usage("--json shows the plan, and --apply carries it out.", "Give one of them.")
	case f.saveAs != "" && (f.warehouse == "" || len(f.selection.tables) == 0):
		return usage("A connection reads tables through a SQL warehouse.", "With --save-as, give --warehouse and --table.")
	}
	return nil
}

// asked is what the command line asks for.
func (f *provisionFlags) asked(a *app) (want setup.Provision, err error) {
	want = setup.Provision{
		Principal: f.principal, DisplayName: f.create, Another: f.another, Warehouse: f.warehouse, Lifetime: time.Duration(f.days) * 24 * time.Hour,
	}
	if want.At, err = f.at.target(a, &f.admin); err != nil {
		return want, err
	}
	if f.selection.given() || f.saveAs != "" {
		if want.Reads, err = f.selection.parse(); err != nil {
			return want, err
		}
	}
	if f.saveAs != "" {
		want.SaveAs, err = connector.ParseConnectionName(f.saveAs)
	}
	return want, err
}
