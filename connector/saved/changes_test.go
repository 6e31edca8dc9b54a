package saved

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Whoever edits a connection hears what of it is another now, and that the rest is not.
func TestASavedEditSaysWhatChangedAndThatTheRestStays(t *testing.T) {
	before := connector.Connection{ID: "1", Name: "prod", Scope: connector.ScopeSchema}
	moved, renamed := before, before
	moved.Warehouse.ID, moved.Scope = "a3f19c0d7be24418", connector.ScopeTables
	renamed.Name = "prod, north"
	for want, edit := range map[string][2]connector.Connection{
		`Saved "prod".`:                        {{}, before},
		`Saved "prod". Nothing of it changed.`: {before, before},
		`Saved "prod". Changed: warehouse, scope. The rest stays as it was.`: {before, moved},
		`Saved "prod, north". Changed: name. The rest stays as it was.`:      {before, renamed},
	} {
		if got := Saved(edit[0], edit[1]); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}
