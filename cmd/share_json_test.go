package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJSONStaysJSONWhileTheScreenIsShared runs what prints JSON with --share: each document, and each line where lines are printed.
func TestJSONStaysJSONWhileTheScreenIsShared(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.ofTwo("prod"))
	home := t.TempDir()
	t.Setenv("HOME", home)
	to := filepath.Join(home, "runs")
	for _, args := range []string{
		"list --json", "show prod --json", "test prod --json", "grants prod --json", "audit prod --json", "words --json", "version --json", "doctor --json",
		"test nobody --json",
	} {
		o := run(t, append(strings.Fields(args), "--share", "--key-file", s.keyFile)...)
		if o.out == "" || !json.Valid([]byte(o.out)) {
			t.Errorf("%s: exit %d\n%s%s", args, o.code, o.out, o.err)
		}
	}
	for _, args := range []string{"join prod --to " + to, "join --none", "prod --dry-run --to " + to, "prod --to " + to, "prod --to " + to, "prod --mode none", "prod --dry-run"} {
		o := run(t, append([]string{"sync", "--json", "--share", "--key-file", s.keyFile}, strings.Fields(args)...)...)
		for line := range strings.Lines(o.out) {
			if !json.Valid([]byte(line)) || !strings.HasPrefix(line, `{"event":`) {
				t.Errorf("sync %s: %s", args, line)
			}
		}
		for _, hidden := range []string{home, "components", "prod"} {
			if strings.Contains(o.out, hidden) {
				t.Errorf("sync %s shows %s\n%s", args, hidden, o.out)
			}
		}
	}
}

// TestFoldersOfThisMachineAreAliasesWhileTheScreenIsShared has files elsewhere than at home, named as a whole and from where one is.
func TestFoldersOfThisMachineAreAliasesWhileTheScreenIsShared(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.ofTwo("prod"))
	there := filepath.Join(t.TempDir(), "Contoso secrets", "out")
	if err := os.MkdirAll(filepath.Join(there, "here"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(there, "here"))
	for _, args := range [][]string{
		{"sync", "prod", "--to", there}, {"sync", "prod", "--to", "runs"}, {"sync", "prod", "--to", "."}, {"sync", "prod", "--to", filepath.Join("..", "here", "more")},
		{"export", "prod", filepath.Join(there, "prod.yaml")}, {"export", "prod", filepath.Join(there, "prod.yaml")}, {"list", "--key-file", filepath.Join(there, "no.key")},
		{"grants", "prod", "--record", filepath.Join(there, "no folder", "log")},
	} {
		o := run(t, append([]string{"--share", "--key-file", s.keyFile}, args...)...)
		if said := o.out + o.err; said == "" || strings.Contains(strings.ToLower(said), "contoso") {
			t.Errorf("%q shows\n%s", args, said)
		}
	}
}
