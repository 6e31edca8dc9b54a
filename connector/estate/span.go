package estate

import (
	"slices"
	"strings"
	"time"
)

// span is the time in which a collector was under way. Where a run was ended in between, that lies before it.
type span struct{ from, to time.Time }

func spanOf(l Line) span {
	if l.Ended.IsZero() {
		return span{l.Began, l.Began.Add(l.Took)}
	}
	return span{l.Ended.Add(-l.Took), l.Ended}
}

// together is how long some of them were under way, and time in which several were counts once.
func together(all []span) (took time.Duration) {
	slices.SortFunc(all, func(a, b span) int { return a.from.Compare(b.from) })
	var until time.Time
	for _, s := range all {
		if s.from.Before(until) {
			s.from = until
		}
		if s.to.After(s.from) {
			took += s.to.Sub(s.from)
			until = s.to
		}
	}
	return took
}

// starts notes that a collector is under way.
func (w *work) starts(now time.Time) {
	w.State = Running
	if w.Began.IsZero() {
		w.Began = now.UTC()
	}
	if w.since.IsZero() {
		w.since = now
	}
}

// clock counts the time since the last look, with all that was spent waiting.
func (w *work) clock(now time.Time) {
	if w.since.IsZero() {
		return
	}
	w.Took += now.Sub(w.since)
	if w.since = now; w.State.Over() {
		w.since, w.Ended = time.Time{}, now.UTC()
	}
}

// settle says of a resource what follows from its collectors together: where there are rows a part was seen, whatever became of the worst.
func (s *Seen) settle(worst string) {
	if len(s.Absent) == s.Of {
		s.Absent = nil
	}
	if s.Rows > 0 && s.NotAsked == "" && slices.Contains([]State{Skipped, Throttled, Failed, Denied}, s.State) {
		s.State, s.Why = Partial, worst+": "+s.Why
	}
	if len(s.Absent) > 0 && s.State == Done {
		s.Why = s.SayAbsent()
	}
}

// SayAbsent says what of a resource the workspace does not have, empty where it has all.
func (s Seen) SayAbsent() string {
	if len(s.Absent) == 0 {
		return ""
	}
	return "not enabled: " + strings.Join(s.Absent, ", ")
}
