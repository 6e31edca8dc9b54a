package torture

import (
	"context"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// warmUp is how many cycles may fill caches and pools before the first measurement.
const warmUp = 60

// usage is what a process holds.
type usage struct {
	goroutines, files int
	heap              uint64
}

// TestNothingPilesUp connects, tests and closes over and over in one process. The embedded workspace lives in it too, so what piles up on
// its side is found as well; its ledger of requests is bounded, and is measured full.
func TestNothingPilesUp(t *testing.T) {
	found, err := demo.Find("ready")
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(context.Background(), found, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	for range warmUp {
		cycle(t, d)
	}
	before := settled()
	began := time.Now()
	for n := range *cycles {
		cycle(t, d)
		if t.Failed() {
			t.Fatalf("cycle %d", n)
		}
	}
	after := settled()
	t.Logf("%d cycles in %.1f s: goroutines %d to %d, files %d to %d, heap %d to %d KiB",
		*cycles, time.Since(began).Seconds(), before.goroutines, after.goroutines, before.files, after.files, before.heap>>10, after.heap>>10)
	const slack = 4
	if after.goroutines > before.goroutines+slack {
		t.Errorf("goroutines grew from %d to %d", before.goroutines, after.goroutines)
	}
	if after.files > before.files+slack {
		t.Errorf("open files grew from %d to %d", before.files, after.files)
	}
	// The ledger keeps what was asked, up to its bound; everything else has to be flat.
	if room := ledgerRoom(d); after.heap > before.heap+before.heap/4+room {
		t.Errorf("the heap grew from %d to %d KiB", before.heap>>10, after.heap>>10)
	}
}

// ledgerRoom is what the ledger of the embedded workspace may hold at most.
func ledgerRoom(d *demo.Workspace) uint64 {
	const each = 512 // bytes, generously
	return uint64(len(d.Requests())) * each
}

// cycle is one connection's life: signed in, proven from its address to a real read, closed.
func cycle(t *testing.T, d *demo.Workspace) {
	t.Helper()
	host, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	credentials := connector.Credentials{Method: connector.OAuth, ClientID: d.Connector().ClientID, Secret: d.Connector().Secret}
	w, err := workspace.Open(workspace.Config{Host: host, Network: d.Network(), Credentials: credentials})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	target, err := d.Target()
	if err != nil {
		t.Fatal(err)
	}
	s := &check.Subject{
		Workspace: w, Rows: 3, Schema: target.Table.SchemaName, Scope: connector.ScopeTables, Tables: []connector.TableName{target.Table},
		Warehouse: connector.WarehouseRef{ID: target.WarehouseID, HTTPPath: "/sql/1.0/warehouses/" + target.WarehouseID},
	}
	passed := 0
	for r := range check.Run(t.Context(), check.All(), s) {
		switch r.State {
		case check.Passed:
			passed++
		case check.Failed, check.Blocked:
			t.Errorf("%s %s: %s", r.Stage, r.State, r.Evidence)
		}
	}
	if passed < 16 {
		t.Errorf("only %d stages passed", passed)
	}
	// Subject.Close would not wait for the warehouse, and a session that ends after its workspace leaves a connection idle for a minute.
	session, err := s.Session()
	if err != nil {
		t.Fatal(err)
	}
	session.Close()
}

// settled measures once what is ending has ended: closing a session asks the warehouse, in the background.
func settled() usage {
	var now usage
	for last, same := -1, 0; same < 5; {
		time.Sleep(20 * time.Millisecond)
		if now.goroutines = runtime.NumGoroutine(); now.goroutines == last {
			same++
		} else {
			last, same = now.goroutines, 0
		}
	}
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	now.heap = m.HeapAlloc
	if open, err := os.ReadDir("/proc/self/fd"); err == nil { // other systems have no such list
		now.files = len(open)
	}
	return now
}
