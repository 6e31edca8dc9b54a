package answers

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
)

var (
	every = flag.Bool("answers", false, "every row of the table, not only the quick ones")
	only  = flag.String("rows", "", "only rows whose id matches this, with what the program said")
)

// mostMemory is how much a command may hold, in MiB.
const mostMemory = 128

// wanted is how many of a hundred verdicts must be acceptable. No remedy of a row may ever be one of those that it forbids.
const wanted = 97

// program is the built program, or why there is none.
var program string

func TestMain(m *testing.M) {
	flag.Parse()
	log.SetOutput(io.Discard) // net/http writes there
	os.Exit(runIn(m))
}

func runIn(m *testing.M) int {
	_ = os.Unsetenv("GOGC") // how seldom tests collect is not how the program does
	scratch, err := os.MkdirTemp("", "draftt-answers-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "make a folder for the program:", err)
		return 1
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	if program = os.Getenv("JOURNEY_PROGRAM"); program == "" {
		program = filepath.Join(scratch, "draftt-databricks")
		build := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-s -w", "-o", program, "../..")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "build the program: %v\n%s", err, out)
			return 1
		}
	}
	return m.Run()
}

// count is what a run of the table came to.
type count struct {
	mu                                    sync.Mutex
	rows, verdicts, acceptable, forbidden int
	broken, heavy                         int
	peak                                  int64
	peakAt                                string
}

func (c *count) add(where string, fine bool, bad string, v verdict, peak int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.verdicts++
	if fine {
		c.acceptable++
	}
	if bad != "" {
		c.forbidden++
	}
	if v.broken != "" {
		c.broken++
	}
	if peak > mostMemory {
		c.heavy++
	}
	if peak > c.peak {
		c.peak, c.peakAt = peak, where
	}
}

func TestWhatIsMadeOfEveryAnswer(t *testing.T) {
	var total count
	wants := func(r row) bool {
		if *only != "" {
			return regexp.MustCompile(*only).MatchString(r.ID)
		}
		return *every || r.Quick
	}
	t.Run("rows", func(t *testing.T) {
		for _, r := range table(t) {
			if !wants(r) {
				continue
			}
			total.rows++
			t.Run(r.ID, func(t *testing.T) {
				t.Parallel()
				for _, which := range r.Run {
					r.runs(t, which, &total)
				}
			})
		}
	})
	if total.verdicts == 0 {
		t.Fatal("no row was run")
	}
	t.Logf("%d rows, %d verdicts: %.1f %% acceptable, %d forbidden remedies, %d broken, %d over %d MiB; the most memory was %d MiB in %s",
		total.rows, total.verdicts, 100*float64(total.acceptable)/float64(total.verdicts), total.forbidden, total.broken, total.heavy, mostMemory, total.peak, total.peakAt)
	if *every && total.acceptable*100 < wanted*total.verdicts {
		t.Errorf("fewer than %d %% are acceptable", wanted)
	}
}

// runs runs one command on a row, with the rules and their counters anew.
func (r row) runs(t *testing.T, which string, total *count) {
	m := newMachine(t, r)
	v, peak := m.run(t, program, which)
	fine, bad := r.accepts(which, v), r.forbids(which, v)
	total.add(r.ID+"/"+which, fine, bad, v, peak)
	if *only != "" {
		t.Logf("%s %s: %s (%d MiB)\n%s", r.ID, which, v, peak, v.said)
	}
	if bad != "" {
		t.Errorf("%s %s says %q: %s", r.ID, which, bad, v)
	}
	switch {
	case v.broken != "":
		t.Errorf("%s %s: %s\n%.2000s", r.ID, which, v, v.said)
	case !fine && *every:
		t.Logf("NOT ACCEPTED %s %s: %s", r.ID, which, v)
	case !fine:
		t.Errorf("%s %s is not accepted: %s", r.ID, which, v)
	}
	if peak > mostMemory {
		t.Errorf("%s %s held %d MiB", r.ID, which, peak)
	}
}
