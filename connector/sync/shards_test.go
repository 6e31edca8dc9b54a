package sync_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	stdsync "sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// shard is one of the shards of a sync.
func shard(o sync.Options, part, of int) sync.Options {
	o.Shard = sync.Shard{Part: part, Of: of}
	return o
}

// tryShard reads a shard, and gives what is left then.
func (w *world) tryShard(o sync.Options, tables ...string) ([]sync.Left, error) {
	w.Helper()
	s, err := w.tryOpen(o, tables...)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if err := s.Begin(w.Context()); err != nil {
		return nil, err
	}
	return s.ReadShard(w.Context(), nil, nil)
}

func (w *world) shard(o sync.Options, tables ...string) []sync.Left {
	w.Helper()
	left, err := w.tryShard(o, tables...)
	if err != nil {
		w.Fatal(err)
	}
	return left
}

func (w *world) tryJoin() (sync.Joined, error) {
	w.Helper()
	return sync.Joining{Dir: w.dir, Connection: connector.Connection{ID: "c1", Name: "prod"}, Tool: "test", Now: func() time.Time { return w.now }}.Join(w.Context(), nil)
}

func (w *world) join() *runs.Run {
	w.Helper()
	joined, err := w.tryJoin()
	if err != nil || joined.Before {
		w.Fatalf("whole before: %v, %v", joined.Before, err)
	}
	return joined.Run
}

// elsewhere is the same world with another folder.
func (w *world) elsewhere() *world {
	other := *w
	other.dir = filepath.Join(w.TB.(*testing.T).TempDir(), "elsewhere")
	return &other
}

// seen is a view that an admin makes, and spelt a table of texts: one has no versions, and the other nothing to be cut by.
const (
	seen  = "generated.sync.seen"
	spelt = "generated.sync.spelt"
)

var many = []string{thousand, seen, "generated.sync.without_feed", made, spelt}

// slicesRead is how many slices of the table of a thousand rows were asked for.
func (w *world) slicesRead() int { return w.statements("`rows_1k` VERSION AS OF 5 WHERE") }

// sameRows holds two runs against each other, table by table: rows as multisets, versions and changes.
func (w *world) sameRows(got, want *runs.Run, tables ...string) {
	w.Helper()
	for _, name := range tables {
		a, b := got.Manifest.Find(name), want.Manifest.Find(name)
		if a == nil || b == nil {
			w.Fatalf("%s is in %v and %v", name, a != nil, b != nil)
		}
		if !slices.Equal(sorted(w.rows(got, name)), sorted(w.rows(want, name))) || a.Rows != b.Rows || a.SchemaHash != b.SchemaHash {
			w.Errorf("%s has %d rows, and %d where it is read at once", name, a.Rows, b.Rows)
		}
		if a.Version != nil && *a.Version != *b.Version || (a.Version == nil) != (b.Version == nil) {
			w.Errorf("%s is of another version", name)
		}
		if (a.Changes == nil) != (b.Changes == nil) || a.Changes != nil && (a.Changes.Added != b.Changes.Added || a.Changes.Changed != b.Changes.Changed || a.Changes.Removed != b.Changes.Removed) {
			w.Errorf("%s has the changes %+v, and %+v where it is read at once", name, a.Changes, b.Changes)
		}
		onDisk := within(w.TB, filepath.Join(got.Folder, filepath.FromSlash(a.Folder)))
		if len(onDisk) != len(a.Files) {
			w.Errorf("%s has the files %q, and the manifest %d", name, onDisk, len(a.Files))
		}
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(got.Folder), ".partial-*")); err != nil || len(left) > 0 {
		w.Errorf("left behind: %q", left)
	}
	for _, path := range within(w.TB, got.Folder) {
		if base := filepath.Base(path); strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_p") {
			w.Errorf("the run has %s", path)
		}
	}
}

