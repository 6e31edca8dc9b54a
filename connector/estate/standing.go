package estate

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/words"
)

// Standing is what is known of the inventories of a place.
type Standing struct {
	Folder  store.Folder
	Runs    []store.Manifest // all that are over, the oldest first
	Missed  int              // runs that should have been taken since the last one
	Open    string           // the run that is not over, empty where there is none
	Partial Coverage         // of that one
	Began   time.Time        // when that one began, zero where it is not known
	By      Identity         // who began it, as far as it is known
	Taken   bool             // that one is being taken now
	Broken  []string         // newer runs than Last that are not whole

	Last store.Manifest // the run that is meant; without an ID there is none
	Seen Coverage       // of that one
	Who  Identity       // who took it

	Readers []Reader // Who, and whoever else
}

// Look says what inventories a folder has, and opens the run of an id or of its beginning, or the last whole one where id is empty. Whoever gets
// the run closes it. Where there is none it is nil, and that is no error.
func Look(f store.Folder, id string, now time.Time) (s Standing, run *store.Run, err error) {
	s.Folder = f
	if s.Runs, err = f.Runs(); err != nil {
		return s, nil, err //nolint:wrapcheck // the store's errors have words
	}
	s.Missed = Missed(s.Runs, now)
	s.begun()
	run, s.Last, s.Broken, err = f.Open(id)
	switch {
	case errors.Is(err, store.ErrNone) && id == "":
		return s, nil, nil
	case err != nil:
		return s, nil, err //nolint:wrapcheck // as above
	}
	s.Who = IdentityOf(run)
	if s.Seen, err = CoverageOf(run); err != nil {
		return s, nil, errors.Join(err, closed(run))
	}
	s.Readers = readersOf(run, s.Who, s.Seen.Place)
	names := connector.Known() // while the screen is shared, they are aliases
	names.Note(connector.KindHost, s.Seen.Place.Host)
	for _, r := range s.Readers {
		names.Note(connector.PrincipalKind(r.Name), r.Name, r.Display)
	}
	return s, run, nil
}

// Fuller is the newest run before one that has its rows still and saw more resources whole, and how many each of them saw whole; its ID is empty
// where there is none.
func Fuller(runs []store.Manifest, than store.Manifest) (run string, seen, more int) {
	all := []Part{OfAccount, OfWorkspace, Planned, Beyond}
	c, known := Summary(than)
	if seen, _ = c.Counted(all...); !known {
		return "", 0, 0
	}
	for _, m := range slices.Backward(runs) {
		if c, known = Summary(m); !known || !m.Rows || !m.Began.Before(than.Began) {
			continue
		}
		if more, _ = c.Counted(all...); more > seen {
			return m.ID, seen, more
		}
	}
	return "", seen, seen
}

// Last says when the last run of a folder was taken, and how much it saw; where none is whole, what is known of the one that is not over. It is empty where
// none was begun.
func Last(f store.Folder) string {
	runs, err := f.Runs()
	switch {
	case err != nil:
		return ""
	case len(runs) == 0:
		return Underway(f).SayOnly()
	}
	m := runs[len(runs)-1]
	text := m.Began.Local().Format("2 January 2006, 15:04")
	if seen, ok := Summary(m); ok {
		text += ". " + seen.SayShort()
	}
	return text
}

// Whole reports whether a run has its rows, and is not known to be damaged.
func (s Standing) Whole(m store.Manifest) bool { return m.Rows && !slices.Contains(s.Broken, m.ID) }

// Of says which run it is, by whom it was taken, and of which place.
func (s Standing) Of() string {
	text := "Run " + s.Last.ID
	if who := s.SayWho(false); who != "" {
		text += ", as " + who
	}
	return text + ", of " + connector.ShownText(connector.CleanLine(s.Seen.Place.Host, 120))
}

// SayShort is how much of the document's resources was seen whole.
func (c Coverage) SayShort() string {
	active, allActive := c.Counted(OfAccount, OfWorkspace)
	planned, allPlanned := c.Counted(Planned)
	return fmt.Sprintf("Coverage %d of %d, %d of %d planned", active, allActive, planned, allPlanned)
}

// SayBrief is that of what is in use today, where there is no room for what is planned.
func (c Coverage) SayBrief() string {
	active, all := c.Counted(OfAccount, OfWorkspace)
	return fmt.Sprintf("Coverage %d of %d", active, all)
}

// SayNext names the right that would show most of what is missing, empty where none would.
func (c Coverage) SayNext() string {
	right, n := c.Next()
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("The right that would show most of what is missing is that of %s: %s.", right.Holder(), words.Count(n, "resource"))
}

// SayMore is the same in few words, as in “An account admin would see 9 more.”
func (c Coverage) SayMore() string {
	right, n := c.Next()
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s would see %s more.", words.UpperFirst(right.Holder()), words.Thousands(n))
}

// SaySpeed is how fast a run is, and what became of its requests, or that it waits for a host that does not answer.
func (c Coverage) SaySpeed() string {
	if c.Away != "" {
		return fmt.Sprintf("The %s has not answered for %s; it is asked again", c.Away, words.Seconds(c.AwayFor))
	}
	speed := fmt.Sprintf("%.0f requests/s", c.Rate)
	if c.Allowed > 0 && c.Rate <= c.Allowed { // what was sent a moment ago may have been allowed by limits that are not in use any more
		speed += fmt.Sprintf(" of %.0f allowed", c.Allowed)
	}
	return speed + " · " + strings.ReplaceAll(c.SayFate(), ", ", " · ")
}

// SayFate is what became of requests that were not answered at once, and of listings that were not.
func (c Coverage) SayFate() string {
	text := words.Thousands(c.SlowedBy) + " slowed down"
	if c.Refused > 0 {
		text += ", " + words.Thousands(c.Refused) + " refused"
	}
	if c.Lost > 0 {
		text += ", " + words.Thousands(c.Lost) + " unanswered"
	}
	return text
}

// KeptRuns is how many runs stay with their rows unless somebody says otherwise.
const KeptRuns = 7

// HowToTake is the command that takes an inventory of the workspace of a saved connection. It goes by the name, with which all that it
// takes to reach the workspace is saved.
func HowToTake(saved string) string {
	return "draftt-databricks inventory run " + words.CommandArgument(saved)
}

// What faces say of inventories.
const (
	NoneYet  = "No inventory of this workspace was taken yet"
	Stopped  = "Stopped. What is whole is kept, and the next inventory run goes on from there."
	NoSecret = "No secret is in it."
)
