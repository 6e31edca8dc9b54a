package steps

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// prerequisites says what a set-up needs, and what of it is known to be there.
func (p plain) prerequisites() {
	p.Say("%s.", PrerequisitesTitle())
	for _, n := range p.Prerequisites() {
		mark := ""
		if n.Holds != NotAskedYet {
			mark = holdsMarks[n.Holds].String() + " "
		}
		p.Say("%s%s: %s", mark, n.Name, ui.Clean(n.Text))
	}
	var values []string
	for _, n := range p.Given() {
		name := n.Name
		if n.Holds == ItHolds {
			name += " (given)"
		}
		values = append(values, name)
	}
	p.Say("You give: %s.", strings.Join(values, ", "))
}

// help says how to answer, what a set-up needs, and the names of who signs in.
func (p plain) help() {
	p.HowTo()
	p.prerequisites()
	p.Say("The names of the service principal.")
	for _, line := range p.KnownPrincipal().Card() {
		value := ui.Clean(line.Value)
		if value == "" {
			value = "not known before signing in"
		}
		p.Say("%s: %s. %s.", line.Label, value, words.UpperFirst(line.UsedFor))
	}
}

// hint says what lint recognises in an answer that was just given.
func (p plain) hint(f lint.Field, typed string) {
	h := hints{draft: p.draft}
	if line := h.line(f, typed); line != "" {
		p.Say("Hint: %s", line)
	}
}

// better is an answer's error in the words of lint, which names what the value looks like, where lint knows it.
func (p plain) better(f lint.Field, err error) error {
	h := hints{draft: p.draft}
	if text := h.recognised(f); err != nil && text != "" {
		return &connector.Error{Kind: connector.ErrInput, What: text, Remedy: "Type it again."}
	}
	return err
}
