package cmd

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/ui/console"
)

// scenarioLine is a scenario in JSON. Stage, cause, pattern and exit are how the ladder ends on it; all four are empty or zero for one that
// passes.
type scenarioLine struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Story   string `json:"story"`
	Stage   string `json:"stage"`
	Cause   string `json:"cause"`
	Pattern string `json:"pattern"`
	Exit    int    `json:"exit"`
}

// scenarioGroups are the headings of the list, in its order. The last one is of those that pass.
var scenarioGroups = []check.Cause{
	check.Unreachable, check.AuthenticationFailed, check.WarehouseAccess, check.WarehouseNotRunning, check.MissingPermissions, check.BeyondReadOnly, "",
}

func (a *app) listScenarios(asJSON bool) error {
	all := demo.Scenarios()
	if asJSON {
		lines := make([]scenarioLine, len(all))
		for i, s := range all {
			lines[i] = scenarioLine{s.ID, s.Title, s.Story, s.Want.Stage, s.Want.Cause, s.Want.Pattern, s.Want.Exit}
		}
		return a.printJSON(lines)
	}
	slices.SortStableFunc(all, func(x, y demo.Scenario) int { return cmp.Compare(x.Want.Stage, y.Want.Stage) })
	for i, group := range scenarioGroups {
		heading := cmp.Or(string(group), "Nothing fails")
		if i > 0 {
			heading = "\n" + heading
		}
		_, _ = fmt.Fprintln(a.out, a.style.Title(heading))
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
func (a *app) checkDemo(ctx context.Context, w *demo.Workspace, s demo.Scenario) error {
	_, _ = fmt.Fprintf(a.out, "DEMO, scenario %s: %s.\n%s\nThis is not a terminal, so here is its checklist; in a terminal the same command walks the five steps.\n\n", s.ID, s.Title, s.Story)
	_, err := a.ladderDemo(ctx, w, s, false)
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
		Schema: target.Table.SchemaName, Scope: connector.ScopeSchema, Tables: target.Tables,
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
