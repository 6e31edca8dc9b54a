package workspace

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	maxTries = 4
	minPause = 500 * time.Millisecond
	maxPause = 8 * time.Second

	longestPause = 86_400 // seconds; a larger Retry-After would overflow, and no call waits that long
)

// retriable are the answers worth a second try. Authentication and permission errors are final at once: repeating them hides them.
var retriable = []int{http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}

// retrying repeats reads that the workspace asked to repeat, within the deadline of the call. It is the only place that retries.
type retrying struct {
	next  http.RoundTripper
	sleep func(context.Context, time.Duration) error
}

func (t *retrying) RoundTrip(r *http.Request) (*http.Response, error) {
	for try := 1; ; try++ {
		resp, err := t.next.RoundTrip(r)
		if err != nil || r.Method != http.MethodGet || try == maxTries || !slices.Contains(retriable, resp.StatusCode) {
			return resp, err //nolint:wrapcheck // a transport hands errors on unchanged
		}
		pause := pauseBefore(try, resp.Header.Get("Retry-After"), time.Now())
		if deadline, ok := r.Context().Deadline(); ok && time.Until(deadline) <= pause {
			return resp, nil // the answer in hand says more than a timeout would
		}
		_, _ = io.CopyN(io.Discard, resp.Body, maxBody)
		_ = resp.Body.Close()
		if err := t.sleep(r.Context(), pause); err != nil {
			return nil, err
		}
	}
}

// pauseBefore honours Retry-After in seconds or as a date, and otherwise doubles with full jitter.
func pauseBefore(try int, retryAfter string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(retryAfter); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, longestPause)) * time.Second
	}
	if at, err := http.ParseTime(retryAfter); err == nil && at.After(now) {
		return at.Sub(now)
	}
	ceiling := min(minPause<<(try-1), maxPause)
	return minPause/2 + rand.N(ceiling)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	case <-timer.C:
		return nil
	}
}
