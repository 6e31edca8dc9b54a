package relay

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// behind is a workspace that answers everything with the same.
const behind = `{"id":"7","groups":[{"display":"a"},{"display":"b"}],"active":true}`

// asked sends one request through rules in YAML, over TLS as a client does, and gives the answer with its body.
func asked(t *testing.T, rules, path string) (*http.Response, []byte, error) {
	t.Helper()
	list, err := Read([]byte(rules))
	if err != nil {
		t.Fatal(connector.Words(err))
	}
	server := httptest.NewUnstartedServer(New(list, nil).Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Request-Id", "r-1")
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, behind)
	})))
	server.StartTLS()
	defer server.Close()
	client := &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	resp, err := client.Get(server.URL + path)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 4<<20))
	return resp, body, err
}

func TestAnAnswerIsAsItsRuleSays(t *testing.T) {
	for name, tt := range map[string]struct {
		rule, body, header, value string
		status                    int
	}{
		"of another status":     {"{path: /a, status: 403, body: no}", "no", "Content-Type", "text/plain; charset=utf-8", 403},
		"in JSON":               {"{path: /a, status: 400, json: {error_code: X, n: 1, ok: true, list: [a, null]}}", `{"error_code":"X","n":1,"ok":true,"list":["a",null]}`, "Content-Type", "application/json", 400},
		"in base64":             {"{path: /a, base64: aGk=}", "hi", "X-Request-Id", "", 200},
		"in hexadecimal":        {"{path: /a, hex: 68 69, header: {Server: nginx}}", "hi", "Server", "nginx", 200},
		"a page":                {"{path: /a, page: <html></html>, status: 511}", "<html></html>", "Content-Type", "text/html; charset=utf-8", 511},
		"somewhere else":        {"{path: /a, redirect: 'https://x.example/'}", "", "Location", "https://x.example/", 302},
		"later":                 {"{path: /a, retry_after: 90s}", tooMany, "Retry-After", "90", 429},
		"recorded":              {"{path: /a, recorded: \"HTTP/2 403 Forbidden\\nServer: envoy\\n\\nRBAC: access denied\"}", "RBAC: access denied", "Server", "envoy", 403},
		"with one place set":    {"{path: /a, rewrite: [{at: 'groups[1].display', set: {x: 1}}]}", `{"active":true,"groups":[{"display":"a"},{"display":{"x":1}}],"id":"7"}` + "\n", "X-Request-Id", "r-1", 200},
		"with every place set":  {"{path: /a, rewrite: [{at: 'groups[*].display', set: 7}, {at: active, delete: true}]}", `{"groups":[{"display":7},{"display":7}],"id":"7"}` + "\n", "", "", 200},
		"with an item taken":    {"{path: /a, status: 203, rewrite: [{at: 'groups[0]', delete: true}]}", `{"active":true,"groups":[{"display":"b"}],"id":"7"}` + "\n", "", "", 203},
		"with a text replaced":  {"{path: /a, replace: {'true': 'false', id: no}}", strings.ReplaceAll(strings.ReplaceAll(behind, "true", "false"), "id", "no"), "", "", 200},
		"without a header":      {"{path: /a, header: {X-Request-Id: ''}}", behind, "X-Request-Id", "", 200},
		"not of the workspace":  {"{path: /a, foreign: true}", behind, "X-Request-Id", "", 200},
		"with a mark before it": {"{path: /a, encode: [bom]}", "\ufeff" + behind, "", "", 200},
		"said to be Brotli":     {"{path: /a, encode: [br-said]}", behind, "Content-Encoding", "br", 200},
		"in UTF-16":             {"{path: /a, body: hä, encode: [utf-16be]}", "\xfe\xff\x00h\x00\xe4", "", "", 200},
		"in Latin 1":            {"{path: /a, body: hä, encode: [latin-1]}", "h\xe4", "", "", 200},
		"three times":           {"{path: /a, body: ab, repeat: 3}", "ababab", "Content-Length", "6", 200},
		"byte by byte":          {"{path: /a, body: abc, trickle: 1ms}", "abc", "", "", 200},
		"not the one asked for": {"{path: /b/*, status: 500}", behind, "", "", 200},
	} {
		t.Run(name, func(t *testing.T) {
			resp, body, err := asked(t, "rules: ["+tt.rule+"]", "/a")
			if err != nil {
				t.Fatal(err)
			}
			if resp.StatusCode != tt.status || string(body) != tt.body || tt.header != "" && resp.Header.Get(tt.header) != tt.value {
				t.Errorf("%d %v %q", resp.StatusCode, resp.Header, body)
			}
		})
	}
}

