package cmd

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/sys/unix"

	"github.com/draftt-io/draftt-databricks/connector"
)

// onTerminal runs a command line on a pseudo-terminal of this size, and gives what it shows.
func (s *shelf) onTerminal(width, height uint16, args ...string) outcome {
	s.t.Helper()
	return s.typing("", width, height, args...)
}

// typing is onTerminal for a person who has typed something ahead.
func (s *shelf) typing(ahead string, width, height uint16, args ...string) outcome {
	s.t.Helper()
	master, tty := terminalPair(s.t)
	if _, err := master.WriteString(ahead); err != nil {
		s.t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(int(tty.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: height, Col: width}); err != nil {
		s.t.Fatal(err)
	}
	shown := make(chan string)
	go func() {
		text, _ := io.ReadAll(master) // ends with an error when the other side is closed
		shown <- string(text)
	}()
	var said bytes.Buffer
	a := &app{version: "1.2.3", in: tty, out: tty, err: &said}
	root := a.root()
	root.SetArgs(append(args, "--key-file", s.keyFile))
	code := a.report(root.ExecuteContext(s.t.Context()))
	_ = tty.Close()
	return outcome{code, strings.ReplaceAll(<-shown, "\r\n", "\n"), said.String()}
}

// seeing is a person at a common terminal who wants neither a pager nor anything else in another way.
func seeing(t *testing.T) {
	t.Helper()
	for name, value := range map[string]string{"TERM": "xterm-256color", "PAGER": "cat", "NO_COLOR": "", "ACCESSIBLE": ""} {
		t.Setenv(name, value)
	}
}

// unbroken is a text without regard to where its lines break, which a terminal decides between words.
func unbroken(text string) string { return strings.Join(strings.Fields(steady(text)), " ") }

func TestColourIsForATerminalAndForThoseWhoWantIt(t *testing.T) {
	s := newShelf(t, "missing-grants")
	s.save(s.connection("prod"))
	seeing(t)
	for _, args := range [][]string{{"list"}, {"test", "prod"}, {"grants", "prod"}, {"explain", "invalid_client"}, {"demo", "--list"}} {
		piped := s.run(args...)
		if strings.Contains(piped.out+piped.err, "\x1b") {
			t.Errorf("%q has colour in a pipe:\n%q", args, piped.out)
		}
		painted := s.onTerminal(400, 100, args...)
		if !strings.Contains(painted.out, "\x1b[") || unbroken(ansi.Strip(painted.out)) != unbroken(piped.out) || painted.code != piped.code {
			t.Errorf("%q on a terminal:\n%q\nin a pipe:\n%q", args, painted.out, piped.out)
		}
		for name, value := range map[string]string{"NO_COLOR": "1", "TERM": "dumb", "ACCESSIBLE": "1", "CLICOLOR": "0", "FORCE_COLOR": "0"} {
			before := os.Getenv(name)
			t.Setenv(name, value)
			if o := s.onTerminal(400, 100, args...); strings.Contains(o.out, "\x1b[") {
				t.Errorf("%q has colour with %s=%s:\n%q", args, name, value, o.out)
			}
			t.Setenv(name, before)
		}
		if o := s.onTerminal(400, 100, append(args, "--plain")...); strings.Contains(o.out, "\x1b[") {
			t.Errorf("%q has colour with --plain", args)
		}
	}
}

// TestColourThatIsForcedStaysOutOfWhatProgramsRead asks for it in a pipe.
func TestColourThatIsForcedStaysOutOfWhatProgramsRead(t *testing.T) {
	s := newShelf(t, "missing-grants")
	s.save(s.connection("prod"))
	seeing(t)
	t.Setenv("FORCE_COLOR", "1")
	if o := s.run("test", "prod"); !strings.Contains(o.out, "\x1b[31m✗\x1b[0m S14") || strings.Contains(o.out, "\x1b]8") {
		t.Errorf("a pipe is not painted, or has links:\n%q", o.out)
	}
	for _, args := range [][]string{
		{"test", "prod", "--json"}, {"test", "prod", "-o", "yaml"}, {"test", "prod", "--field", "stages.0.state"}, {"export", "prod"}, {"export", "prod", "-"}, {"audit", "prod", "--text", "-"},
	} {
		if o := s.run(args...); strings.Contains(o.out, "\x1b") || o.out == "" {
			t.Errorf("%q is painted:\n%q", args, o.out)
		}
	}
}

func TestAThemeThatIsNoneIsToldBeforeAnythingIsDrawn(t *testing.T) {
	s := newShelf(t, "ready")
	seeing(t)
	t.Setenv(themeVariable, "ligth")
	s.typing("", 80, 24, "demo").wants(t, exitUsage, `DRAFTT_DATABRICKS_THEME is "ligth", which is no theme.`, `Did you mean "light"? Set it to light, dark or auto.`)
}

func TestATableFitsTheTerminal(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("Asset inventory – prod"))
	seeing(t)
	for _, width := range []uint16{60, 80, 120} {
		for _, args := range [][]string{{"list"}, {"principal", "Asset inventory – prod"}, {"demo", "--list"}, {"test", "--help"}, {"help"}, {"provision", "--help"}} {
			o := s.onTerminal(width, 200, args...)
			for line := range strings.Lines(ansi.Strip(o.out)) {
				if cells := ansi.StringWidth(strings.TrimRight(line, "\n")); o.code != 0 || cells > int(width) {
					t.Errorf("%q: a line has %d cells of %d:\n%s", args, cells, width, o.out)
				}
			}
			if strings.Contains(o.out, "…") && args[len(args)-1] != "--help" {
				t.Errorf("%q is cut at %d:\n%s", args, width, o.out)
			}
		}
	}
}

