package sync_test

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/sync"
)

const components = "inventory.assets.components"

// TestTheManifestTellsTheTags reads a table with tags and one without.
func TestTheManifestTellsTheTags(t *testing.T) {
	w := newWorld(t)
	run := w.run(sync.Options{}, components, thousand)
	got := run.Manifest.Find(components)
	if !maps.Equal(got.Tags, map[string]string{"domain": "assets", "team": "inventory"}) || got.TagsHidden {
		t.Errorf("the table has %v", got.Tags)
	}
	for _, c := range got.Columns {
		if tagged := c.Name == "serial_number"; tagged != (c.Tags["class"] == "confidential") || !tagged && c.Tags != nil {
			t.Errorf("column %s has %v", c.Name, c.Tags)
		}
	}
	if other := run.Manifest.Find(thousand); other.Tags != nil || other.TagsHidden {
		t.Errorf("a table without tags has %v", other.Tags)
	}
	if again := w.run(sync.Options{}, components, thousand).Manifest.Find(components); again.Mode != string(sync.Unchanged) || again.Tags["domain"] != "assets" {
		t.Errorf("%s: %v", again.Mode, again.Tags)
	}
}

// TestTagsThatAreNotVisibleStopNothing has a workspace refuse them, have no such view, and answer nothing.
func TestTagsThatAreNotVisibleStopNothing(t *testing.T) {
	w := newWorld(t)
	for _, rule := range []relay.Rule{
		{SQLError: "[INSUFFICIENT_PERMISSIONS] no SQLSTATE: 42501", SQLState: "42501"}, {SQLError: "[TABLE_OR_VIEW_NOT_FOUND] no SQLSTATE: 42P01", SQLState: "42P01"}, {Status: http.StatusServiceUnavailable},
	} {
		rule.Path, rule.RPC, rule.Holds = "/sql/*", "ExecuteStatement", "column_tags"
		w.d.Play([]relay.Rule{rule})
		s := w.open(sync.Options{Mode: sync.Full}, components)
		if err := s.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		if text := s.Plan.Text(w.dir); !strings.Contains(text, "its tags are not visible") {
			t.Errorf("%s", text)
		}
		run, err := s.Run(t.Context(), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := run.Manifest.Find(components); !got.TagsHidden || got.Tags["domain"] != "assets" || got.Rows == 0 {
			t.Errorf("%v of %d rows", got.Tags, got.Rows)
		}
		s.Close()
	}
}

// TestATableThatAShardPlansAnewHasItsTags has a plan in which it is stale.
func TestATableThatAShardPlansAnewHasItsTags(t *testing.T) {
	w := newWorld(t)
	w.shard(shard(sync.Options{}, 0, 2), components)
	plans, err := filepath.Glob(filepath.Join(w.dir, ".partial-*", "_plan.json"))
	if err != nil || len(plans) != 1 {
		t.Fatal(plans, err)
	}
	text, err := os.ReadFile(plans[0])
	if err != nil || strings.Count(string(text), `"Parts":[`) != 1 {
		t.Fatalf("%v: %s", err, text)
	}
	if err := os.WriteFile(plans[0], []byte(strings.Replace(string(text), `"Parts":[`, `"Stale":true,"Parts":[`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	w.shard(shard(sync.Options{}, 1, 2), components)
	w.shard(shard(sync.Options{}, 2, 2), components)
	if got := w.join().Manifest.Find(components); got.Tags["domain"] != "assets" || !strings.Contains(got.Reason, "planned anew") {
		t.Errorf("it is %s, with the tags %v", got.Reason, got.Tags)
	}
}
