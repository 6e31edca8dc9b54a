package runs

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// stamp is the form of an ID: the moment at which the run began.
const stamp = "20060102T150405Z"

// mostInAMoment is how many runs can be told apart that have the same moment.
const mostInAMoment = 999

// errNoID is a moment that too many runs have.
var errNoID = errors.New("too many runs have the time of its last one")

// moment takes an ID apart: the moment, and which run of that moment it is, from 1.
func moment(id string) (at time.Time, number int, is bool) {
	text, tail, more := strings.Cut(id, "-")
	at, err := time.Parse(stamp, text)
	if number = 1; more {
		_, _ = fmt.Sscanf(tail, "%03d", &number)
	}
	return at, number, err == nil && named(at, number) == id
}

// named is the ID of one of the runs of a moment. In the order of letters a later one comes later.
func named(at time.Time, number int) string {
	if number == 1 {
		return at.Format(stamp)
	}
	return fmt.Sprintf("%s-%03d", at.Format(stamp), number)
}

func isID(text string) bool {
	_, _, is := moment(text)
	return is
}

// freeID is an ID for a run that begins now, later than all others: those that are whole, those that are not, and those that are being removed.
// Two runs in a second, or a clock that was set back, share the moment of the latest.
func (s *Store) freeID(now time.Time) (string, error) {
	id := now.UTC().Format(stamp)
	for _, prefix := range []string{wholePrefix, partPrefix, gonePrefix} {
		ids, err := s.named(prefix)
		if err != nil {
			return "", err
		}
		if len(ids) == 0 || id > ids[len(ids)-1] {
			continue
		}
		at, number, _ := moment(ids[len(ids)-1])
		if number == mostInAMoment {
			return "", Trouble("use", s.dir, errNoID)
		}
		id = named(at, number+1)
	}
	return id, nil
}
