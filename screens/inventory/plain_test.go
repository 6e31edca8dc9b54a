package inventory

import (
	"bufio"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// said is what is said line by line to somebody with these answers.
func said(t *testing.T, w *screentest.Walk, answers ...string) string {
	t.Helper()
	var b strings.Builder
	in := bufio.NewReader(&screentest.Dictation{Lines: answers, Heard: &b})
	if err := Lines(t.Context(), prompt.Asker{Prompt: &prompt.Prompt{In: in, Out: &b, Clock: prompt.Halted{}}}, visiting(t, w)); err != nil {
		t.Error(err)
	}
	return b.String()
}

func TestInventoriesAreSaidLineByLine(t *testing.T) {
	t.Parallel()
	if got := said(t, fresh(t)); !strings.Contains(got, "No inventory of this workspace was taken yet.") || !strings.Contains(got, "inventory run ") {
		t.Error(got)
	}
	got := said(t, fresh(t, screentest.Company{}), "zebras", "1", "Tables", "")
	for _, text := range []string{
		"as ines.moreau@contoso.example, of adb-7405605741000000.0.azuredatabricks.net. Coverage ", "takes a metastore admin", "There is no such kind. Found were: 1. ", "all there are.\n- ", "tables: 3 rows, all there are.",
		"- inventory.people.payroll", "inventory diff and export",
	} {
		if !strings.Contains(got, text) {
			t.Errorf("nobody said %q:\n%s", text, got)
		}
	}
}
