package statement

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/contain"
)

// response is what most calls answer: how a statement stands, and once it
// succeeded what it returned.
type response struct {
	ID       string    `json:"statement_id"`
	Status   status    `json:"status"`
	Manifest *manifest `json:"manifest,omitempty"`
	Result   any       `json:"result,omitempty"`
}

// status is how a statement stands.
type status struct {
	State    state        `json:"state"`
	Error    *statusError `json:"error,omitempty"`
	SQLState string       `json:"sql_state,omitempty"`
}

type statusError struct {
	Code    string `json:"error_code"`
	Message string `json:"message"`
}

// execute submits a statement and waits for its end as long as the client asked
// it to. A client that goes away leaves the statement running.
func (h *Handler) execute(r *http.Request, principal string) (any, error) {
	req, err := readRequest(r)
	if err != nil {
		return nil, err
	}
	if req.host = r.Host; req.Disposition != inline && h.opts.Offer == nil {
		return nil, invalid("The embedded workspace has no storage host here.")
	}
	h.opts.Statement(r.Context(), *req.Statement)
	if err := h.opts.Warehouse(*req.Warehouse, principal); err != nil {
		return nil, err
	}
	in, leave, err := h.enter(principal, req)
	if err != nil {
		return nil, err
	}
	s, err := h.store.begin(principal)
	if err != nil {
		leave()
		return nil, err
	}
	contain.Go("answering a statement", func() {
		defer leave()
		defer contain.After(in.Context(), "ending a statement with its session", s.stop)()
		h.run(s, in.SQL, req)
	})
	if req.wait == 0 {
		return s.response()
	}
	timer := time.NewTimer(req.wait)
	defer timer.Stop()
	select {
	case <-s.done:
	case <-r.Context().Done():
	case <-timer.C:
		if req.OnTimeout == "CANCEL" {
			s.stop()
			<-s.done
		}
	}
	return s.response()
}

func (h *Handler) get(r *http.Request, principal string) (any, error) {
	s, err := h.store.find(principal, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return s.response()
}

func (h *Handler) chunk(r *http.Request, principal string) (any, error) {
	s, err := h.store.find(principal, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(r.PathValue("chunk"))
	if err != nil || n < 0 {
		return nil, invalid("The chunk index must be a whole number that is not negative.")
	}
	return s.chunkAt(n)
}

// cancel asks a statement to stop. One that has ended stays as it is, and one
// that there is not is canceled all the same.
func (h *Handler) cancel(r *http.Request, principal string) (any, error) {
	s, err := h.store.find(principal, r.PathValue("id"))
	var refused *Error
	if errors.As(err, &refused) && refused.Status == http.StatusNotFound {
		return struct{}{}, nil
	}
	if err != nil {
		return nil, err
	}
	s.stop()
	return struct{}{}, nil
}

// close stops a statement and drops what it returned.
func (h *Handler) close(r *http.Request, principal string) (any, error) {
	s, err := h.store.find(principal, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	s.stop()
	s.release()
	return struct{}{}, nil
}
