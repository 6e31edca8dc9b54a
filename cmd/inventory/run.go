package inventory

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/accounts"
	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/bulk"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

type runFlags struct {
	account       *accounts.Flags
	accountOnly   bool
	budget, every time.Duration
	keep          int
	pace          float64
	fresh, asJSON bool
	warehouse     string
	signIn        SignIn
}

func (f Face) run() *cobra.Command {
	var r runFlags
	c := &cobra.Command{
		Use: "run", Short: "Take an inventory, or go on with one that was ended", Args: atMost(0),
		Long: "Take an inventory of a workspace, and with --account of the account that it belongs to, or go on with one that was ended.\n\n" +
			"It reads at the pace that Databricks documents, and slower where it is told to. Whoever signs in sees what their rights allow:\n" +
			"a workspace admin the workspace, a metastore admin Unity Catalog, an account admin the account. What is refused stops nothing else.",
		RunE: func(c *cobra.Command, _ []string) error { return f.runs(c.Context(), &r) },
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
	flags.BoolVar(&r.asJSON, "json", false, "a line of JSON for each step")
	return c
}

func (r *runFlags) check() error {
	refuse := func(what, remedy string) error {
		return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
	}
	switch {
	case r.every != 0 && r.every < time.Minute:
		return refuse("--every takes a minute or more.", "Give a longer time, as in 24h.")
	case r.budget < time.Second:
		return refuse("--budget takes a second or more.", "Give a longer time, as in 6h.")
	case r.pace <= 0 || r.pace > 1:
		return refuse("--pace takes a part of the documented pace.", "Give a number above 0, up to 1.")
	case r.accountOnly && !r.account.Given():
		return refuse("No account is named.", "Give --account with its ID, which the account console shows.")
	case r.accountOnly && r.warehouse != "":
		return refuse("Grants are the workspace's, and that is not read.", "Leave --warehouse or --account-only out.")
	case r.accountOnly && r.account.Client() == "":
		return refuse("The account is read alone, and nobody is named who may.", "Give --account-client-id and --account-secret-fd.")
	}
	return r.account.Check()
}

// runs takes inventories until there is no next one.
func (f Face) runs(ctx context.Context, r *runFlags) error {
	if err := r.check(); err != nil {
		return err
	}
	source, err := f.opened(ctx, r)
	if source != nil {
		defer source.close()
	}
	if err != nil {
		return err
	}
	for {
		began := time.Now()
		err := f.once(ctx, r, source)
		if r.every == 0 || ctx.Err() != nil {
			return err
		}
		if errors.Is(err, estate.ErrTimedOut) {
			continue // it goes on at once: what is missing is known
		}
		if err != nil {
			what, remedy := connector.Words(err)
			f.Note("%s %s", what, remedy)
		}
		next := began.Add(r.every)
		f.Note("The next run is at %s; Ctrl+C ends.", next.Format("2006-01-02 15:04"))
		if f.Pause(ctx, time.Until(next)) != nil {
			return f.Exit(exits.Left, nil)
		}
	}
}

// source is what is read.
type source struct {
	options estate.Options
	closing []func()
}

func (s *source) close() {
	for _, end := range s.closing {
		end()
	}
}

func (f Face) opened(ctx context.Context, r *runFlags) (*source, error) {
	line, err := r.signIn.Line()
	if err != nil {
		return nil, err
	}
	s := &source{options: estate.Options{Budget: r.budget, Pace: r.pace, Place: estate.Place{Host: line.Host.Typed(), Workspace: string(line.Host.WorkspaceID())}}}
	atAccount := line
	if !r.accountOnly {
		session, err := r.signIn.Open(ctx)
		if err != nil {
			return nil, err
		}
		s.closing = append(s.closing, session.Close)
		reader, err := session.Reader(estate.Reads(estate.AtWorkspace))
		if err != nil {
			return s, err
		}
		s.closing = append(s.closing, reader.Close)
		s.options.Workspace, s.options.Place.As = reader, session.Me().Name.Raw()
		atAccount = session.Line()
		if err := r.openWarehouse(s, session.Line()); err != nil {
			return s, err
		}
	}
	if !r.account.Given() {
		return s, nil
	}
	return s, f.openAccount(r, s, atAccount, line.Host)
}

func (r *runFlags) openWarehouse(s *source, line workspace.Config) error {
	if r.warehouse == "" {
		return nil
	}
	given, err := connector.ParseWarehouse(r.warehouse)
	if err != nil {
		return err
	}
	if given.ID == "" {
		return &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("“%s” is no ID of a SQL warehouse.", connector.CleanLine(given.Text, 60)), Remedy: "Copy its ID or its HTTP path from its page."}
	}
	grants, err := bulk.Open(line, given.ID)
	if err != nil {
		return err
	}
	s.closing = append(s.closing, grants.Close)
	s.options.Bulk = grants
	return nil
}

func (f Face) openAccount(r *runFlags, s *source, line workspace.Config, of connector.Host) error {
	reader, id, err := r.account.Open(line, of, estate.Reads(estate.AtAccount))
	if err != nil {
		return err
	}
	s.closing = append(s.closing, reader.Close)
	s.options.Account, s.options.Place.Account = reader, string(id)
	if client := r.account.Client(); client != "" {
		s.options.Place.As = strings.TrimPrefix(s.options.Place.As+" and "+client, " and ")
	}
	return nil
}

// once takes one inventory and says how it goes.
func (f Face) once(ctx context.Context, r *runFlags, s *source) error {
	dir, err := vault.DefaultDir()
	if err != nil {
		return err
	}
	folder := estate.FolderOf(dir, s.options.Place.Host)
	if runs, err := folder.Runs(); err == nil && !r.asJSON {
		if n := estate.Missed(runs, time.Now()); n > 0 {
			f.Note("%d runs were missed since %s.", n, runs[len(runs)-1].Began.Local().Format("2006-01-02 15:04"))
		}
	}
	t := teller(f, r)
	options := s.options
	options.Tell = t.tell
	m, seen, err := estate.Take(ctx, folder, options, estate.Taking{Fresh: r.fresh, Keep: r.keep, Every: r.every, Begun: t.begun})
	switch {
	case errors.Is(err, estate.ErrTimedOut):
		t.ended(m, seen, folder, true)
		return errors.Join(err, f.Exit(exits.Later, nil))
	case ctx.Err() != nil:
		t.stopped()
		return f.Exit(exits.Left, nil)
	case err != nil:
		return f.Fails(ctx, "", err)
	}
	t.ended(m, seen, folder, false)
	return nil
}
