package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestChangingTheHostSaysWhatItTookAlong(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.reachAssets()
	w.press("space")
	for w.Current() != int(Connect) {
		w.press("esc")
	}
	w.press("ctrl+u")
	w.paste(anotherHost)
	w.mustShow("Cleared, because it belonged to the old value: the connection", "test, the SQL warehouse, the catalog and schema, the tables.")
	w.settle()
	w.golden("connect/host-changed")
}

func TestChangingTheWayToSignInSaysWhatItTookAlong(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.signIn()
	w.press("esc", "ctrl+t")
	w.mustShow("Cleared, because it belonged to the old value: the connection", "Access token     paste it")
	w.press("ctrl+t")
	w.mustShow("OAuth secret     paste it")
	w.settle()
}

func TestASecretThatIsDeletedFromItsFieldIsGone(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.press("tab", "tab")
	w.mustShow("36 characters received")
	w.write("dose")
	w.mustShow("4 characters received")
	w.press("ctrl+u")
	w.mustShow("OAuth secret     paste it; it is never shown")
	if !w.setup.draft.Secret().IsZero() {
		t.Error("the draft keeps a secret that its field does not show")
	}
	w.press("enter")
	w.mustShow("The OAuth secret is empty.")
	w.write("d")
	w.mustNotShow("The OAuth secret is empty.")
}

func TestAPrefilledSecretStaysUntilAnotherIsTyped(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.press("tab", "tab", "tab", "tab", "tab", "backspace")
	if got := w.setup.draft.Secret().Len(); got != 36 {
		t.Errorf("%d characters are left", got)
	}
	w.signIn()
}

func TestALineBreakInAPasteSubmitsNothing(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Blank: true})
	w.paste(aHost + "\r\n")
	w.press("tab")
	w.paste(aClientID + "\n")
	w.press("tab")
	w.paste("dose0123456789abcdef0123456789abcdef\n")
	w.mustShow(aHost, aClientID, "36 characters received", "Blanks around it were left out.")
	w.mustNotShow("Test connection")
	w.settle()
}

func TestAHostOutsideTheDomainsIsTypedTwice(t *testing.T) {
	t.Parallel()
	allow, err := connector.AllowList(nil).Allow("lab.contoso.example:8443")
	if err != nil {
		t.Fatal(err)
	}
	w := begin(t, Person{Blank: true, Allow: allow})
	w.paste("lab.contoso.example:8443")
	w.mustShow("Host again", "allowed by name")
	w.press("tab")
	w.paste("lab.contoso.example")
	w.press("tab")
	w.paste(aClientID)
	w.press("tab")
	w.paste("dose0123456789abcdef0123456789abcdef")
	w.press("enter")
	w.mustShow("The two hosts differ.")
	w.mustNotShow("Test connection")
	w.settle()
	w.golden("connect/host-again")
	w.press("ctrl+u")
	w.paste("lab.contoso.example:8443")
	w.press("enter")
	w.mustShow("Test connection")
	w.see("Could not reach the workspace")
}

func TestATokenSignsInWithoutAClientID(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.press("ctrl+t", "tab")
	w.paste(string(w.workspace.Connector().Token.Reveal()))
	w.press("enter")
	w.see("Signed in as draftt-connector")
	w.settle()
	w.golden("connect/passed-with-token")
}
