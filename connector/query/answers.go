package query

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/draftt-io/draftt-databricks/contain"
)

const (
	// farewell is how long a request may take that the driver makes after its caller has gone, to close what it opened.
	farewell = 5 * time.Second
	// farewells is how many there may be. A driver that goes on asking for the next page of a result without an end is stopped so.
	farewells = 4
	// piece is how much of an answer is read at a time. A buffer that doubles would hold three times what was read.
	piece = 64 << 10
)

// answers stands between the workspace's transport and the driver. It reads every answer whole, which the transport bounds, looks whether
// the driver can read it, and ends each request with the caller that it is made for: the driver reads results with a context of its own.
type answers struct {
	next http.RoundTripper
	rows form
}

// caller is whom requests are made for.
type caller struct {
	ctx  context.Context
	late atomic.Int32 // requests since it has gone
}

type callerKey struct{}

// calling is ctx for a call into the driver, which keeps the values of a context where it drops its end.
func calling(ctx context.Context) context.Context {
	return context.WithValue(ctx, callerKey{}, &caller{ctx: ctx})
}

// RoundTrip sends a request and examines the answer.
func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel, err := ending(r.Context())
	if err != nil {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, err
	}
	defer cancel()
	resp, err := a.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		return nil, err //nolint:wrapcheck // a transport hands errors on unchanged
	}
	text, err := whole(resp)
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if resp.StatusCode == http.StatusOK && bytes.HasPrefix(text, []byte{strictVersion >> 8}) {
		if err := a.rows.examine(text); err != nil {
			return nil, err
		}
	}
	resp.Body, resp.ContentLength = kept{bytes.NewReader(text), text}, int64(len(text))
	return resp, nil
}

// kept is an answer that is in memory.
type kept struct {
	*bytes.Reader
	text []byte
}

func (kept) Close() error { return nil }

// whole reads an answer to its end and closes it.
func whole(resp *http.Response) ([]byte, error) {
	defer func() { _ = resp.Body.Close() }()
	var pieces [][]byte
	for {
		next := bytes.NewBuffer(make([]byte, 0, piece+bytes.MinRead))
		_, err := io.CopyN(next, resp.Body, piece)
		pieces = append(pieces, next.Bytes())
		switch {
		case errors.Is(err, io.EOF):
			return bytes.Join(pieces, nil), nil
		case err != nil:
			return nil, err //nolint:wrapcheck // the caller says what it was
		}
	}
}

// ending is the context of one request. It ends with the caller; what is asked after that is to close what was opened, and soon over.
func ending(ctx context.Context) (context.Context, context.CancelFunc, error) {
	whose, known := ctx.Value(callerKey{}).(*caller)
	if known && whose.ctx.Err() == nil {
		ctx, cancel := context.WithCancel(ctx)
		stop := contain.After(whose.ctx, "ending a request", cancel)
		return ctx, func() {
			stop()
			cancel()
		}, nil
	}
	if known && whose.late.Add(1) > farewells {
		return nil, nil, whose.ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	}
	ctx, cancel := context.WithTimeout(ctx, farewell)
	return ctx, cancel, nil
}
