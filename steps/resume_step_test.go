package steps

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestANameThatWasTypedAndNotSavedIsKept(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "ready", Own: true})
	w.Env.KeyFile = filepath.Join(t.TempDir(), "key.txt")
	w.Rebuild()
	w.Setup.KeepAnswers()
	w.open()
	w.review()
	w.Write(" east")
	w.Leave()
	w.Setup.KeepNow(t.Context())
	found := setup.FindInterrupted(t.Context(), w.Setup.Environment())
	if len(found) != 1 || found[0].Step != setup.Review || !strings.HasSuffix(found[0].Draft.Name(), " east") {
		t.Errorf("found %+v", found)
	}
}
