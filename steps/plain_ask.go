package steps

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui"
)

// howToAnswer is said before the first question.
const howToAnswer = "At every question b goes back, q leaves and ? helps. An empty answer takes what stands in brackets."

// howToSpell says what only few need to know.
const howToSpell = "To answer with a single letter or digit that would do something else, put = before it: =b is the text b."

// firstQuestion is the answer to going back where nothing was asked before.
const firstQuestion = "This is the first question."

// waysOut are answers that every question takes.
var waysOut = []ui.Shortcut{{Letter: "b", Does: "to go back"}, {Letter: "q", Does: "to leave"}, {Letter: "?", Does: "for help"}}

// errHelp asks for help; the question is asked again after it.
var errHelp = errors.New("help")

var waysTo = map[string]error{"b": errBack, "q": ErrLeft, "?": errHelp}

// asker asks line by line. Every question says what an empty answer takes, how to go back, how to leave and how to get help.
type asker struct {
	*ui.Prompt
	help func()        // says what there is to know at the question
	ways []ui.Shortcut // of waysOut, where not all of them lead somewhere
}

func (a asker) waysOut() []ui.Shortcut {
	if a.ways != nil {
		return a.ways
	}
	return waysOut
}

// greet says what is true of every question that follows.
func (a asker) greet() {
	if connector.Sharing() {
		a.Say("Names are shown as aliases. What you type is shown by the terminal as you type it; secrets are not.")
	}
	a.Say("%s", howToAnswer)
}

// goesAway reports that a person leaves what they were asked or waited for.
func goesAway(err error) bool {
	return errors.Is(err, errBack) || errors.Is(err, ErrLeft) || errors.Is(err, io.EOF)
}

// withWays is a question that says how to leave it.
func (a asker) withWays(question string) string {
	for _, way := range a.waysOut() {
		question += ", " + way.Letter + " " + way.Does
	}
	return question
}

// helped gives help where it was asked for, and reports that the question is to be asked again.
func (a asker) helped(err error) bool {
	if !errors.Is(err, errHelp) {
		return false
	}
	a.help()
	return true
}

// Line asks for a line of text.
func (a asker) Line(label, def string) (string, error) {
	text, _, err := a.LineOr(label, def)
	return text, err
}

// LineOr is Line with letters that do something else.
func (a asker) LineOr(label, def string, more ...ui.Shortcut) (text, letter string, err error) {
	for {
		var answer ui.Answer
		if answer, err = a.Ask(label, def, slices.Concat(more, a.waysOut())...); err == nil {
			err = waysTo[answer.Letter]
		}
		if !a.helped(err) {
			return answer.Text, answer.Letter, err
		}
	}
}

// Confirm asks a question that is answered by yes or no.
func (a asker) Confirm(question string, def bool) (bool, error) {
	word := "no"
	if def {
		word = "yes"
	}
	for {
		answer, err := a.Line(question+" Yes or no", word)
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "y", "yes":
			return true, nil
		case "n", "no":
			return false, nil
		}
		a.Say("Type yes or no.")
	}
}

// Choose asks for one of the options by number or by part of its name.
func (a asker) Choose(title string, options []string, def int) (int, error) {
	i, _, err := a.ChooseOr(title, options, def)
	return i, err
}

// ChooseOr is Choose with letters that do something else.
func (a asker) ChooseOr(title string, options []string, def int, more ...ui.Shortcut) (int, string, error) {
	for {
		i, letter, err := a.Prompt.ChooseOr(title, options, def, slices.Concat(more, a.waysOut())...)
		if err == nil {
			err = waysTo[letter]
		}
		if !a.helped(err) {
			return i, letter, err
		}
	}
}

// decide asks what to do next, by a letter. An empty answer is the first choice.
func (a asker) decide(choices ...ui.Shortcut) (string, error) {
	for {
		text, letter, err := a.LineOr("", choices[0].Letter, choices...)
		if err != nil || letter != "" {
			return letter, err
		}
		if text == choices[0].Letter {
			return text, nil
		}
		a.Say("Type one of the letters.")
	}
}

// Secret asks for a secret without echo.
func (a asker) Secret(label string) ([]byte, error) {
	return a.hidden(label, (*ui.Prompt).Secret)
}

// Passphrase is Secret for text that may have blanks between its words. More letters are answers besides, each with the error it gives.
func (a asker) Passphrase(label string, more ...passphraseWay) ([]byte, error) {
	return a.hidden(label, (*ui.Prompt).Passphrase, more...)
}

// passphraseWay is a letter that does something else than being typed as a passphrase.
type passphraseWay struct {
	letter byte
	does   string
	err    error
}

// hidden asks without echo. Only an answer of one letter, which no secret is, is compared with the ways out, so nothing of a secret is copied.
func (a asker) hidden(label string, ask func(*ui.Prompt, string) ([]byte, error), more ...passphraseWay) ([]byte, error) {
	label += " (not shown)"
	for _, m := range more {
		label += fmt.Sprintf(", %c %s", m.letter, m.does)
	}
	prompt, read := *a.Prompt, a.readHidden
	prompt.ReadSecret = func(question string) ([]byte, error) {
		raw, err := read(question)
		if err != nil || len(raw) != 1 {
			return raw, err
		}
		for _, m := range more {
			if raw[0] == m.letter {
				return nil, m.err
			}
		}
		letter := strings.ToLower(string(raw[:1]))
		if slices.ContainsFunc(a.waysOut(), func(way ui.Shortcut) bool { return way.Letter == letter }) {
			return nil, waysTo[letter]
		}
		return raw, nil
	}
	for {
		secret, err := ask(&prompt, a.withWays(label))
		if !a.helped(err) {
			return secret, err
		}
	}
}

// readHidden reads a secret as the prompt does.
func (a asker) readHidden(question string) ([]byte, error) {
	if a.ReadSecret != nil {
		return a.ReadSecret(question)
	}
	text, err := a.Prompt.Line(strings.TrimSuffix(question, ": "), "")
	return []byte(text), err
}
