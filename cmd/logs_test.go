package cmd

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// TestARecordOfASessionNamesNothing tests a saved connection with --record and without --share.
func TestARecordOfASessionNamesNothing(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("Zebra finance"))
	file := filepath.Join(t.TempDir(), "session.txt")
	s.run("test", "Zebra finance", "--record", file).wants(t, 0)
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"127.0.0.1", "inventory", "draftt-connector", "Starter", "Zebra", string(s.workspace.Connector().ClientID)} {
		if strings.Contains(string(written), name) {
			t.Errorf("the record has %q:\n%s", name, written)
		}
	}
	if !strings.Contains(string(written), "warehouse-1") || !strings.Contains(string(written), "Connected: read the table as the connector") {
		t.Errorf("the record tells nothing:\n%s", written)
	}
}

// TestADebugLogOfASetUpHasItsStages sets up from a file, as JSON.
func TestADebugLogOfASetUpHasItsStages(t *testing.T) {
	s := newShelf(t, "missing-grants")
	file := filepath.Join(t.TempDir(), "debug.txt")
	s.run("setup", "--answers", s.answersFor("prod", ""), "--allow-host", s.workspace.Addr(), "--json", "--debug", file)
	written, err := os.ReadFile(file)
	if err != nil || !regexp.MustCompile(`(?m)^\d\d:\d\d  ✗ S14 Schema: failed`).Match(written) {
		t.Errorf("%v\n%s", err, written)
	}
}

// TestADebugLogHasEachRequestAndNamesNothing tests a saved connection.
func TestADebugLogHasEachRequestAndNamesNothing(t *testing.T) {
	s := newShelf(t, "missing-grants")
	s.save(s.connection("Zebra finance"))
	file := filepath.Join(t.TempDir(), "debug.txt")
	o := s.run("test", "Zebra finance", "--debug", file)
	if o.code != 40 || !strings.Contains(o.err, "Requests are written to "+file) {
		t.Errorf("exit %d, says %q", o.code, o.err)
	}
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`Command draftt-databricks test, go1`, `POST /oidc/v1/token: 200 after \d+ ms`, `GET /api/2\.0/preview/scim/v2/Me: 200 after \d+ ms, request \S+`,
		`GET /api/2\.1/unity-catalog/schemas/\*: 200 after \d+ ms`, `✗ S14 Schema: failed`,
	} {
		if !regexp.MustCompile(`(?m)^\d\d:\d\d  ` + line).Match(written) {
			t.Errorf("no line is %s:\n%s", line, written)
		}
	}
	secret := string(s.workspace.Connector().Secret.Reveal())
	for _, name := range []string{"127.0.0.1", "inventory", "draftt-connector", "Starter", "Zebra", string(s.workspace.Connector().ClientID), secret, "Bearer"} {
		if strings.Contains(string(written), name) {
			t.Errorf("the log has %q:\n%s", name, written)
		}
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others can read it: %v, %v", info, err)
	}
	s.run("list", "--debug", file).wants(t, exitUsage, "The file of --debug could not be begun", "Give --debug a new file.")
	s.run("list", "--debug", "-").wants(t, exitUsage, "--debug takes a file")
	s.run("list", "--record", "-").wants(t, exitUsage, "--record takes a file")
}

// TestEveryRequestIsOnTheNetworkThatALogWatches holds the commands to the one place that knows of the log.
func TestEveryRequestIsOnTheNetworkThatALogWatches(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]int{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, what := range []string{"setup.Environment{", "workspace.Network{}"} {
			made[what] += strings.Count(string(content), what)
		}
	}
	if made["setup.Environment{"] != 1 || made["workspace.Network{}"] != 1 {
		t.Errorf("there is more than one place that says on which network a command asks: %v", made)
	}
}
