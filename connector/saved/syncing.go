package saved

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/sync"
)

// RunsOf is the folder of the runs of a connection where no other is named: one beside the saved connections, which are in the folder vault.
func RunsOf(vault string, c connector.Connection) string { return filepath.Join(vault, "sync", c.ID) }

// LastSync says when the tables of a saved connection were last read whole, and what came of it; empty where they never were, or not into
// the folder beside the saved connections.
func LastSync(env setup.Environment, c connector.Connection) string {
	return sync.Last(RunsOf(env.Vault.Dir(), c))
}

// Sync prepares reading the tables of a saved connection into a folder, as the connector. Close it. Errors are those of workspace.Open and
// sync.Open.
func Sync(env setup.Environment, c connector.Connection, o sync.Options, dir string) (*sync.Sync, error) {
	return syncing(env, c, func(from sync.Source) (*sync.Sync, error) { return sync.Open(from, o, dir) })
}

// AheadOfSync prepares looking at what Sync would do. It makes no folder and locks none. Close it. Errors are those of Sync.
func AheadOfSync(env setup.Environment, c connector.Connection, o sync.Options, dir string) (*sync.Sync, error) {
	return syncing(env, c, func(from sync.Source) (*sync.Sync, error) { return sync.Ahead(from, o, dir) })
}

// Join closes a sync in shards of a saved connection, keeping so many whole runs, without a word to the workspace. Errors are those of
// sync.Joining.
func Join(ctx context.Context, env setup.Environment, c connector.Connection, dir string, keep int, tell func(sync.Event)) (sync.Joined, error) {
	j := sync.Joining{Dir: dir, Connection: c, Tool: tool(env), Keep: keep, Now: env.Now}
	return j.Join(ctx, tell)
}

func tool(env setup.Environment) string { return "draftt-databricks " + env.Version }

// Pipe prepares reading one table of a saved connection for another program, as Sync does for a folder. Errors are those of workspace.Open
// and sync.OpenPipe.
func Pipe(env setup.Environment, c connector.Connection, o sync.Options) (*sync.Sync, error) {
	return syncing(env, c, func(from sync.Source) (*sync.Sync, error) { return sync.OpenPipe(from, o) })
}

func syncing(env setup.Environment, c connector.Connection, open func(sync.Source) (*sync.Sync, error)) (*sync.Sync, error) {
	ws, err := env.Open(c)
	if err != nil {
		return nil, err
	}
	s, err := open(sync.Source{Workspace: ws, Connection: c, Tool: tool(env), Now: env.Now, Closed: ws.Close})
	if err != nil {
		ws.Close()
	}
	return s, err
}

// Planned is a sync that can begin, or what stands in its way.
type Planned struct {
	Sync      *sync.Sync          // nil where something stands in its way; close it
	Warehouse connector.Warehouse // of which little is known where the workspace does not tell
	Ask       setup.Consent       // where the warehouse does not run, and nobody agreed to start it
	Failed    *check.Result       // of the ladder up to the SQL warehouse
}

// PlanSync finds out how the tables of a saved connection would be read, with the usual options and into the usual folder. start has a stopped
// warehouse started, which a person agreed to; say hears how far the ladder is. Errors are those of Sync and sync.Begin.
func PlanSync(ctx context.Context, env setup.Environment, c connector.Connection, start bool, say func(check.Result)) (p Planned, err error) {
	if p.Warehouse, err = warehouseOf(ctx, env, c); err == nil && !start {
		if ask := setup.ConsentFor(p.Warehouse); ask.Starts {
			p.Ask = ask
			return p, nil
		}
	}
	test, err := Tests{Start: start, UpTo: check.StageSQL}.Of(env, c)
	if err != nil {
		return p, err
	}
	defer test.Close()
	var results []check.Result
	for r := range test.Climb(ctx) {
		say(r)
		if r.State != check.Running {
			results = append(results, r)
		}
	}
	if ctx.Err() != nil {
		return p, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	}
	if p.Failed = check.Blocking(results); p.Failed != nil {
		return p, nil
	}
	if start {
		if now, err := warehouseOf(ctx, env, c); err == nil {
			p.Warehouse = now
		}
	}
	usual := sync.Usual(c.Tables)
	usual.Start = start
	s, err := Sync(env, c, usual, RunsOf(env.Vault.Dir(), c))
	if err != nil {
		return p, err
	}
	if err := cmp.Or(s.Begin(ctx), s.Lacks()); err != nil { // a person who looks on is told of a lack before anything is read
		s.Close()
		if known := (*connector.Error)(nil); !errors.As(err, &known) {
			if failed := wholeLadder(ctx, env, c); failed != nil && failed.Finding.Remedy.Copy != "" {
				p.Failed = failed
				return p, nil
			}
		}
		return p, err
	}
	p.Sync = s
	return p, nil
}

// wholeLadder walks all of it where a table could not be looked at: it names what is missing, and the statement that gives it. It is nil where
// nothing fails there.
func wholeLadder(ctx context.Context, env setup.Environment, c connector.Connection) *check.Result {
	test, err := env.Test(c, false)
	if err != nil {
		return nil
	}
	defer test.Close()
	results, err := test.Walk(ctx, func(check.Result) {})
	if err != nil {
		return nil
	}
	return check.Blocking(results)
}

// warehouseOf is the warehouse of a connection as it is now. What keeps it from being seen is for the ladder to find.
func warehouseOf(ctx context.Context, env setup.Environment, c connector.Connection) (connector.Warehouse, error) {
	known := connector.Warehouse{ID: c.Warehouse.ID, Name: c.Warehouse.Name, Type: c.Warehouse.Type}
	ws, err := env.Open(c)
	if err != nil {
		return known, err
	}
	defer ws.Close()
	now, err := ws.Warehouse(ctx, c.Warehouse.ID)
	if err != nil {
		return known, err
	}
	return now, nil
}
