package home

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
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

const madeSecret, deletedSecret = "done: " + string(admin.CreateSecret), "done: " + string(admin.DeleteSecret)

func TestAnAdminRotatesTwoConnectionsTogetherAndDeletesTheOldSecret(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	old := a.load("ops").Credentials.Secret
	a.open()
	a.Press("r", "enter")
	a.signsIn()
	a.See("Create OAuth secret", "Nothing changes before you confirm", setup.RotationTogether+": ops, prod")
	a.confirms(demo.ConnectorName)
	a.reads(`Switched "ops" to the new secret.`, `Switched "prod" to the new secret.`, setup.OldSecretUnused)
	a.Settle()
	a.Golden("home/rotate-switched")
	a.Press("enter")
	a.See("Delete the old secret of ops")
	for _, name := range []string{"ops", "prod"} {
		if c := a.load(name); c.Credentials.Secret.Equal(old) || c.SecretExpires.IsZero() || !c.Proof.Passed {
			t.Errorf("%s was not switched: %+v", name, c.Proof)
		}
	}
	a.confirms(demo.ConnectorName)
	a.See(`Switched "ops" to the new secret.`, `Switched "prod" to the new secret.`, "Deleted the old secret.")
	a.Settle()
	a.Golden("home/rotated")
	a.Press("enter")
	a.MustShow("› ops", "passed a moment ago", "Deleted the old secret.")
	a.hasJournal(madeSecret, deletedSecret)
	a.Press("t")
	a.See("Connected: read the table as the connector")
	if text := a.home.Farewell(); text != "" {
		t.Errorf("there is still something to say: %q", text)
	}
}

func TestTheOldSecretThatWasKeptIsDeletedByTheNextRotation(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	a.open()
	a.Press("r", "enter")
	a.signsIn()
	a.confirms(demo.ConnectorName)
	a.See(`Switched "ops" to the new secret.`, "enter delete the old secret")
	a.Press("enter")
	a.See("Delete the old secret of ops", "Delete OAuth secret")
	a.Press("esc")
	a.MustShow(`Switched "ops" to the new secret.`, "enter delete the old secret")
	a.Press("esc")
	a.MustShow("› ops", setup.OldSecretKept)
	a.hasJournal(madeSecret)
	a.Press("r", "enter")
	a.signsIn() // the session ended with the panel
	a.reads(setup.RotationLeft, "enter delete the old secret", "n make another new one")
	a.Press("enter")
	a.confirms(demo.ConnectorName)
	a.See("Deleted the old secret.")
	a.hasJournal(madeSecret, deletedSecret)
}

func TestASecretThatWasMadeAndNotSwitchedIsSaidAndGoesWithTheNext(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	old := a.load("ops").Credentials.Secret
	a.open()
	a.Press("r", "enter")
	a.signsIn()
	a.confirms(demo.ConnectorName)
	a.See(`Testing "ops" with the new secret`)
	a.Press("esc") // half way
	a.reads("is in no saved connection. Running rotate again deletes it and makes another.", "An admin session makes it")
	a.Press("esc")
	a.reads("› ops", "is in no saved connection")
	a.Settle()
	if !a.load("ops").Credentials.Secret.Equal(old) {
		t.Error("it was switched all the same")
	}
	if text := a.home.Farewell(); !strings.Contains(text, "is in no saved connection") {
		t.Errorf("leaving says %q", text)
	}
	a.Press("r", "enter")
	a.signsIn()
	a.See("Delete OAuth secret", "Create OAuth secret")
	a.confirms(demo.ConnectorName)
	a.See(`Switched "ops" to the new secret.`)
	a.hasJournal(madeSecret, deletedSecret, madeSecret)
	if a.load("ops").Credentials.Secret.Equal(old) {
		t.Error("it was not switched")
	}
}

