package sync_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// spoil changes a byte in the middle of every file of a table, which keeps its size.
func (w *world) spoil(run *runs.Run, table string) {
	w.Helper()
	for _, f := range run.Manifest.Find(table).Files {
		text, err := os.ReadFile(run.Path(f.Path))
		if err != nil {
			w.Fatal(err)
		}
		text[len(text)/2] ^= 0xff
		if err := os.Remove(run.Path(f.Path)); err != nil { // which an earlier run may share
			w.Fatal(err)
		}
		if err := os.WriteFile(run.Path(f.Path), text, 0o600); err != nil {
			w.Fatal(err)
		}
	}
}

// verified holds every file of a run against its manifest.
func (w *world) verified(run *runs.Run) {
	w.Helper()
	for _, t := range run.Manifest.Tables {
		for _, f := range t.Files {
			text, err := os.ReadFile(run.Path(f.Path))
			sum := sha256.Sum256(text)
			if err != nil || hex.EncodeToString(sum[:]) != f.SHA256 {
				w.Errorf("%s is not what the manifest says: %v", f.Path, err)
			}
		}
	}
}

// TestADamagedFileIsNotBuiltOn spoils the last run and reads again, in each mode that builds on it.
func TestADamagedFileIsNotBuiltOn(t *testing.T) {
	w := newWorld(t)
	w.made("true")
	const other = "generated.sync.rows_1k"
	asked := sync.Options{Key: []string{"id"}}
	w.spoil(w.run(asked, made, other), made)
	for name, before := range map[string]func(){
		"unchanged": func() {},
		"changes":   func() { w.admin("INSERT INTO " + made + " VALUES (6, 'f')") },
	} {
		before()
		rows := w.rows(w.run(sync.Options{Key: []string{"id"}, Mode: sync.Full, Format: "ndjson"}, made, other), made)
		run := w.run(asked, made, other) // of another format than the last
		w.spoil(run, made)
		run = w.run(asked, made, other)
		w.verified(run)
		of, fine := run.Manifest.Find(made), run.Manifest.Find(other)
		if of.Mode != string(sync.Full) || !strings.Contains(of.Reason, "the last run is damaged") || of.Changes != nil {
			t.Errorf("%s: it is read %s (%s) and tells the changes %v", name, of.Mode, of.Reason, of.Changes)
		}
		if fine.Mode != string(sync.Unchanged) {
			t.Errorf("%s: the other table is read %s", name, fine.Mode)
		}
		if int64(len(rows)) != of.Rows {
			t.Errorf("%s: %d rows, want %d", name, of.Rows, len(rows))
		}
		if next := w.run(asked, made, other).Manifest.Find(made); next.Mode != string(sync.Unchanged) {
			t.Errorf("%s: the run after it is %s", name, next.Mode)
		}
		w.spoil(runs.Last(w.dir), made)
	}
	compared := w.run(sync.Options{Mode: sync.Full, Key: []string{"id"}}, made, other).Manifest.Find(made)
	if compared.Changes != nil || !strings.Contains(compared.Reason, "the last run is damaged and was not compared") {
		t.Errorf("a damaged run was compared: %s, %v", compared.Reason, compared.Changes)
	}
	w.spoil(runs.Last(w.dir), made)
	if err := w.fails(sync.Options{Mode: sync.Changes, Key: []string{"id"}}, made); !errors.Is(err, sync.ErrNoChanges) {
		t.Errorf("changes alone end with %v", err)
	}
}

// TestARunThatCannotBeReadIsNotCalledNone breaks the manifest and loses a file of the only run.
func TestARunThatCannotBeReadIsNotCalledNone(t *testing.T) {
	for name, broken := range map[string]func(*runs.Run) error{
		"manifest": func(r *runs.Run) error { return os.WriteFile(r.Path("_manifest.json"), []byte("{"), 0o600) },
		"file":     func(r *runs.Run) error { return os.Remove(r.Path(r.Manifest.Tables[0].Files[0].Path)) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.made("true")
			first := w.run(sync.Options{}, made)
			if err := broken(first); err != nil {
				t.Fatal(err)
			}
			if said := w.look(made).Damaged(); !strings.Contains(said, first.ID) {
				t.Errorf("it is said: %q", said)
			}
			second := w.run(sync.Options{}, made)
			if of := second.Manifest.Find(made); of.Mode != string(sync.Full) || !strings.Contains(of.Reason, "the last run is damaged and was not compared") {
				t.Errorf("it is read %s: %s", of.Mode, of.Reason)
			}
			if err := os.Remove(filepath.Join(second.Folder, second.Manifest.Tables[0].Files[0].Path)); err != nil {
				t.Fatal(err)
			}
			if err := w.fails(sync.Options{Mode: sync.Changes}, made); !errors.Is(err, sync.ErrNoChanges) || !strings.Contains(err.Error(), "damaged") {
				t.Errorf("changes alone end with %v", err)
			}
		})
	}
}

// look prepares a sync that only looks.
func (w *world) look(table string) *sync.Sync {
	w.Helper()
	s, err := sync.Ahead(w.source(), sync.Options{Tables: []connector.TableName{w.table(table)}, Format: "parquet", Mode: sync.Auto}, w.dir)
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(s.Close)
	return s
}
