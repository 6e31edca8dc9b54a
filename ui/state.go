package ui

import (
	"time"

	"github.com/draftt-io/draftt-databricks/words"
)

type stateKind int

const (
	stateWorking stateKind = iota
	stateEmpty
	stateFailed
)

// State is what an asynchronous part of a screen shows in place of its list:
// it is working, it found nothing, or it failed. All three look alike.
type State struct {
	kind  stateKind
	what  string
	text  string
	next  string
	since time.Time
}

// Working says what is waited for, since when.
func Working(what string, since time.Time) State {
	return State{kind: stateWorking, what: what, since: since}
}

// Empty says that there is nothing, why, and what to do about it; either of
// the last two may be empty.
func Empty(what, why, next string) State {
	return State{kind: stateEmpty, what: what, text: why, next: next}
}

// Failed says what happened, the likely cause and the one thing to do next.
func Failed(what, cause, next string) State {
	return State{kind: stateFailed, what: what, text: cause, next: next}
}

// View draws the state within width cells. The texts are plain and may come
// from anywhere.
func (s State) View(theme *Theme, width int) string {
	if s.kind == stateWorking {
		return s.working(theme, width)
	}
	lead := ""
	title := theme.Title
	if s.kind == stateFailed {
		lead, title = theme.Mark(MarkFail)+" ", theme.Bad.Bold(true)
	}
	view := indent(lead, title.Render(Clean(s.what)), width)
	if s.kind == stateEmpty && s.text+s.next != "" {
		view += "\n"
	}
	if s.text != "" {
		view += "\n" + Wrap(cleanLines(s.text), width)
	}
	if s.next != "" {
		view += "\n" + Wrap(theme.Title.Render("Next:")+" "+cleanLines(s.next), width)
	}
	return view
}

func (s State) working(theme *Theme, width int) string {
	elapsed := theme.Now().Sub(s.since)
	text := Clean(s.what)
	if elapsed >= secondsAfter {
		text += "  " + theme.Faint.Render(words.Seconds(elapsed))
	}
	return indent(theme.Spinner(elapsed)+" ", text, width)
}
