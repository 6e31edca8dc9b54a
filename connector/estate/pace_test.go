package estate

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	size "github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/pace"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// journey is a run at the documented pace, on a clock of its own, that may be ended on its way.
type journey struct {
	kills  int
	took   time.Duration
	asked  map[string]int      // in which try each page was asked for last
	twice  int                 // pages that were asked for twice in one try
	again  []int               // pages that were asked for in a try before as well, of each
	counts map[int]int         // requests by their limit
	rows   map[string][]string // ids by kind, where there are not too many

	counted map[string]int // rows by kind
	cover   Coverage
	peak    uint64 // bytes of memory that were in use
}

// latency is how long an answer takes.
const latency = 100 * time.Millisecond

// travel takes an inventory of a company. Every kill comes at a moment that nobody chose, within some time of the one before.
func travel(t *testing.T, c company, folder store.Folder, kills int, within time.Duration) (j journey) {
	j = journey{kills: kills, counts: map[int]int{}, rows: map[string][]string{}, counted: map[string]int{}}
	var mu sync.Mutex
	dice := rand.New(rand.NewPCG(13, 7))
	synctest.Test(t, func(t *testing.T) {
		options, workspaceSide, accountSide := c.inside(t, c.Admin(), c.AccountAdmin(), true)
		for _, side := range []*direct{workspaceSide, accountSide} {
			side.latency = latency
			side.seen = func(collector, path string, query url.Values) {
				mu.Lock()
				defer mu.Unlock()
				one, _ := Find(collector)
				j.counts[limitOf(one.Plane, path)]++
				if kills == 0 {
					return
				}
				page := collector + " " + path + "?" + query.Encode()
				switch try := j.asked[page]; {
				case try == len(j.again):
					j.twice++
				case try > 0:
					j.again[len(j.again)-1]++
				}
				j.asked[page] = len(j.again)
			}
		}
		options.Tell = func(Coverage) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			j.peak = max(j.peak, m.HeapInuse+m.StackInuse)
		}
		began := time.Now()
		j.asked = map[string]int{}
		for n := 0; ; n++ {
			j.again = append(j.again, 0)
			run, _, _, err := folder.Begin(time.Now(), false)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			if n < kills {
				ctx, cancel = context.WithTimeout(t.Context(), time.Duration(dice.Int64N(int64(within))))
			}
			j.cover, err = Run(ctx, run, options)
			cancel()
			if err == nil {
				j.took = time.Since(began)
				for _, kind := range AllKinds() {
					if j.counted[kind], err = run.Count(kind); err != nil {
						t.Fatal(err)
					}
					if j.counted[kind] < 100_000 {
						j.rows[kind] = idsIn(t, run, kind)
					}
				}
			}
			if closing := run.Close(); closing != nil {
				t.Fatal(closing)
			}
			if err == nil {
				return
			}
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Fatal(err)
			}
		}
	})
	return j
}

// floor is the least time in which so many requests are answered.
func (j journey) floor() (least time.Duration) {
	for i, n := range j.counts {
		documented := pace.Workspace()
		if limits[i].Plane == AtAccount {
			documented = pace.Account()
		}
		for _, l := range documented {
			if float64(l.Requests) == limits[i].Requests && l.Per == limits[i].Per && l.Methods == nil || l.Name == limits[i].Name+", read" {
				least = max(least, time.Duration(float64(n-l.Requests)/float64(l.Requests)*float64(l.Per)))
			}
		}
	}
	return least
}

func TestAtTheDocumentedPaceNothingIsRefusedAndLittleTimeLost(t *testing.T) {
	c := found(t, size.Middle)
	j := travel(t, c, store.Folder{Dir: t.TempDir()}, 0, 0)
	if got := j.cover.Say(); got != "Coverage 15 of 15, 5 of 5 planned" {
		t.Error(got)
	}
	if j.cover.SlowedBy > 0 || j.cover.Lost > 0 {
		t.Errorf("%d requests were refused for their pace, %d lost", j.cover.SlowedBy, j.cover.Lost)
	}
	if floor := j.floor(); floor < time.Minute || j.took > floor*115/100 {
		t.Errorf("it took %s, and the limits allow %s", j.took, floor)
	} else {
		t.Logf("it took %s of at least %s", j.took, floor)
	}
	for kind, want := range truth(t, c.world) {
		if !slices.Equal(j.rows[kind], want) {
			t.Errorf("%s: %d rows, the model has %d", kind, len(j.rows[kind]), len(want))
		}
	}
}

func TestWhoeverIsKilledAHundredTimesHasTheSameRows(t *testing.T) {
	c := found(t, size.Middle)
	j := travel(t, c, store.Folder{Dir: t.TempDir()}, 100, 1500*time.Millisecond)
	if len(j.again) != j.kills+1 || j.twice > 0 {
		t.Errorf("%d tries, and %d pages were asked for twice in one of them", len(j.again), j.twice)
	}
	if most := slices.Max(j.again); most == 0 || most > 2*InFlight {
		t.Errorf("after a kill %d pages were asked for again, where %d can be on their way", most, 2*InFlight)
	}
	for kind, want := range truth(t, c.world) {
		if !slices.Equal(j.rows[kind], want) {
			t.Errorf("%s: %d rows, the model has %d", kind, len(j.rows[kind]), len(want))
		}
	}
}

// TestAMillionObjects takes many minutes, so it runs where DRAFTT_ESTATE says how many times it is killed; DRAFTT_ESTATE_OBJECTS takes another number.
func TestAMillionObjects(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv("DRAFTT_ESTATE"))
	if err != nil {
		t.Skip("DRAFTT_ESTATE does not say how often it is killed")
	}
	most := size.Largest
	if few, err := strconv.Atoi(os.Getenv("DRAFTT_ESTATE_OBJECTS")); err == nil {
		most.Objects = few
	}
	c := found(t, most)
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	j := travel(t, c, store.Folder{Dir: t.TempDir()}, kills, time.Duration(most.Objects)*time.Second/8000)
	t.Logf("took %s of a floor of %s, %d requests, %d slowed, %d lost, %d MiB more memory, %s", j.took, j.floor(), j.cover.Requests, j.cover.SlowedBy, j.cover.Lost,
		(j.peak-before.HeapInuse)>>20, j.cover.Say())
	if floor := j.floor(); j.took > floor*115/100 || j.took > Budget {
		t.Errorf("it took %s, and the limits allow %s", j.took, floor)
	}
	if j.twice > 0 || slices.Max(j.again) > 2*InFlight {
		t.Errorf("%d pages were asked for twice, and up to %d after a kill", j.twice, slices.Max(j.again))
	}
	for _, kind := range []string{"notebooks", "files", "directories"} {
		if rows, lists := j.counted[kind], j.counted[ListsOf(kind)]; rows == 0 || rows != lists {
			t.Errorf("%d %s, and %d have their permissions", rows, kind, lists)
		}
	}
}
