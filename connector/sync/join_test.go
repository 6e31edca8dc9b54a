package sync_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
)

func TestAJoinThatComesTooEarlySaysWhatIsLeft(t *testing.T) {
	w := newWorld(t)
	w.made("true")
	o := sync.Options{Format: format.Arrow, Slice: 250}
	if _, err := w.tryJoin(); !errors.Is(err, connector.ErrInput) {
		t.Errorf("where nothing was begun: %v", err)
	}
	if _, err := os.Stat(w.dir); err == nil {
		t.Error("it made the folder")
	}
	left := w.shard(shard(o, 2, 3), thousand, made)
	if len(left) != 2 {
		t.Errorf("left: %v", left)
	}
	_, err := w.tryJoin()
	what, remedy := connector.Words(err)
	if !errors.Is(err, sync.ErrOpen) || !strings.Contains(what, "Shard 1 has left: "+thousand+", slices 1, 4 of 4; shard 3 has left: "+thousand+", slice 3 of 4.") || !strings.Contains(remedy, "--shard 1/3") {
		t.Errorf("%s %s", what, remedy)
	}
	if again := w.shard(shard(o, 2, 3), thousand, made); len(again) != len(left) || w.slicesRead() != 1 {
		t.Errorf("a shard that is read again reads %d statements", w.slicesRead())
	}
	w.shard(shard(o, 1, 3), thousand, made)
	w.shard(shard(o, 3, 3), thousand, made)
	w.join()
	if n := w.slicesRead(); n != 4 {
		t.Errorf("four slices took %d statements", n)
	}
}

// TestPartsThatDoNotFitTogetherAreReadAnew has the plan count a row less than there are.
func TestPartsThatDoNotFitTogetherAreReadAnew(t *testing.T) {
	w := newWorld(t)
	o := sync.Options{Format: format.Arrow, Slice: 250}
	w.shard(shard(o, 1, 2), thousand)
	w.shard(shard(o, 2, 2), thousand)
	plans, err := filepath.Glob(filepath.Join(w.dir, ".partial-*", "_plan.json"))
	if err != nil || len(plans) != 1 {
		t.Fatal(plans, err)
	}
	text, err := os.ReadFile(plans[0])
	if err != nil || strings.Count(string(text), `"Total":1000`) != 1 {
		t.Fatalf("%v: %s", err, text)
	}
	if err := os.WriteFile(plans[0], []byte(strings.Replace(string(text), `"Total":1000`, `"Total":999`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.tryJoin(); !errors.Is(err, sync.ErrChanged) {
		t.Errorf("what does not fit: %v", err)
	}
	if _, err := w.tryJoin(); !errors.Is(err, sync.ErrOpen) {
		t.Errorf("joined again: %v", err)
	}
	if left := w.shard(shard(o, 2, 2), thousand); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	w.sameRows(w.join(), w.elsewhere().run(o, thousand), thousand)
}
