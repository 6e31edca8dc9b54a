package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
)

// TestASyncInShardsIsReadAndClosedOnTheCommandLine reads two of three, joins too early, and again after all.
func TestASyncInShardsIsReadAndClosedOnTheCommandLine(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	folder := filepath.Join(t.TempDir(), "shared")
	does := func(arguments ...string) outcome {
		t.Helper()
		return run(t, append(arguments, "--to", folder, "--key-file", s.keyFile)...)
	}
	if o := does("sync", "prod", "--shard", "1/3", "--dry-run"); o.code != exitOK || !strings.Contains(o.out, "Shard 1 of 3.") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("a dry run made the folder")
	}
	for i, want := range []string{"2 shards (1, 2)", "1 shard (2)"} {
		if o := does("sync", "prod", "--shard", []string{"3/3", "1/3"}[i]); o.code != exitOK || !strings.Contains(o.out, "To be read: "+want+". Then sync join closes the run.") {
			t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
		}
	}
	for _, early := range [][]string{{"sync", "join", "prod"}, {"sync", "prod"}, {"sync", "prod", "--shard", "1/2"}, {"sync", "prod", "--dry-run"}} {
		if o := does(early...); o.code != exits.Open || strings.Count(o.err, "\n") != 2 {
			t.Errorf("%q: exit %d\n%s%s", early, o.code, o.out, o.err)
		}
	}
	o := does("sync", "prod", "--shard", "2/3", "--json")
	lines := strings.Split(strings.TrimSpace(o.out), "\n")
	var first, last struct {
		Event         string
		Shard, Shards int
		Left          []any `json:"shards_left"`
	}
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil || first.Event != "plan" || first.Shard != 2 || first.Shards != 3 {
		t.Errorf("%v: %s", err, lines[0])
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.Event != "shard" || last.Shard != 2 || len(last.Left) > 0 {
		t.Errorf("%v: %s", err, lines[len(lines)-1])
	}
	if o := does("sync", "join", "prod"); o.code != exitOK || !strings.Contains(o.out, ", in "+folder) {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	if o := does("sync", "join", "prod", "--json"); o.code != exitOK || !strings.Contains(o.out, `"event":"run"`) {
		t.Errorf("joined again: exit %d\n%s%s", o.code, o.out, o.err)
	}
	for _, wrong := range []string{"", "3", "4/3", "0/0", "a/b", "1/1001", "-1/3", "1/3/3"} {
		if o := does("sync", "prod", "--shard="+wrong); wrong != "" && (o.code != exitUsage || strings.Count(o.err, "\n") != 2) {
			t.Errorf("%q: exit %d\n%s%s", wrong, o.code, o.out, o.err)
		}
	}
	for _, wrong := range [][]string{{"--shard", "1/3"}, {"--shard", "1/3", "--to", "-"}, {"--shard", "1/3", "--to", folder, "--every", "1h"}} {
		if o := run(t, append([]string{"sync", "prod", "--key-file", s.keyFile}, wrong...)...); o.code != exitUsage {
			t.Errorf("%q: exit %d\n%s%s", wrong, o.code, o.out, o.err)
		}
	}
	if o := run(t, "sync", "join", "prod", "--key-file", s.keyFile); o.code != exitUsage {
		t.Errorf("without a folder: exit %d\n%s%s", o.code, o.out, o.err)
	}
}

// TestAConnectionThatIsCalledJoinIsReadAllTheSame goes behind the mark that ends flags.
func TestAConnectionThatIsCalledJoinIsReadAllTheSame(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("join"))
	if o := run(t, "sync", "--dry-run", "--key-file", s.keyFile, "--", "join"); o.code != exitOK || !strings.Contains(o.out, "full: ") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	if o := run(t, "sync", "join", "--key-file", s.keyFile); o.code != exitUsage || !strings.Contains(o.err, "Give the name of one saved connection.") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
}
