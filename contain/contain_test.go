package contain_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/contain"
)

const canary = "dapi-CANARY"

func boom() { panic(canary) }

func named(t *testing.T, err error) {
	t.Helper()
	var fault *contain.Fault
	if !errors.As(err, &fault) || fault.During != "counting" || !strings.HasPrefix(fault.At, "contain_test.go:") || strings.Contains(err.Error(), canary) {
		t.Errorf("%v", err)
	}
}

func TestAPanicIsNamedByItsLineAndNeverByItsValue(t *testing.T) {
	named(t, contain.Run("counting", boom))
	if fault := contain.Run("counting", func() {}); fault != nil {
		t.Errorf("%v", fault)
	}
}

func TestWhoAsksIsToldOfAPanic(t *testing.T) {
	answer := <-contain.Ask("counting", func() (int, error) { boom(); return 1, nil })
	named(t, answer.Err)
	if answer = <-contain.Ask("counting", func() (int, error) { return 7, nil }); answer.Value != 7 || answer.Err != nil {
		t.Errorf("%v", answer)
	}
}

func TestAPanicOfAGroupGoesOnWhereItIsWaitedFor(t *testing.T) {
	done := 0
	fault := contain.Run("waiting", func() {
		var group contain.Group
		group.Go("counting", boom)
		group.Go("counting", func() { done++ })
		group.Wait()
		t.Error("waited as if nothing had happened")
	})
	if named(t, fault); done != 1 {
		t.Error("the other goroutine was not waited for")
	}
}

func TestAPanicThatNobodyWaitsForIsReported(t *testing.T) {
	told := make(chan *contain.Fault, 1)
	contain.OnFault(func(f *contain.Fault) { told <- f })
	contain.Go("counting", boom)
	named(t, <-told)
}
