package plain

import (
	"errors"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/prerequisites"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// prerequisites says what a set-up needs, and what of it is known to be there.
func (p conversation) prerequisites() {
	p.Say("%s.", prerequisites.Title())
	for _, n := range p.Prerequisites() {
		mark := ""
		if n.Holds != prerequisites.NotAskedYet {
			mark = panels.HoldsMarks[n.Holds].String() + " "
		}
		p.Say("%s%s: %s", mark, n.Name, ui.Clean(n.Text))
	}
	var values []string
	for _, n := range p.Given() {
		name := n.Name
		if n.Holds == prerequisites.ItHolds {
			name += " (given)"
		}
		values = append(values, name)
	}
	p.Say("You give: %s.", strings.Join(values, ", "))
}

// help says how to answer, what a set-up needs, the names of who signs in, and what the words mean that were said.
func (p conversation) help() {
	p.HowTo()
	p.prerequisites()
	p.Say("%s.", admin.PrincipalCardTitle)
	for _, line := range admin.PrincipalCard(p.KnownPrincipal()) {
		p.Say("%s: %s. %s.", line.Label, ui.Clean(line.Value), words.UpperFirst(line.UsedFor))
	}
	lines.Words(p.Asker)
}

// hint says what lint recognises in an answer that was just given.
func (p conversation) hint(f lint.Field, typed string) {
	h := setup.Hints{Draft: p.Draft()}
	if line := h.Line(f, typed); line != "" {
		p.Say("Hint: %s", line)
	}
}

// better is an answer's error in the words of lint, which names what the value looks like, where lint knows it.
func (p conversation) better(f lint.Field, err error) error {
	h := setup.Hints{Draft: p.Draft()}
	if errors.Is(err, connector.ErrStray) {
		return err
	}
	if text := h.Recognised(f); err != nil && text != "" {
		return &connector.Error{Kind: connector.ErrInput, What: text, Remedy: "Type it again."}
	}
	return err
}
