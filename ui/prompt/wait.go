package prompt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/contain"
)

// Patiently does work that may take long, and says now and then that it goes on. It returns when the work has ended, which ctx ends
// early, and so does a person who goes back or leaves: that is the error then.
func Patiently[T any](ctx context.Context, a Asker, doing string, work func(context.Context) (T, error)) (T, error) {
	var value T
	var err error
	began := a.Now()
	gone := a.Await(ctx, func(ctx context.Context, _ func(func())) {
		value, err = work(ctx)
	}, func() string { return fmt.Sprintf("%s, %s so far", doing, a.Now().Sub(began).Round(time.Second)) })
	switch {
	case gone != nil:
		err = gone
	case err != nil && ctx.Err() != nil:
		err = ErrLeft
	}
	return value, err
}

// Await does work until it has ended, says every now and then what still goes on, and hears the person meanwhile. What the work hands
// over is done between that, so that nothing is said at the same time.
func (a Asker) Await(ctx context.Context, work func(ctx context.Context, handOver func(func())), doing func() string) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	handed := make(chan func())
	worked := contain.Ask("working", func() (struct{}, error) {
		work(ctx, func(do func()) { handed <- do })
		return struct{}{}, nil
	})
	tick, stop := a.clock().Tick(stillEvery)
	defer stop()
	heard := a.overhear(ctx)
	for ways := heard.ways; ; {
		select {
		case do := <-handed:
			do()
		case answer := <-worked: // what is handed over is taken by hand, so nothing is left
			gone := heard.stop()
			if answer.Err != nil {
				panic(answer.Err) // it goes on where it was waited for
			}
			return gone
		case err, more := <-ways:
			switch {
			case !more:
				ways = nil
			case !a.helped(err):
				heard.gone = err
				end()
			}
		case <-tick:
			if what := doing(); what != "" {
				a.Say("Still %s. %s", what, a.WayOutOfWait())
			}
		}
	}
}

// WayOutOfWait says how a wait is ended.
func (a Asker) WayOutOfWait() string {
	if a.Ready == nil {
		return "Ctrl+C leaves."
	}
	return "Ctrl+C leaves; b and enter goes back."
}

// Undisturbed is for work that must not be left half done by a letter that was typed too early.
func (a Asker) Undisturbed() Asker {
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

func (a Asker) overhear(ctx context.Context) *overheard {
	ctx, deaf := context.WithCancel(ctx)
	o := &overheard{ways: make(chan error), deaf: deaf}
	contain.Go("hearing the person", func() {
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
	})
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
