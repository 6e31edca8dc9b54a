package inventory

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// ended leaves a run that somebody began and that is not over, and gives its id.
func ended(t *testing.T, w *screentest.Walk, as, accountID string) string {
	t.Helper()
	visit := visiting(t, w)
	free, err := folder(visit).Lock() // which makes the folder
	if err != nil {
		t.Fatal(err)
	}
	defer free()
	run, id, _, err := folder(visit).Begin(w.Clock.Now(), true)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Write(func(c *store.Change) error {
		if err := c.Fact("began", time.Date(2025, time.November, 20, 9, 30, 0, 0, time.Local)); err != nil {
			return err
		}
		return c.Fact("place", estate.Place{Host: visit.Saved.Host.Typed(), Account: accountID, As: as})
	}); err != nil {
		t.Fatal(err)
	}
	if err := run.Close(); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestWhoseRunIsNotOverIsSaidBeforeTheSignInAndItGoesOnAtOnce(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	ended(t, w, "nina.berg@contoso.example", "")
	p := show(t, w)
	p.MustShow("The first run is not over", "nina.berg@contoso.example", "2025-11-20 09:30", "without the account")
	p.Golden("inventory/unfinished")
	p.Press("n")
	p.Settle()
	p.MustNotShow("Take an inventory", "Account")
	p.See("somebody else's, who sees other things", "theirs stays until that is whole")
}

func TestWhatIsGivenUpForANewRunIsSaidBefore(t *testing.T) {
	t.Parallel()
	w := fresh(t, screentest.Company{})
	theirs := ended(t, w, "nina.berg@contoso.example", "0a1b2c3d-0000-0000-0000-000000000000")
	p := show(t, w)
	p.MustShow(theirs+" is not over", "with the account")
	p.Press("f")
	p.MustShow("Take an inventory", "Begun by nina.berg@contoso.example", "are kept", "somebody else's, when the new run is whole")
	p.Golden("inventory/anew")
	p.Press("ctrl+u", "enter") // without the account, which does not exist
	p.See("The run is whole")
	p.Settle()
	p.MustNotShow("is not over")
	if _, size := folder(visiting(t, w)).File(theirs); size > 0 {
		t.Error("the run that was not over is still there")
	}
}

func TestAnUnfinishedRunIsSaidLineByLine(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	ended(t, w, "nina.berg@contoso.example", "")
	if got := said(t, w); !strings.Contains(got, "Begun by nina.berg@contoso.example, 2025-11-20 09:30, without the account; ") || strings.Contains(got, "was taken yet") {
		t.Error(got)
	}
}

// What keeps a run from the workspace has a cause and a next step, as on every other screen over one.
func TestWhatKeepsARunFromItsPlaceHasACauseAndANextStep(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	ended(t, w, w.Workspace.Admin().ClientID.String(), "0a1b2c3d-0000-0000-0000-000000000000")
	p := show(t, w)
	p.Press("n")
	p.See("Next:")
	p.MustNotShow("read the account", "sign in: ")
}

// Where the account's host cannot be told, that is said in the form: nobody signs in for what is not read then.
func TestAnAccountThatCannotBeFoundIsSaidBeforeTheSignIn(t *testing.T) {
	t.Parallel()
	p := show(t, fresh(t))
	allow, err := connector.AllowList(nil).Allow("127.0.0.1:8443")
	if err != nil {
		t.Fatal(err)
	}
	if p.screen.Saved.Host, _, err = connector.ParseHost("127.0.0.1:8443", allow); err != nil {
		t.Fatal(err)
	}
	p.Press("n")
	p.Write("0a1b2c3d-0000-0000-0000-000000000000")
	p.Press("enter")
	p.Settle()
	p.MustShow("Take an inventory", "Where the account is cannot be told", "draftt-databricks inventory run prod --account", "--account-host HOST")
	p.MustNotShow("Signing in")
}