// TestShardsTogetherAreOneRun reads in any number of shards, in any order and some at once, from the first run on.
func TestShardsTogetherAreOneRun(t *testing.T) {
	for range counted(6, 60) {
		n := rand.IntN(7) + 1
		t.Run(fmt.Sprint(n, " shards"), func(t *testing.T) {
			w := newWorld(t)
			w.made("true")
			w.admin("CREATE VIEW " + seen + " AS SELECT id FROM " + made)
			w.admin("CREATE TABLE " + spelt + " (a STRING, b STRING)")
			w.admin("INSERT INTO " + spelt + " SELECT name, 'b' FROM " + thousand)
			o := sync.Options{Format: format.All[rand.IntN(len(format.All))], Slice: 300}
			once := w.elsewhere()
			for round := range 3 {
				w.now, once.now = w.now.Add(time.Hour), w.now.Add(time.Hour)
				order := rand.Perm(n)
				together := rand.IntN(n + 1)
				var group stdsync.WaitGroup
				for _, i := range order[:together] {
					group.Go(func() { w.shard(shard(o, i+1, n), many...) })
				}
				group.Wait()
				for _, i := range order[together:] {
					if _, err := w.tryJoin(); !errors.Is(err, sync.ErrOpen) && (together > 0 || round == 0 && !errors.Is(err, connector.ErrInput)) {
						t.Errorf("joined too early: %v", err)
					}
					w.shard(shard(o, i+1, n), many...)
				}
				got := w.join()
				if got.Manifest.Shards != n {
					t.Errorf("the manifest tells of %d shards", got.Manifest.Shards)
				}
				w.sameRows(got, once.run(o, many...), many...)
				if again, err := w.tryJoin(); err != nil || !again.Before || again.Run.ID != got.ID {
					t.Errorf("joined again: %+v, %v", again, err)
				}
				w.admin(fmt.Sprintf("INSERT INTO %s VALUES (%d, 'more')", made, 100+round))
			}
		})
	}
}

// TestShardsReadOneVersionWhateverIsWrittenMeanwhile has an admin write between them.
func TestShardsReadOneVersionWhateverIsWrittenMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.admin("GRANT ALL PRIVILEGES ON CATALOG generated TO `" + demo.AdminID + "`")
	const table = "generated.sync.grows"
	w.grows(table, "false")
	o := sync.Options{Format: format.NDJSON, Slice: 200, Key: []string{"id"}}
	want := w.elsewhere().run(o, table)
	w.shard(shard(o, 1, 3), table)
	w.admin("UPDATE " + table + " SET name = 'other' WHERE id > 100")
	w.shard(shard(o, 3, 3), table)
	w.admin("DELETE FROM " + table + " WHERE id < 900")
	if left := w.shard(shard(o, 2, 3), table); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	first := w.join()
	w.sameRows(first, want, table)
	for i := range 3 {
		w.shard(shard(o, 3-i, 3), table)
	}
	second := w.join()
	c := second.Manifest.Find(table).Changes
	if c == nil || c.Since != first.ID || c.Changed != 100 || c.Removed != 900 || second.Manifest.Find(table).Rows != 100 {
		t.Fatalf("what changed is %+v", c)
	}
	told, err := os.ReadFile(second.Path(c.File))
	if err != nil || strings.Count(string(told), "\n") != 1100 || len(c.SHA256) != 64 {
		t.Errorf("%d lines of changes, the sum %q: %v", strings.Count(string(told), "\n"), c.SHA256, err)
	}
}

