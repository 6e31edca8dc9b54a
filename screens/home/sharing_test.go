package home

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Share mode is the whole program's, so that this test has it to itself.
func TestASharedScreenOfHomeShowsAliases(t *testing.T) {
	ui.UseAliases(panels.Aliases())
	t.Cleanup(func() { ui.UseAliases(nil) })
	a := withConnections(t, "ready", "ops", "prod")
	a.open()
	a.Press("ctrl+s")
	t.Cleanup(func() { panels.Aliases().Share(false) })
	a.MustShow("SHARING")
	a.MustNotShow("azuredatabricks.net", "inventory.assets")
	a.Golden("home/sharing")
}
