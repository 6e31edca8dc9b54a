package statement

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// maxBody is the largest request that is read; the documented limit of a
// statement's text is 16 MiB.
const maxBody = 17 << 20

// request is the body of POST /api/2.0/sql/statements, as far as it matters.
type request struct {
	Warehouse   *string     `json:"warehouse_id"`
	Session     string      `json:"session_id"` // whose catalog and schema hold, whatever the request says
	Statement   *string     `json:"statement"`
	Catalog     string      `json:"catalog"`
	Schema      string      `json:"schema"`
	Parameters  []parameter `json:"parameters"`
	RowLimit    int64       `json:"row_limit"`
	ByteLimit   int64       `json:"byte_limit"`
	WaitTimeout string      `json:"wait_timeout"`
	OnTimeout   string      `json:"on_wait_timeout"`
	Disposition string      `json:"disposition"`
	Format      string      `json:"format"`
	Compression string      `json:"result_compression"`

	wait time.Duration
	host string // that the client called
}

// The dispositions: a result comes with the answer, is fetched from the storage host, or whichever of the two suits its size, which drivers ask
// for and no reference describes.
const (
	inline        = "INLINE"
	externalLinks = "EXTERNAL_LINKS"
	eitherWay     = "INLINE_OR_EXTERNAL_LINKS"
)

// parameter is a value by its name or by its place; without a type it is a
// STRING, without a value NULL.
type parameter struct {
	Name    string  `json:"name"`
	Type    string  `json:"type"`
	Value   *string `json:"value"`
	Ordinal int     `json:"ordinal"`
}

func readRequest(r *http.Request) (*request, error) {
	req := &request{WaitTimeout: "10s", OnTimeout: "CONTINUE", Disposition: inline, Format: "JSON_ARRAY"}
	if err := readBody(r, req); err != nil {
		return nil, err
	}
	return req, req.check()
}

// readBody reads a request's JSON into a struct.
func readBody[T any](r *http.Request, into *T) error {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil || len(body) > maxBody {
		return invalid("The request is too large.")
	}
	if err := json.Unmarshal(body, into); err != nil {
		return &Error{Status: http.StatusBadRequest, Code: "MALFORMED_REQUEST", Message: jsonProblem(err)}
	}
	return nil
}

// jsonProblem says what is wrong with a body without repeating what is in it.
func jsonProblem(err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return "Could not parse request object: the field " + kind.Field + " cannot be a " + kind.Value + "."
	}
	return "Invalid JSON given in the body of the request - failed to parse given JSON"
}

func (req *request) check() error {
	switch {
	case req.Warehouse == nil:
		return missing("warehouse_id")
	case req.Statement == nil:
		return missing("statement")
	case req.Disposition != inline && req.Disposition != externalLinks && req.Disposition != eitherWay:
		return invalid("The field disposition must be INLINE or EXTERNAL_LINKS.")
	case formats[req.Format].write == nil:
		return invalid("The field format must be JSON_ARRAY, ARROW_STREAM or CSV.")
	case req.Format != "JSON_ARRAY" && req.Disposition == inline:
		return invalid("Incompatible parameters: The format field must be JSON_ARRAY when the disposition field is INLINE.")
	case req.OnTimeout != "CONTINUE" && req.OnTimeout != "CANCEL":
		return invalid("The field on_wait_timeout must be CONTINUE or CANCEL.")
	case req.RowLimit < 0 || req.ByteLimit < 0:
		return invalid("The fields row_limit and byte_limit must not be negative.")
	}
	seconds, err := strconv.Atoi(strings.TrimSuffix(req.WaitTimeout, "s"))
	if err != nil || !strings.HasSuffix(req.WaitTimeout, "s") || seconds != 0 && (seconds < 5 || seconds > 50) {
		return invalidField("wait_timeout", "The wait_timeout field must be 0 seconds (disables wait), or between 5 seconds and 50 seconds.")
	}
	req.wait = time.Duration(seconds) * time.Second
	return nil
}

// params turns the parameters into values of their types.
func (req *request) params() ([]engine.Param, error) {
	sent := make([]engine.Sent, len(req.Parameters))
	for i, p := range req.Parameters {
		sent[i] = engine.Sent{Name: p.Name, Kind: p.Type, Value: p.Value, Ordinal: p.Ordinal}
	}
	return engine.ParseParams(sent)
}
