package cmd

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/cmd/manual"
	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/outlet"
	"github.com/draftt-io/draftt-databricks/cmd/syncing"
	"github.com/draftt-io/draftt-databricks/cmd/values"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

func (a *app) sync() *cobra.Command {
	var f syncing.Flags
	c := &cobra.Command{
		Use: "sync NAME", Short: "Read the chosen tables into files, as Draftt reads them", Args: meant.ExactName, ValidArgsFunction: a.completeNames,
		Long: manual.Sync, Annotations: map[string]string{inLines: "sync"},
		RunE: func(c *cobra.Command, args []string) error { return a.runSync(c.Context(), args[0], &f) },
	}
	f.Register(c.Flags())
	outFlag(c, &f.To, "to", "", "the folder of the runs, else one beside the saved connections; one --table")
	_ = c.MarkFlagDirname("to")
	completesLive(c, "format", syncing.Formats)
	completesLive(c, "mode", syncing.Modes)
	join := syncing.JoinCommand(meant.ExactName, a.completeNames, manual.Join, func(ctx context.Context, name string, j *syncing.Join) error {
		v, one, err := a.load(ctx, name)
		if err != nil {
			return err
		}
		return syncError(ctx, j.Run(ctx, a.environment(v), one, a.out))
	})
	join.Annotations = c.Annotations
	c.AddCommand(join)
	return c
}

func (a *app) runSync(ctx context.Context, name string, f *syncing.Flags) error {
	if a.flags.form.Output == values.YAML || a.flags.form.Field != "" {
		return usage("A sync prints a line for each step: -o yaml and --field are for one document.", "Give --json.")
	}
	v, one, err := a.load(ctx, name)
	if err != nil {
		return err
	}
	options, err := f.Options(one)
	if err != nil {
		return err
	}
	if f.Every == 0 || f.DryRun {
		return a.syncOnce(ctx, v, one, &options, f)
	}
	for {
		began := time.Now()
		if err := a.syncOnce(ctx, v, one, &options, f); err != nil {
			a.report(err)
		}
		next := began.Add(f.Every)
		a.note("The next run is at %s; Ctrl+C ends.", next.Format("2006-01-02 15:04"))
		if err := a.pause(ctx, time.Until(next)); err != nil {
			return &exitError{code: exitLeft, quiet: true}
		}
	}
}

// syncOnce reads once. Nothing is held between two runs but the connection, and the host that a person confirmed.
func (a *app) syncOnce(ctx context.Context, v *vault.Vault, one connector.Connection, o *sync.Options, f *syncing.Flags) error {
	if err := a.ready(ctx, saved.Tests{Start: f.Start, UpTo: check.StageSQL}, one, f.AsJSON); err != nil {
		return err
	}
	if f.To == standardOutput && !f.DryRun {
		return syncError(ctx, a.pipeTable(ctx, v, one, *o))
	}
	for {
		err := a.syncInto(ctx, v, one, *o, f)
		var host *query.HostError
		if !errors.As(err, &host) || !f.AsksHost() || f.AsJSON || !a.asks() {
			return syncError(ctx, err)
		}
		yes, asked := a.questions(sync.AboutStorage).Confirm(sync.AskStorage(host.Host), false)
		if asked != nil {
			return left(asked)
		}
		if !yes {
			return syncError(ctx, err)
		}
		o.Links.Hosts = append(o.Links.Hosts, host.Host)
	}
}

func (a *app) syncInto(ctx context.Context, v *vault.Vault, one connector.Connection, o sync.Options, f *syncing.Flags) error {
	open := saved.Sync
	if f.DryRun {
		open = saved.AheadOfSync
	}
	s, err := open(a.environment(v), one, o, f.Dir(v.Dir(), one))
	if err != nil {
		return err
	}
	defer s.Close()
	return f.Run(ctx, s, a.out)
}

// ready walks the ladder up to the SQL warehouse: that a sync cannot begin has the words and the exit code of a test.
func (a *app) ready(ctx context.Context, how saved.Tests, one connector.Connection, quiet bool) error {
	t, err := how.Of(a.environment(nil), one)
	if err != nil {
		return err
	}
	defer t.Close()
	results, err := t.Walk(ctx, func(r check.Result) { a.debug.Tell(check.Line(r)) })
	if err != nil {
		return &exitError{code: exitLeft, quiet: true}
	}
	failed := check.Failure(results)
	if failed == nil {
		return nil
	}
	if !quiet {
		_, _ = fmt.Fprintln(a.out, a.prose(check.Line(*failed)))
	}
	return workspaceFinding("", *failed.Finding)
}

// pipeTable reads one table to standard output. What is said meanwhile goes to standard error.
func (a *app) pipeTable(ctx context.Context, v *vault.Vault, one connector.Connection, o sync.Options) error {
	if term.IsTerminal(a.piped.Fd()) { // which would do what a value says
		return usage("Rows go to standard output as they are, and standard output is a terminal.", "Send them on with | or >, or name a folder with --to.")
	}
	s, err := saved.Pipe(a.environment(v), one, o)
	if err != nil {
		return err
	}
	defer s.Close()
	teller := &sync.Teller{Say: func(line string) { _, _ = fmt.Fprintln(a.out, line) }, Now: time.Now}
	_, err = s.Pipe(ctx, outlet.Bare(a.piped), teller.Tell)
	return err
}

// syncError names what ended a sync and gives it its exit code: of several tables that of the first.
func syncError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return workspaceError(ctx, "", err)
	}
	known := (*connector.Error)(nil)
	fault, about := saved.FaultOf(err)
	switch {
	case about && fault.Finding != nil:
		return &exitError{code: fault.Finding.Exit, err: &connector.Error{Kind: connector.ErrInput, What: fault.Said(), Remedy: fault.Remedy, Cause: err}}
	case about:
		known = &connector.Error{Kind: fault.Kind, What: fault.Said(), Remedy: fault.Remedy, Cause: err}
	case !errors.As(err, &known):
		return workspaceError(ctx, "", err)
	}
	if code, own := exits.OfSync(known.Kind); own {
		return &exitError{code: code, err: known}
	}
	return known
}
