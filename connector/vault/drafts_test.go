package vault

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// answers are what a caller might keep, with a line end and a zero byte in them that must come back as they were.
var answers = []byte("{\"host\": \"" + hostText + "\",\n \"catalog\": \"inventory_prod\", \"x\": \"<\x00>\"}\n")

// waitingSince is a vault with a clock that a test can turn, and a draft in it.
func waitingSince(t *testing.T) (v *Vault, keyFile string, clock *time.Time, d Draft) {
	t.Helper()
	v, keyFile = protected(t)
	now := morning
	v.now = func() time.Time { return now }
	return v, keyFile, &now, saveDraft(t, v, Draft{Name: "Quarterly Stocktake", Step: "access", Answers: answers})
}

func saveDraft(t *testing.T, v *Vault, d Draft) Draft {
	t.Helper()
	return must[Draft](t)(v.SaveDraft(t.Context(), d))
}

// drafts lists the drafts of a vault that is expected to be in order.
func drafts(t *testing.T, v *Vault) []Draft {
	t.Helper()
	all, broken, err := v.Drafts(t.Context())
	if err != nil || len(broken) > 0 {
		t.Fatalf("drafts: %v, damaged: %v", err, broken)
	}
	return all
}

// waitingDraft is the one of these drafts that has the ID, and the zero Draft when none has.
func waitingDraft(t *testing.T, v *Vault, id string) Draft {
	t.Helper()
	for _, d := range drafts(t, v) {
		if d.ID == id {
			return d
		}
	}
	return Draft{}
}

func draftFiles(t *testing.T, v *Vault) (names []string) {
	t.Helper()
	for path := range files(t, v.Dir()) {
		if strings.HasPrefix(path, draftsDir+"/") {
			names = append(names, path)
		}
	}
	return names
}

func TestADraftComesBackAsItWasSaved(t *testing.T) {
	v, keyFile, clock, d := waitingSince(t)
	want := Draft{ID: d.ID, Name: "Quarterly Stocktake", Step: "access", Answers: answers, CreatedAt: morning, SavedAt: morning, ExpiresAt: morning.Add(DraftLife)}
	next := unlocked(t, v.Dir(), keyFile)
	next.now = v.now
	if got := waitingDraft(t, next, d.ID); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(d, want) {
		t.Errorf("loaded %+v, want %+v", got, want)
	}
	*clock = morning.Add(time.Hour)
	d.Step, d.Answers = "review", []byte("{}")
	again := saveDraft(t, next, d)
	if !again.CreatedAt.Equal(morning) || !again.ExpiresAt.Equal(clock.Add(DraftLife)) || again.ID != d.ID || again.Step != "review" {
		t.Errorf("saved again as %+v", again)
	}
	*clock = morning.Add(2 * time.Hour)
	newest := saveDraft(t, v, Draft{Step: "connect"})
	if all := drafts(t, v); len(all) != 2 || all[0].ID != newest.ID || all[1].ID != d.ID {
		t.Errorf("listed %+v", all)
	}
	if got := list(t, v); len(got) != 0 {
		t.Errorf("drafts are listed as connections: %v", got)
	}
}

func TestADraftGivesNothingAway(t *testing.T) {
	v, _, _, _ := waitingSince(t)
	for path, content := range files(t, v.Dir()) {
		for _, word := range append([]string{"access", "answers"}, privateWords...) {
			for _, form := range forms(word) {
				if strings.Contains(strings.ToLower(path+"\n"+content), strings.ToLower(form)) {
					t.Errorf("%s gives away %q", path, form)
				}
			}
		}
	}
	for _, name := range draftFiles(t, v) {
		if mode := must[os.FileInfo](t)(os.Stat(filepath.Join(v.Dir(), name))).Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %v", name, mode)
		}
	}
}

