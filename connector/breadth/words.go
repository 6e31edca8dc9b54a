package breadth

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/words"
)

// What every face says of a principal that can write.
const (
	Title       = "It can write"
	NotNeeded   = "Draftt only reads and needs none of this. Take it away, or use a principal of its own for Draftt."
	SavedAnyway = "Saved as it is, the connection says so wherever it is shown."
	// AcceptWord is what a person types to save a connection whose principal can write.
	AcceptWord = "accept"
)

// Sentence is the verdict in one sentence without its full stop.
func (b Breadth) Sentence() string {
	switch {
	case b.CanWrite():
		return canWrite(names(b.Writes))
	case b.whole && len(b.Reads) == 0:
		return audit.OnlyChosen
	case b.whole:
		return grants.NoWrite + alsoHeld + names(b.Reads)
	case b.why != "":
		return b.why
	case b.looked:
		return grants.NoWrite
	}
	return "privileges beyond reading were not looked at"
}

const alsoHeld = "; also held: " // as Read-only has it in the ladder

// Rights is the sentence for wherever nothing stands beside it: with what is held besides, of which Advice has the number.
func (b Breadth) Rights() string {
	more := b.Reads[b.told:]
	switch {
	case b.CanWrite() || b.whole || len(more) == 0:
		return b.Sentence()
	case b.told > 0:
		return b.Sentence() + ", " + names(more)
	}
	return b.Sentence() + alsoHeld + names(more)
}

// canWrite says that a principal can write, and with what.
func canWrite(what string) string { return "can write: " + what }

// Advice says whether the verdict matters and what to do, and is empty where there is nothing to say.
func (b Breadth) Advice() string {
	switch {
	case b.CanWrite():
		return "Draftt needs none of it. Saving shows how to take it away, and asks."
	case b.whole && len(b.Reads) > 0:
		return "Draftt needs none of it. The certificate says how to take it away."
	}
	var parts []string
	if len(b.Reads) > 0 {
		parts = append(parts, words.Count(len(b.Reads), "more privilege")+" than needed")
	}
	if len(b.Unseen) > 0 {
		parts = append(parts, words.Count(len(b.Unseen), "thing")+" could not be looked at")
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + ". The certificate lists them."
}

// Elsewhere names what it may change outside of what was chosen, empty where nothing is known of that.
func (b Breadth) Elsewhere() string { return names(b.elsewhere) }

// names are the first things, and how many more there are.
func names(extras []grants.Extra) string {
	const most = 2
	var out []string
	for _, e := range extras[:min(most, len(extras))] {
		out = append(out, e.What)
	}
	text := strings.Join(out, ", ")
	if more := len(extras) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// Lines are everything that can write: what it is with where it comes from, and below that in full how it is taken away.
func (b Breadth) Lines() []string {
	var out []string
	for _, e := range b.Writes {
		what := e.What
		if e.Source != "" {
			what += " (" + e.Source + ")"
		}
		out = append(out, what, "  "+e.Revoke)
		if e.Others {
			out = append(out, "  The other members of the group lose it too.")
		}
	}
	return out
}

// Script is what takes it away as statements, one a line, empty where no statement does.
func (b Breadth) Script() string {
	var out strings.Builder
	for _, e := range b.Writes {
		if e.Statement() {
			out.WriteString(e.Revoke + "\n")
		}
	}
	return out.String()
}
