package cmd

import (
	"context"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

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
