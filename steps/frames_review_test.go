package steps

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestReviewLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  screentest.Person
		play func(w *walk)
	}{
		{"review", screentest.Person{Scenario: "ready"}, func(*walk) {}},
		{"a-line", screentest.Person{Scenario: "ready"}, func(w *walk) { w.Press("down", "down", "down") }},
		{"name-empty", screentest.Person{Scenario: "ready"}, func(w *walk) { w.Press("ctrl+u", "enter") }},
		{"what-is-run", screentest.Person{Scenario: "ready"}, func(w *walk) { w.Press("ctrl+w") }},
		{"passphrase", screentest.Person{Scenario: "ready", Own: true}, func(w *walk) {
			w.See("opened by a passphrase")
			w.Press("enter")
			w.See("Passphrase")
		}},
		{"passphrase-short", screentest.Person{Scenario: "ready", Own: true}, func(w *walk) {
			w.See("opened by a passphrase")
			w.Press("enter")
			w.Write("too short")
			w.Press("enter")
		}},
		{"passphrases-differ", screentest.Person{Scenario: "ready", Own: true}, func(w *walk) {
			w.See("opened by a passphrase")
			w.Press("enter")
			w.Write("correct horse battery")
			w.Press("enter")
			w.Write("incorrect horse battery")
			w.Press("enter")
		}},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			w.review()
			scene.play(w)
			w.Settle()
			w.Golden("review/" + scene.name)
		})
	}
}

func TestANameThatIsTakenIsSaidAndAnotherProposed(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready"})
	w.review()
	connection, err := w.Setup.Draft().Connection(w.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Setup.Environment().Vault.Save(t.Context(), connection); err != nil {
		t.Fatal(err)
	}
	w.Press("enter")
	w.See("There is already a connection named")
	w.Settle()
	w.Golden("review/name-taken")
	w.Press("enter")
	w.finishes()
	if got := w.Setup.Saved().Name; got != "inventory.assets 2" {
		t.Errorf("saved as %q", got)
	}
}

func TestWhatIsLeftInTheScrollbackAfterSaving(t *testing.T) {
	t.Parallel()
	t.Run("in the demo", func(t *testing.T) {
		t.Parallel()
		w := begin(t, screentest.Person{Scenario: "ready"})
		w.review()
		w.Press("enter")
		w.finishes()
		screentest.CompareGolden(t, "review/transcript-demo", w.Setup.Transcript())
	})
	t.Run("for a workspace of one's own", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), "vault")
		w := begin(t, screentest.Person{Scenario: "ready", Own: true, Vault: dir})
		w.review()
		w.See("opened by a passphrase")
		w.Press("ctrl+u")
		w.Write("Asset inventory – prod")
		w.Press("enter")
		w.Write("correct horse battery")
		w.Press("enter")
		w.Write("correct horse battery")
		w.Press("enter")
		w.finishes()
		screentest.CompareGolden(t, "review/transcript-own", strings.ReplaceAll(w.Setup.Transcript(), dir, "FOLDER"))
	})
}

func TestWhatIsLeftInTheScrollbackAfterLeaving(t *testing.T) {
	t.Parallel()
	for _, scene := range []struct {
		name string
		who  screentest.Person
	}{
		{"demo", screentest.Person{}},
		{"own", screentest.Person{Own: true, Answers: setup.Answers{Schema: "`field-ops`.`work-orders`", Name: "it's ours"}}},
		{"own-blank", screentest.Person{Own: true, Blank: true}},
	} {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			w.Press("ctrl+c", "ctrl+c")
			if !w.Left() {
				t.Error("ctrl+c twice did not leave")
			}
			screentest.CompareGolden(t, "review/farewell-"+scene.name, w.Setup.Farewell())
		})
	}
}

func TestTheSecondConnectionIsSavedWithTheSamePassphrase(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "vault")
	const passphrase = screentest.Passphrase
	first := vault.Open(dir)
	screentest.ProtectByPassphrase(t, first)
	w := begin(t, screentest.Person{Scenario: "ready", Own: true, Vault: dir})
	w.review()
	w.Press("enter")
	w.See("These connections are opened by a passphrase.")
	w.MustNotShow("Once more")
	w.Write("incorrect horse")
	w.Press("enter")
	w.See("The passphrase is not the one")
	w.Settle()
	w.Golden("review/wrong-passphrase")
	w.Write(passphrase)
	w.Press("enter")
	w.finishes()
	if _, err := first.Load(t.Context(), "inventory.assets"); err != nil {
		t.Error(err)
	}
}

func TestGeneratedWordsAreTypedOnceMore(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "ready", Own: true})
	w.review()
	w.See("opened by a passphrase")
	w.Press("enter", "ctrl+g")
	w.MustShow("Write these down, then type them once more:")
	words := regexp.MustCompile(`[a-z]+(-[a-z]+){5}`).FindString(w.Screen())
	if words == "" {
		t.Fatalf("no six words on\n%s", w.Screen())
	}
	w.Write("something else")
	w.Press("enter")
	w.MustShow("The two differ.", words)
	w.Write(words)
	w.Press("enter")
	w.finishes()
	screentest.NewCanary([]byte(words)).MustNotBeIn(t, "the transcript", w.Setup.Transcript())
}

func TestTheGrantIsSavedAsAFileThatCanBeRun(t *testing.T) {
	t.Chdir(t.TempDir())
	w := begin(t, screentest.Person{})
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("Looks again in")
	w.Press("s")
	w.See("Saved to")
	script, err := os.ReadFile("grants.sql")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Workspace.Grant(t.Context(), string(script)); err != nil {
		t.Error(err)
	}
	w.Press("r")
	w.See("The way to the schema is open.")
}
