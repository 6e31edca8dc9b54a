package tokens

import (
	"bufio"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// lines is what is said line by line to somebody with these answers.
func lines(t *testing.T, w *screentest.Walk, o authorization.Object, answers ...string) string {
	t.Helper()
	session, err := w.Env.Demo.Admin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	var b strings.Builder
	in := bufio.NewReader(&screentest.Dictation{Lines: answers, Heard: &b})
	if err := Lines(o)(t.Context(), prompt.Asker{Prompt: &prompt.Prompt{In: in, Out: &b, Clock: prompt.Halted{}}}, session); err != nil {
		t.Error(err)
	}
	return b.String()
}

func TestTheSameIsSaidLineByLine(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	heard := lines(t, w, authorization.Tokens, "nobody-here", "FIVETRAN_USER", "")
	for _, said := range []string{
		"On the list: 3.", "group users: Can Use", "Everybody: 6.", "Tokens: 3.", "Nobody in this workspace", "service principal FIVETRAN_USER: Can Use",
		"- Can Use: group users", "✗ List all tokens", "draftt-databricks tokens grant, remove, replace",
	} {
		if !strings.Contains(heard, said) {
			t.Errorf("nobody said %q:\n%s", said, heard)
		}
	}
	if heard := lines(t, w, authorization.Passwords, "b"); !strings.Contains(heard, "draftt-databricks passwords grant") || strings.Contains(heard, "Tokens:") {
		t.Errorf("of passwords it is said:\n%s", heard)
	}
	if heard := lines(t, asConnector(w), authorization.Tokens, ""); !strings.Contains(heard, "is no workspace admin. ") || strings.Contains(heard, "On the list") {
		t.Errorf("who is no admin is told:\n%s", heard)
	}
}
