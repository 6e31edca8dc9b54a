package saved

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/contain"
)

// atOnce is how many connections are tested at once. They may share a workspace, which limits how often it is asked.
const atOnce = 4

// Tests is how saved connections are tested.
type Tests struct {
	Start bool     // a stopped warehouse, which a person agreed to
	UpTo  check.ID // the stage that each walk ends after; empty is the whole ladder
}

// Tested is how the test of one of several connections ended.
type Tested struct {
	At      int                  // among those that were to be tested
	Saved   connector.Connection // with its verdict, where that was kept
	Test    *setup.Test          // concluded and closed; nil where there was no test
	Results []check.Result
	Err     error // why there was no test
	NotKept error // why the verdict does not stand beside the connection
}

// Of prepares the test of one connection. Close it when done.
func (how Tests) Of(env setup.Environment, c connector.Connection) (*setup.Test, error) {
	t, err := env.Test(c, how.Start)
	if err == nil && how.UpTo != "" {
		t.Only(how.UpTo)
	}
	return t, err
}

// All tests connections, a few at once, keeps each verdict that may be kept, and yields each test when it has ended, in no order. It yields
// no more once ctx has ended. A caller that stops listening ends what still runs.
func (how Tests) All(ctx context.Context, env setup.Environment, all []connector.Connection) iter.Seq[Tested] {
	return func(yield func(Tested) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		slots, ended := make(chan struct{}, atOnce), make(chan Tested, len(all))
		for i, c := range all {
			contain.Go("waiting for a test", func() {
				slots <- struct{}{}
				answer := <-contain.Ask("testing a connection", func() (Tested, error) { return how.one(ctx, env, c) })
				<-slots
				t := answer.Value
				if t.At, t.Saved = i, c; answer.Err != nil {
					t.Test, t.Err = nil, answer.Err
				}
				ended <- t
			})
		}
		for range all {
			t := <-ended
			if ctx.Err() != nil {
				return
			}
			if t.Err == nil {
				kept, err := t.Test.Keep(ctx)
				if t.NotKept = err; err == nil {
					t.Saved = kept
				}
			}
			if !yield(t) {
				return
			}
		}
	}
}

func (how Tests) one(ctx context.Context, env setup.Environment, c connector.Connection) (t Tested, err error) {
	if t.Test, err = how.Of(env, c); err != nil {
		return t, err
	}
	defer t.Test.Close()
	t.Results, err = t.Test.Walk(ctx, func(check.Result) {})
	return t, err
}

// InOrder gives the tests of All in the order of the connections: each as soon as those before it have ended.
func InOrder(tests iter.Seq[Tested], count int) iter.Seq[Tested] {
	return func(yield func(Tested) bool) {
		ended, next := make([]*Tested, count), 0
		for t := range tests {
			for ended[t.At] = &t; next < count && ended[next] != nil; next++ {
				if !yield(*ended[next]) {
					return
				}
			}
		}
	}
}

// Outcome is what the test of a connection comes to.
type Outcome int

// The outcomes of a test.
const (
	Works      Outcome = iota // nothing failed
	NeedsALook                // nothing stands in the way of the connection; what only advises failed
	Fails                     // something does, or there was no test
)

// Outcome is what the test comes to.
func (t Tested) Outcome() Outcome {
	switch {
	case t.Err != nil || check.Blocking(t.Results) != nil:
		return Fails
	case check.Failure(t.Results) != nil:
		return NeedsALook
	}
	return Works
}

// Line is how the test ended, as a sentence, and what to do next, empty where there is nothing.
func (t Tested) Line() (text, next string) {
	if t.Err != nil {
		return connector.Words(t.Err)
	}
	f := check.Failure(t.Results)
	if f == nil {
		return setup.VerdictLine(t.Test.Proof()), ""
	}
	return fmt.Sprintf("%s at %s %s. %s", f.Finding.Headline(), f.Stage, f.Name, f.Finding.Reason), f.Finding.Remedy.Text
}

// NotKept says that the verdict of a test does not stand beside its connection, and why.
func NotKept(c connector.Connection, err error) string {
	return fmt.Sprintf("The result of the test of %s was not kept: %s", c.Name, connector.Sentence(err))
}

// warned is a stage that failed and only advises, in words.
const warned check.State = "warned of"

// Stages says how many stages of a walk ended how, and which did not pass, empty where there was no walk.
func Stages(results []check.Result) string {
	count := map[check.State]int{}
	others := map[check.State][]string{}
	for _, r := range results {
		state := r.State
		if state == check.Failed && r.Advisory {
			state = warned
		}
		count[state]++
		others[state] = append(others[state], r.Name)
	}
	var parts []string
	for _, state := range []check.State{check.Passed, check.Failed, warned, check.Unknown, check.Blocked, check.Skipped} {
		switch n := count[state]; {
		case n == 0:
		case state == check.Passed || n > 3:
			parts = append(parts, fmt.Sprintf("%d %s", n, state))
		default:
			parts = append(parts, fmt.Sprintf("%d %s (%s)", n, state, strings.Join(others[state], ", ")))
		}
	}
	return strings.Join(parts, ", ")
}
