package ui

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

const grant = "-- to whom it may concern\nGRANT `coffee` TO `everyone who has been waiting in line since the shop opened this morning`;\n"

// take presses a key and gives the snippet what its commands answer.
func take(t *testing.T, snippet *Snippet, name string) {
	t.Helper()
	used, cmd := snippet.Key(pressOf(name))
	if !used {
		t.Fatalf("%s was not used", name)
	}
	if cmd == nil {
		return
	}
	msg := cmd()
	for _, inner := range commandsIn(msg) {
		snippet.Take(inner())
	}
	snippet.Take(msg)
}

func TestSavingNeverOverwrites(t *testing.T) {
	theme := NewTheme(true)
	folder := t.TempDir()
	snippet := NewSnippet(&theme, grant, "../grants.sql")
	snippet.SetFolder(folder)
	for _, want := range []string{"grants.sql", "grants-2.sql", "grants-3.sql"} {
		take(t, snippet, "s")
		path := filepath.Join(folder, want)
		if view := plainText(snippet.View(500, 9)); !strings.Contains(view, "Saved to "+path+".") {
			t.Fatalf("view:\n%s", view)
		}
		text, err := os.ReadFile(path)
		if err != nil || string(text) != grant {
			t.Fatalf("file holds %q, %v", text, err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Fatalf("mode %v", info.Mode())
		}
	}
}

func TestAFileThatCannotBeSavedSaysWhy(t *testing.T) {
	theme := NewTheme(true)
	snippet := NewSnippet(&theme, grant, "grants.sql")
	snippet.SetFolder(filepath.Join(t.TempDir(), "missing"))
	take(t, snippet, "s")
	view := plainText(snippet.View(80, 9))
	if !strings.Contains(view, "✗ Could not save the file: ") || !strings.Contains(view, "v shows the text plain.") {
		t.Fatalf("view:\n%s", view)
	}
}

func TestThePlainViewShowsEverythingAndScrolls(t *testing.T) {
	theme := NewTheme(true)
	theme.window = 80
	snippet := NewSnippet(&theme, grant+strings.Repeat("line\n", 20)+"last", "grants.sql")
	if view := snippet.View(61, 6); !strings.Contains(view, "18 more lines: v shows all") {
		t.Fatalf("view:\n%s", view)
	}
	take(t, snippet, "v")
	if !snippet.Plain() {
		t.Fatal("v must open the plain view")
	}
	if view := plainText(snippet.View(61, 6)); !strings.Contains(view, " opened\nthis morning`;\n") {
		t.Fatalf("the long line is not broken at a blank:\n%s", view)
	}
	for range 100 {
		snippet.Key(pressOf("down"))
	}
	if view := plainText(snippet.View(61, 6)); !strings.HasSuffix(view, "\nlast\n") {
		t.Fatalf("the end is not in sight:\n%s", view)
	}
	if !snippet.Escape() || snippet.Plain() || snippet.Escape() {
		t.Fatal("esc closes the plain view once")
	}
	if used, _ := snippet.Key(tea.KeyPressMsg{Code: tea.KeyDown}); used {
		t.Fatal("outside the plain view arrows belong to the step")
	}
}
