package check

import (
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// How results read as text, the same on every screen, in every line and in every report. The texts are cleaned for a terminal; values have
// no aliases yet, which whoever prints them puts in.

// lineLimit is how many characters of a text are ever shown on a line.
const lineLimit = 4096

var marks = map[State]string{Running: "…", Passed: "✓", Failed: "✗", Blocked: "·", Unknown: "?", Skipped: "·"}

// Mark is the state as one character, a blank for a state that is none.
func (s State) Mark() string {
	if mark, ok := marks[s]; ok {
		return mark
	}
	return " "
}

// Seen is what there is to say beside a result's name: what was seen or, of a blocked stage, what it waits for. took is how long that
// took, zero for a stage that did nothing. The text is as it came: clean it where it is drawn.
func Seen(r Result) (text string, took time.Duration) {
	switch r.State {
	case Blocked:
		return "waits for " + NameOf(r.BlockedBy), 0
	case Skipped:
		return r.Evidence, 0
	}
	return r.Evidence, r.Took
}

// Line is a result as one line: mark, ID, name, state and what was seen.
func Line(r Result) string {
	text, took := Seen(r)
	line := fmt.Sprintf("%s %s %s: %s", r.State.Mark(), r.Stage, clean(r.Name), r.State)
	if text != "" {
		line += ", " + clean(text)
	}
	if took > 0 {
		line += " (" + words.Took(took) + ")"
	}
	return line
}

// Text is a failed result in three lines: the documented cause, the reason, and the one thing to do next.
func Text(r Result) string {
	return fmt.Sprintf("%s\n%s\nNext: %s", r.Finding.Headline(), clean(r.Finding.Reason), clean(r.Finding.Remedy.Text))
}

// Report is a failed result as text to hand to someone else: the cause, what was seen, and what to do. It holds no secret.
func Report(r Result) string {
	parts := []string{
		fmt.Sprintf("%s (%s %s)", r.Finding.Headline(), r.Stage, r.Name),
		r.Finding.Reason, "Next: " + r.Finding.Remedy.Text, "Seen: " + r.Evidence,
	}
	if r.Detail != "" {
		parts = append(parts, "Detail: "+r.Detail)
	}
	return strings.Join(parts, "\n") + "\n"
}

// clean makes a text fit for a line. Results can come from a file, so nothing in them is trusted.
func clean(text string) string { return connector.CleanLine(text, lineLimit) }
