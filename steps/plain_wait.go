package steps

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/ui"
)

// stillEvery is how often a wait is put into words: nothing moves on a line that was written.
const stillEvery = 10 * time.Second

// patiently does work that may take long, and says now and then that it goes on. It returns when the work has ended, which ctx ends
// early, and so does a person who goes back or leaves: that is the error then.
func patiently[T any](ctx context.Context, a asker, doing string, work func(context.Context) (T, error)) (T, error) {
	var value T
	var err error
	began := time.Now()
	gone := a.await(ctx, func(ctx context.Context, _ func(func())) {
		value, err = work(ctx)
	}, func() string { return fmt.Sprintf("%s, %s so far", doing, time.Since(began).Round(time.Second)) })
	switch {
	case gone != nil:
		err = gone
	case err != nil && ctx.Err() != nil:
		err = ErrLeft
	}
	return value, err
}

// await does work until it has ended, says every now and then what still goes on, and hears the person meanwhile. What the work hands
// over is done between that, so that nothing is said at the same time.
func (a asker) await(ctx context.Context, work func(ctx context.Context, handOver func(func())), doing func() string) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	handed := make(chan func())
	go func() {
		defer close(handed)
		work(ctx, func(do func()) { handed <- do })
	}()
	tick := time.NewTicker(stillEvery)
	defer tick.Stop()
	heard := a.overhear(ctx)
	for ways := heard.ways; ; {
		select {
		case do, more := <-handed:
			if !more {
				return heard.stop()
			}
			do()
		case err, more := <-ways:
			switch {
			case !more:
				ways = nil
			case !a.helped(err):
				heard.gone = err
				end()
			}
		case <-tick.C:
			if what := doing(); what != "" {
				a.Say("Still %s. %s", what, a.wayOutOfWait())
			}
		}
	}
}

// wayOutOfWait says how a wait is ended.
func (a asker) wayOutOfWait() string {
	if a.Ready == nil {
		return "Ctrl+C leaves."
	}
	return "Ctrl+C leaves; b and enter goes back."
}

// undisturbed is for work that must not be left half done by a letter that was typed too early.
func (a asker) undisturbed() asker {
	prompt := *a.Prompt
	prompt.Ready = nil
	a.Prompt = &prompt
	return a
}

// overheard is what a person types while they wait.
type overheard struct {
	ways chan error // one of waysTo, or that the input has ended
	gone error      // the way that the person went
	deaf context.CancelFunc
}

func (a asker) overhear(ctx context.Context) *overheard {
	ctx, deaf := context.WithCancel(ctx)
	o := &overheard{ways: make(chan error), deaf: deaf}
	go func() {
		defer close(o.ways)
		for {
			letter, err := a.Overhear(ctx, a.waysOut()...)
			if err == nil {
				err = waysTo[letter]
			}
			if err != nil {
				o.ways <- err
			}
			if !errors.Is(err, errHelp) {
				return
			}
		}
	}()
	return o
}

// stop ends the listening, so that the next question hears the person, and returns the way that they went.
func (o *overheard) stop() error {
	o.deaf()
	for err := range o.ways {
		if !errors.Is(err, errHelp) {
			o.gone = err
		}
	}
	return o.gone
}

// run prints each stage once, when it has ended, and then the failure. A long stage is named while it goes on. The error is that the person
// went away.
func (a asker) run(ctx context.Context, attempt *Attempt) ([]check.Result, error) {
	results, err := a.follow(ctx, attempt.Climb)
	if err != nil {
		return nil, err
	}
	if failed := check.Failure(results); failed != nil {
		a.Say("%s", check.Text(*failed))
	}
	return results, nil
}

func (a asker) follow(ctx context.Context, ladder func(context.Context) iter.Seq[check.Result]) ([]check.Result, error) {
	var results []check.Result
	var open waiting
	gone := a.await(ctx, func(ctx context.Context, handOver func(func())) {
		for r := range ladder(ctx) {
			handOver(func() {
				if r.State != check.Running {
					results = append(results, r)
					a.Say("%s", check.Line(r))
				} else if change := open.change(r); change != "" {
					a.Say("%s", change)
				}
				open = open.take(r)
			})
		}
	}, func() string { return open.line() })
	if gone == nil && ctx.Err() != nil {
		gone = ErrLeft
	}
	return results, gone
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
	return "on " + string(r.Stage) + " " + ui.Clean(r.Name) + ": " + told
}

// change is what a stage waits for now, as a line, and empty where that is no news.
func (w waiting) change(r check.Result) string {
	now := whatFor(r)
	for _, other := range w {
		if other.latest.Stage == r.Stage && other.latest.Name == r.Name && whatFor(other.latest) == now {
			return ""
		}
	}
	if now == "" {
		return ""
	}
	return string(r.Stage) + " " + ui.Clean(r.Name) + ": " + now + "."
}

// whatFor is what a stage says of its wait, without how long that takes.
func whatFor(r check.Result) string {
	parts := strings.Split(ui.Clean(r.Evidence), ", ")
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool {
		return strings.HasSuffix(part, " so far") || strings.HasPrefix(part, "usually ")
	}), ", ")
}
