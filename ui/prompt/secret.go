package prompt

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// Secret asks for a secret until one is given that can be one, checked as in
// a ui.SecretField. Nothing of it is written.
func (p *Prompt) Secret(label string) ([]byte, error) { return p.secret(label, false) }

// Passphrase is Secret for text that may have blanks between its words.
func (p *Prompt) Passphrase(label string) ([]byte, error) { return p.secret(label, true) }

func (p *Prompt) secret(label string, blanks bool) ([]byte, error) {
	for {
		raw, err := p.readSecret(label)
		if err != nil {
			return nil, err
		}
		kept, notice, problem := ui.CleanSecret(raw, blanks)
		clear(raw)
		switch {
		case problem != "":
			p.Say("What was entered %s.", problem)
		case len(kept) == 0:
			p.Say("Nothing was entered.")
		default:
			if notice != "" {
				p.Say("%s", notice)
			}
			p.Say("%s received.", words.Count(utf8.RuneCount(kept), "character"))
			return kept, nil
		}
	}
}

func (p *Prompt) readSecret(label string) ([]byte, error) {
	if p.ReadSecret == nil {
		if err := p.ask(label, ""); err != nil {
			return nil, err
		}
		line, err := p.read()
		return []byte(line), err
	}
	raw, err := p.ReadSecret(p.broken(label+":") + " ")
	switch {
	case len(raw) > 0 || err == nil:
		return raw, nil
	case errors.Is(err, io.EOF):
		return nil, errEnded
	}
	return nil, fmt.Errorf("read the secret: %w", err)
}
