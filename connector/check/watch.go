package check

import (
	"context"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/contain"
)

// watch runs one stage and reports its end. A stage that does not notice that its time is over is left behind: its result is made for
// it, and whatever it still finds goes nowhere, because its Subject is its own.
func (w *walk) watch(ctx context.Context, i int, most time.Duration, s *Subject) {
	stage, began := w.stages[i], time.Now()
	note := func(text string) { w.send(ctx, event{stage: i, note: text}) }
	ended := contain.Ask("running stage "+string(stage.ID), func() (Result, error) { return stage.Run(ctx, s, note), nil })
	var late <-chan time.Time
	if most > 0 {
		timer := time.NewTimer(most + grace)
		defer timer.Stop()
		late = timer.C
	}
	e := event{stage: i, ended: true}
	select {
	case answer := <-ended:
		if e.result = answer.Value; answer.Err != nil {
			e.result = Fault(Result{}.of(stage), answer.Err)
		}
	case <-late:
		e.result = stage.late()
	case <-w.ctx.Done():
		return
	}
	e.result.Took = time.Since(began)
	w.send(w.ctx, e)
}

// send hands an event to the goroutine that iterates, unless ctx ends first.
func (w *walk) send(ctx context.Context, e event) {
	select {
	case w.events <- e:
	case <-ctx.Done():
	}
}

// late is the result of a stage that did not end in time.
func (s Stage) late() Result {
	if s.Late != nil {
		return s.Late()
	}
	return failure(fmt.Errorf("%s: %w", s.Name, context.DeadlineExceeded), s.ID)
}
