package torture

import (
	"context"
	"os"
	"runtime"
	"strings"
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
	timers            int // goroutines too, but the SQL driver's; see driverTimers
	heap              uint64
}

// driverTimers is how long the SQL driver keeps a session's last answers: it never closes them, and the timer of its HTTP client ends after
// fifteen minutes. Until then each holds a goroutine and what its request held. An ordinary run counts them apart; a full one waits for
// their end and allows for nothing.
const driverTimers = 15*time.Minute + 10*time.Second

// TestNothingPilesUp connects, tests and closes over and over in one process. The embedded workspace lives in it too, so what piles up on
// its side is found as well.
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
	took := time.Since(began)
	after := settled()
	t.Logf("%d cycles in %.1f s: %+v became %+v", *cycles, took.Seconds(), before, after)
	if *full {
		time.Sleep(driverTimers)
		after = settled()
		t.Logf("when the driver's timers had ended: %+v", after)
		if after.timers > before.timers {
			t.Errorf("the driver's timers grew from %d to %d", before.timers, after.timers)
		}
	}
	const slack = 4
	if after.goroutines > before.goroutines+slack {
		t.Errorf("goroutines grew from %d to %d", before.goroutines, after.goroutines)
	}
	if after.files > before.files+slack {
		t.Errorf("open files grew from %d to %d", before.files, after.files)
	}
	if after.heap > before.heap+before.heap/4+allowed(d, after.timers-before.timers) {
		t.Errorf("the heap grew from %d to %d KiB", before.heap>>10, after.heap>>10)
	}
}

// allowed is the heap that is bounded in another way: the ledger of the embedded workspace, which ends at 50,000 requests, and what the
// driver's timers hold.
func allowed(d *demo.Workspace, timers int) uint64 {
	const request, timer = 512, 16 << 10
	return uint64(len(d.Requests()))*request + uint64(max(timers, 0))*timer
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

// settled measures once what is ending has ended.
func settled() usage {
	now := usage{}
	for last, same := -1, 0; same < 5; {
		time.Sleep(20 * time.Millisecond)
		if n := runtime.NumGoroutine(); n == last {
			same++
		} else {
			last, same = n, 0
		}
	}
	stacks := make([]runtime.StackRecord, 2*runtime.NumGoroutine()+100)
	n, _ := runtime.GoroutineProfile(stacks)
	for _, stack := range stacks[:n] {
		frames := runtime.CallersFrames(stack.Stack())
		timer := false
		for more := true; more; {
			var frame runtime.Frame
			frame, more = frames.Next()
			timer = timer || strings.HasPrefix(frame.Function, "net/http.setRequestCancel")
		}
		if timer {
			now.timers++
		} else {
			now.goroutines++
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
