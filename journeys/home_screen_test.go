package journeys

import (
	"os"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// furnish saves a connection to an embedded workspace on a machine with a key file.
func furnish(t *testing.T, scenario, name string) *machine {
	t.Helper()
	m := newMachine(t)
	m.saves(t, NewWorkspace(t, m.home, scenario), name)
	return m
}

// saves keeps a connection to a workspace on this machine.
func (m *machine) saves(t *testing.T, w *Workspace, name string) {
	t.Helper()
	c := connection(t, name)
	var err error
	if c.Host, _, err = connector.ParseHost(w.Host(), nil); err != nil {
		t.Fatal(err)
	}
	if c.CACerts, err = os.ReadFile(w.CAFile); err != nil {
		t.Fatal(err)
	}
	c.Credentials.ClientID, c.Credentials.Secret = w.Connector().ClientID, w.Connector().Secret
	v := vault.Open(m.folder)
	if err := v.Unlock(t.Context(), vault.Keys{KeyFile: m.keyFile}); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Save(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func TestTheBareCommandIsHomeWhereAConnectionIsSaved(t *testing.T) {
	t.Parallel()
	m := furnish(t, "ready", "Field ops")
	term := NewAt(t, m.home, 80, 24, "--key-file", m.keyFile)
	term.WaitFor("Your connections", "› Field ops", "never tested", "opened by a key file")
	term.Press("Enter")
	term.WaitFor(`Test "Field ops"`, "✓ Rows", "Connected: read the table as the connector")
	term.Press("Escape")
	term.WaitFor("passed ", " ago")
	term.Press("u")
	term.WaitFor(`What "Field ops" may do`, "Read-only certificate")
	term.Press("Escape")
	term.WaitUntilGone("Read-only certificate")
	term.Press("r")
	term.WaitFor(`Give "Field ops" a new secret`, "Where does the new secret come from?", "An admin session makes it")
	term.Press("Enter")
	term.WaitFor("An admin signs in for this alone.", "a personal access token, typed in")
	term.Press("Escape")
	term.WaitUntilGone("An admin signs in for this alone.")
	term.Press("Escape")
	term.WaitFor("Your connections", "› Field ops")
	term.Resize(60, 18)
	term.WaitFor("› Field ops", "passed", "e edit")
	term.Press("C-c")
	term.WaitFor("Leave?")
	term.Press("C-c")
	term.WaitForExit(0)
	m.run("list").expect(t, 0, "Field ops", "passed")
}

func TestASecretIsRotatedAtHomeAndTheConnectionDisconnected(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	w := NewWorkspace(t, m.home, "ready")
	m.saves(t, w, "Field ops")
	term := NewAt(t, m.home, 80, 24, "--key-file", m.keyFile)
	signIn := func() {
		term.WaitFor("an OAuth secret of a service principal")
		term.Type("oauth")
		term.Press("Enter")
		term.WaitFor("Client ID")
		term.Type(string(w.Admin().ClientID))
		term.Press("Enter")
		term.Type(string(w.Admin().Secret.Reveal()))
		term.WaitFor("36 characters received")
		term.Press("Enter")
	}
	term.WaitFor("› Field ops")
	term.Press("r", "Enter")
	signIn()
	term.WaitFor("Create OAuth secret", "type draftt-connector and press enter")
	term.Type("draftt-connector")
	term.Press("Enter")
	term.WaitFor(`Switched "Field ops" to the new secret.`, "d delete the old secret")
	term.Press("d")
	term.WaitFor("Delete OAuth secret")
	term.Type("draftt-connector")
	term.Press("Enter")
	term.WaitFor("Deleted the old secret.")
	term.Press("Enter")
	term.WaitFor("› Field ops", "Deleted the old secret.")
	m.run("test", "Field ops").expect(t, 0, "Connected: read the table as the connector")
	term.Press("d", "Enter")
	signIn()
	term.WaitFor("Will be deleted", "type Field ops and press enter")
	term.Type("Field ops")
	term.Press("Enter")
	term.WaitFor("Nothing is saved any more.", `Disconnected "Field ops".`)
	term.Press("C-c", "C-c")
	term.WaitForExit(0)
}

func TestHomeLeadsToTheWizardAndOffersWhatWasLeft(t *testing.T) {
	t.Parallel()
	m := furnish(t, "ready", "Field ops")
	term := NewAt(t, m.home, 80, 24, "--key-file", m.keyFile)
	term.WaitFor("› Field ops")
	term.Press("e")
	term.WaitFor(`Edit "Field ops"`, "adb-7405605741000000.0.azuredatabricks.net", "36 characters received")
	term.SignIn()
	term.Press("C-c", "C-c")
	term.WaitFor("Your connections", "› Field ops", `Nothing changed; "Field ops" is as it was.`)
	term.Press("n")
	term.WaitFor("Connect to your workspace")
	term.Type("adb-7405605741000000.0.azuredatabricks.net")
	term.Press("Tab")
	term.Type("6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22")
	term.WaitFor("6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22")
	term.Press("C-c", "C-c")
	term.WaitFor("› Set-up that was left", "left at step 1", "Field ops", "The answers are kept here")
	term.Press("Enter")
	term.WaitFor("Connect to your workspace", "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22")
	term.Press("C-c", "C-c")
	term.WaitFor("› Set-up that was left")
	term.Press("x")
	term.WaitFor("Its answers are deleted", "enter forget it")
	term.Press("Enter")
	term.WaitFor("Forgotten.", "› Field ops")
	term.Press("C-c", "C-c")
	term.WaitForExit(0)
}

func TestHomeLineByLine(t *testing.T) {
	t.Parallel()
	m := furnish(t, "ready", "Field ops")
	term := NewAt(t, m.home, 100, 50, "--plain", "--key-file", m.keyFile)
	term.WaitFor("1. Field ops", "n for a new connection")
	term.Press("Enter")
	term.WaitFor("1. test, to a real read", "13. delete")
	term.Press("Enter")
	term.WaitFor("✓ S16 Rows", "Connected: read the table as the connector")
	term.WaitFor("passed ", " ago")
	term.Type("q")
	term.Press("Enter")
	term.WaitForExit(0)
}

func TestWithoutASavedConnectionTheBareCommandIsTheFirstStep(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24)
	term.WaitFor("› Connect", "Warehouse", "Review")
	m := newMachine(t)
	term = NewAt(t, m.home, 80, 24, "--key-file", m.keyFile)
	term.WaitFor("› Connect", "Warehouse", "Review")
}
