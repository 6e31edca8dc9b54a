package runs

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTheOldestRunsAreRemoved(t *testing.T) {
	s := opened(t)
	var ids []string
	for i := range 4 {
		ids = append(ids, whole(t, s, night.Add(time.Duration(i)*time.Hour)).ID)
	}
	write(t, filepath.Join(s.Dir(), ".gone-"+ids[0], "part"), "of a removal that was killed, and of a clock that was set back")
	gone, err := s.Prune(t.Context(), 2)
	if err != nil || !slices.Equal(gone, ids[:2]) {
		t.Fatalf("%q, %v", gone, err)
	}
	left, err := s.Whole()
	if err != nil || !slices.Equal(left, ids[2:]) || exists(filepath.Join(s.Dir(), ".gone-"+ids[0])) {
		t.Errorf("%q, %v", left, err)
	}
	if gone, err := s.Prune(t.Context(), 0); err != nil || len(gone) > 0 {
		t.Errorf("all are to stay, and %q went: %v", gone, err)
	}
	// The newest has lost a file: the one before it is all that can be read.
	if err := os.Remove(filepath.Join(s.Dir(), "run="+ids[3], "table=a.b.c", "part-0")); err != nil {
		t.Fatal(err)
	}
	if gone, err := s.Prune(t.Context(), 1); err != nil || len(gone) > 0 || newest(t, s) != ids[2] {
		t.Errorf("%q went, and %q is left: %v", gone, newest(t, s), err)
	}
}

func TestARunIsLaterThanAllOthers(t *testing.T) {
	s := opened(t)
	first, second := whole(t, s, night), whole(t, s, night)
	third := whole(t, s, night.AddDate(-20, 0, 0))
	if first.ID != "20261129T020000Z" || second.ID != "20261129T020000Z-002" || third.ID != "20261129T020000Z-003" || newest(t, s) != third.ID {
		t.Error(first.ID, second.ID, third.ID)
	}
	for _, name := range []string{"run=zzz", "run=latest", "run=20280101T000000Z-001", "run=20280101T000000Z-2", "run=20270101T000000Z"} { // a copy by a person, and one that lost its manifest
		if err := os.Mkdir(filepath.Join(s.Dir(), name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(s.Dir(), "run=zzz", "_manifest.json"), "{}")
	if r := whole(t, s, night); r.ID != "20270101T000000Z-002" {
		t.Error(r.ID)
	}
	if err := os.Mkdir(filepath.Join(s.Dir(), "run=99991231T235959Z-999"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Begin(night, planned("no"), func() ([]byte, error) { return nil, nil }); !errors.Is(err, ErrFolder) {
		t.Errorf("at the end of time: %v", err)
	}
}

func TestAManifestIsNotBelieved(t *testing.T) {
	s := opened(t)
	good := whole(t, s, night)
	bad := whole(t, s, night.Add(time.Hour))
	outside := filepath.Join(s.Dir(), "outside")
	write(t, outside, "rows")
	if err := os.Symlink(outside, bad.Path("table=a.b.c/link")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(bad.Path("table=a.b.c/link"))
	if err != nil {
		t.Fatal(err)
	}
	for path, size := range map[string]int64{
		"../outside": 4, outside: 4, "table=a.b.c/../../outside": 4, "table=a.b.c/link": info.Size(), "": 0, ".": 0, "table=a.b.c": 4, "_manifest.json": 0, "table=a.b.c/part-0": 5,
	} {
		m := manifest(Part{Table: "a.b.c", File: File{Path: path, Bytes: size}})
		m.Form = form
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		write(t, bad.Path("_manifest.json"), string(text))
		if newest(t, s) != good.ID {
			t.Errorf("a file %q is believed to be there", path)
		}
	}
	for _, text := range []string{"", "{", "null", "[]", "{}", `{"manifest":-1}`, `{"manifest":1,"tables":3}`} {
		write(t, bad.Path("_manifest.json"), text)
		if newest(t, s) != good.ID {
			t.Errorf("a manifest of %q is believed", text)
		}
	}
	write(t, bad.Path("_manifest.json"), `{"manifest":2,"tables":3}`)
	if _, err := s.Latest(); !errors.Is(err, ErrFolder) || !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "newer release") {
		t.Errorf("a newer manifest: %v", err)
	}
}

func TestLatestIsATextWhereThereAreNoLinks(t *testing.T) {
	s := opened(t)
	first := whole(t, s, night)
	if err := replace(filepath.Join(s.Dir(), "latest"), []byte("run="+first.ID+"\n")); err != nil {
		t.Fatal(err)
	}
	if s.pointed() != first.ID {
		t.Errorf("it leads to %q", s.pointed())
	}
	second := whole(t, s, night)
	if s.pointed() != second.ID {
		t.Errorf("it leads to %q", s.pointed())
	}
}

func TestAFolderMayBeALink(t *testing.T) {
	behind, link := filepath.Join(t.TempDir(), "behind"), filepath.Join(t.TempDir(), "link")
	for _, err := range []error{os.Mkdir(behind, 0o700), os.Symlink(behind, link)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(link)
	if err != nil {
		t.Fatal(err)
	}
	release, err := s.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	direct, err := Open(behind)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := direct.Lock(); !errors.Is(err, ErrBusy) {
		t.Errorf("by its other name: %v", err)
	}
	if r := whole(t, s, night); newest(t, direct) != r.ID {
		t.Error("the run is not there by its other name")
	}
}

func TestAPartOfAnEarlierRunIsTakenOver(t *testing.T) {
	s := opened(t)
	first := whole(t, s, night)
	p := begin(t, s, night, "plan")
	from := first.Manifest.Tables[0].Files[0]
	to := Part{Table: "a.b.c", Piece: "kept", File: from}
	write(t, p.Path(from.Path), "half of what was copied when it was killed")
	if err := p.Link(first, from, to); err != nil {
		t.Fatal(err)
	}
	part, _ := p.Done("a.b.c", "kept")
	second, err := p.Finish(manifest(part))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(first.Folder); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(second.Path(from.Path)); err != nil || string(text) != "rows" || part.SHA256 != from.SHA256 {
		t.Errorf("%q, %v", text, err)
	}
	if err := copyFile(second.Path(from.Path), filepath.Join(s.Dir(), "copy")); err != nil {
		t.Error(err)
	}
}
