package steps

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
)

// prerequisites says what a set-up needs, before the first question of a first set-up.
func (p plain) prerequisites() {
	p.Say("%s.", cardTitle)
	for _, n := range p.Setup.prerequisites() {
		p.Say("%s: %s", n.name, n.text)
	}
	var values []string
	for _, n := range p.given() {
		values = append(values, n.name)
	}
	p.Say("You give: %s.", strings.Join(values, ", "))
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
		return &connector.InputError{What: text, Remedy: "Type it again."}
	}
	return err
}
