package home

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// signsIn types the credentials of the workspace's admin. None of it shows in any frame from then on.
func (a *person) signsIn() {
	a.T.Helper()
	who := a.Workspace.Admin()
	secret := string(who.Secret.Reveal())
	a.Seen = append(a.Seen, func(frame string) {
		if strings.Contains(frame, secret) {
			a.T.Error("a frame shows the admin's secret")
		}
	})
	a.See("an OAuth secret of a service principal")
	a.Write("oauth")
	a.Press("enter")
	a.Paste(string(who.ClientID))
	a.Press("enter")
	a.Paste(secret)
	a.Press("enter")
}

// confirms types what the plan in sight wants to have typed.
func (a *person) confirms(name string) {
	a.T.Helper()
	a.See("type " + name + " and press enter")
	a.Write(name)
	a.Press("enter")
}

// journal is what the admin sessions of this machine have changed.
func (a *person) journal() (changes []string) {
	a.T.Helper()
	j, err := admin.OpenJournal(filepath.Join(a.dir, "journal"))
	if err != nil {
		a.T.Fatal(err)
	}
	entries, err := j.Entries()
	if err != nil {
		a.T.Fatal(err)
	}
	for _, e := range entries {
		if e.Event == admin.Done || e.Event == admin.Failed {
			changes = append(changes, string(e.Event)+": "+string(e.Kind))
		}
	}
	text, err := os.ReadFile(filepath.Join(a.dir, "journal", admin.JournalName))
	if err == nil && strings.Contains(string(text), string(a.Workspace.Admin().Secret.Reveal())) {
		a.T.Error("the journal has the admin's secret")
	}
	return changes
}

func (a *person) hasJournal(want ...string) {
	a.T.Helper()
	if got := a.journal(); !slices.Equal(got, want) {
		a.T.Errorf("the journal tells of %q and not of %q", got, want)
	}
}

// makesSecret has an admin make a secret for the connector elsewhere.
func (a *person) makesSecret() connector.Secret {
	a.T.Helper()
	who, c := a.Workspace.Admin(), a.load("ops")
	way := setup.SignInWay{Creds: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret}}
	session, err := a.Env.OpenAdminOf(c, way)(a.T.Context())
	if err != nil {
		a.T.Fatal(err)
	}
	defer session.Close()
	j, err := admin.OpenJournal(a.T.TempDir())
	if err != nil {
		a.T.Fatal(err)
	}
	plan, err := session.PlanRotate(a.T.Context(), j, admin.Rotate{Principal: demo.ConnectorName})
	if err != nil {
		a.T.Fatal(err)
	}
	confirmed, err := plan.Confirmed(plan.Name)
	if err != nil {
		a.T.Fatal(err)
	}
	out, err := session.Apply(a.T.Context(), confirmed, j)
	if err != nil {
		a.T.Fatal(err)
	}
	return out.Secret
}
