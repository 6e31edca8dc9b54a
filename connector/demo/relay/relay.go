package relay

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Relay is rules at work: it counts how often each was met. It is safe for concurrent use.
type Relay struct {
	sleep func(context.Context, time.Duration) error

	mu    sync.Mutex
	rules []Rule
	met   []int
}

// New gives a relay for the rules. Of several that are due for a request the first answers. sleep waits for delays; nil waits on the
// machine's clock.
func New(rules []Rule, sleep func(context.Context, time.Duration) error) *Relay {
	if sleep == nil {
		sleep = sleepReal
	}
	return &Relay{rules: rules, sleep: sleep, met: make([]int, len(rules))}
}

// Play puts other rules in place of those that are there, and counts anew.
func (r *Relay) Play(rules []Rule) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rules, r.met = rules, make([]int, len(rules))
}

// reads reports whether any rule asks for the bodies of requests.
func (r *Relay) reads() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(r.rules, Rule.reads)
}

func sleepReal(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// next gives the first rule that is due for this request.
func (r *Relay) next(q *http.Request) (Rule, bool) {
	var body []byte
	if r.reads() {
		body = bodyOf(q)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, rule := range r.rules {
		if !rule.matches(q, body) {
			continue
		}
		r.met[i]++
		if n := r.met[i] - rule.After; n > 0 && (rule.Times == 0 || n <= rule.Times) {
			return rule, true
		}
	}
	return Rule{}, false
}

// Wrap gives a handler that stands in front of another.
func (r *Relay) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		rule, due := r.next(q)
		if !due {
			next.ServeHTTP(w, q)
			return
		}
		if rule.Delay > 0 && r.sleep(q.Context(), rule.Delay) != nil {
			hangUp(w, true) // the caller has gone, and a return alone would be an empty answer
			return
		}
		play{rule: rule, sleep: r.sleep}.serve(w, q, next)
	})
}
