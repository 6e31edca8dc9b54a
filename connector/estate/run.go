package estate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/contain"
)

// Asker sends one read to a host and gives the answer. Refusals are *workspace.ReadError.
type Asker interface {
	Ask(ctx context.Context, method, path string, query url.Values, body []byte) ([]byte, error)
}

// Options are what a run needs.
type Options struct {
	Place     Place
	Workspace Asker // nil: the workspace is not read
	Account   Asker // nil: the account is not read
	Bulk      Bulk  // nil: grants are asked for one object at a time
	Budget    time.Duration
	Pace      float64        // the part of the documented pace at which it asks, 0 for all of it
	Tell      func(Coverage) // how far it is, about once a second, and whenever a collector ends; nil: nobody is told
}

// Budget is how long a run may take where nobody says otherwise.
const Budget = 6 * time.Hour

// ErrTimedOut is of a run whose time was over. What it has stays, and the next run goes on from there.
var ErrTimedOut = errors.New("the time of the run is over")

// Run takes an inventory into a run of the store, from the beginning or from where it was ended. The error is nil where every collector came to an
// end, whatever that was; ErrTimedOut; that of ctx; or that of a host which could not be signed in to at all.
func Run(ctx context.Context, into *store.Run, o Options) (Coverage, error) {
	return newRunner(into, o).run(ctx)
}

func newRunner(into *store.Run, o Options) *runner {
	r := &runner{into: into, Options: o, began: time.Now(), buckets: newBuckets(time.Now(), o.Pace), answers: make(chan answer, 2*InFlight), heard: map[Plane]bool{}, let: map[Plane]bool{}, shut: map[Plane]int{}, away: map[Plane]time.Time{}, quiet: map[Plane]time.Time{}}
	r.asker = map[Plane]Asker{AtWorkspace: o.Workspace, AtAccount: o.Account}
	r.spent = func(now time.Time) bool { return r.Budget > 0 && now.Sub(r.began) >= r.Budget }
	return r
}

func (r *runner) run(ctx context.Context) (Coverage, error) {
	if err := r.load(); err != nil {
		return Coverage{}, err
	}
	err := r.loop(ctx)
	if err == nil {
		err = r.wrote(nil)
	}
	return r.coverage(), err
}

// answer is what came back of a task.
type answer struct {
	*task
	text []byte
	err  error
	away bool      // the host answers nothing else either
	bulk *bulkPage // of what was read at once, instead of a text
}

type runner struct {
	Options
	into    *store.Run
	asker   map[Plane]Asker
	works   []*work
	buckets []bucket
	flying  map[Plane]int
	answers chan answer
	sending contain.Group
	began   time.Time
	told    time.Time
	heard   map[Plane]bool      // an answer of some kind came
	let     map[Plane]bool      // somebody was let in
	shut    map[Plane]int       // how often nobody was since
	away    map[Plane]time.Time // since when nothing was answered
	quiet   map[Plane]time.Time // until when nothing is asked for that
	spent   func(now time.Time) bool
	late    bool // the time is over
	sent    int
	window  [2]lap // of the last seconds and those before, for how fast it is now
	slowed  int
	lost    int
	bulks   int // collectors that are read at once
	self    self
}

func (r *runner) load() error {
	r.flying = map[Plane]int{}
	var before Place
	resumed, err := r.into.Fact("place", &before)
	if err != nil {
		return err //nolint:wrapcheck // the store's errors have words
	}
	r.Place.Account = cmp.Or(r.Place.Account, before.Account) // whose rows are there already
	if err := r.recall(); err != nil {
		return err
	}
	for i := range r.buckets {
		if resumed { // whoever ended it may have spent what can be sent at once
			r.buckets[i].room = 0
		}
	}
	for i := range collectors {
		c := &collectors[i]
		w := &work{Collector: c, index: i, limit: limitOf(c.Plane, c.path(r.Place))}
		for _, kind := range c.For {
			for _, maker := range makers(kind) {
				if maker != i {
					w.makers = append(w.makers, maker)
				}
			}
		}
		if err := w.load(r.into); err != nil {
			return err
		}
		r.works = append(r.works, w)
	}
	r.reopen()
	for _, w := range r.works {
		c := w.Collector
		if o := r.Options; o.Bulk != nil && c.Shape == Grants && len(c.For) == 1 && o.Bulk.Reads(c.For[0]) && !w.State.Over() {
			w.stock.state = wanted
		}
		if w.State == Waiting && r.asker[c.Plane] == nil {
			w.State, w.Why, w.Lacks, w.NotAsked = Skipped, "the "+string(c.Plane)+" was not read", c.right(), c.Plane
		}
	}
	return r.into.Write(func(c *store.Change) error { //nolint:wrapcheck // the store's errors have words
		err := c.Fact("place", r.Place)
		for _, w := range r.works {
			err = cmp.Or(err, c.Line(w.ID, w.Line))
		}
		return err
	})
}

