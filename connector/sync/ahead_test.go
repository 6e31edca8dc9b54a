package sync_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	stdsync "sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
)

// TestShardsThatAreKilledGoOn kills processes that read at once, again and again, until all are read.
func TestShardsThatAreKilledGoOn(t *testing.T) {
	w := newWorld(t)
	w.admin("GRANT ALL PRIVILEGES ON CATALOG generated TO `" + demo.AdminID + "`")
	tables := []string{"generated.sync.grows", "generated.sync.grows_with_feed"}
	w.grows(tables[0], "false")
	w.grows(tables[1], "true")
	o := sync.Options{Format: format.NDJSON, Mode: sync.Auto, Slice: 100, Key: []string{"id"}}
	once := w.elsewhere()
	kills := 0
	for round := range counted(2, 20) {
		w.now, once.now = w.now.Add(time.Hour), w.now.Add(time.Hour)
		longest := 300 * time.Millisecond
		for left := []int{1, 2, 3}; len(left) > 0; longest += longest / 5 {
			var group stdsync.WaitGroup
			ended := make([]error, len(left))
			for i, part := range left {
				cmd := w.process(shard(o, part, 3), tables...)
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				timer := time.AfterFunc(time.Duration(rand.Int64N(int64(longest))), func() { _ = cmd.Process.Kill() })
				group.Go(func() {
					ended[i] = cmd.Wait()
					timer.Stop()
				})
			}
			group.Wait()
			var again []int
			for i, err := range ended {
				var killed *exec.ExitError
				switch {
				case errors.As(err, &killed) && killed.ExitCode() < 0:
					again = append(again, left[i])
				case err != nil:
					t.Fatal(err)
				}
			}
			kills, left = kills+len(again), again
		}
		w.sameRows(w.join(), once.run(o, tables...), tables...)
		for _, table := range tables {
			w.admin(fmt.Sprintf("INSERT INTO %s VALUES (%d, 'more')", table, grown+round))
		}
	}
	t.Logf("%d kills", kills)
}

// TestATableThatIsMadeAnewBetweenTwoShardsIsReadByOne has an admin drop it and make another of its name.
func TestATableThatIsMadeAnewBetweenTwoShardsIsReadByOne(t *testing.T) {
	w := newWorld(t)
	w.admin("GRANT ALL PRIVILEGES ON CATALOG generated TO `" + demo.AdminID + "`")
	const table = "generated.sync.grows"
	w.grows(table, "false")
	o := sync.Options{Format: format.NDJSON, Slice: 250}
	w.shard(shard(o, 2, 3), table)
	w.admin("DROP TABLE " + table)
	w.grows(table, "false")
	w.admin("DELETE FROM " + table + " WHERE id >= 700")
	w.d.Play(anotherID("1"))
	w.shard(shard(o, 3, 3), table)
	if left := w.shard(shard(o, 1, 3), table); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	got := w.join()
	if reason := got.Manifest.Find(table).Reason; !strings.Contains(reason, "planned anew") {
		t.Errorf("it is %s", reason)
	}
	w.sameRows(got, w.elsewhere().run(o, table), table)
}

// TestADryRunMakesNothingAndTellsWhatARunWouldDo looks before the first run, over one that was stopped, and over one in shards.
func TestADryRunMakesNothingAndTellsWhatARunWouldDo(t *testing.T) {
	w := newWorld(t)
	look := func(o sync.Options) (*sync.Sync, sync.Plan, error) {
		t.Helper()
		o.Tables = []connector.TableName{w.table(thousand)}
		s, err := sync.Ahead(w.source(), o, w.dir)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		plan, err := s.Forecast(t.Context())
		return s, plan, err
	}
	w.d.Play(refusesEverything)
	if _, _, err := look(slices4); err == nil {
		t.Error("before the first run it did not ask for anything")
	}
	w.d.Play(nil)
	if s, plan, err := look(slices4); err != nil || s.Resumed || len(plan.Tables) != 1 {
		t.Errorf("before the first: %+v, %v", plan, err)
	}
	if _, err := os.Stat(w.dir); err == nil {
		t.Error("it made the folder")
	}
	w.d.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "VERSION AS OF", After: 4, Status: http.StatusServiceUnavailable}})
	_ = w.fails(slices4, thousand)
	w.d.Play(nil)
	before := within(t, w.dir)
	w.d.Play(refusesEverything)
	if s, plan, err := look(slices4); err != nil || !s.Resumed || len(plan.Tables) != 1 || len(s.Drops) != 0 {
		t.Errorf("over one that was stopped: resumed %v, %d tables, drops %q, %v", s.Resumed, len(plan.Tables), s.Drops, err)
	}
	w.d.Play(nil)
	other := slices4
	other.Slice = 100
	if s, _, err := look(other); err != nil || s.Resumed || len(s.Drops) != 1 || !strings.Contains(s.Dropping(), "goes: 20261129T020000Z, begun with other options.") {
		t.Errorf("with other options: resumed %v, %s, %v", s.Resumed, s.Dropping(), err)
	}
	if after := within(t, w.dir); !slices.Equal(before, after) {
		t.Errorf("the folder has %q, and had %q", after, before)
	}
	locked := w.open(slices4, thousand)
	if _, _, err := look(slices4); err != nil {
		t.Errorf("while another reads: %v", err)
	}
	locked.Close()
	got := w.run(other, thousand)
	if left, _ := filepath.Glob(filepath.Join(w.dir, ".partial-*")); len(left) > 0 || got == nil {
		t.Errorf("left behind: %q", left)
	}
	w.shard(shard(slices4, 1, 2), thousand)
	if _, _, err := look(slices4); !errors.Is(err, sync.ErrOpen) {
		t.Errorf("over one in shards: %v", err)
	}
	if s, plan, err := look(shard(slices4, 2, 2)); err != nil || !s.Resumed || len(plan.Of(s.Shard()).Tables[0].Pieces) != 2 {
		t.Errorf("a shard of it: %v, %v", s.Resumed, err)
	}
}

// TestRunsThatHadToGoAreNamed keeps two.
func TestRunsThatHadToGoAreNamed(t *testing.T) {
	w := newWorld(t)
	var ids []string
	for range 3 {
		s := w.open(sync.Options{Keep: 2}, thousand)
		if err := s.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		r, err := s.Run(t.Context(), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.ID)
		if want := len(ids) - 2; want > 0 && !slices.Equal(s.Removed, ids[:want]) {
			t.Errorf("%q went", s.Removed)
		}
		s.Close()
	}
	if ids[1] != "20261129T020000Z-002" {
		t.Errorf("runs of one second are %q", ids)
	}
}

// refusesEverything shows that nothing was asked for: who asks fails. Counting would also find what an earlier run left to end in the background.
var refusesEverything = []relay.Rule{{Path: "/*", Status: http.StatusForbidden}}
