package check_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// raw is everything that a walk yields, the running ones too.
func (s *stage) raw(t *testing.T, stages []check.Stage) []check.Result {
	t.Helper()
	return slices.Collect(check.Run(t.Context(), stages, s.Subject))
}

// written is the verdict of results in one line.
func written(results []check.Result) string {
	name := func(r *check.Result) string {
		if r == nil {
			return "none"
		}
		return string(r.Stage)
	}
	readOnly, seen := check.ReadOnlyResult(results)
	return fmt.Sprintf("read %t, failed %s, blocking %s, read-only %s %t, through the schema %t", check.TablesRead(results), name(check.Failure(results)),
		name(check.Blocking(results)), readOnly.State, seen, check.ReachedThrough(results, check.StageSchema))
}

func TestTheVerdictOfAWalk(t *testing.T) {
	mayWrite := also(demo.Grant{On: unity.OnSchema("inventory", "assets"), Privileges: []unity.Privilege{unity.Modify}})
	tests := []struct {
		name, scenario string
		world          func(*demo.Scenario)
		choices        func(*testing.T, *stage)
		stages         []check.Stage
		want           string
	}{
		{name: "everything is granted", scenario: "ready", stages: check.All(),
			want: "read true, failed none, blocking none, read-only passed true, through the schema true"},
		{name: "the principal may write, and reads", scenario: "ready", world: mayWrite, stages: check.All(),
			want: "read true, failed S17, blocking none, read-only failed true, through the schema true"},
		{name: "it goes as far as reading", scenario: "ready", stages: check.All()[:17],
			want: "read true, failed none, blocking none, read-only  false, through the schema true"},
		{name: "it stops before reading", scenario: "ready", stages: check.All()[:16],
			want: "read false, failed none, blocking none, read-only  false, through the schema true"},
		{name: "no table is chosen", scenario: "ready", stages: check.All(), choices: func(_ *testing.T, s *stage) { s.Tables = nil },
			want: "read false, failed none, blocking none, read-only passed true, through the schema true"},
		{name: "nothing is chosen", scenario: "ready", stages: check.All(), choices: func(_ *testing.T, s *stage) { s.Schema, s.Tables = connector.SchemaName{}, nil },
			want: "read false, failed none, blocking none, read-only skipped true, through the schema true"},
		{name: "USE SCHEMA was forgotten", scenario: "missing-grants", stages: check.All(),
			want: "read false, failed S14, blocking S14, read-only blocked true, through the schema false"},
		{name: "a legacy table without USAGE", scenario: "ready", choices: tables("hive_metastore.default.old_assets"), stages: check.All(),
			want: "read false, failed S16, blocking S16, read-only blocked true, through the schema true"},
		{name: "the secret was revoked", scenario: "wrong-secret", stages: check.All(),
			want: "read false, failed S06, blocking S06, read-only blocked true, through the schema false"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			world := scenario(t, tt.scenario)
			if tt.world != nil {
				tt.world(&world)
			}
			s := set(t, world)
			if tt.choices != nil {
				tt.choices(t, s)
			}
			everything := s.raw(t, tt.stages)
			final := slices.DeleteFunc(slices.Clone(everything), func(r check.Result) bool { return r.State == check.Running })
			for what, results := range map[string][]check.Result{"with the running ones": everything, "without them": final} {
				if got := written(results); got != tt.want {
					t.Errorf("%s:\n  %s, not\n  %s", what, got, tt.want)
				}
			}
		})
	}
}

