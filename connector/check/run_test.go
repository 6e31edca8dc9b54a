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

// answering is a stage that ends in a state at once.
func answering(id ID, state State, needs ...ID) Stage {
	return Stage{ID: id, Name: "Stage " + string(id), Needs: needs, Run: func(context.Context, *Subject, func(string)) Result {
		r := Result{State: state, Evidence: "asked"}
		if state == Failed {
			r.Finding = &Finding{Cause: Unreachable}
		}
		return r
	}}
}

// hanging is a stage that waits for an answer that does not come.
func hanging(id ID, deadline time.Duration) Stage {
	return Stage{ID: id, Name: string(id), Deadline: deadline, Run: func(ctx context.Context, _ *Subject, _ func(string)) Result {
		<-ctx.Done()
		return failure(fmt.Errorf("ask: %w", ctx.Err()), unreachable)
	}}
}

func line(r Result) string {
	text := string(r.Stage) + " " + string(r.State)
	if r.BlockedBy != "" {
		text += " by " + string(r.BlockedBy)
	}
	return text
}

func TestAFailureBlocksWhatNeedsItAndNothingElse(t *testing.T) {
	stages := []Stage{
		answering("a", Passed), answering("b", Failed, "a"), answering("c", Passed, "b"), answering("d", Passed, "c"), answering("e", Passed, "a"),
		answering("f", Failed, "e"), answering("g", Passed, "f", "d"), answering("h", Unknown, "a"), answering("i", Skipped, "h"), answering("j", Passed, "i", "h"), answering("k", Passed, "missing"),
	}
	var got []string
	var final []Result
	for r := range Run(t.Context(), stages, &Subject{}) {
		got = append(got, line(r))
		if r.State != Running {
			final = append(final, r)
		}
	}
	want := []string{
		"a running", "a passed", "b running", "b failed", "c blocked by b", "d blocked by b", "e running", "e passed", "f running", "f failed", "g blocked by f",
		"h running", "h unknown", "i running", "i skipped", "j running", "j passed", "k running", "k passed",
	}
	if !slices.Equal(got, want) {
		t.Errorf("walked\n%s, not\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if failed := Failure(final); failed == nil || failed.Stage != "b" || Failure(nil) != nil {
		t.Errorf("the first failure is %v", failed)
	}
	if open := Uncertain(final); len(open) != 1 || open[0].Stage != "h" || Uncertain(nil) != nil {
		t.Errorf("uncertain are %v", open)
	}
}

func TestAStagePastItsDeadlineFailsForWantOfAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var final []Result
		for r := range Run(t.Context(), []Stage{hanging("a", 3*time.Second), answering("b", Passed, "a"), hanging("c", time.Minute)}, &Subject{}) {
			if r.State != Running {
				final = append(final, r)
			}
		}
		if len(final) != 3 || line(final[0]) != "a failed" || line(final[1]) != "b blocked by a" || line(final[2]) != "c failed" {
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

func TestCancellingEndsTheWalkWithoutAVerdict(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		var got []string
		for r := range Run(ctx, []Stage{answering("a", Passed), hanging("b", time.Hour), answering("c", Passed)}, &Subject{}) {
			got = append(got, line(r))
		}
		if want := []string{"a running", "a passed", "b running"}; !slices.Equal(got, want) || time.Since(began) != time.Second {
			t.Errorf("after %s: %q", time.Since(began), got)
		}
	})
}

func TestTheWalkStopsWhenNobodyListens(t *testing.T) {
	asked := 0
	counting := Stage{ID: "a", Name: "a", Run: func(_ context.Context, _ *Subject, note func(string)) Result {
		asked++
		note("one")
		note("two")
		return passed("done")
	}}
	for stopAt, want := range []int{0, 1, 1, 1} {
		asked = 0
		seen := 0
		for range Run(t.Context(), []Stage{counting, counting}, &Subject{}) {
			if seen == stopAt {
				break
			}
			seen++
		}
		if asked != want {
			t.Errorf("stopping at result %d: asked %d times", stopAt, asked)
		}
	}
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
		if before[stage.ID] || stage.Name == "" || stage.Run == nil || stage.Deadline <= 0 && stage.ID != "S00" {
			t.Errorf("%s is not a whole stage", stage.ID)
		}
		for _, need := range stage.Needs {
			if !before[need] {
				t.Errorf("%s needs %s, which does not come before it", stage.ID, need)
			}
		}
		before[stage.ID] = true
	}
	parts := map[string][]Stage{"S00-S08": Connect(), "S09-S12": Warehouse(), "S13-S14": Namespace(), "S15-S17": Access()}
	var all []ID
	for _, name := range []string{"S00-S08", "S09-S12", "S13-S14", "S15-S17"} {
		part := parts[name]
		if string(part[0].ID)+"-"+string(part[len(part)-1].ID) != name {
			t.Errorf("%s begins with %s", name, part[0].ID)
		}
		for _, stage := range part {
			all = append(all, stage.ID)
		}
	}
	if len(all) != len(All()) || !slices.IsSorted(all) {
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
