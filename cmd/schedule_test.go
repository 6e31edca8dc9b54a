package cmd

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestAScheduleIsPrintedAndInstallsNothing(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("it's 100%"))
	asked := len(s.workspace.Requests())
	for as, want := range map[string]string{
		"systemd": "ExecStart=", "cron": "0 2 * * * DRAFTT_DATABRICKS_HOME='" + s.dir + "';", "kubernetes": "kind: CronJob", "databricks-job": `"quartz_cron_expression": "0 0 2 * * ?"`,
	} {
		o := run(t, "schedule", "it's 100%", "--as", as, "--key-file", s.keyFile)
		if o.code != exitOK || !strings.Contains(o.out, want) || o.err == "" {
			t.Errorf("%s: exit %d\n%s%s", as, o.code, o.out, o.err)
		}
	}
	if o := run(t, "schedule", "it's 100%", "--as", "cron", "--to", "-", "--key-file", s.keyFile); o.code != exitOK || !strings.Contains(o.out, "0 2 * * * ") {
		t.Errorf("to standard output: exit %d\n%s%s", o.code, o.out, o.err)
	}
	if _, err := os.Stat("-"); err == nil {
		t.Error("a folder is called -")
	}
	for as, want := range map[string]string{"kubernetes": "completionMode: Indexed", "databricks-job": `"task_key": "shard-3"`} {
		if o := run(t, "schedule", "it's 100%", "--as", as, "--shards", "3", "--key-file", s.keyFile); o.code != exitOK || !strings.Contains(o.out, want) {
			t.Errorf("%s in shards: exit %d\n%s%s", as, o.code, o.out, o.err)
		}
	}
	folder := filepath.Join(t.TempDir(), "units")
	for _, said := range []string{"Wrote ", "Unchanged: "} {
		o := run(t, "schedule", "it's 100%", "--as", "systemd", "--to", folder, "--key-file", s.keyFile)
		if o.code != exitOK || strings.Count(o.out, said) != 2 {
			t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == "draftt-sync-it-s-100.timer" }) {
		t.Errorf("%v, %v", entries, err)
	}
	for _, wrong := range [][]string{{}, {"--as", "a calendar"}, {"--as", "systemd", "--runs", "-"}, {"--as", "cron", "--every", "7h"}, {"--as", "cron", "--at", "26:00"}, {"--as", "cron", "--shards", "2"}, {"--as", "kubernetes", "--shards", "1000"}, {"--as", "systemd", "--to", folder, "--at", "03:00"}} {
		o := run(t, append([]string{"schedule", "it's 100%", "--key-file", s.keyFile}, wrong...)...)
		if o.code != exitUsage || strings.Contains(o.out, "[Unit]") || strings.Count(o.err, "\n") != 2 {
			t.Errorf("%q: exit %d\n%s%s", wrong, o.code, o.out, o.err)
		}
	}
	if now := len(s.workspace.Requests()); now != asked {
		t.Errorf("the workspace was asked %d times", now-asked)
	}
}

func TestAContractDemandsASyncThatIsYoungEnough(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	file := filepath.Join(t.TempDir(), "contract.yaml")
	if err := os.WriteFile(file, []byte("version: 1\nconnection: prod\nsync_within_hours: 26\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := run(t, "test", "--contract", file, "--key-file", s.keyFile)
	if o.code != 1 || !strings.Contains(o.out, "✗ sync_within_hours: there is no whole sync in the usual folder: draftt-databricks sync prod") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "sync")); err == nil {
		t.Error("looking for a sync made its folder")
	}
	if o := run(t, "sync", "prod", "--key-file", s.keyFile); o.code != exitOK {
		t.Fatalf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	if o := run(t, "test", "--contract", file, "--key-file", s.keyFile); o.code != exitOK || !strings.Contains(o.out, "✓ sync_within_hours: as expected") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
}
