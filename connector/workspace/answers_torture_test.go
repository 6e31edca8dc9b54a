package workspace

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// anyAnswer is a network in memory on which every call but the sign-in gets the same answer. It ends a listing after a few pages, because
// the same answer may ask for one more page for ever.
type anyAnswer struct {
	status int
	header http.Header
	body   []byte
	asked  int
}

const pagesGiven = 3

// echo stands in an answer for the credentials of its request, as debugging proxies repeat them.
const echo = "ECHO"

func (a *anyAnswer) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := &http.Response{StatusCode: a.status, Status: fmt.Sprint(a.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: a.header.Clone(), Request: r, ContentLength: -1}
	content := bytes.ReplaceAll(a.body, []byte(echo), []byte(r.Header.Get("Authorization")))
	if a.asked++; a.asked > pagesGiven {
		answer.StatusCode, answer.Header, content = http.StatusOK, http.Header{"Content-Type": {"application/json"}}, []byte("{}")
	}
	answer.Body = io.NopCloser(bytes.NewReader(content))
	return answer, nil
}

const fuzzSecret = "dapi-canary-0123456789abcdef"

// calls are all that is ever asked over REST.
var calls = []func(context.Context, *Workspace) error{
	func(ctx context.Context, w *Workspace) error { _, err := w.Discover(ctx); return err },
	func(ctx context.Context, w *Workspace) error { return w.Knock(ctx) },
	func(ctx context.Context, w *Workspace) error { return w.SignIn(ctx) },
	func(ctx context.Context, w *Workspace) error { _, err := w.Me(ctx); return err },
	func(ctx context.Context, w *Workspace) error { _, err := w.Warehouses(ctx, ""); return err },
	func(ctx context.Context, w *Workspace) error { _, err := w.Warehouse(ctx, "abc"); return err },
	func(ctx context.Context, w *Workspace) error { return w.StartWarehouse(ctx, "abc") },
	func(ctx context.Context, w *Workspace) error { _, err := w.Catalogs(ctx, ""); return err },
	func(ctx context.Context, w *Workspace) error { _, err := w.Catalog(ctx, fuzzTable.Catalog); return err },
	func(ctx context.Context, w *Workspace) error {
		_, err := w.Schemas(ctx, fuzzTable.Catalog, "")
		return err
	},
	func(ctx context.Context, w *Workspace) error {
		_, err := w.Schema(ctx, fuzzTable.SchemaName)
		return err
	},
	func(ctx context.Context, w *Workspace) error {
		_, err := w.Tables(ctx, fuzzTable.SchemaName, "")
		return err
	},
	func(ctx context.Context, w *Workspace) error { _, err := w.Table(ctx, fuzzTable); return err },
	func(ctx context.Context, w *Workspace) error {
		_, err := w.Effective(ctx, "table", "a.b.c", connector.FromRemote("x"))
		return err
	},
}

var fuzzTable = func() connector.TableName {
	name, err := connector.ParseTable("a.b.c", connector.SchemaName{})
	if err != nil {
		panic(err)
	}
	return name
}()