// TestALongTextIsPaged has a pager that writes what it is given into a file.
func TestALongTextIsPaged(t *testing.T) {
	s := newShelf(t, "missing-grants")
	s.save(s.connection("prod"))
	seeing(t)
	folder := t.TempDir()
	pager, into := filepath.Join(folder, "pager"), filepath.Join(folder, "paged")
	if err := os.WriteFile(pager, []byte("#!/bin/sh\ncat > "+into+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PAGER", pager)
	for _, args := range [][]string{{"audit", "prod"}, {"grants", "prod"}, {"test", "--help"}, {"help", "provision"}, {"explain", "invalid_client"}, {"demo", "--list"}, {"setup", "--answers-example"}} {
		whole := s.run(args...)
		for _, height := range []uint16{5, 500} {
			_ = os.Remove(into)
			o := s.onTerminal(100, height, args...)
			paged, err := os.ReadFile(into)
			at, other := ansi.Strip(string(paged)), ansi.Strip(o.out)
			if height == 500 {
				at, other = other, at
			}
			if args[0] != "audit" && !slices.Equal(strings.Fields(steady(at)), strings.Fields(steady(whole.out))) || len(at) < 100 || other != "" || o.code != whole.code || (err == nil) != (height == 5) {
				t.Errorf("%q at a height of %d: exit %d instead of %d, %v\npaged:\n%s\non the terminal:\n%s", args, height, o.code, whole.code, err, paged, o.out)
			}
		}
	}
	for _, args := range [][]string{{"audit", "prod", "--plain"}, {"audit", "prod", "--json", "--plain"}} {
		_ = os.Remove(into)
		if o := s.onTerminal(100, 5, args...); len(o.out) < 100 {
			t.Errorf("%q prints %q", args, o.out)
		}
		if _, err := os.Stat(into); err == nil {
			t.Errorf("%q is paged", args)
		}
	}
	_ = os.Remove(into)
	t.Cleanup(func() { connector.Share(false) })
	if o := s.onTerminal(100, 5, "audit", "prod", "--share"); strings.Contains(o.out, "draftt-connector") {
		t.Error("what is paged while the screen is shared is seen besides")
	}
	if paged, err := os.ReadFile(into); err != nil || strings.Contains(string(paged), "draftt-connector") || !strings.Contains(string(paged), "Read-only certificate") {
		t.Errorf("what is paged has a name in it, %v:\n%s", err, paged)
	}
}

// TestTheTerminalBreaksNoWord looks at what a failed test says on a narrow terminal.
func TestTheTerminalBreaksNoWord(t *testing.T) {
	s := newShelf(t, "missing-grants")
	s.save(s.connection("prod"))
	seeing(t)
	for _, args := range [][]string{{"test", "prod"}, {"explain", "invalid_client"}, {"show", "prod"}, {"disconnect", "prod", "--dry-run"}} {
		o := s.onTerminal(60, 200, args...)
		for line := range strings.Lines(ansi.Strip(o.out)) {
			if cells := ansi.StringWidth(strings.TrimRight(line, "\n")); cells > 60 && !strings.HasPrefix(line, "GRANT ") { // a statement stays whole
				t.Errorf("%q: a line has %d cells: %s", args, cells, line)
			}
		}
	}
}

// TestARecordKnowsANameThatATerminalWouldBreak lists a connection on a terminal that is too narrow for its host.
func TestARecordKnowsANameThatATerminalWouldBreak(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("Zebra finance of the quarter"))
	seeing(t)
	file := filepath.Join(t.TempDir(), "session.txt")
	s.onTerminal(40, 24, "list", "--record", file).wants(t, 0)
	written, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(written), "connection-") {
		t.Errorf("%v\n%s", err, written)
	}
	other := filepath.Join(t.TempDir(), "plan.txt")
	s.run("disconnect", "Zebra finance of the quarter", "--dry-run", "--record", other).wants(t, 0)
	plan, err := os.ReadFile(other)
	if err != nil || !strings.Contains(string(plan), "connection-") {
		t.Errorf("%v\n%s", err, plan)
	}
	written = append(written, plan...)
	for _, part := range []string{"Zebra", "quarter", "127.0.", "inventory", "components"} {
		if strings.Contains(string(written), part) {
			t.Errorf("the record has %q:\n%s", part, written)
		}
	}
}