func TestADraftLivesSevenDaysAfterItWasLastSaved(t *testing.T) {
	v, _, clock, d := waitingSince(t)
	*clock = morning.Add(6 * 24 * time.Hour)
	d = saveDraft(t, v, d)
	*clock = clock.Add(DraftLife - time.Nanosecond)
	if len(drafts(t, v)) != 1 {
		t.Fatal("the draft expired too early")
	}
	*clock = clock.Add(time.Nanosecond)
	_, err := v.SaveDraft(t.Context(), d)
	wantKind(t, err, ErrNotFound)
	if len(drafts(t, v)) != 0 || len(draftFiles(t, v)) != 0 {
		t.Errorf("an expired draft is still there: %v", draftFiles(t, v))
	}
}

func TestSavingAConnectionWipesWhatExpired(t *testing.T) {
	v, _, clock, _ := waitingSince(t)
	*clock = clock.Add(DraftLife)
	save(t, v, connection(t, "prod"))
	if left := draftFiles(t, v); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestTwoWindowsCannotUndoEachOthersDraft(t *testing.T) {
	v, keyFile, _, d := waitingSince(t)
	other := unlocked(t, v.Dir(), keyFile)
	other.now = v.now
	theirs := d
	theirs.Step = "review"
	theirs = saveDraft(t, other, theirs)
	_, err := v.SaveDraft(t.Context(), d)
	wantKind(t, err, ErrChangedElsewhere)

	if err := other.DeleteDraft(t.Context(), d.ID); err != nil {
		t.Fatal(err)
	}
	_, err = v.SaveDraft(t.Context(), theirs)
	wantKind(t, err, ErrNotFound)
	wantKind(t, v.DeleteDraft(t.Context(), d.ID), ErrNotFound)
}

func TestAFinishedDraftBecomesTheConnectionAndIsGone(t *testing.T) {
	v, _, _, d := waitingSince(t)
	finished := must[connector.Connection](t)(v.Finish(t.Context(), d.ID, connection(t, "prod")))
	if finished.ID != d.ID || !same(load(t, v, "prod"), finished) || !finished.SavedAt.Equal(morning) {
		t.Errorf("finished as %+v", finished)
	}
	if left := draftFiles(t, v); len(left) != 0 || len(drafts(t, v)) != 0 {
		t.Errorf("the draft is still there: %v", left)
	}
	_, err := v.Finish(t.Context(), d.ID, connection(t, "test"))
	wantKind(t, err, ErrChangedElsewhere)
	other := saveDraft(t, v, Draft{Step: "review"})
	_, err = v.Finish(t.Context(), other.ID, connection(t, "PROD"))
	wantKind(t, err, ErrNameTaken)
	if len(drafts(t, v)) != 1 {
		t.Error("a draft that could not be finished is gone")
	}
}

// A loss of power after the connection was written and before the draft was deleted leaves both.
func TestADraftWhoseConnectionIsSavedCountsAsFinished(t *testing.T) {
	v, _, _, d := waitingSince(t)
	path := filepath.Join(v.Dir(), draftsDir, d.ID+extension)
	content := must[[]byte](t)(os.ReadFile(path))
	must[connector.Connection](t)(v.Finish(t.Context(), d.ID, connection(t, "prod")))
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := drafts(t, v); len(got) != 0 {
		t.Errorf("listed %v", got)
	}
	if left := draftFiles(t, v); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestADamagedConnectionDoesNotCostItsDraft(t *testing.T) {
	v, _, _, d := waitingSince(t)
	damage(t, v, d.ID, []byte("planted"))
	save(t, v, connection(t, "prod"))
	if all := drafts(t, v); len(all) != 1 || len(draftFiles(t, v)) != 1 {
		t.Errorf("a file that is no connection hid the draft: %v", all)
	}
}

func TestEveryDamageToADraftIsRefusedAndHidesNoOther(t *testing.T) {
	v, _, _, d := waitingSince(t)
	other := saveDraft(t, v, Draft{Step: "connect", Answers: []byte("{}")})
	saved := save(t, v, connection(t, "prod"))
	k, _ := v.held()
	file := d.ID + extension
	path := filepath.Join(v.Dir(), draftsDir, file)
	intact := must[[]byte](t)(os.ReadFile(path))
	refused := func(sealed []byte) {
		t.Helper()
		_, err := openSealed(k, file, sealed)
		wantKind(t, err, ErrDamaged)
	}
	for i := range intact {
		for _, bit := range bits(i) {
			flipped := append([]byte(nil), intact...)
			flipped[i] ^= 1 << bit
			refused(flipped)
		}
		refused(intact[:i])
	}
	newer := must[[]byte](t)(k.seal(must[[]byte](t)(json.Marshal(draftRecord{Version: draftVersion + 1, ID: d.ID}))))
	for what, bad := range map[string]struct {
		content string
		kind    error
	}{
		"cut off":            {string(intact[:100]), ErrDamaged},
		"another draft":      {files(t, v.Dir())["drafts/"+other.ID+extension], ErrDamaged},
		"of a newer release": {string(newer), ErrNewerVersion},
	} {
		t.Run(what, func(t *testing.T) {
			if err := os.WriteFile(path, []byte(bad.content), 0o600); err != nil {
				t.Fatal(err)
			}
			all, broken, err := v.Drafts(t.Context())
			if err != nil || len(all) != 1 || all[0].ID != other.ID || len(broken) != 1 || broken[0].File != file {
				t.Fatalf("drafts %v, damaged %v, %v", all, broken, err)
			}
			wantKind(t, broken[0].Err, bad.kind)
			save(t, v, saved)
			saved = load(t, v, "prod")
			if files(t, v.Dir())["drafts/"+file] != bad.content {
				t.Error("the file was touched")
			}
		})
	}
	if err := v.DeleteDraft(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if all := drafts(t, v); len(all) != 1 {
		t.Errorf("listed %v", all)
	}
}

func TestAConnectionInTheDraftsFolderIsNoDraft(t *testing.T) {
	v, _, _, d := waitingSince(t)
	saved := save(t, v, connection(t, "prod"))
	sealed := files(t, v.Dir())["connections/"+saved.ID+extension]
	for _, id := range []string{d.ID, saved.ID} {
		if err := os.WriteFile(filepath.Join(v.Dir(), draftsDir, id+extension), []byte(sealed), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if all, broken, err := v.Drafts(t.Context()); err != nil || len(all) != 0 || len(broken) != 2 {
		t.Errorf("drafts %v, damaged %v, %v", all, broken, err)
	}
}

func TestADraftInTheConnectionsFolderIsNoConnection(t *testing.T) {
	v, _, _, d := waitingSince(t)
	damage(t, v, d.ID, []byte(files(t, v.Dir())["drafts/"+d.ID+extension]))
	wantDamaged(t, v, d.ID+extension, ErrDamaged)
}

func TestWhereNothingWasSavedThereAreNoDrafts(t *testing.T) {
	v := newVault(t)
	if got := drafts(t, v); len(got) != 0 {
		t.Errorf("listed %v", got)
	}
	v, _ = protected(t)
	_, err := v.SaveDraft(t.Context(), Draft{ID: "../../etc/passwd"})
	wantKind(t, err, ErrNotFound)
	_, err = v.SaveDraft(t.Context(), Draft{ID: strings.Repeat("a", 16)})
	wantKind(t, err, ErrNotFound)
	wantKind(t, v.DeleteDraft(t.Context(), strings.Repeat("a", 16)), ErrNotFound)
	_, err = v.Finish(t.Context(), "../x", connection(t, "prod"))
	wantKind(t, err, ErrNotFound)
	_, err = v.SaveDraft(t.Context(), Draft{Answers: make([]byte, sizeLimit)})
	if err == nil {
		t.Error("a draft of any size is saved")
	}
}
