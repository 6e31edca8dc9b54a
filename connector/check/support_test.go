package check_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

const starter, analytics, finance, reporting = "a3f19c0d7be24418", "5e70b2c94d1f8a36", "09fb6a7d35c2e184", "72d8e05b1c4fa693"

// stage is an embedded workspace and what is asked of it.
type stage struct {
	*demo.Workspace
	clock *model.ManualClock
	*check.Subject
}

func scenario(t testing.TB, id string) demo.Scenario {
	t.Helper()
	s, err := demo.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// set starts a scenario and makes the choices that a person who walks it would make, signed in with the OAuth secret.
func set(t testing.TB, s demo.Scenario) *stage {
	t.Helper()
	clock := model.NewManualClock(time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC))
	d, err := demo.Start(context.Background(), s, demo.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	target, err := d.Target()
	if err != nil {
		t.Fatal(err)
	}
	on := &stage{Workspace: d, clock: clock, Subject: &check.Subject{
		Warehouse: ref(target.WarehouseID), Schema: target.Table.SchemaName, Scope: connector.ScopeSchema, Tables: []connector.TableName{target.Table}, Rows: 3,
	}}
	on.signIn(t, connector.Credentials{Method: connector.OAuth, ClientID: d.Connector().ClientID, Secret: d.Connector().Secret})
	return on
}

func ref(warehouse connector.WarehouseID) connector.WarehouseRef {
	if warehouse == "" {
		return connector.WarehouseRef{}
	}
	return connector.WarehouseRef{ID: warehouse, HTTPPath: warehouse.HTTPPath()}
}

// signIn opens the workspace with these credentials instead.
func (s *stage) signIn(t testing.TB, creds connector.Credentials) { s.open(t, creds, s.Network()) }

func (s *stage) open(t testing.TB, creds connector.Credentials, network workspace.Network) {
	t.Helper()
	host, _, err := connector.ParseHost(s.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(workspace.Config{Host: host, Credentials: creds, Network: network})
	if err != nil {
		t.Fatal(err)
	}
	s.Subject.Workspace = w
	t.Cleanup(func() {
		s.Subject.Close()
		w.Close()
	})
}

// choose replaces the chosen tables, all of one schema.
func (s *stage) choose(t testing.TB, names ...string) {
	t.Helper()
	s.Tables = nil
	for _, name := range names {
		table, err := connector.ParseTable(name, connector.SchemaName{})
		if err != nil {
			t.Fatal(err)
		}
		s.Schema, s.Tables = table.SchemaName, append(s.Tables, table)
	}
}

// walk gives the final results of the stages.
func (s *stage) walk(t testing.TB, stages []check.Stage) []check.Result {
	t.Helper()
	var final []check.Result
	for r := range check.Run(t.Context(), stages, s.Subject) {
		if r.State != check.Running {
			final = append(final, r)
		}
	}
	if !slices.EqualFunc(final, stages, func(r check.Result, s check.Stage) bool { return r.Stage == s.ID && r.Name == s.Name }) {
		t.Errorf("%d stages have the results %s", len(stages), states(final))
	}
	return final
}

// notable writes the states of a walk but for those that go without saying, so that a story stays true when a stage joins the ladder: what
// passed, and that a failure blocked all that comes after it.
func notable(results []check.Result) string {
	rest := slices.IndexFunc(results, func(r check.Result) bool { return r.State == check.Failed }) + 1
	if rest > 0 && !slices.ContainsFunc(results[rest:], func(r check.Result) bool {
		return r.State != check.Blocked || r.BlockedBy != results[rest-1].Stage
	}) {
		results = results[:rest]
	}
	told := strings.Split(states(results), "; ")
	return strings.Join(slices.DeleteFunc(told, func(part string) bool { return strings.HasPrefix(part, string(check.Passed)+" ") }), "; ")
}

// states writes results as "passed S00-S10; failed S11; blocked S12 S16", which people read faster than a table.
func states(results []check.Result) string {
	var out []string
	for _, state := range []check.State{check.Passed, check.Failed, check.Blocked, check.Unknown, check.Skipped} {
		var runs []string
		for i := 0; i < len(results); i++ {
			if results[i].State != state {
				continue
			}
			last := i
			for last+1 < len(results) && results[last+1].State == state {
				last++
			}
			run := string(results[i].Stage)
			if last > i {
				run += "-" + string(results[last].Stage)
			}
			runs, i = append(runs, run), last
		}
		if len(runs) > 0 {
			out = append(out, string(state)+" "+strings.Join(runs, " "))
		}
	}
	return strings.Join(out, "; ")
}

// proper holds every result to what all of them promise.
func proper(t testing.TB, s *stage, results []check.Result) {
	t.Helper()
	texts := []string{}
	for _, r := range results {
		texts = append(texts, r.Evidence, r.Detail, r.Name, string(r.Stage))
		if r.Name == "" || r.Evidence == "" && r.State != check.Blocked {
			t.Errorf("%s %s has no evidence", r.Stage, r.State)
		}
		if (r.State == check.Failed) != (r.Finding != nil) || (r.State == check.Blocked) != (r.BlockedBy != "") {
			t.Errorf("%s is %s with finding %v, blocked by %q", r.Stage, r.State, r.Finding, r.BlockedBy)
		}
		if f := r.Finding; f != nil {
			texts = append(texts, f.Reason, f.Remedy.Text, f.Pattern)
			if f.Cause == "" || f.Reason == "" || f.Remedy.Text == "" || f.Pattern == "" || f.Exit == 0 {
				t.Errorf("%s failed with %+v", r.Stage, f)
			}
			if strings.Contains(f.Remedy.Text, "below") != (f.Remedy.Copy != "") {
				t.Errorf("%s says %q and offers %q to copy", r.Stage, f.Remedy.Text, f.Remedy.Copy)
			}
			for line := range strings.Lines(f.Remedy.Copy) {
				texts = append(texts, strings.TrimSuffix(line, "\n"))
			}
		}
	}
	for _, text := range texts {
		if strings.ContainsFunc(text, func(r rune) bool {
			return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
		}) {
			t.Errorf("%q would act on a terminal", text)
		}
		for _, secret := range []connector.Secret{s.Connector().Secret, s.Connector().Token, s.Admin().Secret} {
			if strings.Contains(text, string(secret.Reveal())) {
				t.Errorf("%q has a secret in it", text)
			}
		}
	}
}

func find(t testing.TB, results []check.Result, id check.ID) check.Result {
	t.Helper()
	i := slices.IndexFunc(results, func(r check.Result) bool { return r.Stage == id })
	if i < 0 {
		t.Fatal(fmt.Errorf("no result of %s", id))
	}
	return results[i]
}
