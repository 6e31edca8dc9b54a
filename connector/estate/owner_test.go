package estate

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

func TestATokenIsItsOwnersAndNotItsMakers(t *testing.T) {
	run := begun(t, store.Folder{Dir: t.TempDir()})
	if err := run.Write(func(w *store.Change) error {
		for _, row := range []store.Row{
			{Kind: "workspace-users", ID: "1", Name: "ann@contoso.example"}, {Kind: "service-principals", ID: "2", Name: "loader"}, {Kind: "jobs", ID: "3", Name: "nightly"},
		} {
			if _, err := w.Put(row); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	owners := OwnersIn(run)
	for _, c := range []struct{ kind, parent, body, want string }{
		{"tokens", "", `{"owner_id":1,"created_by_id":1,"created_by_username":"ann@contoso.example"}`, "ann@contoso.example"},
		{"tokens", "", `{"owner_id":2,"created_by_id":1,"created_by_username":"ann@contoso.example"}`, "loader"},
		{"tokens", "", `{"owner_id":9,"created_by_id":9,"created_by_username":"gone@contoso.example"}`, "gone@contoso.example"},
		{"tokens", "", `{"owner_id":8,"created_by_id":1,"created_by_username":"ann@contoso.example"}`, "8"},
		{"tokens", "", `{"created_by_id":1}`, ""}, {"tokens", "", `[]`, ""},
		{"oauth-secrets", "2", `{"status":"ACTIVE"}`, "loader"}, {"jobs", "", `{"owner_id":1}`, ""},
	} {
		got, err := owners.Of(store.Row{Kind: c.kind, ID: "x", Parent: c.parent, Body: c.body})
		if err != nil || got.Name != c.want {
			t.Errorf("%s of %q: %q, %v", c.kind, c.body, got.Name, err)
		}
	}
}
