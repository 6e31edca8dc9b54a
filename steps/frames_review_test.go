package steps

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/vault"
)

func TestReviewLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  Person
		play func(w *walk)
	}{
		{"review", Person{Scenario: "ready"}, func(*walk) {}},
		{"a-line", Person{Scenario: "ready"}, func(w *walk) { w.press("down", "down", "down") }},
		{"name-empty", Person{Scenario: "ready"}, func(w *walk) { w.press("ctrl+u", "enter") }},
		{"what-draftt-runs", Person{Scenario: "ready"}, func(w *walk) { w.press("ctrl+w") }},
		{"passphrase", Person{Scenario: "ready", Own: true}, func(w *walk) {
			w.see("opened by a passphrase")
			w.press("enter")
			w.see("Passphrase")
		}},
		{"passphrase-short", Person{Scenario: "ready", Own: true}, func(w *walk) {
			w.see("opened by a passphrase")
			w.press("enter")
			w.write("too short")
			w.press("enter")
		}},
		{"passphrases-differ", Person{Scenario: "ready", Own: true}, func(w *walk) {
			w.see("opened by a passphrase")
			w.press("enter")
			w.write("correct horse battery")
			w.press("enter")
			w.write("incorrect horse battery")
			w.press("enter")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			w.review()
			scene.play(w)
			w.settle()
			w.golden("review/" + scene.name)
		})
	}
}

func TestANameThatIsTakenIsSaidAndAnotherProposed(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready"})
	w.review()
	connection, err := w.setup.draft.Connection(w.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.setup.env.Vault.Save(t.Context(), connection); err != nil {
		t.Fatal(err)
	}
	w.press("enter")
	w.see("There is already a connection named")
	w.settle()
	w.golden("review/name-taken")
	w.press("enter")
	w.until("it is saved", w.Finished)
	if got := w.setup.Saved().Name; got != "inventory.assets 2" {
		t.Errorf("saved as %q", got)
	}
}

func TestWhatIsLeftInTheScrollbackAfterSaving(t *testing.T) {
	t.Parallel()
	t.Run("in the demo", func(t *testing.T) {
		t.Parallel()
		w := begin(t, Person{Scenario: "ready"})
		w.review()
		w.press("enter")
		w.until("it is saved", w.Finished)
		compareGolden(t, "review/transcript-demo", w.setup.Transcript())
	})
	t.Run("for a workspace of one's own", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), "vault")
		w := begin(t, Person{Scenario: "ready", Own: true, Vault: dir})
		w.review()
		w.see("opened by a passphrase")
		w.press("ctrl+u")
		w.write("Asset inventory – prod")
		w.press("enter")
		w.write("correct horse battery")
		w.press("enter")
		w.write("correct horse battery")
		w.press("enter")
		w.until("it is saved", w.Finished)
		compareGolden(t, "review/transcript-own", strings.ReplaceAll(w.setup.Transcript(), dir, "FOLDER"))
	})
}

func TestWhatIsLeftInTheScrollbackAfterLeaving(t *testing.T) {
	t.Parallel()
	for _, scene := range []struct {
		name string
		who  Person
	}{
		{"demo", Person{}},
		{"own", Person{Own: true, Answers: Answers{Schema: "`field-ops`.`work-orders`", Name: "it's ours"}}},
		{"own-blank", Person{Own: true, Blank: true}},
	} {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			w.press("ctrl+c", "ctrl+c")
			if !w.Left() {
				t.Error("ctrl+c twice did not leave")
			}
			compareGolden(t, "review/farewell-"+scene.name, w.setup.Farewell())
		})
	}
}

func TestTheSecondConnectionIsSavedWithTheSamePassphrase(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "vault")
	const passphrase = "correct horse battery"
	first := vault.Open(dir)
	if err := first.InitPassphrase(t.Context(), secretOf(passphrase)); err != nil {
		t.Fatal(err)
	}
	w := begin(t, Person{Scenario: "ready", Own: true, Vault: dir})
	w.review()
	w.press("enter")
	w.see("These connections are opened by a passphrase.")
	w.mustNotShow("Once more")
	w.write("incorrect horse")
	w.press("enter")
	w.see("The passphrase is not the one")
	w.settle()
	w.golden("review/wrong-passphrase")
	w.write(passphrase)
	w.press("enter")
	w.until("it is saved", w.Finished)
	if _, err := first.Load(t.Context(), "inventory.assets"); err != nil {
		t.Error(err)
	}
}

func TestGeneratedWordsAreTypedOnceMore(t *testing.T) {
	t.Parallel()
	w := begin(t, Person{Scenario: "ready", Own: true})
	w.review()
	w.see("opened by a passphrase")
	w.press("enter", "ctrl+g")
	w.mustShow("Write these down, then type them once more:")
	words := regexp.MustCompile(`[a-z]+(-[a-z]+){5}`).FindString(w.screen())
	if words == "" {
		t.Fatalf("no six words on\n%s", w.screen())
	}
	w.write("something else")
	w.press("enter")
	w.mustShow("The two differ.", words)
	w.write(words)
	w.press("enter")
	w.until("it is saved", w.Finished)
	newCanary([]byte(words)).mustNotBeIn(t, "the transcript", w.setup.Transcript())
}

func TestTheGrantIsSavedAsAFileThatCanBeRun(t *testing.T) {
	t.Chdir(t.TempDir())
	w := begin(t, Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.see("Looks again in")
	w.press("s")
	w.see("Saved to")
	script, err := os.ReadFile("grants.sql")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.workspace.Grant(t.Context(), string(script)); err != nil {
		t.Error(err)
	}
	w.press("r")
	w.see("The way to the schema is open.")
}
