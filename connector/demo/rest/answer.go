package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// requestIDHeader is where every answer has its request id; errors repeat it in their details.
const requestIDHeader = "X-Request-Id"

// errorBody is the shape of every error of the REST API but SCIM's. The code is a number where Databricks is known to send one.
type errorBody struct {
	Code    any           `json:"error_code"`
	Message string        `json:"message"`
	Details []errorDetail `json:"details,omitempty"`
}

// errorDetail is a google.rpc.ErrorInfo, by which Unity Catalog names the missing privilege for machines, or a google.rpc.RequestInfo.
type errorDetail struct {
	Type        string            `json:"@type"`
	Reason      string            `json:"reason,omitempty"`
	Domain      string            `json:"domain,omitempty"`
	Metadata    map[string]string `json:"metadata,omitempty"`
	RequestID   string            `json:"request_id,omitempty"`
	ServingData *string           `json:"serving_data,omitempty"`
}

// WriteError answers with an error as the REST API does: with its code and text, and with the request's id among the details. What is no
// *model.Error is an internal one.
func WriteError(w http.ResponseWriter, err error) {
	var e *model.Error
	if !errors.As(err, &e) {
		e = &model.Error{Code: "INTERNAL_ERROR", Status: http.StatusInternalServerError, Message: err.Error()}
	}
	id := w.Header().Get(requestIDHeader)
	if code, err := strconv.Atoi(e.Code); err == nil {
		refuseSignIn(w, e, code, id)
		return
	}
	if errors.As(err, new(scimError)) {
		writeJSON(w, e.Status, scimErrorBody(err, e))
		return
	}
	body := errorBody{Code: e.Code, Message: e.Message}
	if m := e.Missing; m != nil {
		body.Details = append(body.Details, errorDetail{
			Type: "type.googleapis.com/google.rpc.ErrorInfo", Reason: e.Code, Domain: "unity-catalog.databricks.com",
			Metadata: map[string]string{
				"principalName": e.Principal, "msg": m.Privilege.SQL(),
				"resourceType": m.On.Kind.String(), "resourceName": m.On.FullName(),
			},
		})
	}
	if e.ETag != "" {
		body.Details = append(body.Details, errorDetail{
			Type: "type.googleapis.com/google.rpc.ErrorInfo", Reason: e.Code, Domain: "databricks.com", Metadata: map[string]string{"etag": e.ETag},
		})
	}
	if id != "" {
		body.Details = append(body.Details, errorDetail{Type: "type.googleapis.com/google.rpc.RequestInfo", RequestID: id, ServingData: new(string)})
	}
	writeJSON(w, e.Status, body)
}

// refuseSignIn answers what is refused before anything is asked of the workspace: its code is a number, it names the request in its text, and
// drivers of SQL, which read no bodies of failed requests, find the reason in a header.
func refuseSignIn(w http.ResponseWriter, e *model.Error, code int, id string) {
	w.Header().Set("X-Databricks-Reason-Phrase", strings.Join(strings.Fields(e.Message), " "))
	if e.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="DatabricksRealm"`)
	}
	text := e.Message
	if id != "" {
		text += " [ReqId: " + id + "]"
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	writeJSON(w, e.Status, errorBody{Code: code, Message: text})
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
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
	}
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the client is gone when this fails, and nobody else is there to tell
}

// empty is the answer {}.
type empty struct{}

// created is an answer with status 201, nothing one with status 204.
type (
	created struct{ body any }
	nothing struct{}
)

// readBody reads a JSON body into v; no body at all leaves v as it is.
func readBody(r *http.Request, v any) error {
	return readJSON(json.NewDecoder(r.Body), v)
}

// ReadKnown reads a JSON body into v as readBody does, for requests in which an unknown field must not be passed over, because it would change
// something: it is refused by its name.
func ReadKnown(r *http.Request, v any) error {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	return readJSON(decoder, v)
}

// decodeKnown is ReadKnown for JSON that is there already.
func decodeKnown(raw []byte, v any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	return readJSON(decoder, v)
}

func readJSON(decoder *json.Decoder, v any) error {
	err := decoder.Decode(v)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil || errors.Is(err, io.EOF):
		return nil
	case errors.As(err, new(*model.Error)):
		return err
	case errors.As(err, &wrong) && wrong.Field != "":
		return Refuse("Field '" + wrong.Field + "' cannot be a " + wrong.Value + ".")
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		return Refuse("Field " + strings.TrimPrefix(err.Error(), "json: unknown field ") + " is not supported here.")
	}
	return &model.Error{Code: "MALFORMED_REQUEST", Status: http.StatusBadRequest, Message: "The body is not valid JSON."}
}

// Refuse is the answer to a request that asks for what there cannot be.
func Refuse(message string) error {
	return &model.Error{Code: "INVALID_PARAMETER_VALUE", Status: http.StatusBadRequest, Message: message}
}
