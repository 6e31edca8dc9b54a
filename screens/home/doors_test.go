package home

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screentest/patience"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// doors lead to a page that says whose workspace it is.
func doors(theme *ui.Theme) []Door {
	opens := func(visit panels.Visit) ui.Panel {
		return ui.NewPage(theme, ui.PageContent{Title: "Inside", Text: "The workspace of " + visit.Saved.Name})
	}
	says := func(_ context.Context, a prompt.Asker, _ *admin.Session) error { return nil }
	return []Door{
		{Name: "Token permissions", About: "who may use personal access tokens, and the tokens there are", Panel: opens, Lines: says},
		{Name: "Password permissions", About: "who may sign in with a password, where a workspace has that", Panel: opens, Lines: says},
		{Name: "Partner connections", About: "which partners are connected, what each has, and how it ends", Panel: opens, Lines: says},
	}
}

// whoAmI is a screen that takes a session, and reads as whom that is.
func whoAmI(visit panels.Visit) ui.Panel {
	list := panels.NewList(visit.Theme, false)
	list.Describe(func(int) ui.PickerRow { return ui.PickerRow{} })
	return panels.NewListing(visit, panels.ListingContent[string]{
		Title: "Signed in", Doing: "Asking",
		Read: func(_ context.Context, s *admin.Session) (string, error) { return "read as " + s.Me().Label(), nil },
		Take: func(read string) {
			list.Reset()
			list.AppendNames([]string{read})
		},
		List: func() *panels.List { return list }, About: func(int, int) string { return "" }, Told: func() string { return "" },
	})
}

// asksAccount is a screen that asks for the ID of an account.
func asksAccount(visit panels.Visit) ui.Panel {
	text := ""
	return ui.NewFormPanel(visit.Theme, ui.FormContent{
		Title: "An account", Form: panels.BesideIt{Host: visit.Saved.Host}.Form(visit.Theme, "its ID", &text), Does: "go on",
		Done: func() (ui.Move, tea.Cmd) { return ui.Close(), nil },
	})
}

func TestSomebodySignsInOnceForAllDoorsUntilTheySignOut(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	a.more = []Door{{Name: "Signed in", About: "who is signed in", Panel: whoAmI}}
	other := a.connection("tokyo")
	other.Host, _, _ = connector.ParseHost("adb-7405605741000001.1.azuredatabricks.net", nil)
	v := vault.Open(a.dir)
	a.unlock(v)
	if _, err := v.Save(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	a.open()
	a.Press("end")
	a.MustNotShow("u sign out")
	a.Press("enter")
	a.MustShow("once for all that is under Workspace")
	a.signsIn()
	a.See("read as platform-admin")
	a.Press("esc")
	a.Golden("home/signed-in")
	a.Press("enter")
	a.See("read as platform-admin") // and nothing is asked for
	a.Press("u")
	a.MustShow("Nobody has signed in")
	a.MustNotShow("read as platform-admin")
	a.Press("enter")
	a.signsIn()
	a.See("read as platform-admin")
	a.Press("esc", "u")
	a.MustShow("Signed out.", "who is no admin sees less")
	a.MustNotShow("u sign out")

	a.Press("enter")
	a.signsIn()
	a.See("read as platform-admin")
	a.Press("esc", "home", "down", "down")
	a.MustShow("› tokyo")
	a.Press("end")
	a.MustShow("which ends here")
	a.Press("enter")
	a.See("an OAuth secret of a service principal")
	if a.home.admission.Session() != nil {
		t.Error("the session on the one workspace outlives the visit to another")
	}
}

func TestASessionEndsWithWhatIsLockedOrLeft(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*person){
		"lock": func(a *person) { a.Press("l") },
		"new":  func(a *person) { a.Press("n") },
		"quit": func(a *person) { a.Press("ctrl+c", "ctrl+c") },
	} {
		a := withConnections(t, "ready", "ops")
		a.more = []Door{{Name: "Signed in", About: "who is signed in", Panel: whoAmI}}
		a.open()
		a.Press("end", "enter")
		a.signsIn()
		a.See("read as platform-admin")
		a.Press("esc")
		if a.home.admission.Session() == nil {
			t.Fatalf("%s: the session ended with the screen", name)
		}
		leave(a)
		for range patience.Each(t, time.Millisecond) {
			if a.home.admission.Session() == nil {
				break
			}
		}
		if a.home.admission.Session() != nil {
			t.Errorf("%s: the session goes on", name)
		}
	}
}

func TestTheDoorsLeadToTheWorkspaceOfTheConnectionThatTheCursorWasOnLast(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod", "staging")
	a.open()
	a.Golden("home/doors")
	a.Press("down", "end")
	a.MustShow("› Partner connections", "of prod")
	a.Golden("home/door")
	a.Press("t", "x", "e") // what is done with a connection is not done here
	a.MustShow("› Partner connections")
	a.Press("enter")
	a.MustShow("The workspace of prod")
	a.Press("esc")
	a.MustShow("› Partner connections")
	a.Press("/")
	a.Write("token")
	a.Press("enter", "enter")
	a.MustShow("The workspace of prod")
}

// TestWhatIsFurtherDownIsNamed has more doors than small windows have lines for, and goes down to them.
func TestWhatIsFurtherDownIsNamed(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	for _, name := range []string{"Inventory", "Who can access what"} {
		a.more = append(a.more, Door{Name: name, About: "what there is", Panel: whoAmI})
	}
	a.open()
	for _, size := range [][2]int{{60, 18}, {80, 24}} {
		a.Resize(size[0], size[1])
		a.Press("home")
		a.MustShow("Further down: ", "Inventory", "Who can access what")
		a.Press("end")
		a.MustShow("› Who can access what")
		a.MustNotShow("Further down")
	}
	a.Resize(80, 40)
	a.MustNotShow("Further down")
}
