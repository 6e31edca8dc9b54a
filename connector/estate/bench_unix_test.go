//go:build unix

package estate

import (
	"flag"
	"math/rand/v2"
	"runtime"
	"syscall"
	"testing"
	"time"

	size "github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

var full = flag.Bool("full", false, "take the inventory of a million objects as well, which takes its time")

// BenchmarkInventory takes the inventory of a whole estate at no pace but its own, and gives the rows in a second and the most memory that it had. What
// takes it is a process of its own, beside that of the workspace. DRAFTT_ESTATE says how often one is killed on the way, and another goes on.
func BenchmarkInventory(b *testing.B) {
	for _, of := range []struct {
		name string
		size.Size
	}{{"objects_5k", size.Middle}, {"objects_1m", size.Largest}} {
		b.Run(of.name, func(b *testing.B) {
			if of.Size == size.Largest && !*full {
				b.Skip("-full does not ask for it")
			}
			c := found(b, of.Size)
			var rows, killed int
			var most int64
			for b.Loop() {
				folder := store.Folder{Dir: b.TempDir()}
				took, died := c.taken(b, folder.Dir, times(0), time.Duration(of.Objects)*time.Millisecond/50)
				most, killed = max(most, took), killed+died
				rows += c.counted(b, folder)
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(most>>20), "MiB-peak")
			b.ReportMetric(float64(killed)/float64(b.N), "kills")
		})
	}
}

// taken is an inventory by one process after the other, each but the last killed within some time of its begin, unless it was done before. It gives the
// most memory that one had, and how many were killed.
func (c company) taken(b *testing.B, dir string, kills int, within time.Duration) (most int64, killed int) {
	b.Helper()
	for {
		cmd := c.process(b, dir)
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		if killed < kills {
			defer time.AfterFunc(time.Duration(rand.Int64N(int64(within))), func() { _ = cmd.Process.Kill() }).Stop()
		}
		err := cmd.Wait()
		most = max(most, peak(cmd.ProcessState.SysUsage()))
		switch {
		case err == nil:
			return most, killed
		case cmd.ProcessState.Exited():
			b.Fatal(err)
		}
		killed++
	}
}

// counted are the rows of the newest run.
func (c company) counted(b *testing.B, folder store.Folder) (rows int) {
	b.Helper()
	run, _, _, err := folder.Open("")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = run.Close() }()
	for _, kind := range AllKinds() {
		n, err := run.Count(kind)
		if err != nil {
			b.Fatal(err)
		}
		rows += n
	}
	return rows
}

// peak is the most memory that a process had, in bytes.
func peak(usage any) int64 {
	u, is := usage.(*syscall.Rusage)
	if !is {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return u.Maxrss
	}
	return u.Maxrss << 10
}
