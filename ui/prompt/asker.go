package prompt

import "slices"

// Asker asks line by line. Every question says what an empty answer takes, how to go back, how to leave and how to get help. Its
// errors are ErrBack, and those that have Ended.
type Asker struct {
	*Prompt
	// Help says what there is to know at the question.
	Help func()

	noBack bool // nothing was asked before
}

// Questions asks the few questions of a command: there is nothing to go back to. help is what ? says, a line each.
func Questions(p *Prompt, help ...string) Asker {
	a := Asker{Prompt: p, noBack: true}
	a.Help = func() {
		for _, line := range help {
			a.Say("%s", line)
		}
		a.Say("%s", howToSpell)
	}
	return a
}

// WithBack is the same asker where there is something to go back to.
func (a Asker) WithBack() Asker {
	a.noBack = false
	return a
}

func (a Asker) waysOut() []Shortcut {
	if a.noBack {
		return waysOut[1:]
	}
	return waysOut
}

// Line asks for a line of text. An empty answer gives def.
func (a Asker) Line(label, def string) (string, error) {
	text, _, err := a.LineOr(label, def)
	return text, err
}

// LineOr is Line with letters that do something else.
func (a Asker) LineOr(label, def string, more ...Shortcut) (text, letter string, err error) {
	for {
		var answer Answer
		if answer, err = a.Ask(label, def, slices.Concat(more, a.waysOut())...); err == nil {
			err = waysTo[answer.Letter]
		}
		if !a.helped(err) {
			return answer.Text, answer.Letter, err
		}
	}
}

// Confirm asks a question that is answered by yes or no.
func (a Asker) Confirm(question string, def bool) (bool, error) {
	return a.confirm(a.Line, question, def)
}

// Choose asks for one of the options by number or by part of its name.
func (a Asker) Choose(title string, options []string, def int) (int, error) {
	i, _, err := a.ChooseOr(title, options, def)
	return i, err
}

// ChooseOr is Choose with letters that do something else.
func (a Asker) ChooseOr(title string, options []string, def int, more ...Shortcut) (int, string, error) {
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

// Decide asks what to do next, by a letter. An empty answer is the first choice.
func (a Asker) Decide(choices ...Shortcut) (string, error) {
	for {
		text, letter, err := a.LineOr("", choices[0].Letter, choices...)
		if err != nil || letter != "" {
			return letter, err
		}
		if text == choices[0].Letter {
			return text, nil
		}
		a.unfit(text, "Type one of the letters.")
	}
}
