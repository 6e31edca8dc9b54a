package pace

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Pace counts the requests of one workspace, or of one account. It is safe for concurrent use.
type Pace struct {
	now      func() time.Time
	limits   []Limit
	inFlight int // how many may be, 0 for any number
	place    string
	refuse   func(w http.ResponseWriter, code, text string)

	mu      sync.Mutex
	buckets []bucket // of each limit
	flying  int
}

// bucket is what is left of a limit. It is full until the first request.
type bucket struct {
	spent float64
	at    time.Time
}

// Options are what a Pace needs.
type Options struct {
	Now      func() time.Time
	Limits   []Limit
	InFlight int    // how many requests are answered at a time; 0: any number
	Place    string // what is told to have too many in flight, such as "Workspace 123"

	// Refuse writes an answer with status 429, as the place writes its errors. The codes and texts are those that users of Databricks report.
	Refuse func(w http.ResponseWriter, code, text string)
}

// New gives a pace at which nothing was asked yet.
func New(o Options) *Pace {
	return &Pace{now: o.Now, limits: o.Limits, inFlight: o.InFlight, place: o.Place, refuse: o.Refuse, buckets: make([]bucket, len(o.Limits))}
}

// Wrap answers by next what keeps the pace, and the rest by 429.
func (p *Pace) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !counts(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		if no, refused := p.enter(r); refused {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(no.wait.Seconds())))) // that it says when to come back is documented
			p.refuse(w, no.code, no.text)
			return
		}
		defer p.leave()
		next.ServeHTTP(w, r)
	})
}

// refusal is why a request is not answered, and how long there is no use in asking again.
type refusal struct {
	code, text string
	wait       time.Duration
}

// enter counts a request, or refuses it uncounted.
func (p *Pace) enter(r *http.Request) (refusal, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.inFlight > 0 && p.flying >= p.inFlight {
		return refusal{"REQUEST_LIMIT_EXCEEDED", fmt.Sprintf("%s exceeded the concurrent limit of %d requests.", p.place, p.inFlight), time.Second}, true
	}
	for i, l := range p.limits {
		if !l.covers(r) {
			continue
		}
		if wait := p.buckets[i].take(l, p.now()); wait > 0 {
			return refusal{"RESOURCE_EXHAUSTED", "Too many requests. Please wait a moment and try again.", wait}, true
		}
		break
	}
	p.flying++
	return refusal{}, false
}

func (p *Pace) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.flying--
}

// take counts one request, or tells how long there is none left for it.
func (b *bucket) take(l Limit, now time.Time) time.Duration {
	if passed := now.Sub(b.at); passed > 0 {
		b.spent = max(0, b.spent-float64(l.Requests)*float64(passed)/float64(l.Per))
		b.at = now
	}
	if over := b.spent + 1 - float64(l.Requests); over > 0 {
		return time.Duration(math.Ceil(over * float64(l.Per) / float64(l.Requests)))
	}
	b.spent++
	return 0
}
