package check_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// until walks and moves the workspace's clock at each poll, so that minutes there pass in one pause here.
func (s *stage) until(t *testing.T, stages []check.Stage, step time.Duration) (final []check.Result, notes []string) {
	t.Helper()
	for r := range check.Run(t.Context(), stages, s.Subject) {
		switch {
		case r.State != check.Running:
			final = append(final, r)
		case r.Evidence != "":
			notes = append(notes, r.Evidence)
			s.clock.Advance(step)
		}
	}
	return final, notes
}

func TestAStoppedWarehouseIsStartedWhenAPersonAgreed(t *testing.T) {
	tests := []struct {
		name, warehouse string
		step            time.Duration
		usually         string
	}{
		{"serverless", starter, 4 * time.Second, "usually a few seconds"},
		{"pro", analytics, 4 * time.Minute, "usually 3–6 minutes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := set(t, scenario(t, "warehouse-stopped"))
			s.Warehouse, s.Start = ref(connector.WarehouseID(tt.warehouse)), true
			results, notes := s.until(t, check.All(), tt.step)
			proper(t, s, results)
			if got := notable(results); got != "unknown S10 S18" {
				t.Errorf("the walk is %s", got)
			}
			if len(notes) == 0 || !strings.Contains(notes[0], "stopped") && !strings.Contains(notes[0], "starting") || !strings.Contains(notes[0], tt.usually) {
				t.Errorf("while waiting it says %q", notes)
			}
			if r := find(t, results, "S11"); !strings.HasPrefix(r.Evidence, "running, started in ") {
				t.Errorf("S11 saw %q", r.Evidence)
			}
			starts := 0
			for _, r := range s.Requests() {
				if strings.HasSuffix(r.Path, "/start") {
					starts++
				}
			}
			if starts != 1 {
				t.Errorf("asked %d times to start it", starts)
			}
		})
	}
}

func TestAWarehouseIsNotStartedUnasked(t *testing.T) {
	s := set(t, scenario(t, "warehouse-stopped"))
	results := s.walk(t, check.All())
	for _, r := range s.Requests() {
		if strings.HasSuffix(r.Path, "/start") || strings.HasPrefix(r.Path, "/sql/") {
			t.Errorf("asked %s %s", r.Method, r.Path)
		}
	}
	failed := check.Failure(results)
	if failed == nil || !strings.Contains(failed.Finding.Remedy.Text, "costs money") {
		t.Errorf("the remedy does not say that it costs: %+v", failed)
	}
}

// overWhileItWaits is the whole ladder in which a stage has no time left as soon as it says that it waits.
func overWhileItWaits(id check.ID) []check.Stage {
	stages := check.All()
	for i := range stages {
		if run := stages[i].Run; stages[i].ID == id {
			stages[i].Run = func(ctx context.Context, s *check.Subject, note func(string)) check.Result {
				ctx, over := context.WithCancel(ctx)
				defer over()
				return run(ctx, s, func(text string) { note(text); over() })
			}
		}
	}
	return stages
}

func TestAStartThatNeverEndsIsNamed(t *testing.T) {
	s := set(t, scenario(t, "warehouse-stopped"))
	s.Warehouse, s.Start = ref(reporting), true
	results := s.walk(t, overWhileItWaits("S11"))
	proper(t, s, results)
	failed := check.Failure(results)
	if failed == nil || failed.Stage != "S11" || failed.Finding.Cause != check.WarehouseNotRunning || failed.Finding.Exit != check.ExitNotRunning || !strings.HasPrefix(failed.Evidence, "still ") {
		t.Errorf("the first failure is %+v", failed)
	}
	s.Start = false
	if failed = check.Failure(s.walk(t, check.Warehouse())); failed == nil || failed.Finding.Pattern != "warehouse-starting" || !strings.Contains(failed.Finding.Reason, "starting") {
		t.Errorf("while it starts: %+v", failed)
	}
}

func TestAStartWithoutCanUseIsRefused(t *testing.T) {
	world := scenario(t, "warehouse-stopped")
	s := set(t, world)
	s.Warehouse, s.Start = ref(finance), true
	results := s.walk(t, check.All())
	proper(t, s, results)
	failed := check.Failure(results)
	if failed == nil || failed.Stage != "S11" || failed.Finding.Pattern != "no-can-use" || failed.Finding.Cause != check.WarehouseAccess {
		t.Errorf("the first failure is %+v", failed)
	}
}