func TestARefusedAdminChangesNothing(t *testing.T) {
	t.Parallel()
	scenario, err := demo.Find("ready")
	if err != nil {
		t.Fatal(err)
	}
	scenario.Faults = append(scenario.Faults, rest.Fault{
		Method: "POST", Path: "/api/2.0/accounts/servicePrincipals/*", Times: 1, Status: 403,
		Body: `{"error_code":"PERMISSION_DENIED","message":"Only account admins make secrets."}`,
	})
	a := inWorkspace(t, screentest.Person{World: scenario}, "ops")
	old := a.load("ops").Credentials.Secret
	a.open()
	a.Press("r", "enter")
	a.See("an OAuth secret of a service principal")
	a.Write("oauth")
	a.Press("enter")
	a.Paste(string(a.Workspace.Admin().ClientID))
	a.Press("enter")
	a.Paste("dose-not-the-one")
	a.Press("enter")
	a.See("Authentication failed")
	a.Press("esc", "esc")
	a.MustShow("An admin session makes it")
	a.Press("enter")
	a.signsIn()
	a.confirms(demo.ConnectorName)
	a.See("Only account admins make secrets", ": failed", "The journal tells what was done")
	a.Press("esc", "esc")
	a.MustShow("› ops")
	a.MustNotShow("is in no saved connection")
	if !a.load("ops").Credentials.Secret.Equal(old) {
		t.Error("the secret is another one")
	}
	a.hasJournal("failed: " + string(admin.CreateSecret))
}

func TestATypedSecretThatDoesNotSignInSwitchesNothing(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	old := a.load("ops").Credentials.Secret
	a.open()
	a.Press("r", "down", "enter")
	a.MustShow("It is tested first.", "enter test it")
	a.Press("enter")
	a.MustShow("Nothing was pasted yet.")
	a.Paste("dose-not-the-one")
	a.Press("enter")
	a.reads("Authentication failed", "The new secret does not sign in, so nothing was switched. The saved one stays.")
	a.Settle()
	a.Golden("home/rotate-typed-wrong")
	a.Press("esc")
	a.MustShow("It is tested first.", "paste it")
	a.Paste(string(old.Reveal()))
	a.Press("enter")
	a.See("This is the secret that is saved already.")
	a.Press("esc", "esc", "esc")
	a.MustShow("› ops")
	if !a.load("ops").Credentials.Secret.Equal(old) {
		t.Error("the secret is another one")
	}
	a.hasJournal()
}

func TestATypedSecretThatSignsInTakesThePlaceOfTheOldOne(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	made := a.makesSecret()
	a.open()
	a.Press("r", "down", "enter")
	a.Paste(string(made.Reveal()))
	a.Press("enter")
	a.reads(`Switched "ops" to the new secret.`, setup.OldSecretTheirs)
	a.Press("enter")
	a.MustShow("› ops", `Switched "ops" to the new secret.`)
	if !a.load("ops").Credentials.Secret.Equal(made) {
		t.Error("it was not switched")
	}
}

// makesSecret has an admin make a secret for the connector elsewhere.
func (a *person) makesSecret() connector.Secret {
	a.T.Helper()
	who, c := a.Workspace.Admin(), a.load("ops")
	session, err := a.Env.OpenAdminOf(c, setup.SignInWay{Creds: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret}})(a.T.Context())
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

// listed finds the first of the secrets to choose from.
var listed = regexp.MustCompile(`Choose one of ([^ ,]+)`)

func TestAnOldSecretThatIsNotClearIsNamedByItsID(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	a.makesSecret() // so that there are two that nothing here knows
	a.open()
	a.Press("r", "enter")
	a.signsIn()
	a.confirms(demo.ConnectorName)
	a.See(`Switched "ops" to the new secret.`)
	a.Press("enter")
	a.reads(`Switched "ops" to the new secret.`, "It is not clear which secret is meant.", "enter name the old secret")
	a.Settle()
	ids := listed.FindStringSubmatch(strings.Join(strings.Fields(a.Screen()), " "))
	if len(ids) < 2 {
		t.Fatalf("no secrets are listed:\n%s", a.Screen())
	}
	a.Press("enter")
	a.Write(ids[1])
	a.Press("enter")
	a.See("Delete OAuth secret", ids[1])
	a.confirms(demo.ConnectorName)
	a.See("Deleted the old secret.")
	a.hasJournal(madeSecret, deletedSecret)
}
