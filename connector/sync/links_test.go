package sync_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	stdsync "sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// large is a table whose rows lie on the storage, for clients that take them by links.
const large = "generated.sync.rows_100k"

var confirmed = query.Links{Offer: true, Hosts: []string{demo.StorageHostName}}

func (w *world) files() (n int) {
	for _, e := range w.d.Requests() {
		if strings.HasPrefix(e.Path, "/results/") {
			n++
		}
	}
	return n
}

// TestRowsByLinksAreThoseOfTheWorkspace reads a table both ways, with what links say of columns and without.
func TestRowsByLinksAreThoseOfTheWorkspace(t *testing.T) {
	for _, f := range []format.Format{format.Arrow, format.Parquet}[:counted(1, 2)] {
		w := newWorld(t)
		o := sync.Options{Format: f, Slice: 60_000, Mode: sync.Full}
		inline := w.rows(w.run(o, large), large)
		if w.files() != 0 {
			t.Fatal("files were fetched that nobody asked for")
		}
		o.Links = confirmed
		run := w.run(o, large)
		linked := w.rows(run, large)
		if w.files() < 3 || len(linked) != 100_000 {
			t.Errorf("%d files were fetched for %d rows", w.files(), len(linked))
		}
		for i := range inline {
			if inline[i] != linked[i] {
				t.Fatalf("%s: row %d is %s, and by a link %s", f, i, inline[i], linked[i])
			}
		}
		if changes := run.Manifest.Find(large).Changes; changes == nil || changes.Added+changes.Changed+changes.Removed != 0 {
			t.Errorf("%s: %+v", f, changes)
		}
	}
}

// TestTheManifestNamesTheHostsOfAllWhoRead has one shard of two told of the storage, and a run that was stopped go on without it.
func TestTheManifestNamesTheHostsOfAllWhoRead(t *testing.T) {
	w := newWorld(t)
	o := sync.Options{Format: format.Arrow, Mode: sync.Full, Slice: 250}
	linked := o
	linked.Links = confirmed
	w.shard(shard(linked, 1, 2), thousand)
	w.shard(shard(o, 2, 2), thousand)
	if got := w.join().Manifest.Storages; !slices.Equal(got, confirmed.Hosts) {
		t.Errorf("in shards: %q", got)
	}
	w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "VERSION AS OF", After: 4, Status: http.StatusServiceUnavailable}})
	_ = w.fails(linked, thousand)
	w.d.Play(nil)
	s := w.open(o, thousand)
	if err := s.Begin(t.Context()); err != nil || !s.Resumed {
		t.Fatal(s.Resumed, err)
	}
	run, err := s.Run(t.Context(), nil, nil)
	if err != nil || !slices.Equal(run.Manifest.Storages, confirmed.Hosts) {
		t.Errorf("after a stop: %+v, %v", run, err)
	}
	s.Close()
	if got := w.run(o, thousand).Manifest.Storages; got != nil {
		t.Errorf("without it: %q", got)
	}
}

// TestAHostThatNobodyConfirmedIsNamedAndNotAsked finds the storage by the first link.
func TestAHostThatNobodyConfirmedIsNamedAndNotAsked(t *testing.T) {
	w := newWorld(t)
	for _, hosts := range [][]string{nil, {"blob.core.windows.net", "dbstorage1.blob.core.windows.net"}} {
		err := w.fails(sync.Options{Mode: sync.Full, Links: query.Links{Offer: true, Hosts: hosts}}, large)
		var host *query.HostError
		if !errors.As(err, &host) || host.Host != demo.StorageHostName || !errors.Is(err, query.ErrHost) || !strings.Contains(says(err), "--cloud-fetch "+demo.StorageHostName) {
			t.Errorf("%v: %v", hosts, err)
		}
	}
	if w.files() != 0 {
		t.Errorf("%d files were asked for", w.files())
	}
}

// silent is a connection that takes everything and answers nothing.
type silent struct {
	net.Conn
	closed chan struct{}
	once   *stdsync.Once
}

func (silent) Write(b []byte) (int, error) { return len(b), nil }

func (s silent) Read([]byte) (int, error) {
	<-s.closed
	return 0, net.ErrClosed
}

func (s silent) Close() error {
	s.once.Do(func() { close(s.closed) })
	return nil
}

