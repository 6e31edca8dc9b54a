package cmd

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestTheFaceFollowsTheTerminalAndThePerson(t *testing.T) {
	tty := terminal(t)
	pipe, other, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = pipe.Close(), other.Close() })
	for _, c := range []struct {
		name             string
		in, out          *os.File
		plain            bool
		accessible, term string
		want             face
	}{
		{"a terminal", tty, tty, false, "", "xterm-256color", faceScreen},
		{"--plain", tty, tty, true, "", "xterm-256color", facePlain},
		{"ACCESSIBLE", tty, tty, false, "1", "xterm-256color", facePlain},
		{"ACCESSIBLE=0", tty, tty, false, "0", "xterm-256color", faceScreen},
		{"TERM=dumb", tty, tty, false, "", "dumb", facePlain},
		{"no TERM", tty, tty, false, "", "", facePlain},
		{"input from a pipe", pipe, tty, false, "", "xterm-256color", faceNone},
		{"output to a pipe", tty, other, false, "", "xterm-256color", faceNone},
		{"--plain to a pipe", tty, other, true, "", "xterm-256color", faceNone},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("ACCESSIBLE", c.accessible)
			t.Setenv("TERM", c.term)
			a := &app{in: c.in, out: c.out, flags: globalFlags{plain: c.plain}}
			if got := a.face(); got != c.want {
				t.Errorf("face %d, want %d", got, c.want)
			}
		})
	}
}

func TestDeletingAsksForTheName(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	s.typing("production\n", 200, 50, "delete", "prod").wants(t, 64, "The names differ, so nothing was deleted.")
	s.typing("q\n", 200, 50, "delete", "prod").wants(t, 130)
	s.load(t, "prod")
	o := s.typing("?\nPROD\n", 200, 50, "delete", "prod")
	o.wants(t, 0)
	says(t, o.out, `Delete "prod" from this machine? Type its name to confirm, q to leave, ? for help: `, saved.DeletionKeeps, `Deleted "prod" from this machine.`)
	s.run("show", "prod").wants(t, 64, "There is no saved connection")
}

// q at a question of what home leads to goes back home, whichever door it is.
func TestWhoLeavesAQuestionOfAWorkspaceIsBackHome(t *testing.T) {
	s := newShelf(t, "ready")
	c := s.connection("prod")
	s.save(c)
	screentest.TakeInventory(t, s.dir, c.Host.Typed(), screentest.Company{})
	// What is typed ahead may be heard while it reads or at the question; both is leaving.
	for _, answers := range []string{"Who can access what\nq\n", "Who can access what\ninventory.assets\nq\n", "Inventory\nq\n", "Inventory\ntables\nq\n"} {
		o := s.typing("1\n"+answers+"\nq\n", 200, 60, "--plain", "--key-file", s.keyFile)
		said := o.out + o.err
		says(t, said, "q at a question goes back to your connections", "Enter goes back to your connections")
		if o.code != 0 || strings.Contains(said, "Unknown cause") || strings.Contains(said, "Next:") {
			t.Errorf("exit %d: leaving is an error:\n%s", o.code, said)
		}
	}
}

func TestAQuestionIsSeenWhereWhatIsPrintedIsNot(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	master, tty := terminalPair(t)
	if _, err := master.WriteString("prod\n"); err != nil {
		t.Fatal(err)
	}
	printed, err := os.Create(filepath.Join(t.TempDir(), "printed"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = printed.Close() }()
	var said bytes.Buffer
	a := &app{version: "1.2.3", in: tty, out: printed, err: &said}
	root := a.root()
	root.SetArgs([]string{"delete", "prod", "--key-file", s.keyFile})
	if code := a.report(root.ExecuteContext(t.Context())); code != 0 {
		t.Errorf("exit %d: %s", code, said.String())
	}
	text, err := os.ReadFile(printed.Name())
	says(t, said.String(), `Delete "prod" from this machine?`)
	if err != nil || string(text) != "Deleted \"prod\" from this machine. In Databricks nothing changed.\n" {
		t.Errorf("printed %q, %v", text, err)
	}
}

// terminal opens a pseudo-terminal and returns the side that a program sees.
func terminal(t *testing.T) *os.File {
	t.Helper()
	_, tty := terminalPair(t)
	return tty
}

// terminalPair opens a pseudo-terminal, and returns the side of whoever looks at it and that of a program.
func terminalPair(t *testing.T) (master, tty *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	t.Cleanup(func() { _ = master.Close() })
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	tty, err = os.OpenFile("/dev/pts/"+strconv.Itoa(number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tty.Close() })
	return master, tty
}
