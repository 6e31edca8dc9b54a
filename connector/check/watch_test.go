package check

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// deaf is a stage that does not notice that its time is over, and finds something long after.
func deaf(id ID, deadline, takes time.Duration) Stage {
	return Stage{ID: id, Name: string(id), Deadline: deadline, Gate: true, Run: func(context.Context, *Subject, func(string)) Result {
		time.Sleep(takes)
		return passed("late").keeping(func(s *Subject) { s.Rows = 1 })
	}}
}

func TestAStageThatIgnoresItsDeadlineIsLeftBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Subject{}
		began := time.Now()
		own := deaf("c", time.Second, time.Hour)
		own.Late = notShown
		results := slices.Collect(Run(t.Context(), []Stage{own, deaf("a", 5*time.Second, time.Hour), answering("b", Passed)}, s))
		if got := finals(results); !slices.Equal(got, []string{"c unknown", "a failed", "b blocked by a"}) {
			t.Errorf("walked %q", got)
		}
		if took := time.Since(began); took > 6*time.Second {
			t.Errorf("it took %s", took)
		}
		time.Sleep(2 * time.Hour)
		if s.Rows != 0 {
			t.Error("what it found in the end was kept")
		}
	})
}

func TestWhatNothingAnswersIsKnownWithinFifteenSeconds(t *testing.T) {
	for slow := 1; slow <= 8; slow++ {
		synctest.Test(t, func(t *testing.T) {
			stages := Connect()
			for i := range stages {
				stage := sleeping(stages[i].ID, Passed, max(0, stages[i].Deadline-time.Millisecond), stages[i].After...)
				if i == slow {
					stage = hanging(stages[i].ID, 0, stages[i].After...)
				}
				stages[i].Run = stage.Run
			}
			began := time.Now()
			results := slices.Collect(Run(t.Context(), stages, &Subject{}))
			if f := Failure(results); f == nil || f.Finding.Pattern != "timeout" || time.Since(began) > 15*time.Second+10*time.Millisecond {
				t.Errorf("%s hangs: after %s %q", stages[slow].ID, time.Since(began), finals(results))
			}
		})
	}
}

func TestCancellingEndsTheWalkAtOnceWithoutAVerdict(t *testing.T) {
	for name, stuck := range map[string]Stage{"a call that ends with it": hanging("b", time.Hour, "a"), "a call that goes on": deaf("b", time.Hour, 2*time.Hour)} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			began := time.Now()
			var got []string
			for r := range Run(ctx, []Stage{answering("a", Passed), stuck, answering("c", Passed, "b")}, &Subject{}) {
				got = append(got, line(r))
			}
			if slices.Contains(got, "b failed") || slices.Contains(got, "c running") || !slices.Contains(got, "a passed") || time.Since(began) != time.Second {
				t.Errorf("%s: after %s: %q", name, time.Since(began), got)
			}
			time.Sleep(3 * time.Hour) // whoever is left behind has ended: the bubble would not otherwise
		})
	}
}

func TestTheWalkStopsWhenNobodyListens(t *testing.T) {
	for stopAt := range 7 {
		synctest.Test(t, func(t *testing.T) {
			talking := func(id ID) Stage {
				return Stage{ID: id, Name: string(id), Run: func(_ context.Context, _ *Subject, note func(string)) Result {
					note("one")
					note("two")
					return passed("done")
				}}
			}
			seen := 0
			for range Run(t.Context(), []Stage{talking("a"), talking("b"), hanging("c", time.Hour)}, &Subject{}) {
				if seen++; seen > stopAt {
					break
				}
			}
			synctest.Wait() // nothing is left that waits for a listener
		})
	}
}

// TestAFaultOfAStageIsItsResult: the walk goes on, and the person learns where it went wrong.
func TestAFaultOfAStageIsItsResult(t *testing.T) {
	broken := func(context.Context, *Subject, func(string)) Result { panic("dapi-CANARY") }
	stages := []Stage{
		answering("a", Passed), {ID: "b", Name: "b", Advisory: true, Run: broken}, {ID: "c", Name: "c", Gate: true, Run: broken}, answering("d", Passed),
	}
	var got []string
	for r := range Run(t.Context(), stages, &Subject{}) {
		if got = append(got, line(r)); strings.Contains(fmt.Sprint(r, r.Finding), "CANARY") {
			t.Errorf("%v tells what the fault was about", r)
		}
		if r.Stage == "c" && r.State != Running && (r.Finding == nil || r.Finding.Pattern != FaultPattern || !strings.Contains(r.Finding.Reason, "watch_test.go:")) {
			t.Errorf("%+v", r)
		}
	}
	for _, want := range []string{"a passed", "b failed", "c failed", "d blocked by c"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not among %q", want, got)
		}
	}
}
