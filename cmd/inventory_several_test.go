package cmd

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// twoWorkspaces is a shelf with connections to two workspaces, and one more to the first.
func twoWorkspaces(t *testing.T) *shelf {
	t.Helper()
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	s.save(s.connection("prod again"))
	first := s.workspace
	found, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	if s.workspace, err = demo.Start(context.Background(), found, demo.Options{}); err != nil {
		t.Fatal(err)
	}
	second := s.workspace
	t.Cleanup(func() { _ = second.Close() })
	s.save(s.connection("north"))
	s.workspace = first
	return s
}

func TestSeveralWorkspacesAreReadEachIntoARunOfItsOwn(t *testing.T) {
	s := twoWorkspaces(t)
	to := filepath.Join(t.TempDir(), "layout")
	laid := func() (all []string) {
		all, err := filepath.Glob(filepath.Join(to, "workspace=*", "run=*", "_manifest.json"))
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	o := run(t, "inventory", "run", "--all", "--to", to, "--format", "ndjson", "--key-file", s.keyFile)
	if o.code != exitOK || len(laid()) != 2 || !strings.Contains(o.err, "leads to the same workspace as") || !strings.Contains(o.err, "2 of 2 workspaces were read.") {
		t.Errorf("exit %d: %q\n%s%s", o.code, laid(), o.out, o.err)
	}
	for _, manifest := range laid() {
		if text, err := os.ReadFile(filepath.Join(filepath.Dir(manifest), "me.ndjson")); err != nil || !strings.Contains(string(text), `"kind":"me"`) {
			t.Errorf("%s: %s: %v", manifest, text, err)
		}
	}
	// A schedule that tries again reads nothing twice.
	again := run(t, "inventory", "run", "prod", "north", "--older-than", "12h", "--to", to, "--format", "ndjson", "--key-file", s.keyFile)
	if again.code != exitOK || len(laid()) != 2 || strings.Count(again.err, "and is left out.") != 2 {
		t.Errorf("exit %d: %q\n%s%s", again.code, laid(), again.out, again.err)
	}
	// Each part is some of them.
	part := run(t, "inventory", "run", "prod", "north", "--shard", "2/2", "--json", "--key-file", s.keyFile)
	if part.code != exitOK || strings.Count(part.out, `"event":"run"`) != 1 {
		t.Errorf("exit %d\n%s%s", part.code, part.out, part.err)
	}
	// One that cannot be read keeps no other back.
	_ = s.workspace.Close()
	broken := run(t, "inventory", "run", "prod", "north", "--key-file", s.keyFile)
	if broken.code == exitOK || !strings.Contains(broken.err, "1 of 2 workspaces were read.") || !strings.Contains(broken.err, "prod was not read") {
		t.Errorf("exit %d\n%s%s", broken.code, broken.out, broken.err)
	}
	// What is here is laid out later as well.
	to = filepath.Join(t.TempDir(), "later")
	if o := run(t, "inventory", "export", "--partitioned", "--to", to, "--format", "parquet"); o.code != exitOK || len(laid()) != 2 || strings.Count(o.out, " is in ") != 2 {
		t.Errorf("exit %d: %q\n%s%s", o.code, laid(), o.out, o.err)
	}
}

func TestWhatToReadIsSaidInOneWay(t *testing.T) {
	s := twoWorkspaces(t)
	for _, wrong := range [][]string{
		{"prod", "--all"}, {"prod", "--host", "adb-1.1.azuredatabricks.net"}, {"--all", "--admin"}, {"--all-workspaces"}, {"--all", "--account-only", "--account", "3f0d6c1e-2b5a-4c6f-9d17-8a51be60c742"},
		{"prod", "--shard", "1/2"}, {"--all", "--shard", "3/2"}, {"--all", "--shard", "x"}, {"nobody"}, {"--all", "--to", "x", "--format", "opengraph"}, {"--all", "--older-than", "-1h"}, {},
	} {
		o := run(t, append([]string{"inventory", "run", "--key-file", s.keyFile}, wrong...)...)
		if o.code != exitUsage || strings.Count(o.err, "\n") != 2 || o.out != "" {
			t.Errorf("%q: exit %d\n%s%s", wrong, o.code, o.out, o.err)
		}
	}
	if _, err := os.Stat("x"); err == nil {
		t.Error("a folder was made before anything was read")
	}
}

func TestAScheduleOfInventoriesNamesTheConnections(t *testing.T) {
	s := twoWorkspaces(t)
	for as, want := range map[string]string{
		"systemd": `"--" "prod" "north"`, "cron": "'--' 'prod' 'north'", "kubernetes": "- prod\n", "databricks-job": `"north"`,
	} {
		o := run(t, "inventory", "schedule", "PROD", "north", "--as", as, "--key-file", s.keyFile)
		if o.code != exitOK || !strings.Contains(o.out, want) || o.err == "" {
			t.Errorf("%s: exit %d\n%s%s", as, o.code, o.out, o.err)
		}
	}
	if o := run(t, "inventory", "schedule", "--as", "kubernetes", "--shards", "2", "--key-file", s.keyFile); o.code != exitOK || !strings.Contains(o.out, "- --all\n") || !strings.Contains(o.out, "completionMode: Indexed") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	for _, wrong := range [][]string{{"nobody", "--as", "cron"}, {"--as", "cron", "--shards", "2"}, {"prod"}} {
		if o := run(t, append([]string{"inventory", "schedule", "--key-file", s.keyFile}, wrong...)...); o.code != exitUsage {
			t.Errorf("%q: exit %d\n%s%s", wrong, o.code, o.out, o.err)
		}
	}
}
