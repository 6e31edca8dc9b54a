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
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// interrupted walks to step 3 with its answers kept, and leaves as a crash does: without a word.
func interrupted(t *testing.T, env func(*Environment)) *walk {
	t.Helper()
	w := prepare(t, Person{Scenario: "ready", Own: true})
	env(&w.env)
	w.Rebuild()
	w.setup.KeepAnswers()
	w.open()
	w.signIn()
	w.chooseWarehouse()
	w.settle()
	w.leave()
	return w
}

// again is the next start of the program on the same machine, on the same workspace.
func (w *walk) again(from Interrupted) {
	w.t.Helper()
	env := w.setup.env
	env.Vault = vault.Open(env.Vault.Dir())
	w.setup = env.Continue(from, connector.Connection{})
	w.open()
}

func TestAnInterruptedSetUpGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	key := filepath.Join(t.TempDir(), "key.txt")
	w := interrupted(t, func(e *Environment) { e.KeyFile = key })
	found := FindInterrupted(t.Context(), w.setup.env)
	if len(found) != 1 || found[0].Step != Namespace || found[0].Session {
		t.Fatalf("found %+v", found)
	}
	w.again(found[0])
	w.mustShow(w.workspace.Host(), w.workspace.Connector().ClientID, "paste it; it is never shown")
	w.write(string(w.workspace.Connector().Secret.Reveal())) // the cursor is where the secret goes
	w.press("enter")
	w.see("Signed in as draftt-connector")
	w.press("enter")
	w.see("Choose the catalog and schema")
	w.chooseSchema("inventory", "assets")
	w.see("The way to the schema is open.")
	w.press("enter")
	w.see("Scope", "components")
	w.write("components")
	w.press("space", "enter")
	w.see("✓ read, 5 rows shown")
	w.settle()
	w.press("enter")
	w.see("Review and save")
	w.settle()
	w.press("enter")
	w.until("it is saved", w.Finished)
	if saved := w.setup.Saved(); saved.ID != found[0].ID() {
		t.Errorf("saved as %s, and the draft was %s", saved.ID, found[0].ID())
	}
	if left := FindInterrupted(t.Context(), w.setup.env); len(left) > 0 {
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
	w := interrupted(t, func(*Environment) {})
	if _, err := os.Stat(w.setup.env.Vault.Dir()); !os.IsNotExist(err) {
		t.Errorf("something was written where connections are saved: %v", err)
	}
	noSecrets := [][]byte{[]byte(w.workspace.Host()), []byte(w.workspace.Connector().ClientID), []byte("Starter"), w.workspace.Connector().Secret.Reveal()}
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
	if found := FindInterrupted(t.Context(), w.setup.env); len(found) != 1 || !found[0].Session {
		t.Errorf("found %+v", found)
	}
}

func TestWhereNothingCanSealNothingIsKept(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", "")
	w := interrupted(t, func(*Environment) {})
	if _, err := os.Stat(w.setup.env.Vault.Dir()); !os.IsNotExist(err) {
		t.Errorf("something was written: %v", err)
	}
	if text := w.setup.Farewell(); !bytes.Contains([]byte(text), []byte("--client-id "+w.workspace.Connector().ClientID)) {
		t.Errorf("the answers are nowhere:\n%s", text)
	}
}

func TestAnEditReplacesTheConnection(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.review()
	w.press("enter")
	w.until("it is saved", w.Finished)
	saved := w.setup.Saved()
	w.clock.Advance(time.Minute)
	var err error
	if w.setup, err = w.setup.env.Edit(saved); err != nil {
		t.Fatal(err)
	}
	w.open()
	w.mustShow("characters received")
	w.press("enter")
	w.see("Signed in as draftt-connector")
	w.press("enter")
	w.chooseWarehouse()
	w.settle()
	w.setup.draft.SetScope("tables")
	if err := w.setup.draft.SetName("renamed", FromYou); err != nil {
		t.Fatal(err)
	}
	hasRead(w.setup.draft)
	save, err := w.setup.Save(w.setup.Protector(nil))
	if err != nil {
		t.Fatal(err)
	}
	got, err := save(context.Background())
	if err != nil || got.ID != saved.ID || got.Name != "renamed" || got.Scope != "tables" || !got.CreatedAt.Equal(saved.CreatedAt) || !got.SecretSetAt.Equal(saved.SecretSetAt) {
		t.Errorf("%+v, %v", got, err)
	}
	if all, _, err := w.setup.env.Vault.List(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d connections, %v", len(all), err)
	}
}
