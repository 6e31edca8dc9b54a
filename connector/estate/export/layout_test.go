package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// sealed is a run of some jobs, of a host.
func sealed(t *testing.T, f store.Folder, day int) (*store.Run, store.Manifest) {
	t.Helper()
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, time.November, day, 2, 0, 0, 0, time.UTC)
	run, id, _, err := f.Begin(at, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Write(func(c *store.Change) error {
		_, one := c.Put(store.Row{Kind: "jobs", ID: "1", Name: "load", Body: `{"creator_user_name":"a@example.com"}`})
		_, two := c.Put(store.Row{Kind: "grants:tables", ID: "c.s.t/g", Parent: "c.s.t", Name: "g", Body: `{"principal":"g","privileges":["SELECT"]}`})
		return errors.Join(one, two)
	}); err != nil {
		t.Fatal(err)
	}
	m, err := f.Seal(run, store.Manifest{ID: id, Began: at, Ended: at.Add(time.Hour), Summary: []byte("{}")}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if run, m, _, err = f.Open(m.ID); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Close() })
	return run, m
}

// below are the files below a folder.
func below(t *testing.T, folder string) (all []string) {
	t.Helper()
	if err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(folder, path)
			all = append(all, filepath.ToSlash(name))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestRunsOfManyWorkspacesAreLaidOutSideBySide(t *testing.T) {
	home, to := t.TempDir(), t.TempDir()
	for _, form := range []Form{Parquet, NDJSON, CSV} {
		l := Layout{Folder: filepath.Join(to, string(form)), Form: form}
		for _, host := range []string{"adb-1.1.azuredatabricks.net", "127.0.0.1_8443"} {
			f := store.Folder{Dir: filepath.Join(home, string(form), host)}
			run, m := sealed(t, f, 20)
			laid, err := l.Lay(run, m, f)
			if err != nil || laid.Before || laid.Rows() != 2 {
				t.Fatalf("%+v: %v", laid, err)
			}
			if again, err := l.Lay(run, m, f); err != nil || !again.Before || again.Rows() != 2 || again.Folder != laid.Folder {
				t.Errorf("once more it is %+v: %v", again, err)
			}
			for _, file := range laid.Files {
				text, err := os.ReadFile(filepath.Join(laid.Folder, file.Path))
				if sum := sha256.Sum256(text); err != nil || hex.EncodeToString(sum[:]) != file.SHA256 || int64(len(text)) != file.Bytes {
					t.Errorf("%+v: %v", file, err)
				}
			}
		}
		got := below(t, l.Folder)
		for _, host := range []string{"127.0.0.1_8443", "adb-1.1.azuredatabricks.net"} {
			for _, name := range []string{"_manifest.json", "grants-tables." + string(form), "jobs." + string(form), "clusters." + string(form)} {
				if at := "workspace=" + host + "/run=20261120T020000Z/" + name; !slices.Contains(got, at) {
					t.Errorf("there is no %s", at)
				}
			}
		}
		if len(got) != 2*(len(estate.AllKinds())+1) {
			t.Errorf("%s: there are %d files", form, len(got))
		}
	}
	if err := (Layout{Form: OpenGraph}).Check(); !errors.Is(err, connector.ErrInput) {
		t.Errorf("a graph is laid out as tables: %v", err)
	}
}

func TestARunThatWasEndedWhileItWasLaidOutIsLaidOutAnew(t *testing.T) {
	f, l := store.Folder{Dir: filepath.Join(t.TempDir(), "host")}, Layout{Folder: t.TempDir(), Form: NDJSON}
	run, m := sealed(t, f, 20)
	half := filepath.Join(l.Folder, "workspace=host", ".partial-"+m.ID)
	if err := errors.Join(os.MkdirAll(half, 0o700), os.WriteFile(filepath.Join(half, "jobs.ndjson"), []byte("{"), 0o600), os.WriteFile(filepath.Join(half, ".export-1"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	laid, err := l.Lay(run, m, f)
	if err != nil || len(below(t, l.Folder)) != len(estate.AllKinds())+1 {
		t.Fatalf("%q: %v", below(t, l.Folder), err)
	}
	if err := os.Remove(filepath.Join(laid.Folder, "_manifest.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Lay(run, m, f); !errors.Is(err, ErrFiles) {
		t.Errorf("what is not whole was taken for whole: %v", err)
	}
}

// What somebody else put there stays.
func TestTheOldestRunsOfTheLayoutGoAndNothingElse(t *testing.T) {
	f, l := store.Folder{Dir: filepath.Join(t.TempDir(), "host")}, Layout{Folder: t.TempDir(), Form: NDJSON, Keep: 2}
	above := filepath.Join(l.Folder, "workspace=host")
	for _, other := range []string{"run=20200101T000000Z", "run=mine", "notes"} {
		if err := errors.Join(os.MkdirAll(filepath.Join(above, other), 0o700), os.WriteFile(filepath.Join(above, other, "x"), nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	foreign, err := json.Marshal(Laid{Run: "another"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(above, "run=mine", "_manifest.json"), foreign, 0o600); err != nil {
		t.Fatal(err)
	}
	for day := 20; day < 25; day++ {
		run, m := sealed(t, f, day)
		if _, err := l.Lay(run, m, f); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(above)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{"notes", "run=20200101T000000Z", "run=20261123T020000Z", "run=20261124T020000Z", "run=mine"}; !slices.Equal(names, want) {
		t.Errorf("there is %q", names)
	}
}
