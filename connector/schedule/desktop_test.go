package schedule

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// texts are the texts of the elements of a name in a document, which has to be one.
func texts(t *testing.T, document, name string) (all []string) {
	t.Helper()
	decoder, within := xml.NewDecoder(strings.NewReader(document)), ""
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, document)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if within = token.Name.Local; within == name {
				all = append(all, "")
			}
		case xml.EndElement:
			within = ""
		case xml.CharData:
			if within == name {
				all[len(all)-1] += string(token)
			}
		}
	}
}

// TestLaunchdRunsTheProgramAsItIs has sh run what the property list says, with a program that writes down how it was called.
func TestLaunchdRunsTheProgramAsItIs(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	for _, name := range hostile {
		dir := filepath.Join(t.TempDir(), "it's 100% $pure")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		s := spec(name)
		s.Program = filepath.Join(dir, "program")
		script := "#!/bin/sh\nprintf '%s\\0' \"$@\" >>\"$SAYS\"\n"
		if err := os.WriteFile(s.Program, []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		files := define(t, Launchd, s)
		said := texts(t, files[0].Text, "string")
		if len(said) != 6 || said[0]+".plist" != files[0].Name || said[1] != "/bin/sh" || said[2] != "-c" || said[4] != s.Home {
			t.Fatalf("%q", said)
		}
		if at := texts(t, files[0].Text, "integer"); !slices.Equal(at, []string{"2", "5", "63"}) {
			t.Errorf("it starts at %v", at)
		}
		run := exec.Command(sh, "-c", strings.Replace(said[3], "sleep 21600", "sleep 5", 1))
		run.Env = append(os.Environ(), "SAYS="+filepath.Join(dir, "says"))
		if err := run.Run(); err != nil { // without its output, which what watches over the try would keep open
			t.Fatalf("%q: %v", name, err)
		}
		got, err := os.ReadFile(filepath.Join(dir, "says"))
		if want := strings.Join(s.wants("--quiet"), "\x00") + "\x00"; err != nil || string(got) != want {
			t.Errorf("%q: %q, not %q: %v", name, got, want, err)
		}
	}
}

// powerWords takes apart what PowerShell calls: words in single quotes, in which a quote stands twice.
func powerWords(text string) (all []string) {
	quotes := "'‘’‚‛"
	for rest := []rune(text); len(rest) > 0; rest = rest[1:] {
		if !strings.ContainsRune(quotes, rest[0]) {
			continue
		}
		var word strings.Builder
		for rest = rest[1:]; len(rest) > 0; rest = rest[1:] {
			if strings.ContainsRune(quotes, rest[0]) {
				if len(rest) < 2 || !strings.ContainsRune(quotes, rest[1]) {
					break
				}
				rest = rest[1:]
			}
			word.WriteRune(rest[0])
		}
		all = append(all, word.String())
		if len(rest) == 0 {
			break
		}
	}
	return all
}

func TestWindowsRunsTheProgramAsItIs(t *testing.T) {
	for _, name := range append([]string{"‘curly’ quotes"}, hostile...) {
		s := spec(name)
		files, err := Definition(TaskScheduler, s)
		if text := (*ErrText)(nil); strings.Contains(name, `"`) || strings.HasSuffix(name, `\`) {
			if !errors.As(err, &text) {
				t.Errorf("%q is handed on to Windows: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		line := texts(t, files[0].Text, "Arguments")[0]
		inner, found := strings.CutPrefix(line, `-NoProfile -NonInteractive -Command "`)
		if inner = strings.TrimSuffix(inner, `"`); !found || strings.Contains(inner, `"`) {
			t.Fatalf("%q", line)
		}
		if got, want := powerWords(inner), append([]string{s.Home, s.Program}, s.wants("--quiet")...); !slices.Equal(got, want) {
			t.Errorf("%q:\n%q, not\n%q", name, got, want)
		}
		if at := texts(t, files[0].Text, "StartBoundary"); !slices.Equal(at, []string{"2026-01-01T02:05:00"}) {
			t.Errorf("it starts at %v", at)
		}
	}
}
