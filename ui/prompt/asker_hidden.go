package prompt

import (
	"slices"
	"strings"
)

// SecretWay is a letter that does something else than being typed as a secret: the error that the question gives then.
type SecretWay struct {
	Letter byte
	Does   string
	Err    error
}

// Secret asks for a secret without echo.
func (a Asker) Secret(label string) ([]byte, error) {
	return a.hidden(label, (*Prompt).Secret)
}

// Passphrase is Secret for text that may have blanks between its words. More letters are answers besides.
func (a Asker) Passphrase(label string, more ...SecretWay) ([]byte, error) {
	return a.hidden(label, (*Prompt).Passphrase, more...)
}

// hidden asks without echo. Only an answer of one letter, which no secret is, is compared with the ways out, so nothing of a secret is
// copied.
func (a Asker) hidden(label string, ask func(*Prompt, string) ([]byte, error), more ...SecretWay) ([]byte, error) {
	label += " (not shown)"
	for _, m := range more {
		label += ", " + string(rune(m.Letter)) + " " + m.Does
	}
	prompt, read := *a.Prompt, a.readHidden
	prompt.ReadSecret = func(question string) ([]byte, error) {
		raw, err := read(question)
		if err != nil || len(raw) != 1 {
			return raw, err
		}
		for _, m := range more {
			if raw[0] == m.Letter {
				return nil, m.Err
			}
		}
		letter := strings.ToLower(string(raw[:1]))
		if slices.ContainsFunc(a.waysOut(), func(way Shortcut) bool { return way.Letter == letter }) {
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
func (a Asker) readHidden(question string) ([]byte, error) {
	if a.ReadSecret != nil {
		return a.ReadSecret(question)
	}
	text, err := a.Prompt.Line(strings.TrimSuffix(question, ": "), "")
	return []byte(text), err
}
