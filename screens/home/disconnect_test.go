package home

import (
	"errors"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// isGone fails where a connection is still saved.
func (a *person) isGone(name string) {
	a.T.Helper()
	v := vault.Open(a.dir)
	a.unlock(v)
	if _, err := v.Load(a.T.Context(), name); !errors.Is(err, vault.ErrNotFound) {
		a.T.Errorf("%s is still there: %v", name, err)
	}
}

func TestDisconnectingTakesTheGrantsAwayAndTheConnectionOffTheList(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	a.open()
	a.Press("d", "down", "enter") // the secret as well
	a.signsIn()
	a.See("Another saved connection signs in with the same secret.")
	a.Press("esc")
	a.Press("down", "enter") // nor the principal, while prod signs in as it
	a.reads("The saved connection prod signs in as the same service principal.")
	a.Press("esc", "up", "up", "enter")
	a.See("Will be deleted", "saved connection ops on this machine")
	a.MustShow("USE CATALOG on catalog inventory, which another saved connection needs")
	a.Write("prod")
	a.Press("enter")
	a.MustShow("Nothing was changed. Type ops to go on.")
	a.Press("ctrl+u")
	a.confirms("ops")
	a.See(`Disconnected "ops".`, "› prod")
	a.MustNotShow("› ops")
	a.isGone("ops")
	a.load("prod")
}

func TestDisconnectingTheOnlyConnectionDeletesItsPrincipal(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	a.open()
	a.Press("d", "down", "down", "enter")
	a.signsIn()
	a.See("service principal draftt-connector", "more lines: down reads on")
	a.confirms("ops")
	a.See("Nothing is saved any more.", "In Databricks ")
	a.isGone("ops")
	journal := a.journal()
	if want := "done: " + string(admin.DeletePrincipal); len(journal) == 0 || journal[len(journal)-1] != want {
		t.Errorf("the journal tells of %q", journal)
	}
}

func TestDisconnectingFromThisMachineAloneAsksNoAdmin(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	before := len(a.Workspace.Requests())
	a.open()
	a.Press("d", "up", "enter")
	a.MustShow("Nothing changes in Databricks", "Its name")
	a.Press("esc")
	a.MustShow("Each level includes those before it.")
	a.Press("enter")
	a.Write("OPS")
	a.Press("enter")
	a.See(`Deleted "ops" from this machine.`, "› prod")
	a.isGone("ops")
	if got := len(a.Workspace.Requests()); got != before {
		t.Errorf("it asked the workspace %d times", got-before)
	}
	a.hasJournal()
}
