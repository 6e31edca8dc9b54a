package rest

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// Fault is something that goes wrong on purpose with the requests it matches. The fields combine: a fault with a delay and a status
// waits and then answers the status; one with a delay alone waits and then answers as usual.
type Fault struct {
	Method string // empty matches every method
	Path   string // the path; with a * at the end, every path that begins like it
	Signed bool   // only requests that carry a credential
	After  int    // how many matching requests pass before the first that fails
	Times  int    // how many requests fail; 0: all from then on

	Delay  time.Duration
	Status int               // answered instead of the workspace's own answer, when not 0
	Header map[string]string // with Status
	Body   string            // with Status
	Cut    int               // bytes of the answer's body after which the connection is closed, when not 0
	Reset  bool              // the connection is reset: without an answer, or with Cut after so many bytes of the answer's body

	// These answer as Status does, with a status of their own where there is none.
	RetryAfter time.Duration // 429 with a Retry-After header in whole seconds
	RetryDate  bool          // with RetryAfter, the header is the date of the next try instead
	Page       string        // 200 with this HTML, as of a proxy's sign-in page or of a host that is not a workspace
	Redirect   string        // 302 to this address
}

func (f Fault) matches(r *http.Request) bool {
	if f.Method != "" && f.Method != r.Method || f.Signed && r.Header.Get("Authorization") == "" {
		return false
	}
	if prefix, ok := strings.CutSuffix(f.Path, "*"); ok {
		return strings.HasPrefix(r.URL.Path, prefix)
	}
	return f.Path == r.URL.Path
}

// faults counts how often each fault was met.
type faults struct {
	list  []Fault
	sleep func(context.Context, time.Duration) error

	mu  sync.Mutex
	met []int
}

func newFaults(list []Fault, sleep func(context.Context, time.Duration) error) *faults {
	if sleep == nil {
		sleep = sleepReal
	}
	return &faults{list: list, sleep: sleep, met: make([]int, len(list))}
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

// next gives the first fault that is due for this request.
func (f *faults) next(r *http.Request) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, fault := range f.list {
		if !fault.matches(r) {
			continue
		}
		f.met[i]++
		if n := f.met[i] - fault.After; n > 0 && (fault.Times == 0 || n <= fault.Times) {
			return fault, true
		}
	}
	return Fault{}, false
}

func (f *faults) wrap(next http.Handler) http.Handler {
	if len(f.list) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fault, due := f.next(r)
		if !due {
			next.ServeHTTP(w, r)
			return
		}
		if fault.Delay > 0 && f.sleep(r.Context(), fault.Delay) != nil {
			reset(w) // the caller has gone, and a return alone would be an empty answer
			return
		}
		if fault.Reset && fault.Cut == 0 {
			reset(w)
			return
		}
		answer := next
		if fault.status() != 0 {
			answer = fault
		}
		if fault.Cut > 0 {
			answer = cut{answer, fault.Cut}
		}
		answer.ServeHTTP(w, r)
		if fault.Reset {
			_ = http.NewResponseController(w).Flush() // the client has gone when this fails
			reset(w)
		}
	})
}

// status is what the fault answers, 0 when it leaves the answer to the workspace.
func (f Fault) status() int {
	switch {
	case f.Status != 0:
		return f.Status
	case f.RetryAfter > 0:
		return http.StatusTooManyRequests
	case f.Redirect != "":
		return http.StatusFound
	case f.Page != "":
		return http.StatusOK
	}
	return 0
}

// tooMany is the body of a 429 that has none of its own.
const tooMany = `{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"Too many requests."}`

// ServeHTTP answers the fault's status, headers and body.
func (f Fault) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	body := f.Body
	if f.Page != "" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		body = f.Page
	}
	if f.Redirect != "" {
		w.Header().Set("Location", f.Redirect)
	}
	if f.RetryAfter > 0 {
		// A client holds a date against the clock of its machine, whatever clock the workspace has.
		w.Header().Set("Retry-After", f.retryAfter(model.SystemClock{}.Now()))
		if body == "" {
			body = tooMany
		}
	}
	for name, value := range f.Header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(f.status())
	_, _ = io.WriteString(w, body) // the client is gone when this fails
}

func (f Fault) retryAfter(now time.Time) string {
	if f.RetryDate {
		return now.Add(f.RetryAfter).UTC().Format(http.TimeFormat)
	}
	return strconv.Itoa(int(f.RetryAfter.Seconds()))
}

// reset closes the connection so that the other side sees it reset rather than ended.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if under, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = under.NetConn()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a failure leaves an ordinary close, which is broken enough
	}
	_ = conn.Close()
}

// cut announces the whole answer and sends the beginning of it; net/http then closes the connection.
type cut struct {
	next  http.Handler
	after int
}

func (c cut) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	whole := &buffered{header: http.Header{}, status: http.StatusOK}
	c.next.ServeHTTP(whole, r)
	maps.Copy(w.Header(), whole.header)
	w.Header().Set("Content-Length", strconv.Itoa(whole.body.Len()))
	w.WriteHeader(whole.status)
	_, _ = w.Write(whole.body.Bytes()[:min(c.after, whole.body.Len())])
}

// buffered keeps an answer in memory.
type buffered struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (b *buffered) Header() http.Header         { return b.header }
func (b *buffered) WriteHeader(status int)      { b.status = status }
func (b *buffered) Write(p []byte) (int, error) { return b.body.Write(p) }
