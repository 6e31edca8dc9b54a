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
}

// New gives a pace at which nothing was asked yet.
func New(o Options) *Pace {
	return &Pace{now: o.Now, limits: o.Limits, inFlight: o.InFlight, place: o.Place, buckets: make([]bucket, len(o.Limits))}
}

// Wrap answers by next what keeps the pace, and the rest by 429.
func (p *Pace) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !counts(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		if no, refused := p.enter(r); refused {
			no.write(w)
			return
		}
		defer p.leave()
		next.ServeHTTP(w, r)
	})
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

// refusal is an answer with status 429. Its codes and texts are those that users of Databricks report; that it says when to come back is documented.
type refusal struct {
	code, text string
	wait       time.Duration
}

func (r refusal) write(w http.ResponseWriter) {
	body := fmt.Sprintf(`{"error_code":%q,"message":%q}`+"\n", r.code, r.text)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(r.wait.Seconds()))))
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = w.Write([]byte(body)) // the client is gone when this fails, and nobody else is there to tell
}
