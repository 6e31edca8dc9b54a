package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

var firstDay = time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC)

// taken is a run with so many rows, sealed.
func taken(t *testing.T, f Folder, day, rows, keep int) Manifest {
	t.Helper()
	at := firstDay.AddDate(0, 0, day)
	r, id, _, err := f.Begin(at, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(func(c *Change) error {
		for i := range rows {
			if _, err := c.Put(Row{Kind: "jobs", ID: fmt.Sprintf("%04d", i), Name: "job", Body: fmt.Sprintf(`{"owner":"%d"}`, i)}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	m, err := f.Seal(r, Manifest{ID: id, Began: at, Ended: at.Add(time.Hour), Summary: []byte("{}")}, keep)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestARunGoesOnWhereItWasEnded(t *testing.T) {
	f := Folder{Dir: filepath.Join(t.TempDir(), "place")}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	r, id, resumed, err := f.Begin(firstDay, false)
	if err != nil || resumed {
		t.Fatalf("resumed %v: %v", resumed, err)
	}
	at := Progress{Mark: 3, Done: []int64{5}, Open: map[int64]string{7: "more"}}
	if err := r.Write(func(c *Change) error {
		_, err := c.Put(Row{Kind: "users", ID: "1", Name: "a"})
		return errors.Join(err, c.Progress("users", "", at))
	}); err != nil {
		t.Fatal(err)
	}
	if err := r.Write(func(c *Change) error {
		_, _ = c.Put(Row{Kind: "users", ID: "2"})
		return errors.New("killed")
	}); err == nil {
		t.Error("what failed was written")
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r, again, resumed, err := f.Begin(firstDay.AddDate(0, 0, 1), false)
	if err != nil || !resumed || again != id {
		t.Fatalf("run %s in place of %s, resumed %v: %v", again, id, resumed, err)
	}
	got, err := r.Progress("users", "")
	if n, _ := r.Count("users"); err != nil || n != 1 || got.Mark != 3 || got.Open[7] != "more" || len(got.Done) != 1 {
		t.Errorf("%d rows, %+v: %v", n, got, err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r, fresh, resumed, err := f.Begin(firstDay.AddDate(0, 0, 1), true)
	if err != nil || resumed || fresh == id {
		t.Errorf("a fresh run is %s, resumed %v: %v", fresh, resumed, err)
	}
	if n, _ := r.Count("users"); n != 0 {
		t.Errorf("a fresh run has %d rows", n)
	}
	_ = r.Close()
}

func TestARowThatIsFoundAgainIsOneRow(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	r, _, _, err := f.Begin(firstDay, false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	for i, want := range []bool{true, false} {
		if err := r.Write(func(c *Change) error {
			fresh, err := c.Put(Row{Kind: "jobs", ID: "1", Name: fmt.Sprint("name ", i), Body: "{}"})
			if fresh != want {
				t.Errorf("the row is new %v the %dth time", fresh, i+1)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := r.After("jobs", 0, 10)
	if err != nil || len(rows) != 1 || rows[0].Name != "name 1" {
		t.Errorf("%+v: %v", rows, err)
	}
}

func TestATornRunIsFoundOutAndTheOneBeforeOpens(t *testing.T) {
	for name, tear := range map[string]func(content []byte) []byte{
		"cut":          func(content []byte) []byte { return content[:len(content)-4096] },
		"empty":        func([]byte) []byte { return nil },
		"another byte": func(content []byte) []byte { content[len(content)/2] ^= 1; return content },
	} {
		t.Run(name, func(t *testing.T) {
			f := Folder{Dir: t.TempDir()}
			whole, last := taken(t, f, 0, 400, 0), taken(t, f, 1, 500, 0)
			path := f.path(last.ID, rowsExt)
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, tear(content), 0o600); err != nil {
				t.Fatal(err)
			}
			r, m, broken, err := f.Open("")
			if err != nil || m.ID != whole.ID || len(broken) != 1 || broken[0] != last.ID {
				t.Fatalf("run %s, broken %v: %v", m.ID, broken, err)
			}
			if n, err := r.Count("jobs"); n != 400 || err != nil {
				t.Errorf("%d rows: %v", n, err)
			}
			_ = r.Close()
			if _, _, _, err := f.Open(last.ID); !errors.Is(err, ErrTorn) {
				t.Errorf("by its id: %v", err)
			}
		})
	}
}

// Who is killed between making the file of a run and its tables left nothing that could be lost.
func TestARunThatWasEndedWhileItWasMadeIsBegunAnew(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	whole := taken(t, f, 0, 3, 0)
	half := f.path(firstDay.AddDate(0, 0, 1).Format(stamp), rowsExt)
	if err := os.WriteFile(half, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if r, id, err := f.Unfinished(); r != nil || err != nil {
		t.Errorf("the run %s is not over: %v", id, err)
	}
	r, id, resumed, err := f.Begin(firstDay.AddDate(0, 0, 2), false)
	if err != nil || resumed {
		t.Fatalf("run %s, resumed %v: %v", id, resumed, err)
	}
	if err := r.Write(func(c *Change) error { return c.Fact("began", firstDay) }); err != nil {
		t.Error(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(half); err == nil {
		t.Error("what was left is still there")
	}
	if r, again, resumed, err := f.Begin(firstDay.AddDate(0, 0, 3), false); err != nil || !resumed || again != id {
		t.Errorf("run %s in place of %s: %v", again, id, err)
	} else {
		_ = r.Close()
	}
	if _, m, _, err := f.Open(""); err != nil || m.ID != whole.ID {
		t.Errorf("the last whole run is %s: %v", m.ID, err)
	}
}

// A run that is not over and was torn is said to be so. It keeps no whole one back, and a fresh one takes its place.
func TestATornRunThatIsNotOverIsFoundOut(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	whole := taken(t, f, 0, 3, 0)
	if err := os.WriteFile(f.path(firstDay.AddDate(0, 0, 1).Format(stamp), rowsExt), []byte("SQLite format 3\x00 and no more"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := f.Begin(firstDay.AddDate(0, 0, 2), false); !errors.Is(err, ErrTorn) {
		t.Errorf("it goes on with it: %v", err)
	}
	if _, m, _, err := f.Open(""); err != nil || m.ID != whole.ID {
		t.Errorf("the last whole run is %s: %v", m.ID, err)
	}
	r, _, resumed, err := f.Begin(firstDay.AddDate(0, 0, 2), true)
	if err != nil || resumed {
		t.Fatalf("resumed %v: %v", resumed, err)
	}
	_ = r.Close()
}

func TestANewerStoreIsRefusedAndNotTouched(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	r, id, _, err := f.Begin(firstDay, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	path := f.path(id, rowsExt)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	binary.BigEndian.PutUint32(content[versionAt:], Version+1)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := f.Begin(firstDay, false); !errors.Is(err, ErrNewer) {
		t.Errorf("it begins: %v", err)
	}
	if _, _, err := f.Unfinished(); !errors.Is(err, ErrNewer) {
		t.Errorf("it opens: %v", err)
	}
	now, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(now, content) {
		t.Errorf("the file was changed: %v", err)
	}
	inside, _ := os.ReadDir(f.Dir)
	if len(inside) != 1 {
		t.Errorf("beside it there is something else: %v", inside)
	}
}

func TestOldRunsKeepTheirLineAndGiveUpTheirRows(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	for day := range 4 {
		taken(t, f, day, 3, 2)
	}
	runs, err := f.Runs()
	if err != nil || len(runs) != 4 {
		t.Fatalf("%d runs: %v", len(runs), err)
	}
	for i, m := range runs {
		if m.Rows != (i >= 2) {
			t.Errorf("the rows of run %d are there: %v", i, m.Rows)
		}
	}
	if _, _, _, err := f.Open(runs[0].ID); !errors.Is(err, ErrNone) {
		t.Errorf("a run without rows: %v", err)
	}
}

func TestOnlyTheOwnerReadsIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("access is by lists there")
	}
	f := Folder{Dir: filepath.Join(t.TempDir(), "inventory")}
	release, err := f.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Lock(); !errors.Is(err, ErrBusy) {
		t.Errorf("a second run at once: %v", err)
	}
	r, _, _, err := f.Begin(firstDay, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(func(c *Change) error { return c.Fact("place", "here") }); err != nil {
		t.Fatal(err)
	}
	modes := func() {
		inside, err := os.ReadDir(f.Dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range inside {
			if info, err := entry.Info(); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s has mode %v: %v", entry.Name(), info.Mode(), err)
			}
		}
	}
	modes()
	_ = r.Close()
	release()
	taken(t, f, 0, 1, 0)
	modes()
	if info, err := os.Stat(f.Dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has mode %v: %v", info.Mode(), err)
	}
}

func TestWhatDiffersIsFoundByItsID(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	before := taken(t, f, 0, 1200, 0)
	after := taken(t, f, 1, 1100, 0)
	a, _, _, err := f.Open(before.ID)
	if err != nil {
		t.Fatal(err)
	}
	b, _, _, err := f.Open(after.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = a.Close(), b.Close() }()
	count := func(from, to *Run) (gone, came, changed int) {
		for d, err := range Compare(from, to, "jobs") {
			switch {
			case err != nil:
				t.Fatal(err)
			case d.After == nil:
				gone++
			case d.Before == nil:
				came++
			default:
				changed++
			}
		}
		return gone, came, changed
	}
	if gone, came, changed := count(a, b); gone != 100 || came != 0 || changed != 0 {
		t.Errorf("%d are gone, %d came, %d changed", gone, came, changed)
	}
	if gone, came, changed := count(b, a); gone != 0 || came != 100 || changed != 0 {
		t.Errorf("the other way %d are gone, %d came, %d changed", gone, came, changed)
	}
}

func TestThatARunIsBeingTakenIsSeenWithoutDisturbingIt(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	if f.Busy() {
		t.Error("nothing was begun, and it is being taken")
	}
	release, err := f.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if !f.Busy() {
		t.Error("it is being taken, and nobody says so")
	}
	release()
	if f.Busy() {
		t.Error("it is over, and still being taken")
	}
}

func TestPathsOfAHostWithItsPortHaveItsAlias(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "inventory", "127.0.0.1_36545"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, f := range Places(dir) {
		if said := connector.Known().Text(f.Dir); strings.Contains(said, "127.0.0.1") {
			t.Error(said)
		}
	}
}
