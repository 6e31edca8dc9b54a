package check_test

import (
	"context"
	"encoding/json"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// mostHeap bounds what the ladder and the workspace that it talks to, both in this process, hold together beyond what was there before.
const mostHeap = 128 << 20

// patience is far more than the deadlines of a hurried ladder come to: only a walk that hangs meets it.
const patience = 60 * time.Second

// maker makes rules of bytes, so that every input is a rule that the relay takes. It reads zeros where the bytes end.
type maker struct {
	shape []byte
	body  string
}

func (m *maker) next() int {
	if len(m.shape) == 0 {
		return 0
	}
	b := m.shape[0]
	m.shape = m.shape[1:]
	return int(b)
}

func pick[T any](m *maker, list []T) T { return list[m.next()%len(list)] }

var (
	fuzzedPaths    = []string{"", "*", "/sql/*", "/oidc/*", "/api/2.0/*", "/api/2.1/*", "/api/2.1/unity-catalog/tables/*"}
	fuzzedStatuses = []int{0, 0, 0, 200, 200, 201, 204, 299, 301, 302, 307, 304, 400, 401, 403, 404, 407, 409, 418, 429, 451, 500, 501, 502, 503, 504, 511, 599}
	fuzzedPlaces   = []string{"", "active", "state", "groups[*].display", "*", "[*]", "*[*].*", "access_token", "expires_in", "columns[0]", "columns[*].type_text", "next_page_token", "warehouses", "odbc_params.path", "privilege_assignments[*].privileges", "id", "name"}
	fuzzedChanges  = []relay.SQLChange{"", relay.FewerColumns, relay.NoColumns, relay.RaggedColumns, relay.NoSchema, relay.NoTypes, relay.BadArrow, relay.NoHandle, relay.StillPending, relay.StillRunning, relay.MoreRows, relay.NotThrift}
	fuzzedCodings  = []relay.Encoding{relay.ByteOrderMark, relay.UTF16Little, relay.UTF16Big, relay.Latin1, relay.Gzip, relay.GzipUnsaid, relay.GzipSaid, relay.BrotliSaid}
	fuzzedHeaders  = []string{"", "Content-Type", "Location", "Retry-After", "X-Request-Id", "Content-Encoding", "X-Databricks-Reason-Phrase", "X-Thriftserver-Error-Message", "Date", "WWW-Authenticate", "Transfer-Encoding", "Set-Cookie"}
	fuzzedValues   = []string{"", "text/html", "application/json", "application/x-thrift", "https://elsewhere.example/", "/", "0", "999999999", "-1", "chunked", "gzip", "Thu, 01 Jan 1970 00:00:00 GMT", "a=b"}
)

// rule makes one rule. What comes first matters most: where, then how.
func (m *maker) rule() relay.Rule {
	r := relay.Rule{Stage: pick(m, append([]string{""}, relay.Stages()...)), Path: pick(m, fuzzedPaths)}
	if r.Stage == "" && r.Path == "" {
		r.Path = "*"
	}
	kind := m.next()
	r.Status = pick(m, fuzzedStatuses)
	switch kind % 8 {
	case 0, 1:
		r.Body = m.body
	case 2:
		r.Page = m.body
	case 3:
		r.Rewrite = []relay.Edit{{At: pick(m, fuzzedPlaces), Set: []byte(jsonOf(m.body))}, {At: pick(m, fuzzedPlaces), Delete: true}}
	case 4:
		r.SQL = pick(m, fuzzedChanges)
	case 5:
		r.SQLError, r.SQLState = m.body, []string{"", "42501", "XX000"}[m.next()%3]
	case 6:
		r.Raw = m.body
	case 7:
		r.Replace = map[string]string{[]string{"a", "true", "[", "RUNNING", "\"", "\x00"}[m.next()%6]: m.body}
	}
	r.After, r.Times = m.next()%4, m.next()%4
	if name := pick(m, fuzzedHeaders); name != "" {
		r.Header = map[string]string{name: pick(m, fuzzedValues)}
	}
	m.sending(&r)
	return r
}

// sending makes how the answer is sent.
func (m *maker) sending(r *relay.Rule) {
	switch m.next() % 16 {
	case 1:
		r.Cut = 1 + m.next()
	case 2:
		r.Encode = []relay.Encoding{pick(m, fuzzedCodings)}
	case 3:
		r.Encode = []relay.Encoding{pick(m, fuzzedCodings), pick(m, fuzzedCodings)}
	case 4:
		r.Endless = true
	case 5:
		r.Endless, r.Encode = true, []relay.Encoding{pick(m, fuzzedCodings)}
	case 6:
		r.Repeat = 1 << (m.next() % 20)
	case 7:
		r.Close = true
	case 8:
		r.Reset, r.Cut = true, m.next()
	case 9:
		r.Delay = time.Hour
	case 10:
		r.Trickle = time.Hour
	case 11:
		r.Trickle = time.Microsecond
	case 12:
		r.Foreign = true
	case 13:
		r.Redirect = []string{"/", "/login.html?error=x", "https://elsewhere.example/", "%zz", "http://127.0.0.1:1/"}[m.next()%5]
	case 14:
		r.RetryAfter, r.RetryDate = time.Duration(m.next())*time.Second, m.next()%2 == 1
	}
}

// jsonOf is the body where it is JSON, and else the body as a text in it.
func jsonOf(body string) string {
	if json.Valid([]byte(body)) {
		return body
	}
	text, _ := json.Marshal(body) // a text
	return string(text)
}

// fuzzed is the one workspace that the rules of every input stand before.
var fuzzed = sync.OnceValues(func() (*demo.Workspace, error) {
	world, err := demo.Find("ready")
	if err != nil {
		return nil, err
	}
	// A delay ends with the request and not with the clock: a short one passes at once, a long one lasts as long as the caller does.
	return demo.Start(context.Background(), world, demo.Options{Sleep: func(ctx context.Context, d time.Duration) error {
		if d < time.Millisecond {
			return ctx.Err()
		}
		<-ctx.Done()
		return ctx.Err()
	}})
})

// FuzzRelay holds the ladder to its promises whatever is answered: it ends, without a panic, within a bound of memory, with exactly one
// failure at most that has a cause and a remedy, and everything after it blocked by it.
func FuzzRelay(f *testing.F) {
	for i := range 8 * 16 {
		f.Add([]byte{byte(i % 16), 0, byte(i % 8), byte(3 + i%20), byte(i), 0, 0, byte(i % 12), byte(i % 13), byte(i / 8)}, []string{
			`{"error_code":"PERMISSION_DENIED","message":"User does not have USE CATALOG on Catalog 'inventory'."}`, "<html>no</html>", "", "null", "[]", "\x80\x01\x00\x02\x7f\xff\xff\xff",
			`{"access_token":"a","token_type":"Bearer","expires_in":0}`, `{"userName":7,"groups":{},"active":"no"}`,
		}[i%8])
	}
	for change := range fuzzedChanges {
		f.Add([]byte{0, 2, 4, 0, byte(change)}, "")
	}
	f.Fuzz(func(t *testing.T, shape []byte, body string) {
		if len(body) > 64<<10 || len(shape) > 64 {
			t.Skip()
		}
		m := &maker{shape: shape, body: body}
		rules := []relay.Rule{m.rule()}
		for len(m.shape) > 0 && len(rules) < 3 {
			rules = append(rules, m.rule())
		}
		for i := range rules {
			if relay.Whole(&rules[i]) != nil {
				t.Skip() // a file could not say it either
			}
		}
		endureRules(t, rules)
	})
}

// endureRules walks the ladder in a hurry against the rules.
func endureRules(t *testing.T, rules []relay.Rule) {
	t.Helper()
	d, err := fuzzed()
	if err != nil {
		t.Fatal(err)
	}
	d.Play(rules)
	s := subjectOf(t, d)
	stages := check.All()
	for i := range stages {
		stages[i].Deadline = min(stages[i].Deadline, 300*time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	held := watchHeap()
	var results []check.Result
	for r := range check.Run(ctx, stages, s.Subject) {
		if r.State != check.Running {
			results = append(results, r)
		}
	}
	if most := held(); most > mostHeap {
		t.Errorf("%d MiB were held against %+v", most>>20, rules)
	}
	if ctx.Err() != nil {
		t.Fatalf("it hangs against %+v", rules)
	}
	tells(t, stages, results, rules)
}

// tells holds the results to what is promised of any.
func tells(t *testing.T, stages []check.Stage, results []check.Result, rules []relay.Rule) {
	t.Helper()
	if len(results) != len(stages) {
		t.Fatalf("%d results of %d stages against %+v", len(results), len(stages), rules)
	}
	var broken check.ID
	for i, r := range results {
		switch {
		case (broken != "") != (r.State == check.Blocked) || r.BlockedBy != broken:
			t.Errorf("%s is %s by %q after %q failed, against %+v", r.Stage, r.State, r.BlockedBy, broken, rules)
		case r.State == check.Failed && (r.Finding == nil || r.Finding.Cause == "" || r.Finding.Reason == "" || r.Finding.Remedy.Text == "" || r.Finding.Exit == 0):
			t.Errorf("%s failed without a cause and a remedy against %+v", r.Stage, rules)
		case r.State == check.Unknown && r.Evidence == "":
			t.Errorf("%s is unknown and does not say why, against %+v", r.Stage, rules)
		}
		if r.State == check.Failed && stages[i].Gate {
			broken = r.Stage
		}
	}
}

// subjectOf is what the ladder looks at on the shared workspace, signed in anew.
func subjectOf(t *testing.T, d *demo.Workspace) *stage {
	t.Helper()
	target, err := d.Target()
	if err != nil {
		t.Fatal(err)
	}
	host, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(workspace.Config{
		Host: host, Network: d.Network(), Credentials: connector.Credentials{Method: connector.OAuth, ClientID: d.Connector().ClientID, Secret: d.Connector().Secret},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{Subject: &check.Subject{
		Workspace: w, Warehouse: ref(target.WarehouseID), Schema: target.Table.SchemaName, Scope: connector.ScopeSchema, Tables: target.Tables, Rows: 3,
	}}
	t.Cleanup(func() {
		s.Subject.Close()
		w.Close()
	})
	return s
}

// wanted is the limit that the program itself sets for its memory, in cmd/main.go, beside the usual rhythm of collecting.
const wanted = 80 << 20

// atRest is what this process holds before the first walk: what other tests keep is not held against any. To ask once is enough, and to
// ask before each walk took half of the package's time.
var atRest = sync.OnceValue(func() (now runtime.MemStats) {
	debug.FreeOSMemory()
	runtime.ReadMemStats(&now)
	return now
})

// watchHeap looks at the heap until the function that it gives is called, which says the most that was held beyond what was there before.
// Garbage is collected meanwhile as it is in the program, however seldom a run of tests does.
func watchHeap() func() uint64 {
	before := atRest()
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(int64(before.Sys-before.HeapReleased)+wanted)
	var most atomic.Uint64
	stop, stopped := make(chan struct{}), make(chan struct{})
	look := func() {
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		most.Store(max(most.Load(), now.HeapInuse-min(now.HeapInuse, before.HeapInuse)))
	}
	go func() {
		defer close(stopped)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				look()
			case <-stop:
				return
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		look()
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
		return most.Load()
	}
}
