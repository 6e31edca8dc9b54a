package query

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

// ErrWaiting is a statement that the warehouse took and did not get to in time, although it answered whenever it was asked.
var ErrWaiting = errors.New("the statement is still pending: the SQL warehouse answers, and does not get to it")

// lately is how long ago the last answer may be of a warehouse that answers. It is asked every second.
const lately = 5 * time.Second

// waiting notes how a statement is asked after, because the driver's own error says only that the time was over.
type waiting struct {
	mu   sync.Mutex
	last time.Time // when the last question for its state was answered; zero: never
}

type waitingKey struct{}

func withWaiting(ctx context.Context) (context.Context, *waiting) {
	w := &waiting{}
	return context.WithValue(ctx, waitingKey{}, w), w
}

// answers reports whether the warehouse was answering to the end.
func (w *waiting) answers() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.last.IsZero() && time.Since(w.last) < lately
}

// observed tells the statement of a request that it was answered.
type observed struct{ next http.RoundTripper }

func (o observed) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := o.next.RoundTrip(r)
	if w, ok := r.Context().Value(waitingKey{}).(*waiting); ok && err == nil && asksForState(r) {
		w.mu.Lock()
		w.last = time.Now()
		w.mu.Unlock()
	}
	return resp, err //nolint:wrapcheck // a transport hands errors on unchanged
}

// asksForState reports a Thrift call that asks how far a statement is. Its name stands at the beginning.
func asksForState(r *http.Request) bool {
	if r.GetBody == nil {
		return false
	}
	body, err := r.GetBody()
	if err != nil {
		return false
	}
	defer func() { _ = body.Close() }()
	begins := make([]byte, 64)
	n, _ := io.ReadFull(body, begins)
	return bytes.Contains(begins[:n], []byte("GetOperationStatus"))
}
