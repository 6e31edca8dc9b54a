package inventory

import (
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/accounts"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/export"
)

type runFlags struct {
	account           *accounts.Flags
	accountOnly       bool
	budget, every     time.Duration
	keep              int
	pace              float64
	fresh, asJSON     bool
	warehouse         string
	all, wholeAccount bool
	shard, to, form   string
	olderThan         time.Duration
	part, of          int
	layout            export.Layout
	signIn            SignIn
}

func (f Face) run() *cobra.Command {
	var r runFlags
	c := &cobra.Command{
		Use: "run [NAME...]", Short: "Take an inventory, or go on with one that was ended", Args: cobra.ArbitraryArgs, ValidArgsFunction: f.Names,
		Long: "Take an inventory of a workspace, and with --account of the account that it belongs to, or go on with one that was ended. NAME is\n" +
			"a saved connection: its workspace is read as its principal. Several are read one after the other, each into a run of its own.\n\n" +
			"It reads at the pace that Databricks documents, and slower where it is told to. Whoever signs in sees what their rights allow:\n" +
			"a workspace admin the workspace, a metastore admin Unity Catalog, an account admin the account. What is refused stops nothing else.",
		RunE: func(c *cobra.Command, names []string) error { return f.runs(c.Context(), &r, names) },
	}
	r.signIn = f.Reach(c)
	r.account = accounts.Register(c, "ID of the account, to read it as well")
	flags := c.Flags()
	flags.BoolVar(&r.accountOnly, "account-only", false, "read the account, and not the workspace")
	flags.StringVar(&r.warehouse, "warehouse", "", "ID of a SQL warehouse that runs, to read grants there in a few statements instead of one request for each object")
	flags.DurationVar(&r.budget, "budget", estate.Budget, "how long it may take; the next run goes on from there")
	flags.DurationVar(&r.every, "every", 0, "take one again after this time, as in 24h, until Ctrl+C")
	flags.Float64Var(&r.pace, "pace", 1, "the part of the pace that Databricks documents, as in 0.5 where others work on the same limits")
	flags.IntVar(&r.keep, "keep", estate.KeptRuns, "how many runs stay with their rows, 0 for all")
	flags.BoolVar(&r.fresh, "fresh", false, "begin a new one in place of one that was ended")
	flags.BoolVar(&r.all, "all", false, "the workspaces of all saved connections, each as its principal")
	flags.BoolVar(&r.wholeAccount, "all-workspaces", false, "all workspaces of --account, each as the account admin who is named, as far as it lets them in")
	flags.StringVar(&r.shard, "shard", "", "of several workspaces read one of several parts, as in 2/3")
	flags.DurationVar(&r.olderThan, "older-than", 0, "leave out workspaces of which a whole run began within this time, as in 12h, for who tries again")
	flags.StringVar(&r.to, "to", "", "lay what was found out for other programs as well: workspace=…/run=… below this folder, a file for each kind")
	_ = c.MarkFlagDirname("to")
	flags.StringVar(&r.form, "format", string(export.Usual), "of those files: parquet, ndjson, csv")
	f.Words(c, "format", string(export.Parquet), string(export.NDJSON), string(export.CSV))
	flags.BoolVar(&r.asJSON, "json", false, "a line of JSON for each step")
	return c
}

// several reports whether more than one workspace may be read.
func (r *runFlags) several(names []string) bool { return r.all || r.wholeAccount || len(names) > 1 }

func (r *runFlags) check(names []string) error {
	refuse := func(what, remedy string) error {
		return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
	}
	switch {
	case r.every != 0 && r.every < time.Minute:
		return refuse("--every takes a minute or more.", "Give a longer time, as in 24h.")
	case r.budget < time.Second:
		return refuse("--budget takes a second or more.", "Give a longer time, as in 6h.")
	case !(r.pace > 0 && r.pace <= 1): // which NaN is not either
		return refuse("--pace takes a part of the documented pace.", "Give a number above 0, up to 1.")
	case r.keep < 0:
		return refuse("--keep takes a number of runs.", "Give how many stay with their rows, 0 for all.")
	case r.accountOnly && !r.account.Given():
		return refuse("No account is named.", "Give --account with its ID, which the account console shows.")
	case r.accountOnly && r.warehouse != "":
		return refuse("Grants are the workspace's, and that is not read.", "Leave --warehouse or --account-only out.")
	case r.accountOnly && r.account.Client() == "":
		return refuse("The account is read alone, and nobody is named who may.", "Give --account-client-id and --account-secret-fd.")
	}
	if err := r.account.Check(); err != nil {
		return err //nolint:wrapcheck // it has words of its own
	}
	return r.checkSeveral(names, refuse)
}

// checkSeveral refuses what does not go together where saved connections or several workspaces are read.
func (r *runFlags) checkSeveral(names []string, refuse func(what, remedy string) error) error {
	ways := 0
	for _, given := range []bool{len(names) > 0, r.all, r.wholeAccount, r.signIn.Given()} {
		if given {
			ways++
		}
	}
	switch {
	case ways > 1 && !(ways == 2 && r.wholeAccount && r.signIn.Given()):
		return refuse("The workspaces to read are said in two ways.", "Give names of saved connections, or --all, or --all-workspaces, or --host with an admin.")
	case r.wholeAccount && (!r.account.Given() || r.account.Client() == ""):
		return refuse("The workspaces of an account are listed by its admin.", "Give --account, --account-client-id and --account-secret-fd.")
	case (r.wholeAccount || r.all) && r.accountOnly:
		return refuse("--account-only reads no workspace.", "Leave it out, or name one workspace with --host.")
	case r.warehouse != "" && r.several(names):
		return refuse("A SQL warehouse is that of one workspace.", "Leave --warehouse out, or name one saved connection.")
	case r.shard != "" && !r.several(names) && len(names) == 0:
		return refuse("--shard is for several workspaces.", "Name several saved connections, or give --all or --all-workspaces.")
	case r.olderThan < 0:
		return refuse("--older-than takes a time.", "Give one as in 12h.")
	}
	if r.shard != "" {
		first, second, _ := strings.Cut(r.shard, "/")
		var bad, worse error
		if r.part, bad = strconv.Atoi(first); bad == nil {
			r.of, worse = strconv.Atoi(second)
		}
		if bad != nil || worse != nil || r.part < 1 || r.part > r.of {
			return refuse("“"+connector.CleanLine(r.shard, 40)+"” is no part.", "Give --shard as 2/3, the second of three.")
		}
	}
	r.layout = export.Layout{Folder: r.to, Form: export.Form(strings.ToLower(r.form)), Keep: r.keep}
	return r.layout.Check()
}
