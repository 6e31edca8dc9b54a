package estate

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// TestANamesakeGivesNoRight has groups of the workspace and of the account that are called as others are.
func TestANamesakeGivesNoRight(t *testing.T) {
	const mine = `{"userName":"ann","groups":[{"value":"1","display":"admins"},{"value":"2","display":"stewards"}]}`
	for name, c := range map[string]struct {
		groups                         map[string]string // the kinds of those that were collected
		workspaceAdmin, metastoreAdmin bool
	}{
		"the groups that are meant":      {map[string]string{"1": "WorkspaceGroup", "2": "Group"}, true, true},
		"namesakes":                      {map[string]string{"1": "Group", "2": "WorkspaceGroup"}, false, false},
		"groups that were not collected": {nil, true, true},
	} {
		run := begun(t, store.Folder{Dir: t.TempDir()})
		if err := run.Write(func(w *store.Change) error {
			rows := []store.Row{{Kind: "me", ID: "7", Body: mine}, {Kind: "metastore", ID: "m", Body: `{"owner":"stewards"}`}}
			for id, kind := range c.groups {
				rows = append(rows, store.Row{Kind: "workspace-groups", ID: id, Body: `{"meta":{"resourceType":"` + kind + `"}}`})
			}
			for _, row := range rows {
				if _, err := w.Put(row); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if who := IdentityOf(run); who.WorkspaceAdmin != c.workspaceAdmin || who.MetastoreAdmin != c.metastoreAdmin {
			t.Errorf("%s: %+v", name, who)
		}
	}
}
