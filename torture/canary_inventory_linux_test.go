package torture

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// An inventory reads everything that surrounds secrets: tokens, OAuth secrets and their hashes, secret scopes. Nothing of a secret is in the store,
// in a file for another program, in a log, or on the screen.
func TestASecretIsInNothingThatAnInventoryLeaves(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	cwd, given := filepath.Join(m.dir, "cwd"), filepath.Join(t.TempDir(), "secret") // what the person wrote is outside of what is searched
	if err := os.WriteFile(given, []byte(m.served.AdminSecret), 0o600); err != nil {
		t.Fatal(err)
	}
	way := []string{"--host", m.served.Host, "--allow-host", m.served.Host, "--ca-file", m.served.CAFile, "--admin-client-id", m.served.AdminID, "--admin-secret-stdin"}
	var seen []byte
	ran := 0
	run := func(args ...string) {
		t.Helper()
		ran++
		log := filepath.Join(cwd, fmt.Sprint("log-", ran))
		cmd := m.command(append(args, "--record", log+".record", "--debug", log+".debug")...)
		if slices.Contains(args, "--admin-secret-stdin") {
			from, err := os.Open(given)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = from.Close() }()
			cmd.Stdin = from
		}
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%q: %v\n%s", args, err, out)
		}
		seen = append(seen, out...)
	}
	run(append([]string{"inventory", "run", "--to", filepath.Join(cwd, "layout")}, way...)...)
	for _, form := range []string{"ndjson", "csv", "parquet", "opengraph"} {
		run("inventory", "export", "--to", filepath.Join(cwd, "files-"+form), "--format", form)
	}
	for _, kind := range []string{"tokens", "oauth-secrets"} { // without any of them nothing would be shown
		if info, err := os.Stat(filepath.Join(cwd, "files-ndjson", kind+".ndjson")); err != nil || info.Size() == 0 {
			t.Errorf("there are no %s: %v", kind, err)
		}
	}
	run("inventory", "export", "--partitioned", "--to", filepath.Join(cwd, "again"), "--format", "ndjson")
	for _, kind := range []string{"tokens", "oauth-secrets", "secret-scopes", "workspace-service-principals"} {
		run("inventory", "show", kind)
	}
	run("inventory", "status", "--json")
	run("access", "who", "inventory.assets.components")
	run("access", "what", m.served.ClientID)
	run("access", "can")
	run(append([]string{"tokens", "list"}, way...)...)
	run(append([]string{"tokens", "who"}, way...)...)
	m.silent(seen, m.served.ClientSecret, m.served.AdminSecret, m.served.Token, m.served.AdminToken)
	m.without(seen, "secret_hash", "token_value", "token_hash")
}

// without checks that no word is in what was seen, nor in any file.
func (m *machine) without(seen []byte, words ...string) {
	m.t.Helper()
	look := func(where string, content []byte) {
		for _, word := range words {
			if strings.Contains(string(content), word) {
				m.t.Errorf("%q is in %s", word, where)
			}
		}
	}
	look("what was seen", seen)
	if err := filepath.WalkDir(m.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		look(path, content)
		return err
	}); err != nil {
		m.t.Error(err)
	}
}
