package estate

import (
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// How often something is asked again: what got no answer, and what was refused for its pace.
const (
	mostTries   = 5
	mostRefused = 40
)

// mostIdle is how many pages of a listing, one behind the other, may have nothing new: Unity Catalog has empty ones in between,
// and few users have a role.
const mostIdle = 1_000

// take writes down what came back, all of it together, and has more asked.
func (r *runner) take(got []answer) error {
	if len(got) == 0 {
		return nil
	}
	touched := map[*work]bool{}
	err := r.into.Write(func(c *store.Change) error {
		for _, a := range got {
			w := a.of
			touched[w] = true
			if a.bulk != nil {
				if err := r.stocked(c, a); err != nil {
					return err
				}
				continue
			}
			r.flying[w.Plane]--
			w.flying--
			if err := r.settle(c, a); err != nil {
				return err
			}
		}
		r.touch(touched)
		return r.note(c, touched)
	})
	if err != nil {
		return err //nolint:wrapcheck // the store's errors have words
	}
	if now := time.Now(); r.Tell != nil && now.Sub(r.told) >= time.Second {
		r.told = now
		r.Tell(r.coverage())
	}
	return nil
}

// note writes how far collectors are.
func (r *runner) note(c *store.Change, touched map[*work]bool) error {
	now := time.Now()
	for w := range touched {
		w.clock(now)
		if err := c.Line(w.ID, w.Line); err != nil {
			return err //nolint:wrapcheck // as above
		}
		for _, l := range w.lanes {
			if err := c.Progress(w.ID, l.kind, l.at); err != nil {
				return err //nolint:wrapcheck // as above
			}
		}
	}
	return nil
}

// settle makes of an answer what follows from it.
func (r *runner) settle(c *store.Change, a answer) error {
	w := a.of
	if a.err != nil {
		return r.refusal(a)
	}
	r.heard[w.Plane], r.let[w.Plane], r.shut[w.Plane] = true, true, 0
	delete(r.away, w.Plane)
	r.buckets[w.limit].faster()
	p, err := w.read(a.about, a.token, a.text)
	if err != nil {
		if a.tries++; a.tries == 1 { // a gateway that has a page of its own for the moment
			a.after = time.Now().Add(patience)
			w.ready = append([]*task{a.task}, w.ready...)
			return nil
		}
		w.Unheard++
		r.over(a.task, err.Error())
		return nil
	}
	w.Pages++
	r.learn(p.rows)
	fresh := map[string]bool{}
	for _, row := range r.owned(a.task, p.rows) {
		added, err := c.Put(row)
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		if added {
			w.Rows++
			fresh[row.Kind] = true
		}
		if err := r.derive(c, row); err != nil {
			return err
		}
	}
	for _, other := range r.works {
		for _, kind := range other.For {
			other.dry = other.dry && !fresh[kind]
		}
	}
	if a.idle++; len(fresh) > 0 {
		a.idle = 0
	}
	switch {
	case p.short:
		w.Unheard++
		r.over(a.task, "the list ended before its own count of what it has")
	case p.next == "" && a.own:
		w.Owned++
		w.ended(a.task)
	case p.next == "":
		w.Answered++
		w.ended(a.task)
	case p.next == a.token, a.idle > mostIdle:
		w.Unheard++
		r.over(a.task, "the listing has no end")
	default:
		w.ready = append([]*task{w.paged(a.task, p.next)}, w.ready...)
	}
	return nil
}

// over gives a listing up.
func (r *runner) over(t *task, says string) {
	if t.of.FirstWord == "" {
		t.of.FirstWord = says
	}
	r.lost++
	t.of.ended(t)
}

// refusal has a task tried again, or gives it up.
func (r *runner) refusal(a answer) error {
	w, t := a.of, a.task
	now := time.Now()
	if a.away && r.heard[w.Plane] {
		return r.awaits(a, now)
	}
	delete(r.away, w.Plane)
	v, after, says := judge(a.err, t.kind == "")
	if t.tries++; v != passing {
		r.heard[w.Plane] = true
	}
	again := func(pause time.Duration) {
		t.after = now.Add(pause)
		w.ready = append([]*task{t}, w.ready...)
	}
	if lockedOut(a.err) && r.let[w.Plane] {
		if r.shut[w.Plane]++; r.shut[w.Plane] > mostShut {
			return fmt.Errorf("read the %s: %w", w.Plane, a.err)
		}
		if t.tries < mostTries {
			again(time.Second << t.tries)
			return nil
		}
	}
	switch {
	case v == tooFast && t.tries < mostRefused:
		w.SlowedBy, r.slowed = w.SlowedBy+1, r.slowed+1
		b := &r.buckets[w.limit]
		b.slower(now, after)
		again(b.until.Sub(now))
	case v == tooFast:
		w.GivenUp++
		r.over(t, says)
	case v == passing && !r.heard[w.Plane] && t.tries >= 2:
		return fmt.Errorf("read the %s: %w", w.Plane, a.err)
	case v == passing && t.tries < mostTries:
		again(max(after, time.Second<<t.tries))
	case v == unheard && t.token != "" && t.tries == 1: // the token of a run that was ended is not good for ever
		t.token = ""
		again(0)
	case v == refused && r.asksOwn(t, says):
		again(0)
	case v == refused, v == gone && t.own, v == absent && t.own:
		w.Refused++
		r.over(t, says)
	case v == gone:
		w.Gone++
		w.ended(t)
	case v == absent && !w.Everywhere:
		w.Absent++
		w.ended(t)
	default:
		w.Unheard++
		r.over(t, says)
	}
	return nil
}

// closeAll ends the collectors of which nothing more is to be asked, and reports whether there was one.
func (r *runner) closeAll() (ended bool, err error) {
	for again := true; again; {
		again = false
		for _, w := range r.works {
			if w.State.Over() || w.flying > 0 || !r.late && (w.stock.state == wanted || !r.finished(w)) {
				continue
			}
			if err := w.refill(r.into); err != nil {
				return ended, err //nolint:wrapcheck // the store's errors have words
			}
			if len(w.ready) > 0 && !r.late {
				continue
			}
			if r.late && (len(w.ready) > 0 || !r.finished(w)) {
				w.State, w.Why = TimedOut, "the time of the run was over; the next run goes on from here"
			} else {
				r.close(w)
				if err := r.standIn(w); err != nil {
					return ended, err
				}
			}
			again, ended = true, true
			if err := r.wrote(w); err != nil {
				return ended, err
			}
		}
	}
	return ended, nil
}

// finished reports whether nothing more comes that a collector would ask about, in this run or the next one that goes on with it, and it is known
// who asks.
func (r *runner) finished(w *work) bool {
	for _, maker := range w.makers {
		if r.works[maker].State.goesOn() {
			return false
		}
	}
	for _, other := range r.works {
		if other.Resource == identityResource && w.Resource != identityResource && other.State.goesOn() {
			return false
		}
	}
	return true
}

// reopen has collectors go on that ended without all there is while something goes on that they stand on.
func (r *runner) reopen() {
	for again := true; again; {
		again = false
		for _, w := range r.works {
			if w.State.Over() && !w.State.Whole() && !r.finished(w) {
				w.wait()
				again = true
			}
		}
	}
}

const identityResource = "identity"

func (r *runner) close(w *work) {
	var unread []string
	needs := Anybody
	for _, maker := range w.makers {
		if m := r.works[maker]; !m.State.Whole() {
			unread = append(unread, m.ID)
			needs = m.Lacks
		}
	}
	w.Line.close(w.Collector, unread, func(right Right) bool { return holds(r.into, right) })
	if w.Lacks == Anybody && !w.State.Whole() {
		w.Lacks = needs
	}
}

// wrote writes the line of a collector, of all where there is none, and tells.
func (r *runner) wrote(w *work) error {
	touched := map[*work]bool{}
	for _, one := range r.works {
		if w == nil || one == w {
			touched[one] = true
		}
	}
	if err := r.into.Write(func(c *store.Change) error { return r.note(c, touched) }); err != nil {
		return err //nolint:wrapcheck // as above
	}
	if r.Tell != nil {
		r.told = time.Now()
		r.Tell(r.coverage())
	}
	return nil
}
