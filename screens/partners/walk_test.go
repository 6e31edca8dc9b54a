package partners

import (
	"context"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// alone is the screen without the list that it opens over.
type alone struct{ *Screen }

func (alone) Title() string { return "Partners" }

// before has a person in front of the partners of a workspace, signed in as its admin.
func before(t testing.TB) *screentest.Walk {
	t.Helper()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	host, _, err := connector.ParseHost(w.Workspace.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	theme := ui.NewTheme(true)
	saved := connector.Connection{Name: "prod", Host: host, Schema: table.SchemaName, Warehouse: connector.WarehouseRef{ID: "a3f19c0d7be24418"}}
	screen := New(panels.Visit{Env: w.Env, Saved: saved, Theme: &theme})
	w.Show(func(ctx context.Context) *ui.Shell {
		return ui.NewShell(ctx, []ui.Step{alone{screen}}, ui.Options{Product: "Draftt", Alone: true, Theme: &theme, Now: w.Clock.Now})
	})
	t.Cleanup(w.Leave)
	w.Settle()
	return w
}

func TestThePartnersLookAsDrawn(t *testing.T) {
	t.Parallel()
	w := before(t)
	for _, scene := range []struct {
		name string
		keys []string
		undo []string
	}{
		{name: "list"},
		{name: "details", keys: []string{"enter"}, undo: []string{"esc"}},
		{name: "choice", keys: []string{"down", "down", "down", "down", "c"}},
		{name: "check", keys: []string{"enter"}, undo: []string{"esc"}},
		{name: "plan", keys: []string{"p", "enter"}, undo: []string{"esc", "home"}},
		{name: "levels", keys: []string{"d"}},
		{name: "parts", keys: []string{"enter"}, undo: []string{"esc"}},
		{name: "ending", keys: []string{"d", "down", "enter"}, undo: []string{"esc"}},
		{name: "orphans", keys: []string{"o"}, undo: []string{"esc"}},
	} {
		w.Press(scene.keys...)
		w.Settle()
		w.Golden("partners/" + scene.name)
		w.Press(scene.undo...)
		w.Settle()
	}
}