// path is what a request goes to, for its limit.
func (c *Collector) path(p Place) string {
	return p.filled(c.Path, store.Row{ID: "x", Name: "x"}, func(s string) string {
		if s == "" {
			return "x"
		}
		return s
	})
}

func (r *runner) loop(ctx context.Context) error {
	defer r.sending.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for {
		wait, err := r.dispatch(ctx)
		if err != nil {
			return err
		}
		if r.total() == 0 && wait < 0 {
			if ended, err := r.closeAll(); err != nil || !ended {
				return errors.Join(err, r.unlessLate())
			}
			continue
		}
		got, err := r.await(ctx, wait)
		if err != nil {
			return err
		}
		if err := r.take(got); err != nil {
			return err
		}
		if _, err := r.closeAll(); err != nil {
			return err
		}
	}
}

func (r *runner) unlessLate() error {
	for _, w := range r.works {
		if w.State == TimedOut {
			return ErrTimedOut
		}
	}
	return nil
}

func (r *runner) total() int { return r.flying[AtWorkspace] + r.flying[AtAccount] + r.bulks }

// await waits for answers, or so long where that is not negative, and gives those that are there.
func (r *runner) await(ctx context.Context, wait time.Duration) ([]answer, error) {
	var timer <-chan time.Time
	if wait >= 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		timer = t.C
	}
	var got []answer
	select {
	case a := <-r.answers:
		got = append(got, a)
	case <-timer:
	case <-ctx.Done():
		return nil, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	}
	for {
		select {
		case a := <-r.answers:
			got = append(got, a)
		default:
			return got, nil
		}
	}
}

// dispatch sends what may be sent now, and tells how long until something more may be; negative where nothing waits for its time.
func (r *runner) dispatch(ctx context.Context) (time.Duration, error) {
	for {
		t, wait, err := r.pick(ctx, time.Now())
		if err != nil || t == nil {
			return wait, err
		}
		r.send(ctx, t)
	}
}

// pick gives the task whose turn it is: of the first collector in order whose limit has room.
func (r *runner) pick(ctx context.Context, now time.Time) (*task, time.Duration, error) {
	soonest := time.Duration(-1)
	later := func(d time.Duration) {
		if soonest < 0 || d < soonest {
			soonest = d
		}
	}
	if r.late = r.late || r.spent(now); r.late {
		return nil, -1, nil
	}
	for _, w := range r.works {
		if w.State.Over() || r.flying[w.Plane] >= InFlight || w.Own != nil && r.stranger() {
			continue
		}
		if waits, err := r.inBulk(ctx, w); err != nil || waits {
			if err != nil {
				return nil, 0, err
			}
			continue
		}
		if err := w.refill(r.into); err != nil {
			return nil, 0, err //nolint:wrapcheck // the store's errors have words
		}
		if len(w.ready) == 0 {
			continue
		}
		if pause := r.quiet[w.Plane].Sub(now); pause > 0 {
			later(pause)
			continue
		}
		if pause := r.buckets[w.limit].wait(now); pause > 0 {
			later(pause)
			continue
		}
		for i, t := range w.ready {
			if pause := t.after.Sub(now); pause > 0 {
				later(pause)
				continue
			}
			w.ready = append(w.ready[:i], w.ready[i+1:]...)
			return t, 0, nil
		}
	}
	return nil, soonest, nil
}

func (r *runner) send(ctx context.Context, t *task) {
	w := t.of
	r.buckets[w.limit].take()
	r.flying[w.Plane]++
	w.flying++
	r.sent++
	w.starts(time.Now())
	w.Requests++
	q, asker := r.asked(t), r.asker[w.Plane]
	r.sending.Go("taking an inventory", func() {
		a := answer{task: t}
		if fault := contain.Run("reading an answer", func() {
			a.text, a.err = asker.Ask(context.WithValue(ctx, askingKey{}, w.ID), q.method, q.path, q.query, q.body)
			a.away = ctx.Err() == nil && silent(a.err) && r.unreachable(ctx, w.Plane)
		}); fault != nil {
			a.err = fmt.Errorf("%w: %w", connector.ErrUnreadable, fault)
		}
		r.answers <- a
	})
}