func TestABodyMayBeZippedAndMayHaveNoEnd(t *testing.T) {
	_, body, err := asked(t, "rules: [{path: /a, encode: [gzip]}]", "/a")
	if err != nil {
		t.Fatal(err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(zip); err != nil || string(plain) != behind {
		t.Errorf("%q, %v", plain, err)
	}
	for _, rule := range []string{"{path: /a, body: 'ab', endless: true}", "{path: /a, body: 'ab', repeat: 1000000}"} {
		resp, body, err := asked(t, "rules: ["+rule+"]", "/a")
		if err != nil || len(body) < 2_000_000 || !bytes.HasPrefix(body, []byte("abab")) || resp.ContentLength != -1 {
			t.Errorf("%s: %d bytes of %d, %v", rule, len(body), resp.ContentLength, err)
		}
	}
	if _, body, err := asked(t, "rules: [{path: /a, body: '"+strings.Repeat("0", 1000)+"', repeat: 100000, encode: [gzip]}]", "/a"); err != nil || len(body) > 1_000_000 || len(body) < 50_000 {
		t.Errorf("a bomb has %d bytes, %v", len(body), err)
	}
}

func TestAConnectionMayEndAnywhere(t *testing.T) {
	for rule, want := range map[string]int{
		"{path: /a, cut: 5}":                           5,
		"{path: /a, cut: 5, reset: true}":              -1,
		"{path: /a, body: abcdefgh, cut: 3}":           3,
		"{path: /a, body: x, endless: true, cut: 700}": 700,
		"{path: /a, close: true}":                      -1,
		"{path: /a, reset: true}":                      -1,
		"{path: /a, raw: SSH-2.0-x}":                   -1,
	} {
		if _, body, err := asked(t, "rules: ["+rule+"]", "/a"); err == nil || want >= 0 && (len(body) != want || !errors.Is(err, io.ErrUnexpectedEOF)) {
			t.Errorf("%s: %q, %v", rule, body, err)
		}
	}
	if resp, body, err := asked(t, "rules: [{path: /a, raw: \"HTTP/1.1 299 Odd\\r\\nConnection: close\\r\\n\\r\\nhey\"}]", "/a"); err != nil || resp.StatusCode != 299 || string(body) != "hey" {
		t.Errorf("%v %q %v", resp, body, err)
	}
}

func TestRetryAfterMayBeADate(t *testing.T) {
	r := Rule{RetryAfter: 90 * time.Second, RetryDate: true}
	if got := r.retryAfter(time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)); got != "Fri, 20 Nov 2026 10:01:30 GMT" {
		t.Errorf("it says %q", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := sleepReal(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("a wait for a caller who has gone: %v", err)
	}
}

func TestAnAsteriskStandsForAnyText(t *testing.T) {
	for _, tt := range []struct {
		pattern, path string
		is            bool
	}{
		{"/a", "/a", true}, {"/a", "/ab", false}, {"/a*", "/ab/c", true}, {"*", "/x", true}, {"/a/*/c", "/a/b/c", true}, {"/a/*/c", "/a/c", false},
		{"/a*b*c", "/aXbYc", true}, {"/a*b*c", "/aXcYb", false}, {"*/c", "/a/b/c", true}, {"/aa*a", "/aa", false},
	} {
		if glob(tt.pattern, tt.path) != tt.is {
			t.Errorf("%s for %s", tt.pattern, tt.path)
		}
	}
}
