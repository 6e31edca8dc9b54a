package cmd

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/steps"
)

func (a *app) test() *cobra.Command {
	var asJSON, start bool
	var contract contractFlags
	c := &cobra.Command{
		Use: "test NAME", Short: "Test a saved connection, from its address to a real read", Args: contract.nameOrContract, ValidArgsFunction: a.completeNames,
		RunE: func(c *cobra.Command, args []string) error {
			name, err := contract.name(args)
			if err != nil {
				return err
			}
			v, s, err := a.load(c.Context(), name)
			if err != nil {
				return err
			}
			ws, err := workspace.Open(workspace.Config{
				Host: s.Host, Credentials: s.Credentials, Version: a.version, Network: workspace.Network{ExtraCAs: s.CACerts},
			})
			if err != nil {
				return err
			}
			defer ws.Close()
			subject := &check.Subject{
				Workspace: ws, Warehouse: s.Warehouse, Start: start, Principal: s.Principal, SecretExpires: s.SecretExpires,
				Schema: s.Schema, Scope: s.Scope, Tables: s.Tables, Rows: 1,
			}
			results, err := a.walk(c.Context(), subject, asJSON)
			if err != nil {
				return err
			}
			clauses, err := contract.hold(c.Context(), a, s, subject, results, asJSON)
			if err != nil {
				return err
			}
			if err := a.conclude(s.Name, subject, results, clauses, asJSON); err != nil {
				return err
			}
			s.Proof = proofOf(results, time.Now())
			if _, err := v.Save(c.Context(), s); err != nil {
				what, _ := describe(err)
				_, _ = fmt.Fprintln(a.err, "The result of the test was not kept: "+what)
			}
			if err := verdict(results); err != nil {
				return err
			}
			return broken(clauses)
		},
	}
	contract.register(c)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	c.Flags().BoolVar(&start, "start", false, "start the SQL warehouse when it is stopped, which costs money while it runs")
	return c
}

// check walks the whole ladder and prints it as it comes, or as one JSON object at the end.
func (a *app) check(ctx context.Context, name string, subject *check.Subject, asJSON bool) ([]check.Result, error) {
	results, err := a.walk(ctx, subject, asJSON)
	if err != nil {
		return nil, err
	}
	return results, a.conclude(name, subject, results, nil, asJSON)
}

// walk runs the whole ladder and prints each result as it comes, unless it is to be quiet.
func (a *app) walk(ctx context.Context, subject *check.Subject, quiet bool) ([]check.Result, error) {
	defer subject.Close()
	var results []check.Result
	for r := range check.Run(ctx, check.All(), subject) {
		if r.State == check.Running {
			continue
		}
		results = append(results, r)
		if !quiet {
			_, _ = fmt.Fprintln(a.out, steps.CheckLine(r))
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
	_, err := fmt.Fprintf(a.out, "\n%s\n", steps.FindingText(*f))
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
