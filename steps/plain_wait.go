package steps

import (
	"context"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/ui"
)

// stillEvery is how often a wait is put into words: nothing moves on a line that was written.
const stillEvery = 10 * time.Second

// patiently does work that may take long, and says now and then that it goes on. It returns when the work has ended, which ctx ends early.
func patiently[T any](ctx context.Context, p plain, doing string, work func(context.Context) (T, error)) (T, error) {
	var value T
	var err error
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		value, err = work(ctx)
	}()
	tick := time.NewTicker(stillEvery)
	defer tick.Stop()
	for began := time.Now(); ; {
		select {
		case <-ended:
			return value, err
		case <-tick.C:
			p.Say("Still %s, %s so far. Ctrl+C leaves.", doing, time.Since(began).Round(time.Second))
		}
	}
}

// run prints each stage once, when it has ended, and returns the failure. A long stage is named while it goes on.
func (p plain) run(ctx context.Context, stages []check.Stage, subject *check.Subject) ([]check.Result, *check.Result) {
	defer subject.Close()
	stream := make(chan check.Result)
	go func() {
		defer close(stream)
		for r := range check.Run(ctx, stages, subject) {
			stream <- r
		}
	}()
	return p.follow(stream)
}

func (p plain) follow(stream <-chan check.Result) ([]check.Result, *check.Result) {
	tick := time.NewTicker(stillEvery)
	defer tick.Stop()
	var results []check.Result
	var open waiting
	for {
		select {
		case r, more := <-stream:
			if !more {
				failed := check.Failure(results)
				if failed != nil {
					p.Say("%s", FindingText(*failed))
				}
				return results, failed
			}
			if open = open.take(r); r.State != check.Running {
				results = append(results, r)
				p.Say("%s", CheckLine(r))
			}
		case <-tick.C:
			if line := open.line(); line != "" {
				p.Say("%s", line)
			}
		}
	}
}

// waiting are the stages that have begun and not ended, in the order they began.
type waiting []waited

type waited struct {
	latest check.Result
	since  time.Time
}

// take adds a stage that began, keeps what it says of its wait, and drops one that ended.
func (w waiting) take(r check.Result) waiting {
	for i, other := range w {
		switch {
		case other.latest.Stage != r.Stage || other.latest.Name != r.Name:
		case r.State == check.Running:
			w[i].latest = r
			return w
		default:
			return append(w[:i:i], w[i+1:]...)
		}
	}
	if r.State == check.Running {
		return append(w, waited{r, time.Now()})
	}
	return w
}

// line names the stage that has taken longest, and is empty while none runs.
func (w waiting) line() string {
	if len(w) == 0 {
		return ""
	}
	r, told := w[0].latest, time.Since(w[0].since).Round(time.Second).String()+" so far"
	if r.Evidence != "" {
		told = ui.Clean(r.Evidence)
	}
	return "Still on " + string(r.Stage) + " " + ui.Clean(r.Name) + ": " + told + ". Ctrl+C leaves."
}
