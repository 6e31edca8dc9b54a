package sync_test

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// errand is a sync that a process of its own runs.
type errand struct {
	Addr, CA, ClientID, Secret, Dir string
	Options                         sync.Options
	Tables                          []string
}

// errandIn holds the errand of a process that is one.
const errandIn = "DRAFTT_TEST_ERRAND"

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // as the program does: net/http and the SQL driver write there
	if text := os.Getenv(errandIn); text != "" {
		debug.SetMemoryLimit(80 << 20) // as the program does
		if err := doErrand(text, os.Getenv(timedIn)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	flag.Parse()
	os.Exit(m.Run())
}

// highWater is the most memory that this process held, in kB, 0 where the system does not say.
func highWater() (kilobytes int) {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if number, is := strings.CutPrefix(line, "VmHWM:"); is {
			_, _ = fmt.Sscan(number, &kilobytes)
		}
	}
	return kilobytes
}

// doErrand says how much memory it held, or what it measured.
func doErrand(text, timed string) error {
	var e errand
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(e.CA))
	host, _, err := connector.ParseHost(demo.HostName, nil)
	if err != nil {
		return err
	}
	ws, err := workspace.Open(workspace.Config{
		Host: host, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: connector.ClientID(e.ClientID), Secret: connector.NewSecret([]byte(e.Secret))},
		Network: workspace.Network{
			Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
				var d net.Dialer
				return d.DialContext(ctx, network, e.Addr)
			},
			Lookup: func(context.Context, string) ([]string, error) { return []string{"20.42.4.209"}, nil }, OnlyRoots: roots,
		},
	})
	if err != nil {
		return err
	}
	source := sync.Source{
		Workspace: ws, Tool: "draftt-databricks test",
		Connection: connector.Connection{ID: "c1", Name: "prod", Host: ws.Host(), Warehouse: connector.WarehouseRef{ID: "a3f19c0d7be24418", HTTPPath: starterPath}},
	}
	for _, t := range e.Tables {
		name, err := connector.ParseTable(t, connector.SchemaName{})
		if err != nil {
			return err
		}
		e.Options.Tables = append(e.Options.Tables, name)
	}
	if timed != "" {
		took, err := e.measure(timed, source)
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(took)
	}
	defer func() { fmt.Println(highWater()) }()
	s, err := sync.Open(source, e.Options, e.Dir)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Begin(context.Background()); err != nil {
		return err
	}
	if e.Options.Shard.Of > 0 {
		_, err = s.ReadShard(context.Background(), nil, nil)
		return err
	}
	_, err = s.Run(context.Background(), nil, nil)
	return err
}

// process is an errand of the world's tables, which is not started yet.
func (w *world) process(o sync.Options, tables ...string) *exec.Cmd {
	w.Helper()
	as := w.d.Connector()
	text, err := json.Marshal(errand{
		Addr: w.d.Addr(), CA: string(w.d.CAPEM()), ClientID: string(as.ClientID), Secret: string(as.Secret.Reveal()), Dir: w.dir, Options: o, Tables: tables,
	})
	if err != nil {
		w.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), errandIn+"="+string(text))
	cmd.Stderr = os.Stderr
	return cmd
}

const (
	grown  = 1000 // rows that a table begins with
	lanes  = 2    // slices that are read at a time
	pieces = 4
)

// grows makes a table with the numbers from 0 on.
func (w *world) grows(table, feed string) {
	w.Helper()
	w.admin(fmt.Sprintf("CREATE TABLE %s (id BIGINT, name STRING) TBLPROPERTIES (delta.enableChangeDataFeed = %s)", table, feed))
	var rows []string
	for i := range grown {
		rows = append(rows, fmt.Sprintf("(%d, 'row %d')", i, i))
	}
	w.admin("INSERT INTO " + table + " VALUES " + strings.Join(rows, ", "))
}

