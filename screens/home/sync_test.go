package home

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

// What was read last stands beside the connection as soon as the panel is closed, and when home is opened again.
func TestTheTablesAreReadFromHomeAndTheLastRunStandsBesideTheConnection(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	a.open()
	a.Settle()
	a.MustNotShow("Last sync")
	a.Press("p")
	a.See("Read them now?")
	a.Press("enter")
	a.See("12,408 rows of 1 table")
	a.Press("esc")
	a.reads("Last sync 20 November 2025, 10:42. 12,408 rows")
	a.Press("down")
	a.MustNotShow("Last sync")
	a.Press("up", "p")
	a.See("Read them now?")
	a.Press("enter")
	a.See("Since the run 20251120T104200Z: nothing changed")
	a.Press("esc")
	a.reads("12,408 rows, nothing changed")
	a.Settle()
	a.Golden("home/synced")
}

func TestTheLastInventoryStandsBesideTheConnection(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	screentest.TakeInventory(t, a.Env.Vault.Dir(), a.Workspace.Host(), screentest.Company{})
	a.open()
	a.reads("Inventory 19 November 2025, 10:42. Coverage 6 of 15, 5 of 5 planned")
	heard, err := a.plain(passphrase, "1", "q")
	if err == nil || !strings.Contains(heard, "Inventory: 19 November 2025, 10:42. Coverage 6 of 15") {
		t.Errorf("%v:\n%s", err, heard)
	}
}

func TestTheTablesAreReadLineByLine(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	heard, err := a.plain(passphrase, "1", "sync", "r", "1", "q")
	if err == nil {
		t.Error("it did not end by leaving")
	}
	for _, said := range []string{"full: version", "Into ", "12,408 rows of 1 table, ", "Last sync: 20 November 2025, 10:42. 12,408 rows"} {
		if !strings.Contains(heard, said) {
			t.Errorf("it did not say %q:\n%s", said, screentest.PlainText(heard))
		}
	}
}
