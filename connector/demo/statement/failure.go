package statement

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
)

type errorBody struct {
	Code    any    `json:"error_code"`
	Message string `json:"message"`
	Details []any  `json:"details,omitempty"`
}

// typed is the name of a message of google.rpc.
type typed struct {
	Type string `json:"@type"`
}

func detail(name string) typed { return typed{"type.googleapis.com/google.rpc." + name} }

// ResourceInfo says which thing an error is about; [NewResourceInfo] makes it.
type ResourceInfo struct {
	typed
	Kind        string `json:"resource_type"`
	Name        string `json:"resource_name"`
	Owner       string `json:"owner"`
	Description string `json:"description"`
}

// NewResourceInfo names a thing and what is the matter with it.
func NewResourceInfo(kind, name, description string) ResourceInfo {
	return ResourceInfo{detail("ResourceInfo"), kind, name, "", description}
}

type badRequest struct {
	typed
	Violations []fieldViolation `json:"field_violations"`
}

type fieldViolation struct {
	Field       string `json:"field"`
	Description string `json:"description"`
}

func violation(field, description string) badRequest {
	return badRequest{detail("BadRequest"), []fieldViolation{{field, description}}}
}

type requestInfo struct {
	typed
	ID          string `json:"request_id"`
	ServingData string `json:"serving_data"`
}

// writeError writes the error shape of the REST API, in which a code that is an
// HTTP status is a number. The details end in the request's id, if the answer
// has one.
func writeError(w http.ResponseWriter, err error) {
	var e *Error
	if !errors.As(err, &e) {
		e = &Error{Status: http.StatusInternalServerError, Code: "INTERNAL_ERROR", Message: err.Error()}
	}
	body := errorBody{Code: e.Code, Message: e.Message}
	if n, err := strconv.Atoi(e.Code); err == nil {
		body.Code = n
	}
	if e.Detail != nil {
		body.Details = append(body.Details, e.Detail)
	}
	if id := w.Header().Get("X-Request-Id"); id != "" {
		body.Details = append(body.Details, requestInfo{detail("RequestInfo"), id, ""})
	}
	writeJSON(w, e.Status, body)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil { // the answers are plain structs of texts and numbers, which always encode
		status, body = http.StatusInternalServerError, []byte(`{"error_code":"INTERNAL_ERROR","message":"The answer could not be encoded."}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client is gone when this fails, and nobody else is there to tell
}
