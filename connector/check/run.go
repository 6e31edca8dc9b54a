package check

import (
	"context"
	"iter"
	"time"

	"github.com/draftt-io/draftt-databricks/contain"
)

// Run walks the stages and yields results as they come: a Running one when a stage starts or reports progress, in the order of events,
// and the final ones in the order of the list, each as soon as every stage before it is final. Stages run side by side where they can,
// and yet a list of gates tells one story: the first gate of the list that fails is the one failed stage, what still runs after it is
// cancelled, and all after it are blocked by it. What the stages find is put into s between the results, by the caller's own goroutine.
//
// Stopping the iteration, or cancelling ctx, ends the walk at once, even while a stage is stuck in a call; a stage that was cut short by
// ctx yields nothing. No stage outlasts its deadline by more than a second.
func Run(ctx context.Context, stages []Stage, s *Subject) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		ctx, leave := context.WithCancel(ctx)
		defer leave()
		w := newWalk(ctx, stages, s)
		for ctx.Err() == nil && w.begin(yield) && w.conclude(yield) && w.next < len(stages) {
			select {
			case <-ctx.Done():
			case e := <-w.events:
				if ctx.Err() != nil || !w.take(e, yield) {
					return
				}
			}
		}
	}
}

// Final takes the results of a walk to its end, tells of each once it is final, and gives those.
func Final(walk iter.Seq[Result], tell func(Result)) []Result {
	var results []Result
	for r := range walk {
		if r.State != Running {
			results = append(results, r)
			tell(r)
		}
	}
	return results
}

const (
	// grace is how long a stage may take to notice that its time is over before its result is made for it.
	grace = 500 * time.Millisecond
	// sideBySide bounds how many stages run at the same time, for the sake of long lists of needs.
	sideBySide = 12
)

// walk is one run. Its methods are called by the goroutine that iterates, except for watch.
type walk struct {
	ctx     context.Context
	stages  []Stage
	subject *Subject
	began   time.Time
	events  chan event

	rungs   []rung
	running int
	next    int // the first stage without a final result
	broken  int // the first gate that failed, len(stages) while none has
}

// rung is how far one stage has come.
type rung struct {
	started, ended bool
	result         Result
	cancel         context.CancelFunc
}

// event is a stage that ended, or said what it waits for.
type event struct {
	stage  int
	ended  bool
	note   string
	result Result
}

func newWalk(ctx context.Context, stages []Stage, s *Subject) *walk {
	s.asked = newAsked()
	if s.sql == nil {
		s.sql = &opener{}
	}
	return &walk{
		ctx: ctx, stages: stages, subject: s, began: time.Now(), events: make(chan event),
		rungs: make([]rung, len(stages)), broken: len(stages),
	}
}

// begin starts every stage that may start.
func (w *walk) begin(yield func(Result) bool) bool {
	for i := w.next; i < w.broken && w.running < sideBySide; i++ {
		if w.rungs[i].started || !w.ready(w.stages[i]) {
			continue
		}
		if !yield(Result{State: Running}.of(w.stages[i])) {
			return false
		}
		w.start(i)
	}
	return true
}

func (w *walk) ready(stage Stage) bool {
	for i, other := range w.stages {
		for _, id := range stage.After {
			if other.ID == id && !w.rungs[i].ended {
				return false
			}
		}
	}
	return true
}

func (w *walk) start(i int) {
	stage, most := w.stages[i], w.stages[i].Deadline
	if stage.Within > 0 {
		left := max(time.Millisecond, stage.Within-time.Since(w.began))
		if most == 0 || left < most {
			most = left
		}
	}
	ctx, cancel := limited(w.ctx, most)
	w.rungs[i].started, w.rungs[i].cancel = true, cancel
	w.running++
	subject := *w.subject // its own: whatever others find meanwhile does not change under it
	contain.Go("watching a stage", func() { w.watch(ctx, i, most, &subject) })
}

func limited(ctx context.Context, most time.Duration) (context.Context, context.CancelFunc) {
	if most == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, most)
}

// conclude yields the results that have become final.
func (w *walk) conclude(yield func(Result) bool) bool {
	for ; w.next < len(w.stages); w.next++ {
		stage, at := w.stages[w.next], w.rungs[w.next]
		result := Result{State: Blocked}
		switch {
		case w.next > w.broken:
			result.BlockedBy = w.stages[w.broken].ID
		case !at.ended:
			return true
		default:
			result = at.result
			result.keep = nil
			if result.Finding != nil {
				settled := w.subject.settle(*result.Finding)
				result.Finding = &settled
			}
		}
		if !yield(result.of(stage)) {
			return false
		}
	}
	return true
}

// take reads an event. Those of stages after a broken gate are of no interest any more.
func (w *walk) take(e event, yield func(Result) bool) bool {
	stage, at := w.stages[e.stage], &w.rungs[e.stage]
	if !e.ended {
		if e.stage > w.broken {
			return true
		}
		return yield(Result{State: Running, Evidence: e.note}.of(stage))
	}
	w.running--
	at.cancel()
	at.ended, at.result = true, e.result
	if e.stage > w.broken {
		return true
	}
	if e.result.keep != nil {
		e.result.keep(w.subject)
	}
	if e.result.State == Failed && stage.Gate {
		w.broken = e.stage
		for i := e.stage + 1; i < len(w.stages); i++ {
			if w.rungs[i].started {
				w.rungs[i].cancel()
			}
		}
	}
	return true
}
