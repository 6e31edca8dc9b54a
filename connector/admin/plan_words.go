package admin

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/words"
)

// Text is what a change does, to what.
func (c Change) Text() string {
	object := c.Object
	for _, known := range []string{"service principal ", "OAuth secret of "} { // the kind has said it
		object = strings.TrimPrefix(object, known)
	}
	return words.UpperFirst(string(c.Kind)) + ", " + object
}

// Lines are a plan as text: what to know first, each change with its request, before and after, and then what stays.
func (p Plan) Lines() []string {
	var out []string
	for _, warning := range p.Warnings {
		out = append(out, "! "+warning)
	}
	for i, c := range p.Changes {
		out = append(out, fmt.Sprintf("%d. %s: %s", i+1, words.UpperFirst(string(c.Kind)), strings.TrimPrefix(c.Object, "service principal ")),
			"   before   "+c.Before, "   after    "+c.After)
		for at, line := range c.Request.Lines() {
			out = append(out, map[bool]string{true: "   request  ", false: "            "}[at == 0]+line)
		}
	}
	for _, kept := range p.Kept {
		out = append(out, "Stays: "+kept)
	}
	return out
}

// secretStaysHere is said before a secret is made: its value is sealed and never shown, while Draftt's dashboard asks for one.
const secretStaysHere = "The new secret will be in this vault alone, never shown, so it cannot be entered in Draftt's dashboard. " +
	"For Draftt, make one under Service principals › your principal › Secrets, and type it here."
