package syncing

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/sync"
)

// part is the shard that is asked for.
func (f *Flags) part() (sync.Shard, error) {
	if f.shard == "" {
		return sync.Shard{}, nil
	}
	first, second, _ := strings.Cut(f.shard, "/")
	part, bad := strconv.Atoi(first)
	of, worse := strconv.Atoi(second)
	switch {
	case bad != nil || worse != nil || part < 0 || part > of || of < 1 || of > sync.MostShards:
		return sync.Shard{}, refused(quoted(f.shard)+" is no shard.", fmt.Sprintf("Give --shard as 2/3, the second of three, of at most %d.", sync.MostShards))
	case f.To == "" || f.To == "-":
		return sync.Shard{}, refused("A shard is read into a folder that all shards share.", "Name it with --to.")
	case f.Every > 0:
		return sync.Shard{}, refused("--shard and --every do not go together.", "Have a schedule start the shards: schedule NAME --shards N.")
	}
	return sync.Shard{Part: part, Of: of}, nil
}

// Join is what closes a sync in shards.
type Join struct {
	to     string
	keep   int
	asJSON bool
}

// JoinCommand is sync join. run closes the sync of the connection of that name.
func JoinCommand(one cobra.PositionalArgs, names cobra.CompletionFunc, long string, run func(context.Context, string, *Join) error) *cobra.Command {
	var j Join
	c := &cobra.Command{
		Use: "join NAME", Short: "Close a sync that was read in shards", Args: one, ValidArgsFunction: names, Long: long,
		RunE: func(c *cobra.Command, args []string) error { return run(c.Context(), args[0], &j) },
	}
	flags := c.Flags()
	flags.StringVar(&j.to, "to", "", "the folder that the shards were read into")
	flags.IntVar(&j.keep, "keep", sync.Usual(nil).Keep, "how many whole runs stay, 0 for all")
	flags.BoolVar(&j.asJSON, "json", false, "a line of JSON for each step")
	_ = c.MarkFlagDirname("to")
	return c
}

// Run closes it, and says what came of it.
func (j *Join) Run(ctx context.Context, env setup.Environment, c connector.Connection, out io.Writer) error {
	return heard(out, func(out io.Writer) error { return j.run(ctx, env, c, out) })
}

func (j *Join) run(ctx context.Context, env setup.Environment, c connector.Connection, out io.Writer) error {
	switch {
	case j.to == "" || j.to == "-":
		return refused("It is not said where the shards were read into.", "Name the folder with --to.")
	case j.keep < 0:
		return refused("--keep counts from 0.", "Leave it out, or give a larger number.")
	}
	lines, teller := Lines{Out: out}, &sync.Teller{Say: func(line string) { _, _ = fmt.Fprintln(out, line) }, Now: time.Now}
	tell := teller.Tell
	if j.asJSON {
		tell = lines.Tell
	}
	joined, err := saved.Join(ctx, env, c, j.to, j.keep, tell)
	if err != nil {
		return err
	}
	if joined.Before && !j.asJSON {
		_, _ = fmt.Fprintln(out, "No shard is open; the last run was closed before.")
	}
	return ended(joined.Run, joined.Removed, j.asJSON, out)
}
