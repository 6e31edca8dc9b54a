package cmd

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/draftt-io/draftt-databricks/cmd/outlet"
	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/story"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/words"
)

// scenarioGroups are the headings of the list, in its order. The last one is of those that pass.
var scenarioGroups = []check.Cause{
	check.Unreachable, check.AuthenticationFailed, check.WarehouseAccess, check.WarehouseNotRunning, check.MissingPermissions, check.BeyondReadOnly, "",
}

func (a *app) listDemo(asJSON bool) error {
	all := demo.Scenarios()
	if asJSON {
		return a.printJSON(report.OfDemo(all, story.All()))
	}
	return a.long(func() error { return a.sayDemo(all) })
}

// sayDemo prints the stories, and the scenarios by the cause that each shows.
func (a *app) sayDemo(all []demo.Scenario) error {
	slices.SortStableFunc(all, func(x, y demo.Scenario) int { return cmp.Compare(x.Want.Stage, y.Want.Stage) })
	told := console.Table{Indent: "  "}
	for _, s := range story.All() {
		told.Rows = append(told.Rows, []string{s.ID, s.Title})
	}
	_, _ = fmt.Fprintln(a.out, a.style.Title("Stories, for --story"))
	if err := a.printTable(told); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(a.out, a.style.Title("\nScenarios, for --scenario"))
	for _, group := range scenarioGroups {
		heading := cmp.Or(string(group), "Nothing fails")
		_, _ = fmt.Fprintln(a.out, a.style.Title("\n"+heading))
		table := console.Table{Indent: "  "}
		for _, s := range all {
			if s.Want.Cause == string(group) {
				table.Rows = append(table.Rows, []string{s.ID, s.Want.Stage, s.Title})
			}
		}
		if err := a.printTable(table); err != nil {
			return err
		}
	}
	return nil
}

// testDemo runs the whole ladder on a scenario's preset, as test does on a saved connection, and ends with its exit code.
func (a *app) testDemo(ctx context.Context, s demo.Scenario, asJSON bool) error {
	w, err := demo.Start(ctx, s, demo.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = w.Close() }()
	if !asJSON {
		_, _ = fmt.Fprintf(a.out, "DEMO, scenario %s: %s.\n%s\n\n", s.ID, s.Title, s.Story)
	}
	results, err := a.ladderDemo(ctx, w, s, asJSON)
	if err != nil {
		return err
	}
	return verdict(results)
}

// checkDemo shows what is true of a scenario where there is no terminal to walk the steps in. A scenario that fails as it should is a
// demo that succeeded.
func (a *app) checkDemo(ctx context.Context, s demo.Scenario) error {
	w, err := demo.Start(ctx, s, demo.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = w.Close() }()
	_, _ = fmt.Fprintf(a.out, "DEMO, scenario %s: %s.\n%s\nThis is not a terminal, so here is its checklist; in a terminal the same command walks the five steps.\n\n", s.ID, s.Title, s.Story)
	_, err = a.ladderDemo(ctx, w, s, false)
	return err
}

// ladderDemo walks the ladder with the scenario's own choices.
func (a *app) ladderDemo(ctx context.Context, w *demo.Workspace, s demo.Scenario, asJSON bool) ([]check.Result, error) {
	host, _, err := connector.ParseHost(w.Host(), nil)
	if err != nil {
		return nil, err
	}
	target, err := w.Target()
	if err != nil {
		return nil, err
	}
	env := a.environment(nil)
	env.Network = a.watched(w.Network())
	t, err := env.Test(connector.Connection{
		Name: s.ID, Host: host, Credentials: w.SignIn(), Warehouse: connector.WarehouseRef{ID: target.WarehouseID}, SecretExpires: target.Expires,
		Schema: target.Table.SchemaName, Scope: target.Scope, Tables: target.Tables,
	}, target.Start)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	results, err := a.climb(ctx, t.Attempt, asJSON)
	if err != nil {
		return nil, err
	}
	return results, a.conclude(s.ID, t, results, nil, asJSON)
}

// serveDemo serves the embedded workspace on loopback to any client until the program is stopped. The first thing it prints is one JSON
// object with everything a client needs; its secrets are new in every run and open nothing else.
func (a *app) serveDemo(ctx context.Context, s demo.Scenario, addr string) error {
	w, err := demo.Start(ctx, s, demo.Options{Addr: addr})
	if err != nil {
		return usage(words.UpperFirst(err.Error())+".", "Give --serve a loopback address, for example 127.0.0.1:0.")
	}
	defer func() { _ = w.Close() }()
	dir, err := os.MkdirTemp("", "draftt-databricks-serve-")
	if err != nil {
		return fmt.Errorf("make a folder for the CA file: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	caFile := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(caFile, w.CAPEM(), 0o600); err != nil {
		return fmt.Errorf("write the CA file: %w", err)
	}
	handout, err := w.Handout(caFile)
	if err != nil {
		return err
	}
	line, err := json.Marshal(handout)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	if _, err := fmt.Fprintf(outlet.Bare(a.out), "%s\n", line); err != nil { // these secrets are there to be handed out
		return fmt.Errorf("print: %w", err)
	}
	<-ctx.Done()
	return nil
}
