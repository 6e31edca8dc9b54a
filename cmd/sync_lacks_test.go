package cmd

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
)

// TestATableThatCannotBeLookedAtIsNamedInThePlanAndTheOtherIsRead has one of two tables refused: as text, as JSON, and in a plan alone.
func TestATableThatCannotBeLookedAtIsNamedInThePlanAndTheOtherIsRead(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.ofTwo("prod"))
	s.workspace.Play([]relay.Rule{{
		Path: "/sql/*", RPC: "ExecuteStatement", Holds: "`devices`", SQLError: "[TABLE_OR_VIEW_NOT_FOUND] The table cannot be found. SQLSTATE: 42P01", SQLState: "42P01",
	}})
	to := filepath.Join(t.TempDir(), "runs")
	for _, c := range []struct {
		more string
		says []string
	}{
		{"--dry-run", []string{"✗ inventory.assets.devices: ", "inventory.assets.components\n"}},
		{"", []string{"✗ inventory.assets.devices: ", "✓ inventory.assets.components"}},
		{"", []string{"Going on with the run that was stopped, of ", "✗ inventory.assets.devices: ", "✓ inventory.assets.components"}},
		{"--json", []string{`"table":"inventory.assets.devices","state":"failed"`, `"table":"inventory.assets.components","state":"done"`, `{"event":"error"`}},
	} {
		o := s.run(append([]string{"sync", "prod", "--to", to}, strings.Fields(c.more)...)...)
		o.wants(t, 40, "inventory.assets.devices: ")
		for _, text := range c.says {
			if !strings.Contains(o.out, text) {
				t.Errorf("sync %s does not say %q:\n%s%s", c.more, text, o.out, o.err)
			}
		}
	}
	if whole, err := filepath.Glob(filepath.Join(to, "run=*")); err != nil || len(whole) > 0 {
		t.Errorf("a run without one of its tables is whole: %v, %v", whole, err)
	}
	s.workspace.Play(nil)
	s.run("sync", "prod", "--to", to).wants(t, exitOK)
}
