package workspace

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

const (
	maxTries = 4
	minPause = 500 * time.Millisecond
	maxPause = 8 * time.Second

	longestPause = 86_400 // seconds; a larger Retry-After would overflow, and no call waits that long
)

// retriable are the answers worth a second try. Authentication and permission errors are final at once: repeating them hides them.
var retriable = []int{http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}

// BusyError is a workspace that asks to come back later than the call may wait. It wraps a *StatusError.
type BusyError struct {
	StatusError
	After time.Duration // how long it asks to wait
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("the workspace asks to wait %s: %s", e.After.Round(time.Second), e.StatusError.Error())
}

func (e *BusyError) Unwrap() error { return &e.StatusError }

// retrying repeats reads that the workspace asked to repeat, or whose connection was cut before an answer, within the deadline of the
// call. It is the only place that retries.
type retrying struct {
	next  http.RoundTripper
	sleep func(context.Context, time.Duration) error
	now   func() time.Time    // what a date to come back at is compared with
	names *connector.Registry // where is noted what a refusal quotes
	paced bool                // the caller waits, and repeats what was asked too fast
}

func (t *retrying) RoundTrip(r *http.Request) (*http.Response, error) {
	r, err := idle(r)
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		countSend(r)
		resp, err := t.next.RoundTrip(r)
		if err != nil {
			err = muffledError(err, r.Header.Get("Authorization"))
		}
		if r.Method != http.MethodGet || t.paced && err == nil || !worthAnother(r.Context(), resp, err) {
			return resp, err //nolint:wrapcheck // a transport hands errors on unchanged
		}
		pause, asked := pauseBefore(try, resp, t.now())
		if deadline, ok := r.Context().Deadline(); try == maxTries || ok && time.Until(deadline) <= pause {
			if asked {
				return nil, t.busy(r, resp, pause)
			}
			return resp, err //nolint:wrapcheck // what is in hand says more than a timeout would
		}
		if resp != nil {
			_, _ = io.CopyN(io.Discard, resp.Body, maxPage)
			_ = resp.Body.Close()
		}
		if err := t.sleep(r.Context(), pause); err != nil {
			return nil, err
		}
	}
}

// idle lets net/http send a statement again where it met a connection that the server had closed while nobody used it, and no byte of an
// answer came. It does so for reads alone, unless a request says that it may be repeated; the header without a value says so and is not
// sent. Rows are not fetched twice: the next ones would come.
func idle(r *http.Request) (*http.Request, error) {
	if r.Method != http.MethodPost || !strings.HasPrefix(r.URL.Path, "/sql/") || r.Body == nil || r.ContentLength > replayable {
		return r, nil
	}
	kept, err := io.ReadAll(io.LimitReader(r.Body, replayable+1))
	if err != nil {
		return nil, err //nolint:wrapcheck // a transport hands errors on unchanged
	}
	again := r.Clone(r.Context())
	again.Body = after(kept, r.Body)
	if len(kept) <= replayable && !bytes.Contains(kept[:min(len(kept), methodName)], []byte("FetchResults")) {
		_ = r.Body.Close()
		again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(kept)), int64(len(kept))
		again.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(kept)), nil }
		again.Header["Idempotency-Key"] = []string{}
	}
	return again, nil
}

// methodName is within how many bytes of a Thrift call its method is named.
const methodName = 32

func worthAnother(ctx context.Context, resp *http.Response, err error) bool {
	if err == nil {
		return slices.Contains(retriable, resp.StatusCode)
	}
	return ctx.Err() == nil && cut(err)
}

// cut reports a connection that broke under a request. One that could not be made at all is not worth repeating: the name, the port, the
// proxy or the certificate is wrong, and a person should be told so now.
func cut(err error) bool {
	var op *net.OpError
	if errors.As(err, &op) {
		return !op.Timeout() && (op.Op == "read" || op.Op == "write")
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// busy reads a refusal that asks for a longer pause than there is time for.
func (t *retrying) busy(r *http.Request, resp *http.Response, pause time.Duration) error {
	if muffle(resp, r.Header.Get("Authorization")) != nil {
		resp.Body = http.NoBody
	}
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	_ = resp.Body.Close()
	return &BusyError{StatusError: *refusal(t.names, resp, body), After: pause}
}

// pauseBefore honours Retry-After in seconds or as a date, which asked tells, and otherwise doubles with full jitter.
func pauseBefore(try int, resp *http.Response, now time.Time) (pause time.Duration, asked bool) {
	retryAfter := ""
	if resp != nil {
		retryAfter = resp.Header.Get("Retry-After")
	}
	if seconds, err := strconv.Atoi(retryAfter); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, longestPause)) * time.Second, seconds > 0
	}
	if at, err := http.ParseTime(retryAfter); err == nil && at.After(now) {
		return at.Sub(now), true
	}
	ceiling := min(minPause<<(try-1), maxPause)
	return minPause/2 + rand.N(ceiling), false
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
