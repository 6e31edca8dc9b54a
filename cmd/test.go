package cmd

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/steps"
)

func (a *app) test() *cobra.Command {
	var asJSON, start bool
	c := &cobra.Command{
		Use: "test NAME", Short: "Test a saved connection, from its address to a real read", Args: exactName, ValidArgsFunction: a.completeNames,
		RunE: func(c *cobra.Command, args []string) error {
			v, s, err := a.load(c.Context(), args[0])
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
				Workspace: ws, Warehouse: s.Warehouse, Start: start, Principal: s.Principal,
				Schema: s.Schema, Scope: s.Scope, Tables: s.Tables, Rows: 1,
			}
			results, err := a.check(c.Context(), s.Name, subject, asJSON)
			if err != nil {
				return err
			}
			s.Proof = proofOf(results, time.Now())
			if _, err := v.Save(c.Context(), s); err != nil {
				what, _ := describe(err)
				_, _ = fmt.Fprintln(a.err, "The result of the test was not kept: "+what)
			}
			return verdict(results)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	c.Flags().BoolVar(&start, "start", false, "start the SQL warehouse when it is stopped, which costs money while it runs")
	return c
}

// check walks the whole ladder and prints it as it comes, or as one JSON object at the end.
func (a *app) check(ctx context.Context, name string, subject *check.Subject, asJSON bool) ([]check.Result, error) {
	defer subject.Close()
	var results []check.Result
	for r := range check.Run(ctx, check.All(), subject) {
		if r.State == check.Running {
			continue
		}
		results = append(results, r)
		if !asJSON {
			_, _ = fmt.Fprintln(a.out, steps.CheckLine(r))
		}
	}
	if ctx.Err() != nil {
		return nil, &exitError{code: exitLeft, quiet: true}
	}
	if asJSON {
		return results, a.printJSON(reportOf(name, subject, results))
	}
	if f := check.Failure(results); f != nil {
		_, _ = fmt.Fprintf(a.out, "\n%s\n", steps.FindingText(*f))
		if f.Finding.Remedy.Copy != "" {
			_, _ = fmt.Fprintf(a.out, "\n%s", f.Finding.Remedy.Copy)
		}
		return results, nil
	}
	_, err := fmt.Fprintf(a.out, "\n%s\n", summary(results))
	return results, err
}

// checkDemo shows what is true of a scenario where there is no terminal to walk the steps in. A scenario that fails as it should is a
// demo that succeeded.
func (a *app) checkDemo(ctx context.Context, w *demo.Workspace, s demo.Scenario, env steps.Environment, draft *steps.Draft) error {
	_, _ = fmt.Fprintf(a.out, "DEMO, scenario %s: %s.\n%s\nThis is not a terminal, so here is its checklist; in a terminal the same command walks the five steps.\n\n", s.ID, s.Title, s.Story)
	ws, err := workspace.Open(workspace.Config{Host: draft.Host(), Credentials: draft.Credentials(), Network: env.Network, Version: a.version})
	if err != nil {
		return err
	}
	defer ws.Close()
	target, err := w.Target()
	if err != nil {
		return err
	}
	subject := &check.Subject{
		Workspace: ws, Warehouse: connector.WarehouseRef{ID: target.WarehouseID},
		Schema: target.Table.SchemaName, Scope: connector.ScopeSchema, Tables: []connector.TableName{target.Table}, Rows: 1,
	}
	_, err = a.check(ctx, s.ID, subject, false)
	return err
}

func summary(results []check.Result) string {
	if n := len(check.Uncertain(results)); n > 0 {
		return fmt.Sprintf("Nothing failed; %d could not be evaluated.", n)
	}
	return "Connected: the tables were read as the connector."
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
