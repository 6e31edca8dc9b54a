package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

func answering[T any](value T) func(context.Context) (T, error) {
	return func(context.Context) (T, error) { return value, nil }
}

func TestATaskTakesOnlyItsNewestAnswer(t *testing.T) {
	var task, other Task[int]
	ctx := t.Context()
	first := task.Start(ctx, answering(1))
	second := task.Start(ctx, answering(2))
	foreign := other.Start(ctx, answering(3))
	for _, stale := range []tea.Msg{first(), foreign(), "something else", nil} {
		if _, _, ok := task.Take(stale); ok {
			t.Fatalf("took %v", stale)
		}
	}
	msg := second()
	if value, err, ok := task.Take(msg); !ok || value != 2 || err != nil {
		t.Fatalf("took %v, %v, %v", value, err, ok)
	}
	if _, _, ok := task.Take(msg); ok || task.Running() {
		t.Fatal("the same answer counted twice")
	}
}

func TestStartingAgainCancelsTheRunBefore(t *testing.T) {
	var task Task[int]
	var began context.Context
	first := task.Start(t.Context(), func(ctx context.Context) (int, error) {
		began = ctx
		<-ctx.Done()
		return 0, ctx.Err()
	})
	task.Start(t.Context(), answering(2))
	first()
	if began.Err() == nil {
		t.Fatal("the first run was not cancelled")
	}
}

func TestAnAnswerAfterTheStepWasLeftIsNoAnswer(t *testing.T) {
	var task Task[int]
	ctx, leave := context.WithCancel(t.Context())
	cmd := task.Start(ctx, answering(1))
	if !task.Running() {
		t.Fatal("a started task runs")
	}
	leave()
	if task.Running() {
		t.Fatal("a task runs although its step was left")
	}
	if _, _, ok := task.Take(cmd()); ok {
		t.Fatal("a late answer was taken")
	}
}

func TestADeadlineOfTheStepIsAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var task Task[int]
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		cmd := task.Start(ctx, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return 0, ctx.Err()
		})
		if _, err, ok := task.Take(cmd()); !ok || !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("error %v, ok %v", err, ok)
		}
	})
}

func TestAPanicInATaskIsAnErrorWithoutItsValue(t *testing.T) {
	var task Task[int]
	cmd := task.Start(t.Context(), func(context.Context) (int, error) { panic("CANARY") })
	_, err, ok := task.Take(cmd())
	var fault *Fault
	if !ok || !errors.As(err, &fault) || strings.Contains(err.Error(), "CANARY") {
		t.Fatalf("ok %v, error %v", ok, err)
	}
}

func TestAStreamHandsOverItemsInOrderThenEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var stream Stream[int]
		broken := errors.New("broken")
		cmd := stream.Start(t.Context(), func(_ context.Context, emit func(int)) error {
			for i := range 3 {
				time.Sleep(time.Second)
				emit(i)
			}
			return broken
		})
		var got []int
		for {
			item, state, next, err := stream.Take(cmd())
			if state == StreamEnd {
				if !errors.Is(err, broken) || next != nil || stream.Running() {
					t.Fatalf("ended with %v, running %v", err, stream.Running())
				}
				break
			}
			got = append(got, item)
			cmd = next
		}
		if len(got) != 3 || got[0] != 0 || got[2] != 2 {
			t.Fatalf("items %v", got)
		}
	})
}

func TestACancelledStreamLeavesNoGoroutineBehind(t *testing.T) {
	// The bubble fails when a goroutine is still blocked at its end.
	synctest.Test(t, func(t *testing.T) {
		var stream Stream[int]
		ctx, leave := context.WithCancel(t.Context())
		cmd := stream.Start(ctx, func(_ context.Context, emit func(int)) error {
			for i := range 1000 {
				emit(i)
			}
			return nil
		})
		_, state, next, _ := stream.Take(cmd())
		if state != StreamItem {
			t.Fatalf("state %v", state)
		}
		synctest.Wait()
		leave()
		if _, state, _, _ := stream.Take(next()); state != StreamOther || stream.Running() {
			t.Fatalf("after leaving: state %v, running %v", state, stream.Running())
		}
	})
}

func TestARestartedStreamIgnoresItemsOfTheRunBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var stream Stream[string]
		emitting := func(text string) func(context.Context, func(string)) error {
			return func(_ context.Context, emit func(string)) error {
				emit(text)
				return nil
			}
		}
		late := stream.Start(t.Context(), emitting("old"))()
		fresh := stream.Start(t.Context(), emitting("new"))()
		if _, state, _, _ := stream.Take(late); state != StreamOther {
			t.Fatal("an old item was taken")
		}
		item, _, next, _ := stream.Take(fresh)
		if item != "new" {
			t.Fatalf("item %q", item)
		}
		if _, state, _, err := stream.Take(next()); state != StreamEnd || err != nil {
			t.Fatalf("state %v, error %v", state, err)
		}
	})
}

func TestReducedMotionBeatsOnceASecond(t *testing.T) {
	for reduced, want := range map[bool]time.Duration{false: 125 * time.Millisecond, true: time.Second} {
		synctest.Test(t, func(t *testing.T) {
			theme := NewTheme(true)
			theme.ReducedMotion = reduced
			start := time.Now()
			NewPulse(&theme).Beat(nil, true)()
			if got := time.Since(start); got != want {
				t.Fatalf("reduced %v: a beat after %v", reduced, got)
			}
			if theme.Spinner(time.Second) == theme.Spinner(1125*time.Millisecond) != reduced {
				t.Fatalf("reduced %v: the spinner does not follow", reduced)
			}
		})
	}
}

// TestTimeIsThatOfTheProgram brews for an hour by the clock of the shell, while no time passes on the machine.
func TestTimeIsThatOfTheProgram(t *testing.T) {
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	at := noon
	shell, steps := newScripted(t, "one")
	shell = NewShell(WithClock(t.Context(), func() time.Time { return at }), shell.steps, Options{})
	shell.Init()
	var task Task[string]
	var stream Stream[string]
	task.Start(steps[0].ctx, func(context.Context) (string, error) { return "", nil })
	stream.Start(steps[0].ctx, func(context.Context, func(string)) error { return nil })
	at = noon.Add(time.Hour)
	if !task.Since().Equal(noon) || !stream.Since().Equal(noon) || !shell.theme.Now().Equal(at) {
		t.Fatalf("since %v and %v at %v", task.Since(), stream.Since(), shell.theme.Now())
	}
	if drawn := Working("Brewing", task.Since()).View(shell.theme, 60); !strings.Contains(drawn, "60:00") {
		t.Fatalf("drawn is %q", drawn)
	}
}
