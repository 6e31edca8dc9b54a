package steps

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/ui"
)

// howToAnswer is said before the first question.
const howToAnswer = "At every question b goes back, q leaves and ? helps. An empty answer takes what stands in brackets."

// waysOut are answers that every question takes. They are single letters, which no value of a set-up is.
var waysOut = []ui.Shortcut{{Letter: "b", Does: "to go back"}, {Letter: "q", Does: "to leave"}, {Letter: "?", Does: "for help"}}

// errHelp asks for help; the question is asked again after it.
var errHelp = errors.New("help")

var waysTo = map[string]error{"b": errBack, "q": ErrLeft, "?": errHelp}

// withWays is a question that says how to leave it.
func withWays(question string) string {
	for _, way := range waysOut {
		question += ", " + way.Letter + " " + way.Does
	}
	return question
}

// helped gives help where it was asked for, and reports that the question is to be asked again.
func (p plain) helped(err error) bool {
	if !errors.Is(err, errHelp) {
		return false
	}
	p.help()
	return true
}

// Line asks for a line of text. A prefilled answer may be one of the letters that lead away, and is then an answer.
func (p plain) Line(label, def string) (string, error) {
	for {
		text, err := p.Prompt.Line(withWays(label), def)
		if err == nil && text != def {
			err = waysTo[strings.ToLower(text)]
		}
		if !p.helped(err) {
			return text, err
		}
	}
}

// Confirm asks a question that is answered by yes or no.
func (p plain) Confirm(question string, def bool) (bool, error) {
	word := "no"
	if def {
		word = "yes"
	}
	for {
		answer, err := p.Line(question+" Yes or no", word)
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "y", "yes":
			return true, nil
		case "n", "no":
			return false, nil
		}
		p.Say("Type yes or no.")
	}
}

// Choose asks for one of the options by number or by part of its name.
func (p plain) Choose(title string, options []string, def int) (int, error) {
	i, _, err := p.ChooseOr(title, options, def)
	return i, err
}

// ChooseOr is Choose with letters that do something else.
func (p plain) ChooseOr(title string, options []string, def int, more ...ui.Shortcut) (int, string, error) {
	for {
		i, letter, err := p.Prompt.ChooseOr(title, options, def, slices.Concat(more, waysOut)...)
		if err == nil {
			err = waysTo[letter]
		}
		if !p.helped(err) {
			return i, letter, err
		}
	}
}

// what asks what to do next, by a letter. An empty answer is the first choice.
func (p plain) what(choices ...ui.Shortcut) (string, error) {
	ways := make([]string, len(choices))
	for i, c := range choices {
		ways[i] = c.Letter + " " + c.Does
	}
	for {
		answer, err := p.Prompt.Line(strings.Join(ways, ", "), choices[0].Letter)
		if err != nil {
			return "", err
		}
		answer = strings.ToLower(answer)
		if slices.ContainsFunc(choices, func(c ui.Shortcut) bool { return c.Letter == answer }) {
			return answer, nil
		}
		p.Say("Type one of the letters.")
	}
}

// decide is what with the ways out.
func (p plain) decide(choices ...ui.Shortcut) (string, error) {
	for {
		letter, err := p.what(slices.Concat(choices, waysOut)...)
		if err == nil {
			err = waysTo[letter]
		}
		if !p.helped(err) {
			return letter, err
		}
	}
}

// Secret asks for a secret without echo.
func (p plain) Secret(label string) ([]byte, error) {
	return p.hidden(label, (*ui.Prompt).Secret)
}

// Passphrase is Secret for text that may have blanks between its words. More letters are answers besides, each with the error it gives.
func (p plain) Passphrase(label string, more ...passphraseWay) ([]byte, error) {
	return p.hidden(label, (*ui.Prompt).Passphrase, more...)
}

// passphraseWay is a letter that does something else than being typed as a passphrase.
type passphraseWay struct {
	letter byte
	does   string
	err    error
}

// hidden asks without echo. Only an answer of one letter is compared with the ways out, so nothing of a secret is copied.
func (p plain) hidden(label string, ask func(*ui.Prompt, string) ([]byte, error), more ...passphraseWay) ([]byte, error) {
	label += " (not shown)"
	for _, m := range more {
		label += fmt.Sprintf(", %c %s", m.letter, m.does)
	}
	prompt, read := *p.Prompt, p.readHidden
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
		if way := waysTo[strings.ToLower(string(raw[:1]))]; way != nil {
			return nil, way
		}
		return raw, nil
	}
	for {
		secret, err := ask(&prompt, withWays(label))
		if !p.helped(err) {
			return secret, err
		}
	}
}

// readHidden reads a secret as the prompt does.
func (p plain) readHidden(question string) ([]byte, error) {
	if p.ReadSecret != nil {
		return p.ReadSecret(question)
	}
	text, err := p.Prompt.Line(strings.TrimSuffix(question, ": "), "")
	return []byte(text), err
}
