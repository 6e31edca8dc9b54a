package plain

import (
	"bufio"
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// TestLineByLineNoVerdictIsSaidBeforeTheTablesWereRead comes to Review with every answer given and no table read, and then read.
func TestLineByLineNoVerdictIsSaidBeforeTheTablesWereRead(t *testing.T) {
	t.Parallel()
	for _, read := range []bool{false, true} {
		w := prepared(t, screentest.Person{Scenario: "unreachable", Blank: true})
		*w.Setup.Draft() = *screentest.HasAnswered(t)
		if read {
			screentest.HasRead(w.Setup.Draft())
		}
		var heard strings.Builder
		on := &prompt.Prompt{In: bufio.NewReader(strings.NewReader("q\n")), Out: &heard, Clock: prompt.Halted{}}
		p := conversation{w.Setup, prompt.Asker{Prompt: on}, &talk{}}
		if err := p.review(t.Context()); !errors.Is(err, prompt.ErrLeft) {
			t.Errorf("it ended with %v", err)
		}
		_, said, _ := strings.Cut(heard.String(), "Verdict: ")
		if proven := strings.HasPrefix(said, "read the table as the connector\n"); proven != read || strings.Contains(said, "was not read yet") == read {
			t.Errorf("read %t:\n%s", read, heard.String())
		}
	}
}