// A person who leaves, and a fault of this program, both end a walk after the tables were read. Neither is a proof.
func TestAWalkThatDidNotEndHasReadNothing(t *testing.T) {
	whole := set(t, scenario(t, "ready")).raw(t, check.All())
	if !check.TablesRead(whole) {
		t.Fatal("the tables cannot be read at all")
	}
	read := slices.IndexFunc(whole, func(r check.Result) bool { return r.Stage == check.StageRead && r.State == check.Passed })
	for n := range whole[:read] {
		if check.TablesRead(whole[:n]) {
			t.Errorf("it counts as read after %d of %d results", n, len(whole))
		}
	}
	late := check.Result{Stage: check.StageReadOnly, Name: "Read-only", State: check.Running, Evidence: "asking", Advisory: true}
	broken := check.Fault(late, errors.New("index out of range\nand more"))
	sofar := slices.DeleteFunc(slices.Clone(whole[:read+1]), func(r check.Result) bool { return r.State == check.Running })
	if !check.TablesRead(sofar) {
		t.Error("what was read does not count")
	}
	for name, end := range map[string]check.Result{"still running": late, "ended by a fault": broken} {
		if results := append(slices.Clone(sofar), end); check.TablesRead(results) {
			t.Errorf("%s: it counts as read", name)
		}
	}
	if r, seen := check.ReadOnlyResult([]check.Result{late}); seen {
		t.Errorf("a look that goes on is a result: %+v", r)
	}
	if results := append(whole[:read+1:read+1], broken); check.Blocking(results) == nil || check.Blocking(results).Stage != check.StageReadOnly {
		t.Errorf("a fault of a stage that advises does not block: %+v", check.Blocking(results))
	}
	want := check.Finding{
		Cause: "A fault in this program", Reason: "Index out of range⏎and more.", Pattern: check.FaultPattern, Exit: check.ExitFault,
		Remedy: check.Remedy{Text: "Test again. If it repeats, report it with the line above."},
	}
	if f := broken.Finding; broken.Stage != check.StageReadOnly || broken.Name != "Read-only" || broken.State != check.Failed || broken.Evidence != "asking" ||
		f.Cause != want.Cause || f.Reason != want.Reason || f.Pattern != want.Pattern || f.Exit != want.Exit || f.Remedy != want.Remedy {
		t.Errorf("a fault is %+v, %+v", broken, f)
	}
}

func TestOnlyWhatPassedPassed(t *testing.T) {
	results := []check.Result{
		{Stage: check.StageToken, State: check.Skipped}, {Stage: check.StageIdentity, State: check.Running}, {Stage: check.StageIdentity, State: check.Passed},
		{Stage: check.StageCatalog, State: check.Unknown}, {Stage: check.StageSchema, State: check.Blocked, BlockedBy: check.StageCatalog},
		{Stage: check.StageRead, State: check.Passed}, {Stage: check.StageRead, State: check.Running},
	}
	for id, want := range map[check.ID][2]bool{
		check.StageIdentity: {true, true}, check.StageToken: {false, true}, check.StageCatalog: {false, true}, check.StageSchema: {false, false},
		check.StageRead: {false, false}, check.StageSQL: {false, false},
	} {
		if got := [2]bool{check.AllPassed(results, id), check.ReachedThrough(results, id)}; got != want {
			t.Errorf("%s: passed, reached %v, not %v", id, got, want)
		}
	}
	if check.AllPassed(results) || check.AllPassed(results, check.StageIdentity, check.StageCatalog) || check.AllPassed(nil, check.StageRead) {
		t.Error("what did not pass counts as passed")
	}
	if check.TablesRead(results) {
		t.Error("a read that has begun again counts as read")
	}
}

func TestTheStagesThatAdviseAreThoseAfterReading(t *testing.T) {
	read := false
	for _, stage := range check.All() {
		if stage.Advisory != read {
			t.Errorf("%s advises: %t", stage.ID, stage.Advisory)
		}
		read = read || stage.ID == check.StageRead
	}
	refused := check.Refused(check.All(), errors.New("no host"))
	for i, r := range append(refused, set(t, scenario(t, "ready")).raw(t, check.All())...) {
		if stage, ok := check.Find(r.Stage); !ok || r.Advisory != stage.Advisory || r.Name != stage.Name {
			t.Errorf("result %d of %s: advises %t", i, r.Stage, r.Advisory)
		}
	}
	if check.NameOf(check.StageRead) != "Rows" || check.NameOf("S99") != "S99" {
		t.Error("a stage is not called by its name")
	}
}
