package workspace

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector"
)

const (
	// maxBody bounds an answer after decompression, of REST and of SQL alike. A sample of rows that is larger is asked for with fewer rows.
	maxBody = 10 << 20
	// maxObjects bounds the objects of a JSON answer. Three bytes of text become half a KiB of memory, so that the size alone bounds little.
	maxObjects = 40_000
	// maxPage bounds what is read of an answer that is not what was asked for, such as a web page.
	maxPage = 1 << 20
	// smallBody is what every answer may be without waiting for its turn.
	smallBody = 256 << 10
)

// ErrBodyTooLarge is returned while reading an answer over 10 MiB, or over what Spacious allows, or one of more objects than a person could have made.
var ErrBodyTooLarge = fmt.Errorf("%w, over %d MiB", connector.ErrTooLarge, maxBody>>20)

// large is the turn of the one large answer that is in memory at a time, in all workspaces. Several connections are tested at once, each
// with a dozen requests in flight.
var large = make(chan struct{}, 1)

// turn is that of one call. The requests that it makes share it.
type turn struct {
	mu    sync.Mutex
	taken bool
}

type turnKey struct{}

// hold lets what is done with ctx have one large answer in memory, until release is called. Only the first answer that turns out to be
// large waits for its turn, no longer than ctx.
func hold(ctx context.Context) (held context.Context, release func()) {
	if _, has := ctx.Value(turnKey{}).(*turn); has {
		return ctx, func() {}
	}
	t := &turn{}
	return context.WithValue(ctx, turnKey{}, t), t.end
}

// Hold lets what is done with held have one large answer of this workspace in memory, until release is called: the requests of one piece of work
// share its turn, and so never wait for each other.
func (w *Workspace) Hold(ctx context.Context) (held context.Context, release func()) {
	return hold(ctx)
}

type spaceKey struct{}

// Spacious lets each answer to what is asked with the context that it gives be as large as most bytes after decompression, and wait for no
// turn. It is for the pages of a table that is read whole; whoever reads one bounds how many there are at a time.
func (w *Workspace) Spacious(ctx context.Context, most int) context.Context {
	return context.WithValue(ctx, spaceKey{}, most)
}

func (t *turn) take(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.taken {
		return nil
	}
	select {
	case large <- struct{}{}:
		t.taken = true
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	}
}

func (t *turn) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.taken {
		t.taken = false
		<-large
	}
}

// bounded is the body of an answer to r.
func bounded(r *http.Request, body io.ReadCloser) io.ReadCloser {
	ctx, release := hold(r.Context())
	b := &boundedBody{ReadCloser: body, ctx: ctx, release: release, left: maxBody}
	b.turn, _ = ctx.Value(turnKey{}).(*turn)
	if most, spacious := ctx.Value(spaceKey{}).(int); spacious {
		b.left, b.turn = most, nil
	}
	if !strings.HasPrefix(r.URL.Path, "/sql/") { // whose protocol the query room counts
		b.objects = maxObjects
	}
	return b
}

type boundedBody struct {
	io.ReadCloser
	ctx     context.Context
	turn    *turn // nil: none is waited for
	release func()
	left    int
	objects int // 0: they are not counted
}

func (b *boundedBody) Read(buf []byte) (int, error) {
	if b.turn != nil && maxBody-b.left > smallBody {
		if err := b.turn.take(b.ctx); err != nil {
			return 0, err
		}
	}
	n, err := b.ReadCloser.Read(buf)
	if b.left -= n; b.left < 0 {
		return 0, ErrBodyTooLarge
	}
	if b.objects > 0 {
		if b.objects -= bytes.Count(buf[:n], []byte("{")); b.objects <= 0 {
			b.left = 0
			return 0, ErrBodyTooLarge
		}
	}
	return n, err //nolint:wrapcheck // io.EOF must stay itself
}

// Close ends the turn of an answer that had one of its own.
func (b *boundedBody) Close() error {
	b.release()
	return b.ReadCloser.Close() //nolint:wrapcheck // as above
}
