package thrift

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/sessions"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// Executor runs statements; [engine.Engine] is one.
type Executor interface {
	NewSession(principal, catalog, schema string) *engine.Session
	Stream(
		ctx context.Context, s *engine.Session, sql string, pages engine.Pages, take func(page *engine.Result, more bool) error, params ...engine.Param,
	) error
	List(ctx context.Context, s *engine.Session, ask engine.Metadata) (*engine.Result, error)
}

// Refusal is an answer on the level of HTTP, for callers who may not use a
// warehouse or name one that does not exist.
type Refusal struct {
	Status int    // 403 or 404
	Reason string // shown by drivers; one line
}

// Error returns the reason.
func (r *Refusal) Error() string { return r.Reason }

// Options connects a [Handler] to the rest of the workspace. Principal is
// required; what is left out of the others gets a default.
type Options struct {
	// Principal returns who sent a request that is already authenticated, as
	// an application ID or user name; false is answered with 401.
	Principal func(*http.Request) (string, bool)

	// Warehouse returns nil when the principal may use the warehouse,
	// otherwise a [*Refusal]. It is asked on every call.
	Warehouse func(id, principal string) error

	// Ready reports whether the warehouse runs. If it is stopped, this starts
	// it. It is asked before every statement, and again every Poll while the
	// answer is false; meanwhile the statement is pending.
	Ready func(id, principal string) (bool, error)

	// Statement, if not nil, is told the SQL of every request that brings
	// some, with the request's context, before the request is answered.
	Statement func(ctx context.Context, sql string)

	// Ended, if not nil, is told every statement when it has ended.
	Ended func(engine.Ran)

	// Offer, if not nil, is where results go that a client takes by links and
	// that are long, for one that called this host.
	Offer func(host string) Offer

	// Hold is how long the reply to an asynchronous call waits for the
	// statement to end before it says that it is running: 5 seconds if zero.
	// Clients poll no more often than once a second, so waiting is quicker.
	Hold time.Duration

	// Poll is the pause between questions to Ready: 50 milliseconds if zero.
	Poll time.Duration

	// Idle is how long a session lives that nobody uses: 30 minutes if zero.
	Idle time.Duration

	// MaxSessions is how many sessions there may be: 1,000 if zero.
	MaxSessions int

	// Now is the clock that Idle is measured with: time.Now if nil.
	Now func() time.Time
}

func (o *Options) setDefaults() {
	if o.Warehouse == nil {
		o.Warehouse = func(string, string) error { return nil }
	}
	if o.Ready == nil {
		o.Ready = func(string, string) (bool, error) { return true, nil }
	}
	if o.Ended == nil {
		o.Ended = func(engine.Ran) {}
	}
	if o.Statement == nil {
		o.Statement = func(context.Context, string) {}
	}
	if o.Hold == 0 {
		o.Hold = 5 * time.Second
	}
	if o.Poll == 0 {
		o.Poll = 50 * time.Millisecond
	}
	if o.Now == nil {
		o.Now = time.Now
	}
}

// Handler serves POST /sql/1.0/warehouses/{id} and its older form
// /sql/1.0/endpoints/{id}. It is safe for use by many goroutines.
type Handler struct {
	exec  Executor
	opts  Options
	store *store
}

// NewHandler returns a handler without sessions.
func NewHandler(exec Executor, opts Options) (*Handler, error) {
	if exec == nil || opts.Principal == nil {
		return nil, errors.New("SQL endpoint needs an executor and a way to know its callers")
	}
	opts.setDefaults()
	kept := sessions.Options{New: exec.NewSession, Now: opts.Now, Idle: opts.Idle, Max: opts.MaxSessions}
	return &Handler{exec: exec, opts: opts, store: newStore(kept)}, nil
}

// Close ends all sessions and cancels their statements.
func (h *Handler) Close() { h.store.sessions.EndAll() }

// paths are where warehouses answer.
var paths = []string{"/sql/1.0/warehouses/", "/sql/1.0/endpoints/"}

// maxRequest is the longest call that is read; a statement fits many times.
const maxRequest = 16 << 20

// call is one RPC on its way through the handler.
type call struct {
	ctx       context.Context
	principal string
	warehouse string
	host      string // that the client called
	in        *wire.Reader
}

// ServeHTTP answers one call.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id, known := warehouseID(r.URL.Path)
	switch {
	case !known:
		refuse(w, &Refusal{http.StatusNotFound, "No SQL warehouse at this path."})
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		refuse(w, &Refusal{http.StatusMethodNotAllowed, "SQL warehouses are called with POST."})
		return
	}
	principal, known := h.opts.Principal(r)
	if !known {
		refuse(w, &Refusal{http.StatusUnauthorized, "Credential was not sent or was of an unsupported type for this API."})
		return
	}
	if err := h.opts.Warehouse(id, principal); err != nil {
		refuse(w, err)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		refuse(w, &Refusal{http.StatusBadRequest, "The request could not be read."})
		return
	}
	reply, err := h.answer(&call{ctx: r.Context(), principal: principal, warehouse: id, host: r.Host, in: wire.NewReader(body)})
	if err != nil {
		refuse(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/x-thrift")
	// A failed write means the client is gone, and there is nobody to tell.
	_, _ = w.Write(reply)
}

func warehouseID(path string) (id string, ok bool) {
	for _, prefix := range paths {
		if id, ok = strings.CutPrefix(path, prefix); ok {
			return id, id != "" && !strings.Contains(id, "/")
		}
	}
	return "", false
}

// refuse answers on the level of HTTP. Drivers look for the text in one or the
// other header.
func refuse(w http.ResponseWriter, err error) {
	status := http.StatusForbidden
	var refusal *Refusal
	if errors.As(err, &refusal) {
		status = refusal.Status
	}
	reason := strings.Join(strings.Fields(err.Error()), " ")
	w.Header().Set("X-Databricks-Reason-Phrase", reason)
	w.Header().Set("X-Thriftserver-Error-Message", reason)
	http.Error(w, reason, status)
}

// answer decodes a call, runs it and encodes the reply.
func (h *Handler) answer(c *call) ([]byte, error) {
	m := c.in.MessageBegin()
	if c.in.Err() != nil || m.Type != wire.Call {
		return nil, &Refusal{http.StatusBadRequest, "The request is not a Thrift call in the binary protocol."}
	}
	method, known := methods[m.Name]
	if !known {
		return exception(m, wire.ExceptionUnknownMethod, "Invalid method name: '"+m.Name+"'"), nil
	}
	w := &wire.Writer{}
	w.MessageBegin(wire.Message{Name: m.Name, Type: wire.Reply, Seq: m.Seq})
	w.Begin(wire.ResultSuccess)
	err := method(h, c, w)
	if c.in.Err() != nil {
		return exception(m, wire.ExceptionProtocolError, c.in.Err().Error()), nil
	}
	if err != nil {
		return nil, err
	}
	w.End()
	w.End()
	return w.Bytes(), nil
}

// exception encodes a TApplicationException, the answer to calls that cannot
// be answered at all.
func exception(m wire.Message, kind int32, text string) []byte {
	w := &wire.Writer{}
	w.MessageBegin(wire.Message{Name: m.Name, Type: wire.Exception, Seq: m.Seq})
	w.String(wire.ExceptionMessage, text)
	w.I32(wire.ExceptionType, kind)
	w.End()
	return w.Bytes()
}
