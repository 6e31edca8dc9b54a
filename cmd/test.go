package cmd

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/steps"
)

// testFlags are what a test goes by.
type testFlags struct {
	asJSON, start, all bool
	stage              string
	contract           contractFlags
}

func (a *app) test() *cobra.Command {
	var f testFlags
	c := &cobra.Command{
		Use: "test NAME", Short: "Test a saved connection, from its address to a real read", ValidArgsFunction: a.completeNames,
		Long: "Test a saved connection, from its address to a real read.\n\n" +
			"The exit code is 0 when nothing failed, and else that of the stage that failed: 10 network, 11 certificate,\n" +
			"12 no workspace or its network rules, 20 sign-in, 21 identity or entitlement, 30 warehouse denied, 31 warehouse\n" +
			"not running, 40 Unity Catalog privilege missing, 50 access beyond read-only, 60 secret about to end.\n" +
			"With --all it is the smallest of those, which is the one closest to the start.",
		Args: f.wanted,
		RunE: func(c *cobra.Command, args []string) error {
			stages, err := f.stages()
			if err != nil {
				return err
			}
			if f.all {
				return a.testAll(c.Context(), f, stages)
			}
			name, err := f.contract.name(args)
			if err != nil {
				return err
			}
			return a.testOne(c.Context(), f, name, stages)
		},
	}
	f.contract.register(c)
	flags := c.Flags()
	flags.BoolVar(&f.asJSON, "json", false, "as JSON")
	flags.BoolVar(&f.start, "start", false, "start the SQL warehouse when it is stopped, which costs money while it runs")
	flags.BoolVar(&f.all, "all", false, "test every saved connection, and say one line of each")
	flags.StringVar(&f.stage, "stage", "", "go as far as this stage, S00 to S18")
	_ = c.RegisterFlagCompletionFunc("stage", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var ids []string
		for _, stage := range check.All() {
			ids = append(ids, fmt.Sprintf("%s\t%s", stage.ID, stage.Name))
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	})
	return c
}

// wanted checks the arguments: a name, or what stands in for it.
func (f *testFlags) wanted(c *cobra.Command, args []string) error {
	if !f.all {
		return f.contract.nameOrContract(c, args)
	}
	if len(args) > 0 || f.contract.file != "" || f.contract.write != "" {
		return usage("test --all takes neither a name nor a contract.", "Leave it out, or test the connections one by one.")
	}
	return nil
}

// stages are those up to the one that --stage names.
func (f *testFlags) stages() ([]check.Stage, error) {
	stages := check.All()
	if f.stage == "" {
		return stages, nil
	}
	for i, stage := range stages {
		if strings.EqualFold(string(stage.ID), f.stage) {
			return stages[:i+1], nil
		}
	}
	return nil, usage(fmt.Sprintf("There is no stage %q.", connector.CleanLine(f.stage, 20)), "Name one of S00 to S18; test NAME lists them.")
}

func (a *app) testOne(ctx context.Context, f testFlags, name string, stages []check.Stage) error {
	v, s, err := a.load(ctx, name)
	if err != nil {
		return err
	}
	subject, err := a.subjectOf(s, f.start)
	if err != nil {
		return err
	}
	defer subject.Workspace.Close()
	results, err := a.walk(ctx, subject, stages, f.asJSON)
	if err != nil {
		return err
	}
	clauses, err := f.contract.hold(ctx, a, s, subject, results, f.asJSON)
	if err != nil {
		return err
	}
	if err := a.conclude(s.Name, subject, results, clauses, f.asJSON); err != nil {
		return err
	}
	if !f.asJSON {
		f.contract.say(a, clauses)
	}
	a.warnExpiring([]connector.Connection{s}, time.Now())
	if f.stage == "" {
		a.keepProof(ctx, v, s, results)
	}
	if err := verdict(results); err != nil {
		return err
	}
	return broken(clauses)
}

// subjectOf signs in as a saved connection does. Close its workspace when done.
func (a *app) subjectOf(s connector.Connection, start bool) (*check.Subject, error) {
	ws, err := workspace.Open(workspace.Config{
		Host: s.Host, Credentials: s.Credentials, Version: a.version, Network: workspace.Network{ExtraCAs: s.CACerts},
	})
	if err != nil {
		return nil, err
	}
	return &check.Subject{
		Workspace: ws, Warehouse: s.Warehouse, Start: start, Principal: s.Principal, SecretExpires: s.SecretExpires,
		Schema: s.Schema, Scope: s.Scope, Tables: s.Tables, Rows: 1,
	}, nil
}

