package cmd

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
)

// ofTwo is a connection that reads two tables.
func (s *shelf) ofTwo(name string) connector.Connection {
	s.t.Helper()
	c := s.connection(name)
	other, err := connector.ParseTable("inventory.assets.devices", connector.SchemaName{})
	if err != nil {
		s.t.Fatal(err)
	}
	c.Tables = append(c.Tables, other)
	return c
}

// TestWhatASyncPrintsAsJSONIsLines reads every line of a sync that comes to its end, of one that does not, and of one that cannot begin.
func TestWhatASyncPrintsAsJSONIsLines(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.ofTwo("prod"))
	to := filepath.Join(t.TempDir(), "runs")
	events := func(code int, args ...string) (last map[string]any) {
		t.Helper()
		o := run(t, append([]string{"sync", "prod", "--json", "--key-file", s.keyFile}, args...)...)
		if o.code != code {
			t.Fatalf("exit %d\n%s%s", o.code, o.out, o.err)
		}
		for line := range strings.Lines(o.out) {
			last = nil
			if err := json.Unmarshal([]byte(line), &last); err != nil || last["event"] == nil {
				t.Fatalf("%v: %q", err, line)
			}
		}
		return last
	}
	if last := events(exitOK, "--to", to); last["event"] != "run" {
		t.Errorf("it ends with %v", last)
	}
	if last := events(exitUsage, "--mode", "none"); last["event"] != "error" || last["error"].(map[string]any)["exit"] != float64(exitUsage) {
		t.Errorf("it ends with %v", last)
	}
	if last := events(exitUsage, "--limit", "x"); last["event"] != "error" {
		t.Errorf("it ends with %v", last)
	}
	s.workspace.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", Holds: "LIMIT 0", SQLError: "[INSUFFICIENT_PERMISSIONS] no SELECT SQLSTATE: 42501", SQLState: "42501"}})
	if last := events(40, "--to", filepath.Join(t.TempDir(), "runs")); last["event"] != "error" || !strings.Contains(last["error"].(map[string]any)["message"].(string), "Not read either: ") {
		t.Errorf("it ends with %v", last)
	}
}

// TestACursorIsReadFromTheCommandLine names what goes together and what does not.
func TestACursorIsReadFromTheCommandLine(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.ofTwo("prod"))
	to := filepath.Join(t.TempDir(), "runs")
	for _, wrong := range []struct{ args, says string }{
		{"--since 1", "not every table has one"}, {"--cursor x", "which table's cursor x is"}, {"--cursor components=id --cursor components=name", "is another"},
		{"--table components --cursor id --mode changes", "the change feed"}, {"--table components --cursor id --limit 5", "reads a part"},
		{"--table components --cursor id --to -", "standard output has none"}, {"--table components --cursor id --since 1", "Name a folder for it with --to"},
		{"--table components --cursor none --key id --to " + to, "There is no column none"},
	} {
		o := run(t, append([]string{"sync", "prod", "--key-file", s.keyFile}, strings.Fields(wrong.args)...)...)
		if o.wants(t, exitUsage, wrong.says); o.out != "" && !strings.Contains(wrong.args, "none") {
			t.Errorf("%s printed %s", wrong.args, o.out)
		}
	}
	again := []string{"sync", "prod", "--key-file", s.keyFile, "--table", "components", "--cursor", "id", "--key", "id", "--to", to}
	if o := run(t, again...); o.code != exitOK || !strings.Contains(o.out, "cursor id for the next run") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
}