// TestAKilledSyncLosesNothing kills one process after another while another client writes. Every run that is there is whole, has each row of
// its version once, and took no more statements than slices were under way when it was killed.
func TestAKilledSyncLosesNothing(t *testing.T) {
	w := newWorld(t)
	w.admin("GRANT ALL PRIVILEGES ON CATALOG generated TO `" + demo.AdminID + "`")
	tables := []string{"generated.sync.with_feed", "generated.sync.no_feed"}
	w.grows(tables[0], "true")
	w.grows(tables[1], "false")
	o := sync.Options{Format: format.NDJSON, Mode: sync.Auto, Slice: grown / pieces, Key: []string{"id"}, Keep: 3}
	next, kills, runsOf, killed := grown, 0, 0, 0
	longest := 400 * time.Millisecond
	for kills < counted(30, 500) {
		cmd := w.process(o, tables...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		timer := time.AfterFunc(time.Duration(rand.Int64N(int64(longest))), func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		timer.Stop()
		w.wholeRuns(tables)
		var ended *exec.ExitError
		switch {
		case err == nil:
			longest = time.Since(began)
			runsOf++
			version := next - grown + 1
			if n := w.statements(fmt.Sprintf("`no_feed` VERSION AS OF %d WHERE", version)); n > pieces+1+lanes*killed {
				t.Errorf("after %d kills version %d was read with %d statements", killed, version, n)
			}
			for _, table := range tables {
				w.admin(fmt.Sprintf("INSERT INTO %s VALUES (%d, 'row %d')", table, next, next))
			}
			next++
			killed = 0
		case errors.As(err, &ended) && ended.ExitCode() < 0:
			kills, killed = kills+1, killed+1
			longest += longest / 20 // so that runs come to their end as well
		default:
			t.Fatal(err)
		}
	}
	if out, err := w.process(o, tables...).Output(); err != nil {
		t.Fatalf("after all: %v %s", err, out)
	}
	w.wholeRuns(tables)
	left, err := filepath.Glob(filepath.Join(w.dir, ".*"))
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %q", left)
	}
	t.Logf("%d kills, %d whole runs", kills, runsOf)
}

// wholeRuns sees that each run that has a name is whole, and that the newest has the rows of the version that it names.
func (w *world) wholeRuns(tables []string) {
	w.Helper()
	if _, err := os.Stat(w.dir); err != nil {
		return // killed before anything was made
	}
	store, err := runs.Open(w.dir)
	if err != nil {
		w.Fatal(err)
	}
	named, err := filepath.Glob(filepath.Join(w.dir, "run=*"))
	if err != nil {
		w.Fatal(err)
	}
	whole, err := store.Whole()
	if err != nil || len(whole) != len(named) {
		w.Fatalf("%q are there, and %q are whole: %v", named, whole, err)
	}
	r, err := store.Latest()
	if err != nil || len(whole) == 0 {
		if r != nil || err != nil {
			w.Fatal(err)
		}
		return
	}
	if r == nil || r.ID != whole[len(whole)-1] {
		w.Fatal("the newest run cannot be read")
		return
	}
	for _, name := range tables {
		table := r.Manifest.Find(name)
		if table == nil {
			w.Fatalf("%s lacks %s", r.ID, name)
			return
		}
		onDisk := within(w.TB, filepath.Join(r.Folder, filepath.FromSlash(table.Folder)))
		if len(onDisk) != len(table.Files) {
			w.Errorf("%s has the files %q", r.ID, onDisk)
		}
		for _, f := range table.Files {
			text, err := os.ReadFile(r.Path(f.Path))
			if sum := sha256.Sum256(text); err != nil || hex.EncodeToString(sum[:]) != f.SHA256 {
				w.Errorf("%s of %s is another: %v", f.Path, r.ID, err)
			}
		}
		var want []string
		for i := range grown + int(*table.Version) - 1 { // version 1 has the first rows, and each after it one more
			want = append(want, fmt.Sprintf(`"id":%d,"name":"row %d"`, i, i))
		}
		if got := sorted(w.rows(r, name)); !slices.Equal(got, sorted(want)) || table.Rows != int64(len(want)) {
			w.Errorf("%s of %s has %d rows, version %d has %d", name, r.ID, len(got), *table.Version, len(want))
		}
	}
}
