package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// errorBody is the shape of every error of the REST API. The code is a number where Databricks is known to send one.
type errorBody struct {
	Code    any           `json:"error_code"`
	Message string        `json:"message"`
	Details []errorDetail `json:"details,omitempty"`
}

// errorDetail is a google.rpc.ErrorInfo, by which Unity Catalog names the missing privilege for machines.
type errorDetail struct {
	Type     string            `json:"@type"`
	Reason   string            `json:"reason"`
	Domain   string            `json:"domain"`
	Metadata map[string]string `json:"metadata"`
}

func writeError(w http.ResponseWriter, err error) {
	var e *model.Error
	if !errors.As(err, &e) {
		e = &model.Error{Code: "INTERNAL_ERROR", Status: http.StatusInternalServerError, Message: err.Error()}
	}
	body := errorBody{Code: e.Code, Message: e.Message}
	if n, err := strconv.Atoi(e.Code); err == nil {
		body.Code = n
	}
	if m := e.Missing; m != nil {
		body.Details = []errorDetail{{
			Type: "type.googleapis.com/google.rpc.ErrorInfo", Reason: e.Code, Domain: "unity-catalog.databricks.com",
			Metadata: map[string]string{
				"principalName": e.Principal, "msg": m.Privilege.SQL(),
				"resourceType": m.On.Kind.String(), "resourceName": m.On.FullName(),
			},
		}}
	}
	// The SQL driver reads no bodies of failed requests; this header is where it looks for the reason.
	w.Header().Set("X-Databricks-Reason-Phrase", strings.Join(strings.Fields(e.Message), " "))
	if e.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="DatabricksRealm"`)
	}
	writeJSON(w, e.Status, body)
}

// writeJSON writes v with its exact length, so that a client can tell an answer that was cut short.
func writeJSON(w http.ResponseWriter, status int, v any) {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		status = http.StatusInternalServerError
		body.Reset()
		body.WriteString(`{"error_code":"INTERNAL_ERROR","message":"The answer could not be encoded."}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the client is gone when this fails, and nobody else is there to tell
}

// empty is the answer {}.
type empty struct{}

func invalid(message string) error {
	return &model.Error{Code: "INVALID_PARAMETER_VALUE", Status: http.StatusBadRequest, Message: message}
}
