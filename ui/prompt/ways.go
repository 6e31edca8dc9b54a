package prompt

import (
	"errors"
	"fmt"
	"io"
)

// ErrLeft says that a person chose to leave.
var ErrLeft = errors.New("the person left")

// ErrBack says that a person goes back to what was asked before.
var ErrBack = errors.New("back")

// errEnded says that the input has ended, so that nobody answers any more. It is an error of its own, because whatever else comes to its end,
// a connection to a server among others, is io.EOF too.
var errEnded = fmt.Errorf("the input has ended: %w", io.EOF)

// errHelp asks for help; the question is asked again after it.
var errHelp = errors.New("help")

// waysOut are answers that every question takes.
var waysOut = []Shortcut{{Letter: "b", Does: "to go back"}, {Letter: "q", Does: "to leave"}, {Letter: "?", Does: "for help"}}

var waysTo = map[string]error{"b": ErrBack, "q": ErrLeft, "?": errHelp}

// Ended reports that there is nobody to ask any more: the person chose to leave or interrupted a question, or the input has ended.
func Ended(err error) bool {
	return errors.Is(err, ErrLeft) || errors.Is(err, ErrInterrupted) || errors.Is(err, errEnded)
}

// GoesAway reports that a person leaves what they were asked or waited for: to go back, or because it Ended.
func GoesAway(err error) bool { return errors.Is(err, ErrBack) || Ended(err) }

// HowToAnswer is said before the first question.
const HowToAnswer = "At every question b goes back, q leaves and ? helps. An empty answer takes what stands in brackets."

// howToSpell says what only few need to know.
const howToSpell = "To answer with a single letter or digit that would do something else, put = before it: =b is the text b."

// howToList is said to whoever asks for help.
const howToList = "Ctrl+C leaves too, and ends a wait. In a list, a number or a whole name chooses, and part of a name shortens the list."

// Greet says what is true of every question that follows.
func (a Asker) Greet() { a.Say("%s", HowToAnswer) }

// HowTo says how to answer, in full.
func (a Asker) HowTo() {
	for _, line := range []string{HowToAnswer, howToList, howToSpell} {
		a.Say("%s", line)
	}
}

// NothingBefore answers a person who goes back from the first question.
func (a Asker) NothingBefore() { a.Say("%s", "This is the first question.") }

// First asks a question that nothing was asked before, so that going back from it asks it again.
func First[T any](a Asker, ask func() (T, error)) (T, error) {
	for {
		answer, err := ask()
		if !errors.Is(err, ErrBack) {
			return answer, err
		}
		a.NothingBefore()
	}
}

// withWays is a question that says how to leave it.
func (a Asker) withWays(question string) string {
	for _, way := range a.waysOut() {
		question += ", " + way.Letter + " " + way.Does
	}
	return question
}

// helped gives help where it was asked for, and reports that the question is to be asked again.
func (a Asker) helped(err error) bool {
	if !errors.Is(err, errHelp) {
		return false
	}
	if a.Help != nil {
		a.memory().aside = true
		a.Help()
		a.memory().aside = false
	}
	return true
}
