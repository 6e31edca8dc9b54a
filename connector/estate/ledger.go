package estate

import (
	"fmt"
	"time"
)

// State is how a collector ended.
type State string

// The states. TimedOut goes on in the next run; Running and Waiting are of a run that is not over.
const (
	Waiting    State = "waiting"
	Running    State = "running"
	Done       State = "done"        // all there is
	Partial    State = "partial"     // Why says what is missing
	Denied     State = "denied"      // it takes what it Lacks
	Throttled  State = "throttled"   // refused for its pace until nothing more was asked
	NotEnabled State = "not enabled" // the workspace does not have this
	Skipped    State = "skipped"     // what it stands on was not read
	TimedOut   State = "timed out"   // the time of the run was over
	Failed     State = "failed"      // no answer, or none that can be read
)

// Line is what the ledger says of a collector.
type Line struct {
	State     State         `json:"state"`
	Rows      int           `json:"rows"`
	Pages     int           `json:"pages"`
	Requests  int           `json:"requests"`
	SlowedBy  int           `json:"throttled,omitempty"` // requests that were refused for their pace, and asked again
	Answered  int           `json:"answered"`            // listings that came to their end
	Owned     int           `json:"own_only,omitempty"`  // those that were refused but for what whoever asks has themselves
	Refused   int           `json:"refused,omitempty"`   // those that take a right
	Gone      int           `json:"gone,omitempty"`      // those of what was deleted meanwhile
	Absent    int           `json:"absent,omitempty"`    // those of what the workspace does not have
	Unheard   int           `json:"unheard,omitempty"`   // those without an answer that can be read
	GivenUp   int           `json:"given_up,omitempty"`  // those that were refused for their pace until nothing more was asked
	Began     time.Time     `json:"began,omitzero"`
	Ended     time.Time     `json:"ended,omitzero"`
	Took      time.Duration `json:"took"` // from the first request to the end, with all waiting; without the time in which no run was on
	Why       string        `json:"why,omitempty"`
	Lacks     Right         `json:"needs,omitempty"` // what would show the rest
	FirstWord string        `json:"first_refusal,omitempty"`
	NotAsked  Plane         `json:"not_asked_for,omitempty"` // of what was skipped, because the run was not to read that
	How       string        `json:"how,omitempty"`           // where it could be read in several ways
	Bulk      int           `json:"in_bulk,omitempty"`       // listings that were read together with others, of those that came to their end
}

// asked is how many listings came to an end of some kind.
func (l *Line) asked() int {
	return l.Answered + l.Owned + l.Refused + l.Gone + l.Absent + l.Unheard + l.GivenUp
}

// lost is how many listings are missing.
func (l *Line) lost() int { return l.Refused + l.Unheard + l.GivenUp }

// close ends a collector: what it stands on is whole or not, and who is signed in sees everything or not.
func (l *Line) close(c *Collector, unread []string, holds func(Right) bool) {
	l.Lacks = ""
	heard := l.Answered + l.Owned
	switch {
	case l.asked() == 0 && len(unread) > 0:
		l.State, l.Why = Skipped, "it is asked for each of "+unread[0]+", which was not read"
	case heard == 0 && l.Refused > 0:
		l.State, l.Lacks, l.Why = Denied, c.right(), "refused: "+l.FirstWord
	case heard == 0 && l.GivenUp > 0:
		l.State, l.Why = Throttled, "refused for its pace to the last"
	case heard == 0 && l.Unheard > 0:
		l.State, l.Why = Failed, l.FirstWord
	case heard == 0 && l.Absent > 0:
		l.State, l.Why = NotEnabled, "this workspace does not have it"
	case l.lost() > 0:
		l.State, l.Why = Partial, fmt.Sprintf("%d of %d were not answered: %s", l.lost(), l.asked(), l.FirstWord)
		if l.Refused+l.Owned > 0 {
			l.Lacks = c.right()
		}
	case l.Owned > 0:
		l.State, l.Lacks, l.Why = Partial, c.right(), "only one's own were told"+l.ofSome()+"; those of others were refused: "+l.FirstWord
	case len(unread) > 0:
		l.State, l.Why = Partial, "what is in the part of "+unread[0]+" that was not read is missing"
	case !holds(c.Sees):
		l.State, l.Lacks, l.Why = Partial, c.Sees, "who is no "+string(c.Sees)+" is told of a part only"
	default:
		l.State, l.Why = Done, ""
	}
}

// ofSome is how many listings have only one's own, where that is not all of them.
func (l *Line) ofSome() string {
	if l.asked() == l.Owned {
		return ""
	}
	return fmt.Sprintf(" for %d of %d", l.Owned, l.asked())
}

// right is what would show more of a collector.
func (c *Collector) right() Right {
	if c.Needs != Anybody {
		return c.Needs
	}
	return c.Sees
}

// Whole reports whether everything was seen, so that what is not there does not exist.
func (s State) Whole() bool { return s == Done || s == NotEnabled }

// goesOn reports whether more is asked in this run or in the next one, which goes on with it.
func (s State) goesOn() bool { return !s.Over() || s == TimedOut }

// Over reports whether nothing more is asked in this run.
func (s State) Over() bool { return s != Waiting && s != Running }
