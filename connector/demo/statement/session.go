package statement

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/sessions"
)

// SessionPath is where the sessions answer, with everything below it, and WarehouseSessionPath is where newer drivers open them. No reference
// describes them: the requests are those of the drivers that speak this API in place of Thrift, as JDBC's does with UseThriftClient=0, and the
// answers those that its tests recorded.
const (
	SessionPath          = "/api/2.0/sql/sessions"
	WarehouseSessionPath = "/api/2.0/sql/warehouses/{warehouse}/sessions"
)

// session is what runs the statements that name it.
type session = sessions.Session[struct{}]

func noSession(id string) *Error {
	return &Error{
		Status: http.StatusNotFound, Code: "NOT_FOUND", Message: "The session " + id + " was not found.",
		Detail: NewResourceInfo("session", id, "there is no such session"),
	}
}

// find finds a principal's session. One of somebody else is not found.
func (h *Handler) find(principal, id string, find func(string, func(*session) bool) *session, may func(*session) bool) (*session, error) {
	if uuid.Validate(id) != nil {
		return nil, invalid("Error while parsing type: session_id.")
	}
	if s := find(id, func(s *session) bool { return s.Principal == principal && may(s) }); s != nil {
		return s, nil
	}
	return nil, noSession(id)
}

// newSession starts a session, which is no one's to find until it is added.
func (h *Handler) newSession(ask sessions.Ask) (*session, error) {
	s, err := h.sessions.Make(newID(h.opts.Now()), ask, struct{}{})
	var refused *engine.Error
	if errors.As(err, &refused) {
		return nil, invalid(refused.Message)
	}
	return s, err
}

// enter finds the session that a statement names, in whose namespace it runs. A statement that names none has one for itself.
func (h *Handler) enter(principal string, req *request) (s *session, leave func(), err error) {
	if req.Session == "" {
		s, err = h.newSession(sessions.Ask{Principal: principal, Warehouse: *req.Warehouse, Catalog: req.Catalog, Schema: req.Schema})
		if err != nil {
			return nil, nil, err
		}
		return s, s.Stop, nil
	}
	s, err = h.find(principal, req.Session, h.sessions.Enter, func(s *session) bool { return s.Warehouse == *req.Warehouse })
	if err != nil {
		return nil, nil, err
	}
	return s, func() { h.sessions.Leave(s) }, nil
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
	s, err := h.newSession(sessions.Ask{Principal: principal, Warehouse: *req.Warehouse, Catalog: req.Catalog, Schema: req.Schema, Settings: req.Settings})
	if err != nil {
		return nil, err
	}
	if h.sessions.Add(s) != nil {
		return nil, &Error{Status: http.StatusTooManyRequests, Code: "RESOURCE_EXHAUSTED", Message: "Too many open sessions."}
	}
	return opened{s.ID}, nil
}

// closeSession ends a session and cancels what still runs in it.
func (h *Handler) closeSession(r *http.Request, principal string) (any, error) {
	s, err := h.find(principal, r.PathValue("id"), h.sessions.Find, func(*session) bool { return true })
	if err != nil {
		return nil, err
	}
	h.sessions.End(s)
	return struct{}{}, nil
}
