package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// answering is a gate that ends in a state at once.
func answering(id ID, state State, after ...ID) Stage {
	return Stage{ID: id, Name: "Stage " + string(id), After: after, Gate: true, Run: func(context.Context, *Subject, func(string)) Result {
		r := Result{State: state, Evidence: "asked"}
		if state == Failed {
			r.Finding = &Finding{Cause: Unreachable}
		}
		return r
	}}
}

// hanging is a gate that waits for an answer that does not come.
func hanging(id ID, deadline time.Duration, after ...ID) Stage {
	return Stage{ID: id, Name: string(id), Deadline: deadline, After: after, Gate: true, Run: func(ctx context.Context, _ *Subject, _ func(string)) Result {
		<-ctx.Done()
		return failure(fmt.Errorf("ask: %w", ctx.Err()), "")
	}}
}

func line(r Result) string {
	text := string(r.Stage) + " " + string(r.State)
	if r.BlockedBy != "" {
		text += " by " + string(r.BlockedBy)
	}
	return text
}

// finals are the lines of the final results, in the order in which they came.
func finals(results []Result) (lines []string) {
	for _, r := range results {
		if r.State != Running {
			lines = append(lines, line(r))
		}
	}
	return lines
}

func TestOnlyTheFirstBrokenGateHasFailed(t *testing.T) {
	tests := []struct {
		name   string
		stages []Stage
		want   string
	}{
		{"nothing fails", []Stage{answering("a", Passed), answering("b", Unknown, "a"), answering("c", Skipped, "b"), answering("d", Passed, "c")},
			"a passed, b unknown, c skipped, d passed"},
		{"one in the middle", []Stage{answering("a", Passed), answering("b", Failed), answering("c", Passed), answering("d", Passed, "a")},
			"a passed, b failed, c blocked by b, d blocked by b"},
		{"two that do not depend on each other", []Stage{answering("a", Passed), answering("b", Failed, "a"), answering("c", Failed, "a"), answering("d", Unknown)},
			"a passed, b failed, c blocked by b, d blocked by b"},
		{"the first ends last", []Stage{sleeping("a", Failed, time.Minute), answering("b", Failed), answering("c", Passed)},
			"a failed, b blocked by a, c blocked by a"},
		{"a later one ends first", []Stage{sleeping("a", Passed, time.Minute), answering("b", Failed), answering("c", Passed)},
			"a passed, b failed, c blocked by b"},
		{"no gates", []Stage{open("a", Failed), open("b", Passed, "a"), open("c", Failed), open("d", Passed, "elsewhere")},
			"a failed, b passed, c failed, d passed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				results := slices.Collect(Run(t.Context(), tt.stages, &Subject{}))
				if got := strings.Join(finals(results), ", "); got != tt.want {
					t.Errorf("walked %s, not %s", got, tt.want)
				}
			})
		})
	}
}

// sleeping is a gate that takes its time.
func sleeping(id ID, state State, takes time.Duration, after ...ID) Stage {
	stage := answering(id, state, after...)
	run := stage.Run
	stage.Run = func(ctx context.Context, s *Subject, note func(string)) Result {
		if pause(ctx, takes) != nil {
			return unknown("cut short")
		}
		return run(ctx, s, note)
	}
	return stage
}

// open is a stage that blocks nothing.
func open(id ID, state State, after ...ID) Stage {
	stage := answering(id, state, after...)
	stage.Gate = false
	return stage
}

func TestWhatDoesNotDependOnEachOtherRunsSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		stages := []Stage{
			sleeping("a", Passed, time.Second), sleeping("b", Passed, 3*time.Second, "a"), sleeping("c", Passed, 3*time.Second, "a"),
			sleeping("d", Passed, time.Second, "c"), sleeping("e", Passed, time.Second),
		}
		at := map[string]time.Duration{}
		var order []string
		for r := range Run(t.Context(), stages, &Subject{}) {
			at[line(r)] = time.Since(began)
			order = append(order, line(r))
		}
		for what, want := range map[string]time.Duration{
			"a running": 0, "e running": 0, "a passed": 1, "b running": 1, "c running": 1, "b passed": 4, "c passed": 4, "d running": 4, "d passed": 5, "e passed": 5,
		} {
			if got, ok := at[what]; !ok || got != want*time.Second {
				t.Errorf("%s after %s, not %ds", what, got, want)
			}
		}
		if last := order[len(order)-2:]; !slices.Equal(last, []string{"d passed", "e passed"}) {
			t.Errorf("the results do not come in the order of the list: %q", order)
		}
	})
}

func TestAFailureCancelsWhatRunsAfterIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		cancelled := make(chan time.Duration, 1)
		later := Stage{ID: "b", Name: "b", Deadline: time.Hour, Gate: true, Run: func(ctx context.Context, _ *Subject, _ func(string)) Result {
			<-ctx.Done()
			cancelled <- time.Since(began)
			return passed("too late").keeping(func(*Subject) { t.Error("what a blocked stage found was kept") })
		}}
		results := slices.Collect(Run(t.Context(), []Stage{sleeping("a", Failed, time.Second), later}, &Subject{}))
		if got := finals(results); !slices.Equal(got, []string{"a failed", "b blocked by a"}) || time.Since(began) != time.Second {
			t.Errorf("after %s: %q", time.Since(began), got)
		}
		if at := <-cancelled; at != time.Second {
			t.Errorf("the later stage was cancelled after %s", at)
		}
	})
}

func TestAStagePastItsDeadlineFailsForWantOfAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var final []Result
		stages := []Stage{hanging("a", 3*time.Second), answering("b", Passed, "a"), hanging("c", time.Minute)}
		for i := range stages {
			stages[i].Gate = false
		}
		for r := range Run(t.Context(), stages, &Subject{}) {
			if r.State != Running {
				final = append(final, r)
			}
		}
		if len(final) != 3 || line(final[0]) != "a failed" || line(final[1]) != "b passed" || line(final[2]) != "c failed" {
			t.Fatalf("walked %v", final)
		}
		for i, took := range map[int]time.Duration{0: 3 * time.Second, 2: time.Minute} {
			r := final[i]
			if r.Took != took || r.Evidence != "no answer in time" || r.Finding.Pattern != "timeout" || r.Finding.Cause != Unreachable {
				t.Errorf("%s took %s: %s, %+v", r.Stage, r.Took, r.Evidence, r.Finding)
			}
		}
	})
}

func TestALongStageSaysWhatItIsWaitingFor(t *testing.T) {
	talking := Stage{ID: "a", Name: "State", Run: func(_ context.Context, _ *Subject, note func(string)) Result {
		note("starting, 1s so far")
		return passed("running")
	}}
	var got []string
	for r := range Run(t.Context(), []Stage{talking}, &Subject{}) {
		got = append(got, r.Name+": "+string(r.State)+" "+r.Evidence)
	}
	if want := []string{"State: running ", "State: running starting, 1s so far", "State: passed running"}; !slices.Equal(got, want) {
		t.Errorf("heard %q", got)
	}
}

func TestTheLadderIsWellBuilt(t *testing.T) {
	before := map[ID]bool{}
	for _, stage := range All() {
		if before[stage.ID] || stage.Name == "" || stage.Run == nil || stage.Gate == stage.Advisory || stage.Deadline <= 0 && stage.ID != "S00" {
			t.Errorf("%s is not a whole stage", stage.ID)
		}
		for _, other := range stage.After {
			if !before[other] {
				t.Errorf("%s comes after %s, which is not before it", stage.ID, other)
			}
		}
		if before[StageWorkspace] && !comesAfter(stage.ID, StageWorkspace) {
			t.Errorf("%s may start before the host is proven to be the workspace", stage.ID)
		}
		before[stage.ID] = true
	}
	var all []ID
	for _, part := range []struct {
		name   string
		stages []Stage
	}{{"S00-S08", Connect()}, {"S08-S12", Warehouse()}, {"S13-S14", Namespace()}, {"S15-S17", Access()}} {
		if first, last := part.stages[0].ID, part.stages[len(part.stages)-1].ID; string(first)+"-"+string(last) != part.name {
			t.Errorf("%s is %s to %s", part.name, first, last)
		}
		all = append(all, idsOf(part.stages)...)
	}
	// The entitlement is in two parts: it is looked at with the sign-in, and again with the warehouse that shows it to be missing. What comes
	// after Access is looked at once everything is chosen, and is in no part.
	if all = slices.Compact(all); !slices.Equal(all, idsOf(All())[:len(all)]) || len(all) != 18 {
		t.Errorf("the parts make %v", all)
	}
	if reading := Reading(); len(reading) != 5 || reading[0].ID != "S11" || reading[4].ID != "S17" {
		t.Errorf("reading has %d stages", len(reading))
	}
	All()[0].Run = nil
	if All()[0].Run == nil {
		t.Error("a caller can change the ladder")
	}
}

func idsOf(stages []Stage) []ID {
	ids := make([]ID, len(stages))
	for i, stage := range stages {
		ids[i] = stage.ID
	}
	return ids
}

// comesAfter follows the ladder down.
func comesAfter(id, other ID) bool {
	for _, stage := range All() {
		if stage.ID == id {
			return slices.ContainsFunc(stage.After, func(above ID) bool { return above == other || comesAfter(above, other) })
		}
	}
	return false
}

func TestAStartThatOutlastsItsDeadlineStaysNamedAsAStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := pause(ctx, time.Minute); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if err := pause(t.Context(), time.Minute); err != nil {
			t.Errorf("got %v", err)
		}
	})
}