// askOnce opens a workspace in memory and makes one call.
func askOnce(t testing.TB, call int, method connector.AuthMethod, answer *anyAnswer) error {
	t.Helper()
	host, _, err := connector.ParseHost("adb-1234567890123456.7.azuredatabricks.net", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := Open(Config{Host: host, Credentials: connector.Credentials{Method: method, ClientID: "id", Secret: connector.NewSecret([]byte(fuzzSecret))}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	w.rt.(*pinned).next = answer
	return calls[call](t.Context(), w)
}

var contentTypes = []string{"application/json", "text/html; charset=utf-8", "text/plain", "", "application/octet-stream", "application/json; charset=utf-16"}

// FuzzAnswers gives every call an arbitrary answer. None may panic or tell the secret, even where the answer repeats it.
func FuzzAnswers(f *testing.F) {
	for call, body := range []string{
		`{"token_endpoint":"https://adb-1234567890123456.7.azuredatabricks.net/oidc/v1/token"}`, `{}`, `{"access_token":"a","expires_in":-1,"token_type":"x"}`,
		`{"id":"1","userName":"x","entitlements":[{"value":"databricks-sql-access"}],"groups":[{"display":"g"}]}`, `{"warehouses":[{"id":"a/b","odbc_params":{"path":"/x"},"health":{"status":"FAILED"}}],"next_page_token":"n"}`,
		`{"id":"abc","state":"RUNNING","auto_stop_mins":99999999999,"warehouse_type":7}`, `{"error_code":"PERMISSION_DENIED","message":"no\u001b[2J","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"X"}]}`,
		`{"catalogs":[{"name":"a","comment":null}],"next_page_token":"x"}`, `{"name":["x"]}`, `[]`, `"x"`, `{"tables":[{"name":"t","row_filter":{"function_name":"f"}}],"next_page_token":"n"}`,
		`{"columns":[{"name":"c","type_text":"map<a,b>","mask":{}}]}`, `{"privilege_assignments":[{"principal":"p","privileges":[{"privilege":"SELECT","inherited_from_type":"X"}]}],"next_page_token":"y"}`,
	} {
		f.Add(uint8(call), uint16(200), uint8(0), []byte(body))
		f.Add(uint8(call), uint16(403), uint8(call%len(contentTypes)), []byte(body))
	}
	f.Add(uint8(3), uint16(200), uint8(1), []byte("<html>\x00\x1b]0;x\x07"+echo))
	f.Add(uint8(4), uint16(500), uint8(0), []byte(strings.Repeat("[", 20_000)))
	f.Fuzz(func(t *testing.T, call uint8, status uint16, kind uint8, body []byte) {
		answer := &anyAnswer{status: 200 + int(status)%400, header: http.Header{"Content-Type": {contentTypes[int(kind)%len(contentTypes)]}}, body: body}
		for _, method := range []connector.AuthMethod{connector.OAuth, connector.PAT} {
			answer.asked = 0
			err := askOnce(t, int(call)%len(calls), method, answer)
			if err == nil {
				continue
			}
			if text := err.Error(); strings.Contains(text, fuzzSecret) {
				t.Errorf("call %d tells the secret: %q", call, text)
			}
		}
	})
}

// A large answer may cost its own size and some, not a multiple that a small host could use to stop a large machine.
func TestLargeAnswersCostBoundedMemory(t *testing.T) {
	repeated := func(before, text, after string) []byte {
		return []byte(before + strings.Repeat(text, (maxBody+1<<20)/len(text)) + after)
	}
	for i, body := range [][]byte{
		repeated("", " ", ""), repeated("", "[", ""), repeated("<html>", "x", ""), repeated(`{"error_code":"X","message":"`, "x", `"}`),
		repeated(`{"tables":[`, `{"name":"t"},`, `{}]}`), repeated(`{"entitlements":[`, `{"value":"e"},`, `{}]}`),
	} {
		for _, call := range []int{3, 11, (i * 5) % len(calls)} {
			for _, status := range []int{200, 400} {
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				err := askOnce(t, call, connector.PAT, &anyAnswer{status: status, header: http.Header{"Content-Type": {"application/json"}}, body: body})
				runtime.ReadMemStats(&after)
				if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > mostTaken {
					t.Errorf("%.30q, call %d, status %d: %d MiB were taken", body, call, status, taken)
				}
				if err != nil && len(err.Error()) > maxBody+1<<10 {
					t.Errorf("%.30q, call %d, status %d: an error of %d KiB", body, call, status, len(err.Error())>>10)
				}
			}
		}
	}
}

// mostTaken bounds, in MiB, all that reading the answers to one call may allocate, garbage included. An answer ends at 10 MiB, a listing
// here after three, and decoding takes a multiple of the text.
const mostTaken = 600
