package cmd

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// handed runs a command with the key of the shelf and a text on standard input.
func (s *shelf) handed(text string, args ...string) outcome {
	s.t.Helper()
	return runWith(s.t, text, append(args, "--key-file", s.keyFile)...)
}

// TestADashIsStandardInputWhereverAFileIsRead hands every command that reads a file what the file would hold.
func TestADashIsStandardInputWhereverAFileIsRead(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	t.Chdir(filepath.Dir(s.answersFor("new", ""))) // where paths in what is handed over lead
	read := func(file string) string {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	answers, host := read("answers.yaml"), s.workspace.Addr()
	s.run("bundle", "create", "prod", "--to", "made.tar.gz", "--yes").wants(t, 0)
	for _, c := range []struct {
		name, text string
		args       []string
		says       string
	}{
		{"answers", answers, []string{"setup", "--answers", "-", "--allow-host", host}, `Saved`},
		{"an import", answers, []string{"import", "-", "--name", "other", "--allow-host", host}, `Saved`},
		{"a bundle", read("made.tar.gz"), []string{"bundle", "open", "-"}, "Made by draftt-databricks"},
		{"a contract", s.run("test", "prod", "--write-contract", "-").out, []string{"test", "--contract", "-"}, "The contract on standard input"},
		{"authorities", read("ca.pem"), []string{"doctor", host, "--allow-host", host, "--ca-file", "-"}, "can be reached from here"},
		{"results", s.run("test", "prod", "--json").out, []string{"bundle", "create", "prod", "--results", "-", "--to", "again.tar.gz", "--yes"}, "Written to again.tar.gz"},
		{"a record", "12:00:00 Began\n", []string{"bundle", "create", "prod", "--with-record", "-", "--to", "with.tar.gz", "--yes"}, "Written to with.tar.gz"},
		{"rules", "rules:\n  - stage: S05\n    status: 403\n", []string{"demo", "--scenario", "ready", "--fault", "-"}, "✗ S05"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if o := s.handed(c.text, c.args...); !strings.Contains(o.out, c.says) {
				t.Errorf("exit %d\nout: %s\nerr: %s", o.code, o.out, o.err)
			}
		})
	}
}

func TestASignalEndsTheWaitForStandardInput(t *testing.T) {
	in, to, err := os.Pipe() // that nobody writes to
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = to.Close(), in.Close() })
	ended := make(chan struct{})
	close(ended)
	a := &app{in: in, ended: ended}
	_, named := a.named("-")
	_, pasted := a.pasted(nil)
	for _, err := range []error{named, pasted} {
		if exit := (*exitError)(nil); !errors.As(err, &exit) || exit.code != exitLeft {
			t.Errorf("%v", err)
		}
	}
}

func TestStandardInputIsThereOnceAndBounded(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	const once = "would both be read from standard input."
	for _, c := range []struct {
		name, says string
		args       []string
	}{
		{"answers and a secret", "--answers and --secret-stdin " + once, []string{"setup", "--answers", "-", "--secret-stdin"}},
		{"an import and a secret", "import - and --secret-stdin " + once, []string{"import", "-", "--secret-stdin"}},
		{"answers and a descriptor", "--answers and --secret-fd " + once, []string{"setup", "--answers", "-", "--secret-fd", "0"}},
		{"two secrets", "--admin-secret-stdin and --secret-stdin " + once, []string{"rotate", "prod", "--secret-stdin", "--admin-secret-stdin"}},
		{"two files", "--results and --with-record " + once, []string{"bundle", "create", "prod", "--results", "-", "--with-record", "-"}},
		{"a script", "played where standard input is the terminal", []string{"demo", "--script", "-"}},
		{"a file without an end", "The answers file is too large.", []string{"setup", "--answers", "-"}},
		{"results without an end", "Standard input is too large.", []string{"bundle", "create", "prod", "--results", "-"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := s.handed(strings.Repeat("y\n", 4<<20), c.args...)
			o.wants(t, exitUsage, c.says)
			if strings.Count(o.err, "\n") < 2 {
				t.Errorf("it has no remedy:\n%s", o.err)
			}
		})
	}
	run(t, "list", "--key-file", "-").wants(t, exitUsage, "--key-fd 0")
	if _, err := os.Stat("-"); err == nil {
		t.Error("there is a file named -")
	}
}
