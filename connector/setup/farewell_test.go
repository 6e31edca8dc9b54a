package setup

import (
	"strings"
	"testing"
)

// Files that were written for the owners are named in the terminal wherever a set-up ends: saved, left, and back from an edit.
func TestTheFilesForTheOwnersAreNamedAtEveryEnd(t *testing.T) {
	t.Parallel()
	const page = "/handed/off/data-governance.md"
	w := begin(t, "ready")
	edit, err := w.env.Edit(w.save("prod"))
	if err != nil {
		t.Fatal(err)
	}
	edit.HandedOff(HandedOff{files: []string{page}})
	fresh := New(w.env, NewDraft(nil))
	fresh.HandedOff(HandedOff{files: []string{page}})
	fresh.Took(edit.Outcome().Editing)
	for end, told := range map[string]string{"an edit that was left": edit.Farewell(), "back home": edit.BackHome(), "a set-up that was saved": fresh.Transcript()} {
		if !strings.Contains(told, "For the owners:\n  "+page+"\n") {
			t.Errorf("%s says %q", end, told)
		}
	}
}