func TestAnOpenSyncInShardsIsNotEndedByAnother(t *testing.T) {
	w := newWorld(t)
	o := sync.Options{Format: format.Arrow, Slice: 250}
	w.shard(shard(o, 1, 2), thousand)
	other := o
	other.Slice = 100
	for name, wrong := range map[string]sync.Options{"at once": o, "another number": shard(o, 1, 3), "other options": shard(other, 1, 2)} {
		s := w.open(wrong, thousand)
		var known *connector.Error
		if err := s.Begin(t.Context()); !errors.As(err, &known) || !errors.Is(err, sync.ErrOpen) || !strings.Contains(known.Remedy, "--fresh") {
			t.Errorf("%s: %v", name, err)
		}
		s.Close()
	}
	w.shard(shard(o, 2, 2), thousand)
	w.join()
	w.shard(shard(o, 1, 2), thousand)
	fresh := shard(other, 1, 2)
	fresh.Fresh = true
	w.shard(fresh, thousand)
	fresh.Shard.Part = 2
	if left := w.shard(fresh, thousand); len(left) > 0 {
		t.Errorf("the second dropped what the first had read: %v", left)
	}
	w.join()
	w.shard(shard(o, 1, 2), thousand)
	o.Fresh = true
	if got := w.run(o, thousand); got.Manifest.Shards != 0 {
		t.Error("it is one in shards")
	}
	if left, _ := filepath.Glob(filepath.Join(w.dir, ".partial-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestTwoOfTheSameShardDoNotMeet(t *testing.T) {
	w := newWorld(t)
	o := sync.Options{Format: format.Arrow, Slice: 250}
	s := w.open(shard(o, 1, 2), thousand)
	if err := s.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.tryShard(shard(o, 1, 2), thousand); !errors.Is(err, runs.ErrBusy) {
		t.Errorf("the same shard: %v", err)
	}
	if _, err := w.tryOpen(o, thousand); !errors.Is(err, runs.ErrBusy) {
		t.Errorf("a sync at once: %v", err)
	}
	fresh := shard(o, 1, 3)
	fresh.Fresh = true
	if _, err := w.tryShard(fresh, thousand); !errors.Is(err, sync.ErrOpen) {
		t.Errorf("one that would drop what is read: %v", err)
	}
	w.shard(shard(o, 2, 2), thousand)
	if _, err := s.ReadShard(t.Context(), nil, nil); err != nil {
		t.Fatal(err)
	}
	s.Close()
	w.join()
}

// TestThePlanCanBeMadeAlone is for folders that are no one's to lock: it is made before the shards begin.
func TestThePlanCanBeMadeAlone(t *testing.T) {
	w := newWorld(t)
	o := sync.Options{Format: format.Arrow, Slice: 250}
	if left := w.shard(shard(o, 0, 2), thousand); len(left) != 2 || w.slicesRead() != 0 {
		t.Errorf("left: %v", left)
	}
	for range 2 { // which goes on with it
		w.now = w.now.Add(time.Hour)
		w.shard(shard(o, 0, 2), thousand)
	}
	if plans, err := filepath.Glob(filepath.Join(w.dir, ".partial-*")); err != nil || len(plans) != 1 || !strings.HasSuffix(plans[0], "T020000Z") {
		t.Errorf("the plans are %q, %v", plans, err)
	}
	w.shard(shard(o, 1, 2), thousand)
	w.shard(shard(o, 2, 2), thousand)
	if got := w.join().Manifest.Find(thousand); got.Rows != 1000 || len(got.Files) != 4 {
		t.Errorf("%d rows in %d files", got.Rows, len(got.Files))
	}
}

// TestAPlanThatNobodyReadIsNotGoneOnWith has a shard leave before it read anything, and the table change before it comes again. While it is there
// the other goes on with its plan.
func TestAPlanThatNobodyReadIsNotGoneOnWith(t *testing.T) {
	w := newWorld(t)
	w.made("true")
	o := sync.Options{Format: format.Arrow}
	leaves := w.open(shard(o, 1, 2), made)
	if err := leaves.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(time.Hour)
	w.admin("INSERT INTO " + made + " VALUES (7, 'more')")
	beside := w.open(shard(o, 2, 2), made)
	if err := beside.Begin(t.Context()); err != nil || *beside.Plan.Tables[0].Version != *leaves.Plan.Tables[0].Version {
		t.Fatalf("beside it: version %d, %v", *beside.Plan.Tables[0].Version, err)
	}
	beside.Close()
	leaves.Close()
	w.shard(shard(o, 1, 2), made)
	w.shard(shard(o, 2, 2), made)
	if got := w.join().Manifest.Find(made); got.Rows != 6 || *got.Version != *leaves.Plan.Tables[0].Version+1 {
		t.Errorf("%d rows of version %d", got.Rows, *got.Version)
	}
}
