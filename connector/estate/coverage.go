package estate

import (
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Coverage says how much of what exists a run has seen.
type Coverage struct {
	Place     Place        `json:"place"`
	Resources []Seen       `json:"resources"`
	Lines     []Collection `json:"collectors"`
	Requests  int          `json:"requests"`
	SlowedBy  int          `json:"throttled"`
	Refused   int          `json:"refused"` // listings that take a right
	Lost      int          `json:"lost"`    // listings without an answer that can be read

	// Of the run that is on. They are not kept.
	Rate    float64       `json:"-"` // requests a second
	Allowed float64       `json:"-"` // what the limits in use allow together
	Took    time.Duration `json:"-"`
	Away    Plane         `json:"-"` // which answers nothing, empty where both do
	AwayFor time.Duration `json:"-"`
}

// Collection is the line of a collector.
type Collection struct {
	ID string `json:"collector"`
	Line
}

// Seen is how much of a resource was seen: the least of its collectors.
type Seen struct {
	Resource
	State State
	Rows  int
	Why   string
	Needs Right
	// NotAsked is what the run was not to read, and the resource is of; empty for one that it was to.
	NotAsked Plane
	Of       int // its collectors, and those of them that are over
	Over     int
	Pages    int
	Took     time.Duration // with all waiting
	Absent   []string      // those of its collectors that the workspace does not have, where it has others
}

// weight orders states: that of a resource is the heaviest of its collectors.
var weight = []State{NotEnabled, Done, Partial, Skipped, Throttled, Failed, Denied, TimedOut, Waiting, Running}

func (r *runner) coverage() Coverage {
	lines := make([]Collection, len(r.works))
	var allowed float64
	used := map[int]bool{}
	for i, w := range r.works {
		lines[i] = Collection{w.ID, w.Line}
		if w.State == Running && !used[w.limit] {
			used[w.limit] = true
			allowed += r.buckets[w.limit].rate
		}
	}
	out := covered(r.Place, lines)
	out.Took, out.Allowed, out.Rate = time.Since(r.began), allowed, r.rate(time.Now())
	if of, since := r.absence(); of != "" {
		out.Away, out.AwayFor = of, time.Since(since)
	}
	return out
}

// lap is how many requests were sent when.
type lap struct {
	at   time.Time
	sent int
}

// lapTime is how long a lap is.
const lapTime = 10 * time.Second

// rate is how many requests a second were sent in the last lap or two.
func (r *runner) rate(now time.Time) float64 {
	if r.window[0].at.IsZero() {
		r.window = [2]lap{{r.began, 0}, {r.began, 0}}
	}
	if now.Sub(r.window[1].at) >= lapTime {
		r.window = [2]lap{r.window[1], {now, r.sent}}
	}
	since := r.window[0]
	if passed := now.Sub(since.at).Seconds(); passed > 0 {
		return float64(r.sent-since.sent) / passed
	}
	return 0
}

// CoverageOf reads the ledger of a run.
func CoverageOf(run *store.Run) (Coverage, error) {
	var lines []Collection
	for i := range collectors {
		line := Line{State: Waiting}
		if _, err := run.Line(collectors[i].ID, &line); err != nil {
			return Coverage{}, err //nolint:wrapcheck // the store's errors have words
		}
		lines = append(lines, Collection{collectors[i].ID, line})
	}
	var at Place
	if _, err := run.Fact("place", &at); err != nil {
		return Coverage{}, err //nolint:wrapcheck // as above
	}
	return covered(at, lines), nil
}

func covered(at Place, lines []Collection) Coverage {
	out := Coverage{Place: at, Lines: lines}
	for _, r := range resources {
		seen := Seen{Resource: r, State: NotEnabled}
		worst, spans := "", []span(nil)
		for i, l := range lines {
			if collectors[i].Resource != r.ID {
				continue
			}
			seen.Of++
			seen.Rows += l.Rows
			seen.Pages += l.Pages
			spans = append(spans, spanOf(l.Line))
			if l.State == NotEnabled {
				seen.Absent = append(seen.Absent, l.ID)
			}
			if l.State.Over() {
				seen.Over++
			}
			if slices.Index(weight, l.State) > slices.Index(weight, seen.State) {
				seen.State, seen.Why, seen.Needs, seen.NotAsked, worst = l.State, l.Why, l.Lacks, l.NotAsked, l.ID
			}
		}
		seen.Took = together(spans)
		seen.settle(worst)
		out.Resources = append(out.Resources, seen)
	}
	for _, l := range lines {
		out.Requests += l.Requests
		out.SlowedBy += l.SlowedBy
		out.Refused += l.Refused + l.Owned
		out.Lost += l.Unheard + l.GivenUp
	}
	return out
}

// Counted are the resources of some parts: how many were seen whole, of how many.
func (c Coverage) Counted(parts ...Part) (whole, of int) {
	for _, r := range c.Resources {
		if slices.Contains(parts, r.Part) {
			if of++; r.State.Whole() {
				whole++
			}
		}
	}
	return whole, of
}

// Say is the coverage in one line, such as “Coverage 13 of 15, 4 of 5 planned; missing: metastores (needs account admin)”.
func (c Coverage) Say() string {
	text := c.SayShort()
	missing := map[string][]string{}
	var reasons []string
	for _, r := range c.Resources {
		if r.State.Whole() || r.ID == identityResource {
			continue
		}
		why := string(r.State)
		if r.Needs != Anybody {
			why = "needs " + string(r.Needs)
		}
		if missing[why] == nil {
			reasons = append(reasons, why)
		}
		missing[why] = append(missing[why], r.Title)
	}
	for i, why := range reasons {
		if i == 0 {
			text += "; missing: "
		} else {
			text += "; "
		}
		text += strings.Join(missing[why], ", ") + " (" + why + ")"
	}
	return text
}

// Asked are the resources that the run was to read, and what it was not to read at all.
func (c Coverage) Asked() (asked []Seen, not []Plane) {
	for _, r := range c.Resources {
		if r.NotAsked == "" {
			asked = append(asked, r)
		} else if !slices.Contains(not, r.NotAsked) {
			not = append(not, r.NotAsked)
		}
	}
	return asked, not
}

// SayNotAsked says that the run was not to read something.
func SayNotAsked(p Plane) string { return "the " + string(p) + ": not asked for" }

// Next is the single right that would show most of what is missing, and of how many resources. It is Anybody where no right would.
func (c Coverage) Next() (Right, int) {
	counts := map[Right]int{}
	for _, r := range c.Resources {
		if !r.State.Whole() && r.Needs != Anybody {
			counts[r.Needs]++
		}
	}
	best := Anybody
	for _, right := range []Right{WorkspaceAdmin, MetastoreAdmin, AccountAdmin} {
		if counts[right] > counts[best] {
			best = right
		}
	}
	return best, counts[best]
}

// Line is the line of a collector.
func (c Coverage) Line(id string) Line {
	for _, l := range c.Lines {
		if l.ID == id {
			return l.Line
		}
	}
	return Line{}
}

// Whole reports whether all things of a kind were seen, so that one that is not there does not exist.
func (c Coverage) Whole(kind string) bool {
	for _, maker := range makers(kind) {
		if !c.Line(collectors[maker].ID).State.Whole() {
			return false
		}
	}
	return len(makers(kind)) > 0
}
