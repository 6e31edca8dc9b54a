package panels

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// keptEarlier is a connection to the workspace of a walk that was saved on another day.
func keptEarlier(t *testing.T, w *screentest.Walk) connector.Connection {
	t.Helper()
	who := w.Workspace.Connector()
	host, _, err := connector.ParseHost(w.Workspace.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := w.Env.Vault.Save(t.Context(), connector.Connection{
		Name: "prod", Host: host,
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// typedIn are the credentials of the workspace's admin, to be typed.
func typedIn(w *screentest.Walk) (id, secret string) {
	who := w.Workspace.Admin()
	return string(who.ClientID), string(who.Secret.Reveal())
}

func TestAnAdminSignsInForASavedConnectionAndGivesItASecret(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "vault")
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready", Own: true, Vault: dir})
	if err := w.Env.Vault.InitKeyFile(t.Context(), filepath.Join(t.TempDir(), "key.txt")); err != nil {
		t.Fatal(err)
	}
	c, theme := keptEarlier(t, w), ui.NewTheme(true)
	id, secret := typedIn(w)
	canary := screentest.NewCanary([]byte(secret))
	w.Seen = append(w.Seen, func(frame string) { canary.MustNotBeIn(t, "a frame", frame) })
	var made admin.Outcome
	rotate := func(session *admin.Session) ui.Panel {
		r, err := w.Env.Rotate(t.Context(), c)
		if err == nil {
			err = r.As(session)
		}
		if err != nil {
			t.Fatal(err)
		}
		return NewPlan(&theme, PlanContent[admin.Outcome]{
			Title: "A new secret for prod", As: "As " + session.Me().Label() + ".", Apply: r.Make,
			Make: func(ctx context.Context) (admin.Plan, error) {
				plan, err := r.Plan(ctx)
				plan.Name = c.Name
				return plan, err
			},
			Done: func(out admin.Outcome) (ui.Move, tea.Cmd) {
				made = out
				return ui.Close(), nil
			},
		})
	}
	shows(w, &theme, NewSignIn(&theme, SignInContent{
		Title: "A new secret for prod", Text: "Sign in as an admin.", Ways: w.Env.SignInWays(c.Host, nil),
		Open: func(way setup.SignInWay) func(context.Context) (*admin.Session, error) {
			return w.Env.OpenAdmin(setup.TargetOf(c), way)
		},
		Done: func(session *admin.Session) (ui.Move, tea.Cmd) {
			t.Cleanup(session.Close)
			return ui.Close().Then(ui.Open(rotate(session))), nil
		},
	}))
	w.See("a personal access token", "an OAuth secret of a service principal")
	w.Write("oauth")
	w.Press("enter")
	w.MustShow("Client ID", "never kept")
	w.Paste(id)
	w.Press("enter")
	w.MustNotShow("Nothing was pasted yet.") // it only goes on to the secret
	w.Paste("dose-not-the-one")
	w.Press("enter")
	w.See("Authentication failed", "paste it") // and the wrong one is forgotten
	w.Paste(secret)
	w.Press("enter")
	w.See("A new secret for prod", "To go on", "type prod and press enter")
	w.Write("pro")
	w.Press("enter")
	w.MustShow("Nothing was changed. Type prod to go on.")
	w.Write("d")
	w.Press("enter")
	w.See("Nothing is open.")
	w.Settle()
	if made.Secret.IsZero() || made.Done == 0 {
		t.Errorf("it made %+v", made)
	}
}

func TestOneEscapeClosesOneOfTheAdminsPanels(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "first-time"})
	theme := ui.NewTheme(true)
	never := func(ctx context.Context) (admin.Plan, error) {
		<-ctx.Done()
		return admin.Plan{}, ctx.Err()
	}
	planOf := func(offer setup.Offer, name string) (ui.Move, tea.Cmd) {
		return ui.Open(NewPlan(&theme, PlanContent[string]{Title: "For " + name, As: "As somebody.", Make: never})), nil
	}
	shows(w, &theme, NewOffers(&theme, OffersContent{
		Title: "Choose", Text: "As somebody.", Doing: "Asking", Chosen: planOf,
		Ask: func(context.Context) ([]setup.Offer, error) {
			return []setup.Offer{{Name: "A new one", Cells: []string{""}, Named: true}}, nil
		},
	}))
	w.See("A new one")
	w.Press("enter")
	w.MustShow("Display name", "plan it")
	w.Press("ctrl+u", "enter")
	w.MustShow("✗ ") // a name cannot be empty
	w.Write("mine")
	w.Press("enter")
	w.MustShow("For mine", "Looking what is there")
	w.Press("esc")
	w.MustShow("Display name", "mine")
	w.Press("esc")
	w.MustShow("A new one", "1 of 1")
	w.Press("esc")
	w.MustShow("Nothing is open.")
	w.Settle()
}

func TestAPlanThatChangesNothingInDatabricksIsConfirmedAllTheSame(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "first-time"})
	theme, told := ui.NewTheme(true), ""
	shows(w, &theme, NewPlan(&theme, PlanContent[string]{
		Title: "Disconnect", As: "As you.", Journal: "The journal tells.",
		Make: func(context.Context) (admin.Plan, error) {
			return admin.Plan{Name: "prod", Kept: []string{"everything in the workspace"}}, nil
		},
		Apply: func(_ context.Context, plan admin.Confirmed, _ admin.Watch) (string, error) {
			return "Disconnected " + plan.Plan().Name, nil
		},
		Done: func(done string) (ui.Move, tea.Cmd) { told = done; return ui.Close(), nil },
	}))
	w.See("Stays: everything in the workspace", "type prod")
	w.Write("prod")
	w.Press("enter")
	w.See("Nothing is open.")
	w.Clock.Advance(time.Second)
	w.Settle()
	if told != "Disconnected prod" {
		t.Errorf("it said %q", told)
	}
}
