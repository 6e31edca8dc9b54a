package workspace

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/pattern"
)

const (
	// replayable bounds the request bodies that are kept for a second sending; statements are far smaller.
	replayable = 1 << 20
	// refusalRead bounds how much of a refusal is read to learn why.
	refusalRead = 64 << 10
)

// ended is how a workspace says that a token's time is over, in the body or in a header of a refusal. Some refuse it as if it were a
// permission, with a 403.
var ended = pattern.New(`(?i)token (is|has|was) expired|expired (access )?token|token expired|ExpiredJwt|TOKEN_EXPIRED`)

// refreshing sends a request again, once, with a new token when the workspace said that the one it carried has ended. Nobody notices:
// neither the SDK nor the SQL driver sees the refusal. It knows requests by their header, so it serves both.
type refreshing struct {
	tokens *tokens
	next   http.RoundTripper
}

func (t *refreshing) RoundTrip(r *http.Request) (*http.Response, error) {
	token, signed := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !signed || t.tokens.creds.Method != connector.OAuth {
		return t.next.RoundTrip(r) //nolint:wrapcheck // a transport hands errors on unchanged
	}
	first, again, err := replay(r)
	if err != nil {
		return nil, err
	}
	resp, err := t.next.RoundTrip(first)
	if err != nil || again == nil || !tokenEnded(resp) {
		return resp, err //nolint:wrapcheck // as above
	}
	fresh, err := t.tokens.replace(r.Context(), token)
	if err != nil {
		return resp, nil //nolint:nilerr // the refusal in hand says what is wrong; whoever signs in next is told the rest
	}
	_ = resp.Body.Close()
	again.Header.Set("Authorization", "Bearer "+fresh)
	return t.next.RoundTrip(again) //nolint:wrapcheck // as above
}

// replay makes two requests of one, the second nil where the body is too large to keep.
func replay(r *http.Request) (first, again *http.Request, err error) {
	if r.Body == nil || r.Body == http.NoBody {
		return r, r.Clone(r.Context()), nil
	}
	kept, err := io.ReadAll(io.LimitReader(r.Body, replayable+1))
	if err != nil {
		_ = r.Body.Close()
		return nil, nil, err //nolint:wrapcheck // as above
	}
	first = r.Clone(r.Context())
	if len(kept) > replayable {
		first.Body = after(kept, r.Body)
		return first, nil, nil
	}
	_ = r.Body.Close()
	again = r.Clone(r.Context())
	first.Body, again.Body = io.NopCloser(bytes.NewReader(kept)), io.NopCloser(bytes.NewReader(kept))
	return first, again, nil
}

// after is a body whose beginning was read already.
func after(head []byte, rest io.ReadCloser) io.ReadCloser {
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), rest), rest}
}

// tokenEnded reads a refusal and puts what it read back.
func tokenEnded(resp *http.Response) bool {
	if resp.StatusCode != http.StatusUnauthorized && resp.StatusCode != http.StatusForbidden {
		return false
	}
	for _, name := range []string{"X-Databricks-Reason-Phrase", "X-Thriftserver-Error-Message", "WWW-Authenticate"} {
		if ended().MatchString(resp.Header.Get(name)) {
			return true
		}
	}
	head, err := io.ReadAll(io.LimitReader(resp.Body, refusalRead))
	resp.Body = after(head, resp.Body)
	return err == nil && ended().Match(head)
}
