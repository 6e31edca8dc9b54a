package saved

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Whoever edits a connection hears what of it is another now, and that the rest is not.
func TestASavedEditSaysWhatChangedAndThatTheRestStays(t *testing.T) {
	before := connector.Connection{ID: "1", Name: "prod", Scope: connector.ScopeSchema}
	moved, renamed := before, before
	first, second, third := tableNamed(t, "devices"), tableNamed(t, "components"), tableNamed(t, "contracts")
	two, again, other := before, before, before
	two.Tables, again.Tables, other.Tables = []connector.TableName{first, second}, []connector.TableName{second, first}, []connector.TableName{second, third}
	moved.Warehouse.ID, moved.Scope = "a3f19c0d7be24418", connector.ScopeTables
	renamed.Name = "prod, north"
	for _, edit := range []struct {
		before, after connector.Connection
		want          string
	}{
		{connector.Connection{}, before, `Saved "prod".`},
		{before, before, `Saved "prod". Nothing of it changed.`},
		{before, moved, `Saved "prod". Changed: warehouse, scope. The rest stays as it was.`},
		{before, renamed, `Saved "prod, north". Changed: name. The rest stays as it was.`},
		{two, again, `Saved "prod". Nothing of it changed.`}, // a table was taken back, and chosen again
		{two, other, `Saved "prod". Changed: tables. The rest stays as it was.`},
		{before, two, `Saved "prod". Changed: tables. The rest stays as it was.`},
	} {
		if got := Saved(edit.before, edit.after); got != edit.want {
			t.Errorf("%s, not %s", got, edit.want)
		}
	}
}

func tableNamed(t *testing.T, name string) connector.TableName {
	t.Helper()
	table, err := connector.ParseTable("inventory.assets."+name, connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	return table
}
