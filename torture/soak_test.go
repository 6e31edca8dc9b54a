package torture

import (
	"context"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

const (
	// warmUp is how many cycles may fill caches and pools before the first measurement.
	warmUp = 60
	// samples is how often a run measures; the median of the first third is held against that of the last.
	samples = 30
)

// usage is what a process holds.
type usage struct {
	goroutines, files int
	timers            int // goroutines too, but the SQL driver's; see driverTimers
	heap              int // bytes
	asked             int // requests that the embedded workspace remembers
}

// driverTimers is how long the SQL driver keeps a session's last answers: it never closes them, and the timer of its HTTP client ends after
// fifteen minutes. Until then each holds a goroutine and what its request held. They are counted apart; a full run waits for their end and
// allows for nothing.
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
	began := time.Now()
	var run []usage
	for n := range *cycles {
		cycle(t, d)
		if t.Failed() {
			t.Fatalf("cycle %d", n)
		}
		if (n+1)*samples / *cycles > len(run) {
			run = append(run, settled(d))
		}
	}
	third := len(run) / 3
	early, late := median(run[:third]), median(run[len(run)-third:])
	t.Logf("%d cycles in %.1f s, measured %d times", *cycles, time.Since(began).Seconds(), len(run))
	t.Logf("medians of the first third: %+v", early)
	t.Logf("medians of the last third:  %+v", late)
	if *full {
		time.Sleep(driverTimers)
		late = settled(d)
		t.Logf("when the driver's timers had ended: %+v", late)
		if late.timers > early.timers {
			t.Errorf("the driver's timers grew from %d to %d", early.timers, late.timers)
		}
	}
	flat(t, early, late)
}

// flat fails when something grew that has no bound.
func flat(t *testing.T, early, late usage) {
	t.Helper()
	const slack = 4
	if late.goroutines > early.goroutines+slack {
		t.Errorf("goroutines grew from %d to %d", early.goroutines, late.goroutines)
	}
	if late.files > early.files+slack {
		t.Errorf("open files grew from %d to %d", early.files, late.files)
	}
	if late.heap > early.heap+early.heap/10+bounded(early, late) {
		t.Errorf("the heap grew from %d to %d KiB", early.heap>>10, late.heap>>10)
	}
}

// median takes each figure's own.
func median(run []usage) usage {
	middle := func(of func(usage) int) int {
		var all []int
		for _, u := range run {
			all = append(all, of(u))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	return usage{
		goroutines: middle(func(u usage) int { return u.goroutines }), files: middle(func(u usage) int { return u.files }),
		timers: middle(func(u usage) int { return u.timers }), heap: middle(func(u usage) int { return u.heap }), asked: middle(func(u usage) int { return u.asked }),
	}
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
		Warehouse: connector.WarehouseRef{ID: target.WarehouseID, HTTPPath: target.WarehouseID.HTTPPath()},
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
func settled(d *demo.Workspace) usage {
	now := usage{asked: len(d.Requests())}
	for last, same := -1, 0; same < 5; {
		time.Sleep(20 * time.Millisecond)
		if n := runtime.NumGoroutine(); n == last {
			same++
		} else {
			last, same = n, 0
		}
	}
	now.goroutines, now.timers = goroutines()
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	now.heap = int(m.HeapAlloc)
	if open, err := os.ReadDir("/proc/self/fd"); err == nil { // other systems have no such list
		now.files = len(open)
	}
	return now
}

// goroutines counts them, the driver's timers apart.
func goroutines() (ours, timers int) {
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
			timers++
		} else {
			ours++
		}
	}
	return ours, timers
}

// bounded is the heap that grew and has an end: the ledger of the embedded workspace, which keeps 50,000 requests, and what the driver's
// timers hold.
func bounded(early, late usage) int {
	const request, timer = 768, 16 << 10
	return max(0, late.asked-early.asked)*request + max(0, late.timers-early.timers)*timer
}
