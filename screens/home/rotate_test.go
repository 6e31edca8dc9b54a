package home

import (
	"regexp"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest"
)

const madeSecret, deletedSecret = "done: " + string(admin.CreateSecret), "done: " + string(admin.DeleteSecret)

func TestAnAdminRotatesTwoConnectionsTogetherAndDeletesTheOldSecret(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	old := a.load("ops").Credentials.Secret
	a.open()
	a.Press("r", "enter")
	a.signsIn()
	a.See("Create OAuth secret", "Nothing changes before you confirm", saved.RotationTogether+": ops, prod")
	a.confirms(demo.ConnectorName)
	a.reads(`Switched "ops" to the new secret.`, `Switched "prod" to the new secret.`, saved.OldSecretUnused)
	a.Settle()
	a.Golden("home/rotate-switched")
	a.Press("d")
	a.See(`Delete the old secret of "ops"`)
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
	a.See(`Switched "ops" to the new secret.`, "d delete the old secret")
	a.Press("d")
	a.See(`Delete the old secret of "ops"`, "Delete OAuth secret")
	a.Press("esc")
	a.MustShow(`Switched "ops" to the new secret.`, "d delete the old secret")
	a.Press("esc")
	a.MustShow("› ops", saved.OldSecretKept)
	a.hasJournal(madeSecret)
	a.Press("r", "enter")
	a.signsIn() // the session ended with the panel
	a.reads(saved.RotationLeft, "d delete the old secret", "n make another")
	a.Press("d")
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
	a.reads(`Switched "ops" to the new secret.`, saved.OldSecretTheirs)
	a.Press("enter")
	a.MustShow("› ops", `Switched "ops" to the new secret.`)
	if !a.load("ops").Credentials.Secret.Equal(made) {
		t.Error("it was not switched")
	}
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
	a.Press("d")
	a.reads(`Switched "ops" to the new secret.`, "It is not clear which secret is meant.", "d name the old secret")
	a.Settle()
	ids := listed.FindStringSubmatch(strings.Join(strings.Fields(a.Screen()), " "))
	if len(ids) < 2 {
		t.Fatalf("no secrets are listed:\n%s", a.Screen())
	}
	a.Press("d")
	a.Write(ids[1])
	a.Press("enter")
	a.See("Delete OAuth secret", ids[1])
	a.confirms(demo.ConnectorName)
	a.See("Deleted the old secret.")
	a.hasJournal(madeSecret, deletedSecret)
}

func TestATokenIsTypedSinceItsOwnerMakesIt(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready")
	c := a.connection("ops")
	c.Credentials = connector.Credentials{Method: connector.PAT, Secret: screentest.SecretOf("dapi-the-old-one")}
	v := vault.Open(a.dir)
	a.unlock(v)
	if _, err := v.Save(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	a.open()
	a.Press("r")
	a.reads("The new personal access token is made in the workspace. "+saved.RotationTests, "enter test it")
	a.MustNotShow(saved.RotationByAdmin)
	a.Paste("dapi-not-the-one")
	a.Press("enter")
	a.reads("The new secret does not sign in, so nothing was switched.")
	a.Press("esc")
	a.MustShow("enter test it")
	a.Press("esc")
	a.MustShow("› ops")
}
