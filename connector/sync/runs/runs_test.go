package runs

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

var night = time.Date(2026, time.November, 29, 2, 0, 0, 0, time.UTC)

// lockedIn names the folder that a second process tries to lock.
const lockedIn = "DRAFTT_TEST_LOCK"

func TestMain(m *testing.M) {
	if dir := os.Getenv(lockedIn); dir != "" {
		os.Exit(lockFolder(dir))
	}
	os.Exit(m.Run())
}

func lockFolder(dir string) int {
	s, err := Open(dir)
	if err == nil {
		_, err = s.Lock()
	}
	switch {
	case errors.Is(err, ErrBusy):
		fmt.Println("busy")
	case err != nil:
		fmt.Println(err)
	default:
		fmt.Println("locked")
	}
	return 0
}

func opened(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "sync"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// planned chooses the run of a plan.
func planned(plan string) Choose {
	return func(kept []Kept) (int, error) {
		return slices.IndexFunc(kept, func(k Kept) bool { return string(k.Plan) == plan }), nil
	}
}

// begin begins a run for a plan, or goes on with one.
func begin(t *testing.T, s *Store, now time.Time, plan string) *Partial {
	t.Helper()
	p, _, err := s.Begin(now, planned(plan), func() ([]byte, error) { return []byte(plan), nil })
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func put(t *testing.T, p *Partial, table, piece, name, text string) Part {
	t.Helper()
	w, err := p.Write(Part{Table: table, Piece: piece, File: File{Path: "table=" + table + "/" + name}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	part, err := w.Keep(1, []byte("note"))
	if err != nil {
		t.Fatal(err)
	}
	return part
}

func manifest(parts ...Part) *Manifest {
	m := &Manifest{Format: "ndjson"}
	for _, p := range parts {
		if m.Find(p.Table) == nil {
			m.Tables = append(m.Tables, Table{Name: p.Table})
		}
		t := m.Find(p.Table)
		t.Files = append(t.Files, p.File)
	}
	return m
}

// whole makes a run of one table.
func whole(t *testing.T, s *Store, now time.Time) *Run {
	t.Helper()
	p := begin(t, s, now, "plan")
	r, err := p.Finish(manifest(put(t, p, "a.b.c", "whole", "part-0", "rows")))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func newest(t *testing.T, s *Store) string {
	t.Helper()
	r, err := s.Latest()
	if err != nil {
		t.Fatal(err)
	}
	if r == nil {
		return ""
	}
	return r.ID
}

func within(t *testing.T, folder string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(folder, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderIsLockedForOtherProcesses(t *testing.T) {
	s := opened(t)
	release, err := s.Lock()
	if err != nil {
		t.Fatal(err)
	}
	other := func() string {
		cmd := exec.Command(os.Args[0], "-test.run=^$")
		cmd.Env = append(os.Environ(), lockedIn+"="+s.Dir())
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(out))
	}
	if _, err := s.Lock(); !errors.Is(err, ErrBusy) {
		t.Errorf("within one process: %v", err)
	}
	if said := other(); said != "busy" {
		t.Errorf("another process: %s", said)
	}
	release()
	if said := other(); said != "locked" {
		t.Errorf("after its release: %s", said)
	}
	if _, err := s.Lock(); err != nil {
		t.Errorf("after a process that ended without a release: %v", err)
	}
}

func TestARunIsWholeOrNotThere(t *testing.T) {
	s := opened(t)
	p := begin(t, s, night, "plan")
	part := put(t, p, "a.b.c", "whole", "part-0", "rows")
	if newest(t, s) != "" {
		t.Error("a run that goes on is there")
	}
	write(t, p.Path("table=a.b.c/.part-1"), "of a writer that was killed")
	put(t, p, "a.b.d", "rest", "part-0", "of a table that came to be read otherwise")
	if err := os.MkdirAll(p.Scratch(), 0o700); err != nil {
		t.Fatal(err)
	}
	r, err := p.Finish(manifest(part))
	if err != nil {
		t.Fatal(err)
	}
	if got := within(t, r.Folder); !slices.Equal(got, []string{"_manifest.json", "table=a.b.c/part-0"}) {
		t.Errorf("the run has %q", got)
	}
	if target, err := os.Readlink(filepath.Join(s.Dir(), "latest")); err != nil || target != "run=20261129T020000Z" || newest(t, s) != r.ID {
		t.Errorf("latest leads to %q: %v", target, err)
	}
	if again := begin(t, s, night.Add(time.Hour), "plan"); again.Resumed() {
		t.Error("a run that is whole is gone on with")
	}
}

func TestARunWithoutAFileOfItsManifestDoesNotBecomeWhole(t *testing.T) {
	s := opened(t)
	p := begin(t, s, night, "plan")
	part := put(t, p, "a.b.c", "whole", "part-0", "rows")
	if err := os.Remove(p.Path(part.Path)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Finish(manifest(part)); !errors.Is(err, ErrFolder) || newest(t, s) != "" {
		t.Errorf("%v", err)
	}
}

func TestAStoppedRunGoesOnWithTheParts(t *testing.T) {
	s := opened(t)
	p := begin(t, s, night, "plan")
	for _, name := range []string{"kept", "missing", "short", "link"} {
		put(t, p, "a.b.c", name, name, "rows")
	}
	p.Leave()
	for _, err := range []error{
		os.Remove(p.Path("table=a.b.c/missing")), os.Truncate(p.Path("table=a.b.c/short"), 1), os.Remove(p.Path("table=a.b.c/link")), os.Symlink("kept", p.Path("table=a.b.c/link")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	path := p.Path("_progress.ndjson")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, string(text)+`no line`+"\n"+`{"table":"a.b.c","piece":"out","path":"../out","bytes":0}`+"\n"+`{"table":"a.b.c","piece":"to`)
	again := begin(t, s, night.Add(time.Hour), "plan")
	if !again.Resumed() || again.ID != p.ID || !again.Began.Equal(night) {
		t.Fatalf("resumed %v as %s", again.Resumed(), again.ID)
	}
	for _, name := range []string{"missing", "short", "link", "out", "to"} {
		if _, done := again.Done("a.b.c", name); done {
			t.Errorf("%s counts", name)
		}
	}
	part, done := again.Done("a.b.c", "kept")
	if !done || part.Rows != 1 || string(part.Note) != "note" || len(part.SHA256) != 64 {
		t.Errorf("%v %+v", done, part)
	}
	put(t, again, "a.b.c", "more", "more", "rows")
	again.Leave()
	third := begin(t, s, night.Add(time.Hour), "plan")
	if _, done := third.Done("a.b.c", "more"); !done {
		t.Error("what was noted behind a torn line counts for nothing")
	}
}

func TestAFileThatIsWrittenAgainIsItsLastPiece(t *testing.T) {
	s := opened(t)
	p := begin(t, s, night, "plan")
	put(t, p, "a.b.c", "rest", "part-0", "rows")
	put(t, p, "a.b.c", "1 of 2", "part-0", "sowr")
	put(t, p, "a.b.d", "whole", "part-0", "rows")
	p.Leave()
	p = begin(t, s, night, "plan")
	if _, done := p.Done("a.b.c", "rest"); done {
		t.Error("a piece counts whose file was written over")
	}
	if err := p.Forget("a.b.c"); err != nil {
		t.Fatal(err)
	}
	if err := p.Replan([]byte("other")); err != nil {
		t.Fatal(err)
	}
	p.Leave()
	p = begin(t, s, night, "other")
	_, first := p.Done("a.b.c", "1 of 2")
	_, second := p.Done("a.b.d", "whole")
	if !p.Resumed() || first || !second {
		t.Errorf("resumed %v; of the table that was planned anew %v, of the other %v", p.Resumed(), first, second)
	}
}

func TestAStoppedRunOfAnotherRequestIsRemoved(t *testing.T) {
	s := opened(t)
	p := begin(t, s, night, "one")
	put(t, p, "a.b.c", "whole", "part-0", "rows")
	p.Leave()
	write(t, filepath.Join(s.Dir(), ".partial-20260101T000000Z", "_progress.ndjson"), "of one that was killed before it had a plan")
	again := begin(t, s, night, "two")
	if again.Resumed() {
		t.Error("it goes on")
	}
	if drops := again.Others(); len(drops) != 1 || drops[0].ID != p.ID || drops[0].Parts() != 1 {
		t.Errorf("what is dropped is %v", drops)
	}
	if entries, err := os.ReadDir(s.Dir()); err != nil || len(entries) != 3 {
		t.Errorf("it is dropped before it is said: %v, %v", entries, err)
	}
	if err := again.Alone(); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(s.Dir())
	if err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestAKilledFinishIsMadeGood(t *testing.T) {
	s := opened(t)
	p := begin(t, s, night, "plan")
	part := put(t, p, "a.b.c", "whole", "part-0", "rows")
	if err := manifest(part).write(p.dir); err != nil { // killed before the folder has its name
		t.Fatal(err)
	}
	p.Leave()
	p = begin(t, s, night.Add(time.Hour), "plan")
	if _, done := p.Done("a.b.c", "whole"); !done || !p.Resumed() {
		t.Fatal("what was read is read again")
	}
	p.Leave()
	if err := os.Rename(p.dir, filepath.Join(s.Dir(), "run="+p.ID)); err != nil { // killed before "latest" leads to it
		t.Fatal(err)
	}
	if newest(t, s) != p.ID {
		t.Error("a run with its name is not whole")
	}
	begin(t, s, night.Add(time.Hour), "plan")
	if s.pointed() != p.ID {
		t.Errorf("latest leads to %q", s.pointed())
	}
	if got := within(t, filepath.Join(s.Dir(), "run="+p.ID)); len(got) != 2 {
		t.Errorf("the run has %q", got)
	}
}

func TestErrorsOfAFolderAreTold(t *testing.T) {
	var known *connector.Error
	if _, err := Open(filepath.Join(os.Args[0], "sync")); !errors.As(err, &known) || !errors.Is(err, ErrFolder) || known.Remedy == "" {
		t.Errorf("a folder in a file: %v", err)
	}
	s := opened(t)
	if err := os.Mkdir(filepath.Join(s.Dir(), "latest"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Begin(night, planned("no"), nil); !errors.Is(err, ErrFolder) {
		t.Errorf("a folder with the name of latest: %v", err)
	}
}
