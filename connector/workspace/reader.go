package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/databricks/databricks-sdk-go/useragent"

	"github.com/draftt-io/draftt-databricks/connector"
)

// searches are the requests that read although their method does not say so.
var searches = []Rule{{http.MethodPost, "/api/2.0/mlflow/experiments/search"}}

// ErrWrites is returned by OpenReader for a list of requests with one that may change something.
var ErrWrites = errors.New("a reader was to send a request that may change something")

// Reader reads the answers of one host as they are, for an inventory: a workspace's, or that of an account. It sends nothing but what its list
// of reads has, at the pace of whoever asks, and waits for nothing: what is refused comes back at once as a *ReadError. It is safe for
// concurrent use.
type Reader struct{ w *Workspace }

// OpenReader prepares a reader and makes no request. Errors are those of Open, and ErrWrites.
func OpenReader(cfg Config, reads []Rule) (*Reader, error) {
	for _, r := range reads {
		if r.Method != http.MethodGet && !slices.Contains(searches, r) {
			return nil, fmt.Errorf("%w: %s %s", ErrWrites, r.Method, r.Path)
		}
	}
	cfg.Paced = true
	within := append(slices.Clone(reads),
		Rule{http.MethodGet, oidcOf(cfg.Account) + "/.well-known/oauth-authorization-server"}, Rule{http.MethodPost, oidcOf(cfg.Account) + "/v1/token"})
	w, err := open(cfg, func(method, escapedPath string) bool { return Matches(within, method, escapedPath) })
	if err != nil {
		return nil, err
	}
	return &Reader{w}, nil
}

// Host is the pinned host.
func (r *Reader) Host() connector.Host { return r.w.host }

// Close drops idle connections.
func (r *Reader) Close() { r.w.Close() }

// ReadError is a read that was refused.
type ReadError struct {
	Status  int
	Code    string        // error_code, or scimType; empty where there is none
	Message string        // cleaned
	After   time.Duration // how long it asks to wait, 0 where it does not
}

func (e *ReadError) Error() string {
	return fmt.Sprintf("HTTP %d %s: %s", e.Status, e.Code, e.Message)
}

// Ask sends one request and gives the answer, which is JSON. body is sent as JSON where it is not empty. Errors are *ReadError, and those of
// the network and of signing in, wrapped.
func (r *Reader) Ask(ctx context.Context, method, path string, query url.Values, body []byte) ([]byte, error) {
	ctx, release := hold(ctx)
	defer release()
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	address := r.w.host.URL() + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	var sent io.Reader = http.NoBody
	if len(body) > 0 {
		sent = bytes.NewReader(body)
	}
	request, err := http.NewRequestWithContext(ctx, method, address, sent)
	if err != nil {
		return nil, fmt.Errorf("prepare a read: %w", err)
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", useragent.FromContext(ctx)+" session/admin") // somebody opened the session that this reads for
	if len(body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	if id := string(r.w.host.WorkspaceID()); id != "" {
		request.Header.Set("X-Databricks-Workspace-Id", id)
	}
	if err := r.w.Authenticate(request); err != nil {
		return nil, fmt.Errorf("sign in: %w", r.w.told(err))
	}
	answer, err := r.w.rt.RoundTrip(request)
	if err != nil {
		return nil, fmt.Errorf("read: %w", r.w.told(err))
	}
	return ReadAnswer(answer)
}

// ReadAnswer reads an answer to its end and closes it. A refusal is a *ReadError.
func ReadAnswer(answer *http.Response) ([]byte, error) {
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if answer.StatusCode < http.StatusBadRequest {
		return text, nil
	}
	var said struct {
		Code    string `json:"error_code"`
		Message string `json:"message"`
		Type    string `json:"scimType"`
		Detail  string `json:"detail"`
	}
	_ = json.Unmarshal(text, &said) // what is no JSON has no code, and its status says enough
	refused := &ReadError{Status: answer.StatusCode, Code: connector.CleanLine(said.Code+said.Type, 60), Message: connector.CleanLine(said.Message+said.Detail, 300)}
	if pause, asked := pauseBefore(1, answer, time.Now()); asked {
		refused.After = pause
	}
	return nil, refused
}
