package steps

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestANameThatWasTypedAndNotSavedIsKept(t *testing.T) {
	t.Parallel()
	w := prepare(t, Person{Scenario: "ready", Own: true})
	w.env.KeyFile = filepath.Join(t.TempDir(), "key.txt")
	w.Rebuild()
	w.setup.KeepAnswers()
	w.open()
	w.review()
	w.write(" east")
	w.leave()
	w.setup.KeepNow(t.Context())
	found := FindInterrupted(t.Context(), w.setup.env)
	if len(found) != 1 || found[0].Step != Review || !strings.HasSuffix(found[0].Draft.Name(), " east") {
		t.Errorf("found %+v", found)
	}
}
