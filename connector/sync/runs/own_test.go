package runs

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWhatNoSyncMadeStays has a person's own things under the names that runs have.
func TestWhatNoSyncMadeStays(t *testing.T) {
	s := opened(t)
	own := []string{".partial-mine/_plan.json", ".partial-20260101T000000Z/table=x/part", ".gone-mine/letter", "run=mine/letter"}
	for _, name := range own {
		write(t, filepath.Join(s.Dir(), filepath.FromSlash(name)), "mine")
	}
	p := begin(t, s, night, "plan")
	if others := p.Others(); len(others) > 0 {
		t.Errorf("%d are to be dropped", len(others))
	}
	if err := p.Alone(); err != nil {
		t.Fatal(err)
	}
	part := put(t, p, "a.b.c", "whole", "part-0", "rows")
	if _, err := p.Finish(manifest(part)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Prune(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	for _, name := range own {
		if text, err := os.ReadFile(filepath.Join(s.Dir(), filepath.FromSlash(name))); err != nil || string(text) != "mine" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

// TestALatestThatNoSyncMadeIsRefusedBeforeAnythingIsRead and what one made is not, wherever its run is now.
func TestALatestThatNoSyncMadeIsRefusedBeforeAnythingIsRead(t *testing.T) {
	link := func(target string) func(string) error {
		return func(path string) error { return os.Symlink(target, path) }
	}
	text := func(text string) func(string) error {
		return func(path string) error { return os.WriteFile(path, []byte(text), 0o600) }
	}
	for name, one := range map[string]struct {
		put  func(string) error
		ours bool
	}{
		"a file": {text("notes"), false}, "an empty file": {text(""), false}, "a large one": {text(strings.Repeat("x", 2<<10)), false},
		"a link elsewhere": {link("/etc"), false}, "a link beside": {link("run=mine"), false}, "a link above": {link("../run=20260101T000000Z"), false},
		"a link to a run": {link("run=20260101T000000Z"), true}, "the name of one": {text("run=20260101T000000Z\n"), true},
	} {
		s := opened(t)
		path := filepath.Join(s.Dir(), "latest")
		if err := one.put(path); err != nil {
			t.Skip(err) // a system without links
		}
		_, _, err := s.Begin(night.Add(time.Hour), planned("another"), func() ([]byte, error) { return []byte("plan"), nil })
		if (err == nil) != one.ours || err != nil && (!errors.Is(err, ErrFolder) || !strings.Contains(err.Error(), path)) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Lstat(path); err != nil {
			t.Errorf("%s is gone", name)
		}
	}
}
