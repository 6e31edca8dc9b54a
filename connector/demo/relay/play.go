package relay

import (
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"strconv"
	"time"
)

// play answers one request by one rule.
type play struct {
	rule  Rule
	sleep func(context.Context, time.Duration) error
}

func (p play) serve(w http.ResponseWriter, q *http.Request, next http.Handler) {
	r := p.rule
	switch {
	case r.Close, r.Reset && r.Cut == 0:
		hangUp(w, r.Reset)
	case r.Raw != "":
		p.raw(w, q)
	case r.passes():
		next.ServeHTTP(w, q)
	case r.own():
		p.send(w, q, r.answered(time.Now()))
	default:
		if r.SQL.ofColumns() {
			askForColumns(q)
		}
		p.send(w, q, r.changed(recorded(next, q, w.Header())))
	}
}

// errCut is the end of a body that the rule cuts.
var errCut = errors.New("the answer is cut here")

// send sends an answer in the way that the rule says.
func (p play) send(w http.ResponseWriter, q *http.Request, a answer) {
	r := p.rule
	body := r.text(a.body)
	maps.Copy(w.Header(), a.header)
	w.Header().Del("Content-Length")
	r.dress(w.Header())
	r.label(w.Header())
	streamed := r.streamed(body)
	if !streamed {
		body = r.packed(body)
		if _, set := r.Header["Content-Length"]; !set {
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		}
	}
	w.WriteHeader(a.status)
	out := p.paced(q.Context(), w)
	err := r.stream(out, body, streamed)
	if errors.Is(err, errCut) || r.Cut > 0 {
		_ = http.NewResponseController(w).Flush() // the client has gone when this fails
		hangUp(w, r.Reset)
	}
}

// paced is the way out: at once, or byte by byte, and up to the cut.
func (p play) paced(ctx context.Context, w http.ResponseWriter) io.Writer {
	out := io.Writer(w)
	if p.rule.Trickle > 0 {
		out = &trickling{ctx: ctx, to: w, pause: func(ctx context.Context) error { return p.sleep(ctx, p.rule.Trickle) }}
	}
	if p.rule.Cut > 0 {
		out = &cutting{out, p.rule.Cut}
	}
	return out
}

// cutting lets so many bytes through.
type cutting struct {
	to   io.Writer
	left int
}

func (c *cutting) Write(b []byte) (int, error) {
	n, err := c.to.Write(b[:min(len(b), c.left)])
	if c.left -= n; err == nil && n < len(b) {
		err = errCut
	}
	return n, err
}

// trickling sends every byte alone.
type trickling struct {
	ctx   context.Context
	to    io.Writer
	pause func(context.Context) error
}

func (t *trickling) Write(b []byte) (int, error) {
	for i := range b {
		if _, err := t.to.Write(b[i : i+1]); err != nil {
			return i, err
		}
		if w, ok := t.to.(http.ResponseWriter); ok {
			if err := http.NewResponseController(w).Flush(); err != nil {
				return i + 1, err
			}
		}
		if err := t.pause(t.ctx); err != nil {
			return i + 1, err
		}
	}
	return len(b), nil
}

// raw sends bytes that need not be HTTP.
func (p play) raw(w http.ResponseWriter, q *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	out := io.Writer(conn)
	if p.rule.Trickle > 0 {
		out = &trickling{ctx: q.Context(), to: conn, pause: func(ctx context.Context) error { return p.sleep(ctx, p.rule.Trickle) }}
	}
	_, _ = io.WriteString(out, p.rule.Raw) // the client has gone when this fails
	_ = conn.Close()
}

// hangUp ends the connection: in the usual way, or so that the other side sees it reset.
func hangUp(w http.ResponseWriter, hard bool) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if !hard {
		_ = conn.Close()
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
