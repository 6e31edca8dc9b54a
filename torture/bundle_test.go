package torture

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// told is what a scenario's ladder tells from end to end, and who looks for the names in it.
type told struct {
	*onlooker
	results  []check.Result
	requests []workspace.Exchange
	record   strings.Builder
	secret   connector.Secret
}

// laddered walks a scenario's ladder as a test of a saved connection does. Warehouses start without anybody waiting.
func laddered(t *testing.T, s demo.Scenario) *told {
	t.Helper()
	out := &told{onlooker: newOnlooker(model.NewManualClock(time.Now()))}
	w, err := demo.Start(t.Context(), s, demo.Options{Clock: out.clock, Furnish: func(world *model.World) error {
		out.values = wanted(crowd(world))
		out.alike, out.full = objects(world)
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	host, _, err := connector.ParseHost(w.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	log := make(chan workspace.Exchange, 1000)
	network := hurried(w.Network())
	network.Seen = func(e workspace.Exchange) { log <- e }
	creds := w.SignIn()
	ws, err := workspace.Open(workspace.Config{Host: host, Credentials: creds, Network: network, Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	target, err := w.Target()
	if err != nil {
		t.Fatal(err)
	}
	subject := &check.Subject{
		Workspace: ws, Warehouse: connector.WarehouseRef{ID: target.WarehouseID}, Start: target.Start, SecretExpires: target.Expires,
		Schema: target.Table.SchemaName, Scope: connector.ScopeSchema, Tables: target.Tables, Rows: 1, Now: out.clock.Now,
	}
	defer subject.Close()
	for r := range check.Run(t.Context(), check.All(), subject) {
		switch {
		case r.State != check.Running:
			out.results = append(out.results, r)
			out.record.WriteString(check.Line(r) + "\n")
		case target.Start && r.Evidence != "": // it says what it waits for
			out.clock.Advance(10 * time.Second)
		}
	}
	for len(log) > 0 {
		out.requests = append(out.requests, <-log)
	}
	out.secret = creds.Secret
	return out
}

func TestABundleOfEveryScenarioOpensToTheSameVerdictAndNamesNothing(t *testing.T) {
	for _, s := range shown(t, "ready", "first-time", "wrong-secret", "certificate-unknown", "ip-access-list", "no-can-use", "browse-only", "unusual-names") {
		connector.Known().Forget() // as a new process knows nothing
		o := laddered(t, s)
		made, err := bundle.Make(bundle.Contents{
			Program: bundle.Program{Version: "1.2.3"}, Stages: bundle.StagesOf(o.results), Requests: o.requests, Record: o.record.String(),
		}, connector.Known(), o.secret)
		if err != nil {
			t.Errorf("%s: %v", s.ID, err)
			continue
		}
		for _, file := range made.Files() {
			o.look(file.Name, string(file.Text))
		}
		for value, where := range o.seen {
			t.Errorf("%s: %q is in %s", s.ID, value, where)
		}
		for text, where := range o.left {
			t.Errorf("%s: %q is left at an alias in %s", s.ID, text, where)
		}
		o.oneAlias(t, s.ID)
		var archive bytes.Buffer
		if err := made.Write(&archive); err != nil {
			t.Fatal(err)
		}
		opened, err := bundle.Open(&archive)
		if err != nil {
			t.Errorf("%s: %v", s.ID, err)
			continue
		}
		if failed := check.Failure(opened.Results()); (failed == nil) != s.Want.Passes() || failed != nil && string(failed.Stage) != s.Want.Stage {
			t.Errorf("%s: opened it ends as %+v, not as %+v", s.ID, failed, s.Want)
		}
		if want, got := verdictOf(o.results), verdictOf(opened.Results()); want != got {
			t.Errorf("%s: the verdict was %q, opened it is %q", s.ID, want, got)
		}
	}
}

// verdictOf is everything of a verdict that names nothing.
func verdictOf(results []check.Result) string {
	var text strings.Builder
	for _, r := range results {
		text.WriteString(string(r.Stage) + " " + r.Name + " " + string(r.State) + "\n")
	}
	if failed := check.Failure(results); failed != nil {
		text.WriteString(string(failed.Finding.Cause) + " " + failed.Finding.Pattern)
	}
	return text.String()
}
