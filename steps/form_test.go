package steps

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestChangingTheHostSaysWhatItTookAlong(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.reachAssets()
	w.Press("space")
	for w.Current() != int(setup.Connect) {
		w.Press("esc")
	}
	w.Press("ctrl+u")
	w.Paste(screentest.AnotherHost)
	w.MustShow("Cleared, because it belonged to the old value: the connection", "test, the SQL warehouse, the catalog and schema, the tables.")
	w.Settle()
	w.Golden("connect/host-changed")
}

func TestChangingTheWayToSignInSaysWhatItTookAlong(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.signIn()
	w.Press("esc", "ctrl+t")
	w.MustShow("Cleared, because it belonged to the old value: the connection", "Access token     paste it")
	w.Press("ctrl+t")
	w.MustShow("OAuth secret     paste it")
	w.Settle()
}

func TestASecretThatIsDeletedFromItsFieldIsGone(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.Press("tab", "tab")
	w.MustShow("36 characters received")
	w.Write("dose")
	w.MustShow("4 characters received")
	w.Press("ctrl+u")
	w.MustShow("OAuth secret     paste it; it is never shown")
	if !w.Setup.Draft().Secret().IsZero() {
		t.Error("the draft keeps a secret that its field does not show")
	}
	w.Press("enter")
	w.MustShow("The OAuth secret is empty.")
	w.Write("d")
	w.MustNotShow("The OAuth secret is empty.")
}

func TestAPrefilledSecretStaysUntilAnotherIsTyped(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.Press("tab", "tab", "tab", "tab", "tab", "backspace")
	if got := w.Setup.Draft().Secret().Len(); got != 36 {
		t.Errorf("%d characters are left", got)
	}
	w.signIn()
}

func TestALineBreakInAPasteSubmitsNothing(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Blank: true})
	w.Paste(screentest.AHost + "\r\n")
	w.Press("tab")
	w.Paste(screentest.AClientID + "\n")
	w.Press("tab")
	w.Paste("dose0123456789abcdef0123456789abcdef\n")
	w.MustShow(screentest.AHost, screentest.AClientID, "36 characters received", "Blanks around it were left out.")
	w.MustNotShow("Test connection")
	w.Settle()
}

func TestAHostOutsideTheDomainsIsTypedTwice(t *testing.T) {
	t.Parallel()
	allow, err := connector.AllowList(nil).Allow("lab.contoso.example:8443")
	if err != nil {
		t.Fatal(err)
	}
	w := begin(t, screentest.Person{Blank: true, Allow: allow})
	w.Paste("lab.contoso.example:8443")
	w.MustShow("outside the Databricks domains")
	w.Press("tab")
	w.Paste(screentest.AClientID)
	w.MustNotShow("Host again") // no question comes between the fields
	w.Press("tab")
	w.Paste("dose0123456789abcdef0123456789abcdef")
	w.Press("enter")
	w.MustShow("Host again", "The host was typed once.")
	w.Press("esc", "enter")
	w.Paste("lab.contoso.example")
	w.Press("enter")
	w.MustShow("The two hosts differ.")
	w.MustNotShow("Test connection")
	w.Settle()
	w.Golden("connect/host-again")
	w.Press("ctrl+u")
	w.Paste("lab.contoso.example:8443")
	w.Press("enter")
	w.MustShow("Test connection")
	w.See("Could not reach the workspace")
}

// TestTheFormSendsNoSecretToAForeignHostThatWasTypedOnce presses enter with everything in its field but a second typing that is right, and then
// completes it where the cursor stands.
func TestTheFormSendsNoSecretToAForeignHostThatWasTypedOnce(t *testing.T) {
	t.Parallel()
	allow, err := connector.AllowList(nil).Allow("lab.contoso.example:8443")
	if err != nil {
		t.Fatal(err)
	}
	w := begin(t, screentest.Person{Blank: true, Allow: allow})
	w.Paste("lab.contoso.example:8443")
	w.Press("tab")
	w.Paste(screentest.AClientID)
	w.Press("tab")
	w.Paste("dose0123456789abcdef0123456789abcdef")
	w.Press("enter")
	for more, told := range map[string]string{"": "The host was typed once.", "lab.contoso.example": "The two hosts differ."} {
		w.Press("ctrl+u")
		w.Write(more)
		w.Press("enter")
		w.MustShow("Host again", told)
		w.MustNotShow("Test connection")
		if !w.Setup.Draft().MustConfirm() {
			t.Fatalf("%q confirms the host", more)
		}
	}
	w.Press("ctrl+u")
	w.Write("lab.contoso.example:8443")
	w.Press("enter")
	w.MustShow("Test connection")
}

func TestAHostAndAClientIDThatWereSwappedAreSwappedBackByOneKey(t *testing.T) {
	t.Parallel()
	for _, host := range []string{screentest.AHost, "127.0.0.1:8443"} {
		w := begin(t, screentest.Person{Blank: true})
		w.Paste(screentest.AClientID)
		w.Press("tab")
		w.MustShow("This looks like a client ID.")
		w.Paste(host)
		w.MustShow("This looks like a workspace host.", "ctrl+x swaps the host and the client ID.")
		w.Press("ctrl+x")
		if d := w.Setup.Draft(); d.HostText() != host || d.ClientIDText() != screentest.AClientID {
			t.Errorf("the host is %q, the client ID %q", d.HostText(), d.ClientIDText())
		}
	}
}

func TestATokenSignsInWithoutAClientID(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.Press("ctrl+t", "tab")
	w.Paste(string(w.Workspace.Connector().Token.Reveal()))
	w.Press("enter")
	w.See("Signed in as draftt-connector")
	w.Settle()
	w.Golden("connect/passed-with-token")
}

// TestWhatIsAskedForAsTheHostAgainIsWhatIsAccepted types the first host with the workspace's number behind it, as an address bar has it.
func TestWhatIsAskedForAsTheHostAgainIsWhatIsAccepted(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"lab.contoso.example", "lab.contoso.example:8443"} {
		allow, err := connector.AllowList(nil).Allow(host)
		if err != nil {
			t.Fatal(err)
		}
		w := begin(t, screentest.Person{Blank: true, Allow: allow})
		w.Paste("https://" + host + "/?o=7405605741000000")
		w.Press("tab")
		w.Paste(screentest.AClientID)
		w.Press("tab")
		w.Paste("dose0123456789abcdef0123456789abcdef")
		w.Press("enter")
		w.MustShow("The host was typed once. Type", host+", once")
		w.Paste(host)
		w.Press("enter")
		w.MustShow("Test connection")
		if w.Setup.Draft().MustConfirm() {
			t.Errorf("%s is still to be confirmed", host)
		}
		w.See("Could not reach the workspace")
	}
}

func TestAfterAFailedSignInEnterLeadsToTheFieldAtFault(t *testing.T) {
	t.Parallel()
	for scenario, held := range map[string]string{"wrong-secret": "1 character received", "unreachable": "Workspace host"} {
		w := begin(t, screentest.Person{Scenario: scenario})
		w.Press("enter")
		w.See("enter edit")
		w.Press("d")
		w.MustShow("Details")
		w.Press("esc") // of the details alone
		w.MustShow("enter edit", "d details")
		w.Press("enter")
		w.MustShow("Connect to your workspace")
		w.Write("x")
		w.MustShow(held)
		atHost := w.Setup.Draft().HostText() != w.Workspace.Host()
		if want := scenario == "unreachable"; atHost != want {
			t.Errorf("%s: the host was edited: %v", scenario, atHost)
		}
	}
}
