package home

import (
	"context"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/panels"
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
