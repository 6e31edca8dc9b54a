package sync

import "time"

// GoesOn says with what a run goes on that was stopped, and of when that is; empty where it begins.
func (s *Sync) GoesOn() string {
	if !s.Resumed {
		return ""
	}
	return "Going on with the run that was stopped, of " + inWords(s.Began) + ": tables with versions are read as they were then."
}

// Behind says at the end of a run that went on that it is of an earlier time, empty for any other.
func (s *Sync) Behind() string {
	if !s.Resumed {
		return ""
	}
	return "What was written since " + inWords(s.Began) + " is read by the next sync."
}

func inWords(at time.Time) string { return at.UTC().Format("2006-01-02 15:04 UTC") }
