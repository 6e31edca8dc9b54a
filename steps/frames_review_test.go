package steps

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestReviewLooksAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		who  person
		play func(w *walk)
	}{
		{"review", person{scenario: "ready"}, func(*walk) {}},
		{"a-line", person{scenario: "ready"}, func(w *walk) { w.press("down", "down", "down") }},
		{"name-empty", person{scenario: "ready"}, func(w *walk) { w.press("ctrl+u", "enter") }},
		{"what-draftt-runs", person{scenario: "ready"}, func(w *walk) { w.press("ctrl+w") }},
		{"passphrase", person{scenario: "ready", own: true}, func(w *walk) {
			w.see("opened by a passphrase")
			w.press("enter")
			w.see("Passphrase")
		}},
		{"passphrase-short", person{scenario: "ready", own: true}, func(w *walk) {
			w.see("opened by a passphrase")
			w.press("enter")
			w.write("too short")
			w.press("enter")
		}},
		{"passphrases-differ", person{scenario: "ready", own: true}, func(w *walk) {
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
	w := begin(t, person{scenario: "ready"})
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
		w := begin(t, person{scenario: "ready"})
		w.review()
		w.press("enter")
		w.until("it is saved", w.Finished)
		compareGolden(t, "review/transcript-demo", w.setup.Transcript())
	})
	t.Run("for a workspace of one's own", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), "vault")
		w := begin(t, person{scenario: "ready", own: true, vault: dir})
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
		who  person
	}{
		{"demo", person{}},
		{"own", person{own: true, answers: Answers{Schema: "`field-ops`.`work-orders`", Name: "it's ours"}}},
		{"own-blank", person{own: true, blank: true}},
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