// keepProof writes beside the connection how its test ended. A test that was cut short by --stage proves too little to be kept.
func (a *app) keepProof(ctx context.Context, v *vault.Vault, s connector.Connection, results []check.Result) {
	if _, err := v.Verified(ctx, s, proofOf(results, time.Now())); err != nil {
		what, _ := connector.Words(err)
		_, _ = fmt.Fprintf(a.err, "The result of the test of %s was not kept: %s\n", s.Name, what)
	}
}

// check walks the whole ladder and prints it as it comes, or as one JSON object at the end.
func (a *app) check(ctx context.Context, name string, subject *check.Subject, asJSON bool) ([]check.Result, error) {
	results, err := a.walk(ctx, subject, check.All(), asJSON)
	if err != nil {
		return nil, err
	}
	return results, a.conclude(name, subject, results, nil, asJSON)
}

// walk runs stages and prints each result as it comes, unless it is to be quiet.
func (a *app) walk(ctx context.Context, subject *check.Subject, stages []check.Stage, quiet bool) ([]check.Result, error) {
	defer subject.Close()
	var results []check.Result
	for r := range check.Run(ctx, stages, subject) {
		if r.State == check.Running {
			continue
		}
		results = append(results, r)
		if !quiet {
			_, _ = fmt.Fprintln(a.out, check.Line(r))
		}
	}
	if ctx.Err() != nil {
		return nil, &exitError{code: exitLeft, quiet: true}
	}
	return results, nil
}

// conclude prints what the results come to, or all of them as one JSON object.
func (a *app) conclude(name string, subject *check.Subject, results []check.Result, clauses []steps.Clause, asJSON bool) error {
	if asJSON {
		out := reportOf(name, subject, results)
		out.Contract = clauseReports(clauses)
		if e := (*exitError)(nil); out.Passed && errors.As(broken(clauses), &e) {
			out.Passed, out.Exit = false, e.code
		}
		return a.printJSON(out)
	}
	f := check.Failure(results)
	if f == nil {
		_, err := fmt.Fprintf(a.out, "\n%s\n", summary(results))
		return err
	}
	_, err := fmt.Fprintf(a.out, "\n%s\n", check.Text(*f))
	if f.Finding.Remedy.Copy != "" {
		_, err = fmt.Fprintf(a.out, "\n%s", f.Finding.Remedy.Copy)
	}
	return err
}

// summary is the verdict of a walk without a failure. Reading the tables is what counts; what else could not be seen is said beside it.
func summary(results []check.Result) string {
	open := ""
	if n := len(check.Uncertain(results)); n > 0 {
		open = fmt.Sprintf(" %d could not be evaluated.", n)
	}
	for _, r := range results {
		if r.Stage == "S16" && r.State == check.Passed {
			return "Connected: the tables were read as the connector." + open
		}
	}
	return "Nothing failed." + open
}

func proofOf(results []check.Result, now time.Time) connector.Proof {
	p := connector.Proof{At: now, Passed: true, Summary: summary(results)}
	for _, r := range results {
		if r.Stage == "S17" {
			p.ReadOnly = r.Evidence
		}
	}
	if f := check.Failure(results); f != nil {
		p.Passed, p.Summary = false, fmt.Sprintf("%s at %s %s", f.Finding.Cause, f.Stage, f.Name)
	}
	return p
}

// verdict turns the first failure into the exit code of its stage.
func verdict(results []check.Result) error {
	if f := check.Failure(results); f != nil {
		return &exitError{code: f.Finding.Exit, quiet: true}
	}
	return nil
}

// warnExpiring says which secrets are in their last 30 days.
func (a *app) warnExpiring(saved []connector.Connection, now time.Time) {
	for _, c := range saved {
		if text, warns := steps.Expiry(c, now); warns {
			_, _ = fmt.Fprintf(a.err, "! The %s of %q %s:  draftt-databricks rotate %q\n", c.Credentials.Method.Label(), c.Name, text, c.Name)
		}
	}
}
