package steps

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// interrupted walks to step 3 with its answers kept, and leaves as a crash does: without a word.
func interrupted(t *testing.T, env func(*setup.Environment)) *walk {
	t.Helper()
	w := prepare(t, screentest.Person{Scenario: "ready", Own: true})
	env(&w.Env)
	w.Rebuild()
	w.Setup.KeepAnswers()
	w.open()
	w.signIn()
	w.chooseWarehouse()
	w.Settle()
	w.Leave()
	return w
}

// again is the next start of the program on the same machine, on the same workspace.
func (w *walk) again(from setup.Interrupted) {
	w.T.Helper()
	env := w.Setup.Environment()
	env.Vault = vault.Open(env.Vault.Dir())
	w.Setup = env.Continue(from, connector.Connection{})
	w.open()
}

func TestAnInterruptedSetUpGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	key := filepath.Join(t.TempDir(), "key.txt")
	w := interrupted(t, func(e *setup.Environment) { e.KeyFile = key })
	found := setup.FindInterrupted(t.Context(), w.Setup.Environment())
	if len(found) != 1 || found[0].Step != setup.Namespace || found[0].Session {
		t.Fatalf("found %+v", found)
	}
	w.again(found[0])
	w.MustShow(w.Workspace.Host(), string(w.Workspace.Connector().ClientID), "paste it; it is never shown")
	w.Write(string(w.Workspace.Connector().Secret.Reveal())) // the cursor is where the secret goes
	w.Press("enter")
	w.See("Signed in as draftt-connector")
	w.Press("enter")
	w.See("Choose the catalog and schema")
	w.chooseSchema("inventory", "assets")
	w.See("The way to the schema is open.")
	w.Press("enter")
	w.See("Scope", "components")
	w.Write("components")
	w.Press("space", "enter")
	w.See("✓ read, 5 rows shown")
	w.Settle()
	w.Press("enter")
	w.See("Review and save")
	w.Settle()
	w.Press("enter")
	w.finishes()
	if saved := w.Setup.Saved(); saved.ID != found[0].ID() {
		t.Errorf("saved as %s, and the draft was %s", saved.ID, found[0].ID())
	}
	if left := setup.FindInterrupted(t.Context(), w.Setup.Environment()); len(left) > 0 {
		t.Errorf("a set-up that was finished is offered: %+v", left)
	}
}

func TestWhereOnlyAPassphraseCouldSealTheSessionFolderDoes(t *testing.T) {
	session := t.TempDir()
	if err := os.Chmod(session, 0o700); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the keychain serves instead")
	}
	t.Setenv("XDG_RUNTIME_DIR", session)
	w := interrupted(t, func(*setup.Environment) {})
	if _, err := os.Stat(w.Setup.Environment().Vault.Dir()); !os.IsNotExist(err) {
		t.Errorf("something was written where connections are saved: %v", err)
	}
	noSecrets := [][]byte{[]byte(w.Workspace.Host()), []byte(w.Workspace.Connector().ClientID), []byte("Starter"), w.Workspace.Connector().Secret.Reveal()}
	err := filepath.WalkDir(session, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for _, text := range noSecrets {
			if bytes.Contains(content, text) {
				t.Errorf("%s holds %q in the clear", entry.Name(), text)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if found := setup.FindInterrupted(t.Context(), w.Setup.Environment()); len(found) != 1 || !found[0].Session {
		t.Errorf("found %+v", found)
	}
}

func TestWhereNothingCanSealNothingIsKept(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", "")
	w := interrupted(t, func(*setup.Environment) {})
	if _, err := os.Stat(w.Setup.Environment().Vault.Dir()); !os.IsNotExist(err) {
		t.Errorf("something was written: %v", err)
	}
	if text := w.Setup.Farewell(); !bytes.Contains([]byte(text), []byte("--client-id "+w.Workspace.Connector().ClientID)) {
		t.Errorf("the answers are nowhere:\n%s", text)
	}
}

func TestAnEditReplacesTheConnection(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.review()
	w.Press("enter")
	w.finishes()
	saved := w.Setup.Saved()
	w.Clock.Advance(time.Minute)
	var err error
	if w.Setup, err = w.Setup.Environment().Edit(saved); err != nil {
		t.Fatal(err)
	}
	w.open()
	name := `"` + saved.Name + `"`
	w.MustShow("characters received", "Edit "+name, "enter tests the connection; "+name+" stays as it is", "esc leave")
	w.Press("ctrl+c")
	w.MustShow(name + " stays as it is. Leave?")
	w.Press("f6")
	w.Press("enter")
	w.See("Signed in as draftt-connector")
	w.Press("enter")
	w.chooseWarehouse()
	w.Settle()
	w.Setup.Draft().SetScope("tables")
	if err := w.Setup.Draft().SetName("renamed", setup.FromYou); err != nil {
		t.Fatal(err)
	}
	screentest.HasRead(w.Setup.Draft())
	save, err := w.Setup.Save(w.Setup.Protector(nil))
	if err != nil {
		t.Fatal(err)
	}
	got, err := save(context.Background())
	if err != nil || got.ID != saved.ID || got.Name != "renamed" || got.Scope != "tables" || !got.CreatedAt.Equal(saved.CreatedAt) || !got.SecretSetAt.Equal(saved.SecretSetAt) {
		t.Errorf("%+v, %v", got, err)
	}
	if all, _, err := w.Setup.Environment().Vault.List(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d connections, %v", len(all), err)
	}
}
