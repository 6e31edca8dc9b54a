package torture

import (
	"bytes"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// walked is a scenario's ladder from end to end, with its requests.
func walked(t *testing.T, s demo.Scenario) (results []check.Result, requests []workspace.Exchange, secret connector.Secret, o *onlooker) {
	t.Helper()
	o = &onlooker{seen: map[string]string{}}
	w, err := demo.Start(t.Context(), s, demo.Options{Furnish: func(world *model.World) error {
		o.values = wanted(crowd(world))
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
	network := w.Network()
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
		Schema: target.Table.SchemaName, Scope: connector.ScopeSchema, Tables: target.Tables, Rows: 1,
	}
	defer subject.Close()
	for r := range check.Run(t.Context(), check.All(), subject) {
		if r.State != check.Running {
			results = append(results, r)
		}
	}
	for len(log) > 0 {
		requests = append(requests, <-log)
	}
	return results, requests, creds.Secret, o
}

func TestABundleOfEveryScenarioOpensToTheSameVerdictAndNamesNothing(t *testing.T) {
	for _, s := range shown(t) {
		results, requests, secret, o := walked(t, s)
		made, err := bundle.Make(bundle.Contents{Program: bundle.Program{Version: "1.2.3"}, Stages: bundle.StagesOf(results), Requests: requests}, connector.Known(), secret)
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
		var archive bytes.Buffer
		if err := made.Write(&archive); err != nil {
			t.Fatal(err)
		}
		opened, err := bundle.Open(&archive)
		if err != nil {
			t.Errorf("%s: %v", s.ID, err)
			continue
		}
		if want, got := verdictOf(results), verdictOf(opened.Results()); want != got {
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
