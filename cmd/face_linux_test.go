package cmd

import (
	"os"
	"strconv"
	"testing"

	"golang.org/x/sys/unix"
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
