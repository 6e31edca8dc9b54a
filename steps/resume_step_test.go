package steps

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestANameThatWasTypedAndNotSavedIsKept(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "ready", Own: true})
	w.Env.KeyFile = filepath.Join(t.TempDir(), "key.txt")
	w.Rebuild()
	w.Setup.KeepAnswers()
	w.open()
	w.review()
	w.Write("east") // takes the place of the name that is proposed
	w.Leave()
	w.Setup.KeepNow(t.Context())
	found := setup.FindInterrupted(t.Context(), w.Setup.Environment())
	if len(found) != 1 || found[0].Step != setup.Review || found[0].Draft.Name() != "east" {
		t.Errorf("found %+v", found)
	}
}

// TestTheFirstStepIsKeptAsSoonAsAFieldIsLeft ends without a farewell, as a killed program does.
func TestTheFirstStepIsKeptAsSoonAsAFieldIsLeft(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "ready", Own: true, Blank: true})
	w.Env.KeyFile = filepath.Join(t.TempDir(), "key.txt")
	w.Rebuild()
	w.Setup.KeepAnswers()
	w.open()
	host, client := w.Workspace.Host(), w.Workspace.Connector().ClientID
	keeps := func(id connector.ClientID) func() bool {
		return func() bool {
			found := setup.FindInterrupted(t.Context(), w.Setup.Environment())
			return len(found) == 1 && found[0].Step == setup.Connect && found[0].Draft.Host().String() == host && found[0].Draft.ClientID() == id
		}
	}
	w.Write(host)
	w.Press("tab")
	w.Until("the host is kept", keeps(""))
	w.Write(string(client))
	w.Press("tab")
	w.Until("the client ID is kept", keeps(client))
}

// TestWhereNothingCanBeSealedTheFarewellSaysSo leaves on a machine without a keychain, a key file and a folder of the session.
func TestWhereNothingCanBeSealedTheFarewellSaysSo(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", "")
	w := prepare(t, screentest.Person{Scenario: "ready", Own: true})
	w.Setup.KeepAnswers()
	w.open()
	w.signIn()
	w.chooseWarehouse()
	w.Leave()
	w.Setup.KeepNow(t.Context())
	told := w.Setup.Farewell()
	for _, want := range []string{"none is written unsealed", "setup --key-file FILE keeps them", "setup --host " + w.Workspace.Host(), "To choose again: warehouse Starter Warehouse\n"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is missing in:\n%s", want, told)
		}
	}
}
