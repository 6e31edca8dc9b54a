package statement

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// SessionPath is where the sessions answer, with everything below it, and WarehouseSessionPath is where newer drivers open them. No reference
// describes them: the requests are those of the drivers that speak this API in place of Thrift, as JDBC's does with UseThriftClient=0, and the
// answers those that its tests recorded.
const (
	SessionPath          = "/api/2.0/sql/sessions"
	WarehouseSessionPath = "/api/2.0/sql/warehouses/{warehouse}/sessions"
)

// session is what runs the statements that name it. It belongs to one principal and one warehouse.
type session struct {
	id, principal, warehouse string
	sql                      *engine.Session
	ctx                      context.Context // ends with the session
	stop                     context.CancelFunc

	// Guarded by the mutex of the sessions.
	used    time.Time
	running int // statements
}

// sessions are those that are open.
type sessions struct {
	max  int
	idle time.Duration
	now  func() time.Time

	mu   sync.Mutex
	byID map[string]*session
}

func noSession(id string) *Error {
	return &Error{
		Status: http.StatusNotFound, Code: "NOT_FOUND", Message: "The session " + id + " was not found.",
		Detail: NewResourceInfo("session", id, "there is no such session"),
	}
}

// sweep ends the sessions that nobody used for long.
func (ss *sessions) sweep() {
	now := ss.now()
	for _, s := range ss.byID {
		if s.running == 0 && now.Sub(s.used) > ss.idle {
			ss.remove(s)
		}
	}
}

func (ss *sessions) remove(s *session) {
	s.stop()
	delete(ss.byID, s.id)
}

func (ss *sessions) add(s *session) error {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	ss.sweep()
	if len(ss.byID) >= ss.max {
		return &Error{Status: http.StatusTooManyRequests, Code: "RESOURCE_EXHAUSTED", Message: "Too many open sessions."}
	}
	s.used = ss.now()
	ss.byID[s.id] = s
	return nil
}

// find returns a principal's session. One of somebody else is not found. The caller holds the mutex.
func (ss *sessions) find(principal, id string) (*session, error) {
	if uuid.Validate(id) != nil {
		return nil, invalid("Error while parsing type: session_id.")
	}
	ss.sweep()
	if s := ss.byID[id]; s != nil && s.principal == principal {
		return s, nil
	}
	return nil, noSession(id)
}

// enter finds the session of a statement. It is in use until the statement leaves it.
func (ss *sessions) enter(principal, warehouse, id string) (*session, error) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	s, err := ss.find(principal, id)
	if err != nil {
		return nil, err
	}
	if s.warehouse != warehouse {
		return nil, noSession(id)
	}
	s.running++
	return s, nil
}

func (ss *sessions) leave(s *session) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	s.running--
	s.used = ss.now()
}

// close ends a session and cancels what still runs in it.
func (ss *sessions) close(principal, id string) error {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	s, err := ss.find(principal, id)
	if err == nil {
		ss.remove(s)
	}
	return err
}

func (ss *sessions) closeAll() {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	for _, s := range ss.byID {
		ss.remove(s)
	}
}

// newSession starts a session, which is no one's to find until it is added.
func (h *Handler) newSession(principal, warehouse, catalog, schema string) *session {
	s := &session{id: newID(h.opts.Now()), principal: principal, warehouse: warehouse, sql: h.exec.NewSession(principal, catalog, schema)}
	s.ctx, s.stop = context.WithCancel(context.Background())
	return s
}

// enter finds the session that a statement names, in whose namespace it runs. A statement that names none has one for itself.
func (h *Handler) enter(principal string, req *request) (s *session, leave func(), err error) {
	if req.Session == "" {
		s = h.newSession(principal, *req.Warehouse, req.Catalog, req.Schema)
		return s, s.stop, nil
	}
	if s, err = h.sessions.enter(principal, *req.Warehouse, req.Session); err != nil {
		return nil, nil, err
	}
	return s, func() { h.sessions.leave(s) }, nil
}

type opened struct {
	ID string `json:"session_id"`
}

func (h *Handler) openSession(r *http.Request, principal string) (any, error) {
	var req struct {
		Warehouse *string           `json:"warehouse_id"`
		Catalog   string            `json:"catalog"`
		Schema    string            `json:"schema"`
		Settings  map[string]string `json:"session_confs"`
	}
	if err := readBody(r, &req); err != nil {
		return nil, err
	}
	if id := r.PathValue("warehouse"); id != "" {
		req.Warehouse = &id
	}
	if req.Warehouse == nil {
		return nil, missing("warehouse_id")
	}
	if err := h.opts.Warehouse(*req.Warehouse, principal); err != nil {
		return nil, err
	}
	s := h.newSession(principal, *req.Warehouse, req.Catalog, req.Schema)
	for key, value := range req.Settings {
		s.sql.SetParameter(strings.ToLower(key), value)
	}
	if err := h.sessions.add(s); err != nil {
		s.stop()
		return nil, err
	}
	return opened{s.id}, nil
}

func (h *Handler) closeSession(r *http.Request, principal string) (any, error) {
	return struct{}{}, h.sessions.close(principal, r.PathValue("id"))
}
