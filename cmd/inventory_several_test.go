package cmd

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

type two struct {
	*shelf
	other *demo.Workspace
}

// twoWorkspaces is a shelf with connections to two workspaces, and one more to the first.
func twoWorkspaces(t *testing.T) two {
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
	return two{s, second}
}

// One of the workspaces cannot be reached, which keeps the other from nothing.
func TestEachOfSeveralWorkspacesIsReadIntoARunOfItsOwn(t *testing.T) {
	s := twoWorkspaces(t)
	to := filepath.Join(t.TempDir(), "layout")
	laid := func(below string) []string {
		all, err := filepath.Glob(filepath.Join(below, "workspace=*", "run=*", "_manifest.json"))
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	_ = s.other.Close()
	o := run(t, "inventory", "run", "--all", "--to", to, "--format", "ndjson", "--key-file", s.keyFile)
	if o.code == exitOK || len(laid(to)) != 1 {
		t.Fatalf("exit %d: %q\n%s%s", o.code, laid(to), o.out, o.err)
	}
	for _, said := range []string{"leads to the same workspace as", "1 of 2 workspaces were read.", "north was not read: "} {
		if !strings.Contains(o.err, said) {
			t.Errorf("it does not say %q:\n%s", said, o.err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(filepath.Dir(laid(to)[0]), "me.ndjson")); err != nil || !strings.Contains(string(text), `"kind":"me"`) {
		t.Errorf("%s: %v", text, err)
	}
	// A schedule that tries again reads nothing twice, and lays out what was not.
	later := filepath.Join(t.TempDir(), "later")
	if o := run(t, "inventory", "run", "prod", "--older-than", "12h", "--to", later, "--key-file", s.keyFile); o.code != exitOK || len(laid(later)) != 1 || !strings.Contains(o.err, "and is left out.") {
		t.Errorf("exit %d: %q\n%s%s", o.code, laid(later), o.out, o.err)
	}
	if o := run(t, "inventory", "run", "prod", "north", "--shard", "1/2", "--older-than", "12h", "--key-file", s.keyFile); o.code != exitOK || !strings.Contains(o.err, "prod was read at ") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	for _, said := range []string{" is in ", " already: "} {
		o := run(t, "inventory", "export", "--partitioned", "--to", filepath.Join(later, "again"), "--format", "parquet")
		if o.code != exitOK || !strings.Contains(o.out, said) {
			t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
		}
	}
}

func TestWhatToReadIsSaidInOneWay(t *testing.T) {
	s := twoWorkspaces(t)
	for _, wrong := range [][]string{
		{"prod", "--all"}, {"prod", "--host", "adb-1.1.azuredatabricks.net"}, {"--all", "--admin"}, {"--all-workspaces"}, {"--all", "--account-only", "--account", "3f0d6c1e-2b5a-4c6f-9d17-8a51be60c742"},
		{"--host", "adb-1.1.azuredatabricks.net", "--admin", "--shard", "1/2"}, {"--all", "--shard", "3/2"}, {"--all", "--shard", "x"}, {"nobody"}, {"--all", "--to", "x", "--format", "opengraph"}, {"--all", "--older-than", "-1h"}, {},
		{"prod", "north", "--warehouse", "1234567890abcdef"}, {"--all", "--warehouse", "1234567890abcdef"},
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
	for _, wrong := range [][]string{{"nobody", "--as", "cron"}, {"prod", "--as", "kubernetes", "--shards", "2"}, {"--as", "cron", "--shards", "2"}, {"prod"}} {
		if o := run(t, append([]string{"inventory", "schedule", "--key-file", s.keyFile}, wrong...)...); o.code != exitUsage {
			t.Errorf("%q: exit %d\n%s%s", wrong, o.code, o.out, o.err)
		}
	}
}
