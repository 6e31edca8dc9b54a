package statement

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/sessions"
)

// Path is where the API answers, with everything below it.
const Path = "/api/2.0/sql/statements"

// Executor runs statements; [engine.Engine] is one.
type Executor interface {
	NewSession(principal, catalog, schema string) *engine.Session
	Execute(ctx context.Context, s *engine.Session, sql string, params ...engine.Param) (*engine.Result, error)
}

// Error is a request that was refused before there was a statement, or that
// names none.
type Error struct {
	Status        int // of HTTP
	Code, Message string
	Detail        any // a message of google.rpc that says more, nil if there is none
}

// Error returns the code and the message.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

func invalid(message string) *Error {
	return &Error{Status: http.StatusBadRequest, Code: "INVALID_PARAMETER_VALUE", Message: message}
}

// invalidField is invalid with the field that it is about.
func invalidField(field, message string) *Error {
	e := invalid(message)
	e.Detail = violation(field, message)
	return e
}

// missing says that a field has to be there.
func missing(field string) *Error {
	return &Error{
		Status: http.StatusBadRequest, Code: "BAD_REQUEST", Message: "Required field is not specified: " + field + ".",
		Detail: violation(field, "field is not specified"),
	}
}

func notFound(id, why string) *Error {
	return &Error{
		Status: http.StatusNotFound, Code: "NOT_FOUND", Message: "The statement " + id + " was not found.",
		Detail: NewResourceInfo("statement", id, why),
	}
}

// Options connects a [Handler] to the rest of the workspace. Principal is
// required; what is left out of the others gets a default.
type Options struct {
	// Principal returns who sent a request that is already authenticated, as
	// an application ID or user name; false is answered with 401.
	Principal func(*http.Request) (string, bool)

	// Warehouse returns nil when the principal may use the warehouse,
	// otherwise an [*Error]. It is asked when a statement is submitted.
	Warehouse func(id, principal string) error

	// Ready reports whether the warehouse runs. If it is stopped, this starts
	// it. It is asked before every statement, and again every Poll while the
	// answer is false; meanwhile the statement is PENDING.
	Ready func(id, principal string) (bool, error)

	// Statement, if not nil, is told the SQL of every request that brings
	// some, with the request's context, before the request is answered.
	Statement func(ctx context.Context, sql string)

	// Ended, if not nil, is told every statement when it has ended.
	Ended func(engine.Ran)

	// Offer, if not nil, puts results on the storage host.
	Offer Offer

	// Poll is the pause between questions to Ready: 50 milliseconds if zero.
	Poll time.Duration

	// Keep is how long a result can be fetched after its statement ended, one
	// hour if zero; then the statement is CLOSED.
	Keep time.Duration

	// Idle is how long a session lives that nobody uses, 30 minutes if zero, as over Thrift.
	Idle time.Duration

	// MaxSessions is how many sessions there may be: 1,000 if zero.
	MaxSessions int

	// ChunkRows is the most rows in a chunk: 10,000 if zero.
	ChunkRows int

	// Now is the clock that Keep and Idle are measured with: time.Now if nil.
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
	if o.Poll == 0 {
		o.Poll = 50 * time.Millisecond
	}
	if o.Keep == 0 {
		o.Keep = time.Hour
	}
	if o.ChunkRows == 0 {
		o.ChunkRows = 10_000
	}
	if o.Now == nil {
		o.Now = time.Now
	}
}

// Handler serves the API. It is safe for use by many goroutines.
type Handler struct {
	exec     Executor
	opts     Options
	store    *store
	sessions *sessions.Sessions[struct{}]
	mux      *http.ServeMux
}

// NewHandler returns a handler without statements and sessions.
func NewHandler(exec Executor, opts Options) (*Handler, error) {
	if exec == nil || opts.Principal == nil {
		return nil, errors.New("statement API needs an executor and a way to know its callers")
	}
	opts.setDefaults()
	h := &Handler{
		exec: exec, opts: opts, store: newStore(opts.Keep, opts.Now), mux: http.NewServeMux(),
		sessions: sessions.New[struct{}](sessions.Options{New: exec.NewSession, Now: opts.Now, Idle: opts.Idle, Max: opts.MaxSessions}, nil),
	}
	for pattern, answer := range map[string]func(*Handler, *http.Request, string) (any, error){
		"POST " + Path:                                (*Handler).execute,
		"GET " + Path + "/{id}":                       (*Handler).get,
		"POST " + Path + "/{$}":                       (*Handler).execute,
		"GET " + Path + "/{id}/result/chunks/{chunk}": (*Handler).chunk,
		"POST " + Path + "/{id}/cancel":               (*Handler).cancel,
		"DELETE " + Path + "/{id}":                    (*Handler).close,
		"POST " + SessionPath:                         (*Handler).openSession,
		"POST " + SessionPath + "/{$}":                (*Handler).openSession,
		"POST " + WarehouseSessionPath:                (*Handler).openSession,
		"DELETE " + SessionPath + "/{id}":             (*Handler).closeSession,
	} {
		h.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { h.answer(w, r, answer) })
	}
	h.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		writeError(w, &Error{Status: http.StatusNotFound, Code: "ENDPOINT_NOT_FOUND", Message: "No API found for '" + r.Method + " " + r.URL.Path + "'"})
	})
	return h, nil
}

// Close cancels all statements and ends all sessions.
func (h *Handler) Close() {
	h.store.cancelAll()
	h.sessions.EndAll()
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

func (h *Handler) answer(w http.ResponseWriter, r *http.Request, answer func(*Handler, *http.Request, string) (any, error)) {
	principal, known := h.opts.Principal(r)
	if !known {
		writeError(w, &Error{
			Status: http.StatusUnauthorized, Code: "401", Message: "Credential was not sent or was of an unsupported type for this API.",
		})
		return
	}
	v, err := answer(h, r, principal)
	if err != nil {
		writeError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, v)
}
