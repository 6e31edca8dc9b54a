package partners

import (
	"bufio"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

func TestPartnersAreSaidLineByLine(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	session, err := w.Env.Demo.Admin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	var b strings.Builder
	in := bufio.NewReader(&screentest.Dictation{Lines: []string{"nobody's", w.Workspace.AccountID(), "zebra", "dbt cloud", "collibra", ""}, Heard: &b})
	if err := Lines(t.Context(), prompt.Asker{Prompt: &prompt.Prompt{In: in, Out: &b, Clock: prompt.Halted{}}}, session); err != nil {
		t.Error(err)
	}
	for _, said := range []string{"is no account ID", partner.AppsNotShown, "Fivetran: likely", "✓ service principal FIVETRAN_USER", "dbt Cloud: it makes tables", "The document has no set for Collibra.", "draftt-databricks partners check, plan, disconnect and orphans"} {
		if !strings.Contains(b.String(), said) {
			t.Errorf("nobody said %q:\n%s", said, b.String())
		}
	}
}