// TestAStorageThatGoesSilentIsGivenUp has it accept, and answer nothing.
func TestAStorageThatGoesSilentIsGivenUp(t *testing.T) {
	w := newWorld(t)
	waits := 0
	w.sleep = func(time.Duration) { waits++ }
	o := sync.Options{Format: format.Parquet, Columns: []string{"id"}, Mode: sync.Full, Links: confirmed, Tables: []connector.TableName{w.table(large)}}
	o.Links.Wait = 10 * time.Millisecond
	s, err := sync.Open(w.reached(func() (net.Conn, error) {
		one, _ := net.Pipe()
		return silent{one, make(chan struct{}), &stdsync.Once{}}, nil
	}), o, w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = s.Run(t.Context(), nil, nil)
	if !errors.Is(err, query.ErrStorage) || !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(says(err), demo.StorageHostName+", where large results lie, cannot be reached") || waits == 0 {
		t.Errorf("after %d waits: %v", waits, err)
	}
}

// blocked is a network that does not let anybody through to the storage.
func (w *world) blocked(by error) sync.Source {
	return w.reached(func() (net.Conn, error) { return nil, &net.OpError{Op: "dial", Net: "tcp", Err: by} })
}

// reached is a network in which the storage is something else.
func (w *world) reached(storage func() (net.Conn, error)) sync.Source {
	w.Helper()
	source := w.source()
	network := w.d.Network()
	dial := network.Dial
	network.Dial = func(ctx context.Context, kind, addr string) (net.Conn, error) {
		if strings.HasPrefix(addr, demo.StorageHostName) {
			return storage()
		}
		return dial(ctx, kind, addr)
	}
	host, _, err := connector.ParseHost(w.d.Host(), nil)
	if err != nil {
		w.Fatal(err)
	}
	as := w.d.Connector()
	ws, err := workspace.Open(workspace.Config{
		Host: host, Network: network, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: as.ClientID, Secret: as.Secret},
	})
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(ws.Close)
	source.Workspace = ws
	return source
}

func TestAHostThatIsBlockedIsNamedAndNoEmptyResult(t *testing.T) {
	w := newWorld(t)
	waits := 0
	w.sleep = func(time.Duration) { waits++ }
	o := sync.Options{Format: format.Parquet, Mode: sync.Full, Links: confirmed, Tables: []connector.TableName{w.table(large)}}
	s, err := sync.Open(w.blocked(fmt.Errorf("connection refused")), o, w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = s.Run(t.Context(), nil, nil)
	if !errors.Is(err, query.ErrStorage) || !strings.Contains(says(err), demo.StorageHostName+", where large results lie, cannot be reached") || waits == 0 {
		t.Errorf("after %d waits: %v", waits, err)
	}
	if run := s.Latest(); run != nil {
		t.Errorf("there is a run %s", run.ID)
	}
}

// TestNothingSecretGoesToTheStorage looks at what the storage was sent. The embedded one refuses a request with a credential.
func TestNothingSecretGoesToTheStorage(t *testing.T) {
	w := newWorld(t)
	var sent []http.Header
	ws := w.signIn(w.d.Connector())
	r, err := query.OpenReader(watchedEndpoint{ws, &sent}, starterPath, confirmed)
	if err != nil {
		t.Fatal(err)
	}
	result, err := r.Read(t.Context(), query.Scan{Table: w.table(large), At: query.NoVersion}.Statement(), 64)
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	rows := 0
	for batch, err := range result.Batches() {
		if err != nil {
			t.Fatal(err)
		}
		rows += int(batch.Record.NumRows())
	}
	if rows != 100_000 || len(sent) < 3 {
		t.Errorf("%d rows by %d requests", rows, len(sent))
	}
	for _, h := range sent {
		for name, values := range h {
			if text := strings.Join(values, " "); strings.Contains(text, string(w.d.Connector().Secret.Reveal())) || strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Cookie") {
				t.Errorf("%s was sent: %s", name, text)
			}
		}
	}
}

// watchedEndpoint notes what is sent to storages.
type watchedEndpoint struct {
	*workspace.Workspace
	sent *[]http.Header
}

func (w watchedEndpoint) Storage(hosts []string) http.RoundTripper {
	return noted{w.Workspace.Storage(hosts), w.sent}
}

// sending is held while a request is noted: files are fetched beside each other.
var sending stdsync.Mutex

type noted struct {
	next http.RoundTripper
	sent *[]http.Header
}

func (n noted) RoundTrip(r *http.Request) (*http.Response, error) {
	sending.Lock()
	*n.sent = append(*n.sent, r.Header.Clone())
	sending.Unlock()
	return n.next.RoundTrip(r)
}

// late is the clock of a workspace that runs behind, so that its links have ended before they are given.
type late struct{ by atomic.Int64 }

func (l *late) Now() time.Time { return time.Now().Add(-time.Duration(l.by.Load())) }

// TestALinkThatHasEndedIsAskedForAgain has the clocks agree after the first try, or never.
func TestALinkThatHasEndedIsAskedForAgain(t *testing.T) {
	scenario, err := demo.Find("sync")
	if err != nil {
		t.Fatal(err)
	}
	clock := &late{}
	clock.by.Store(int64(16 * time.Minute))
	d, err := demo.Start(t.Context(), scenario, demo.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	w := &world{TB: t, d: d, dir: t.TempDir(), now: time.Now()}
	waits := 0
	w.sleep = func(time.Duration) { waits++ }
	o := sync.Options{Columns: []string{"id"}, Mode: sync.Full, Links: confirmed}
	if err := w.fails(o, large); !errors.Is(err, query.ErrStorage) || !strings.Contains(says(err), "A link to rows had ended") || waits < 7 {
		t.Errorf("after %d waits: %v", waits, err)
	}
	w.sleep = func(time.Duration) { clock.by.Store(0) }
	if got := w.run(o, large).Manifest.Find(large); got.Rows != 100_000 {
		t.Errorf("%d rows", got.Rows)
	}
}
