package prompt

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// desk is a terminal with a person before it.
type desk struct {
	person *os.File
	*Terminal
	*Prompt
	asked func() // when a question has appeared
	said  strings.Builder
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	t.Cleanup(func() { _ = person.Close() })
	if err := unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tty.Close() })
	d := &desk{person: person, Terminal: NewTerminal(tty, t.Context().Done())}
	d.Prompt = &Prompt{In: d.Lines, Out: d, Terminal: d.Terminal, ReadSecret: func(question string) ([]byte, error) { return d.ReadHidden(d, question) }}
	return d
}

// Write is what a question is written to.
func (d *desk) Write(p []byte) (int, error) {
	d.said.Write(p)
	if asked := d.asked; asked != nil && strings.HasSuffix(string(p), ": ") {
		d.asked = nil
		asked()
	}
	return len(p), nil
}

func (d *desk) types(text string) { _, _ = d.person.WriteString(text) }

// typesAhead types a line while nothing is asked, and waits for it to arrive.
func (d *desk) typesAhead(t *testing.T, text string) {
	t.Helper()
	d.types(text + "\r")
	if !LineReady(d.in)(t.Context()) {
		t.Error("the line does not arrive")
	}
}

// modes are how the terminal is now.
func (d *desk) modes(t *testing.T) unix.Termios {
	t.Helper()
	modes, err := unix.IoctlGetTermios(int(d.person.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return *modes
}

func (d *desk) echoes(t *testing.T) bool { return d.modes(t).Lflag&unix.ECHO != 0 }

// shown is everything that stood on the terminal.
func (d *desk) shown() string {
	_ = d.in.Close()
	text, _ := io.ReadAll(d.person) // ends with an error, since the other side is closed
	return string(text)
}

// TestAPasteOfAllAnswersShowsNoSecret pastes what several questions ask for, before the first one or while it is open.
func TestAPasteOfAllAnswersShowsNoSecret(t *testing.T) {
	const paste = "adb-1.example.net\radb-1.example.net\r\rAda\r" + canary + "\rlast\r"
	for _, ahead := range []bool{true, false} {
		d := newDesk(t)
		d.Enter()
		if ahead {
			d.types(paste)
		} else {
			d.asked = func() { d.types(paste) }
		}
		var got []string
		for _, label := range []string{"Host", "Again", "Method", "Name", "", "Last"} {
			if label == "" {
				secret, err := d.Secret("Code")
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, string(secret))
				continue
			}
			answer, err := d.Line(label, "default")
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, answer)
		}
		d.Leave(false)
		if want := "adb-1.example.net adb-1.example.net default Ada " + canary + " last"; strings.Join(got, " ") != want {
			t.Errorf("ahead %v: took %q", ahead, got)
		}
		if shown := d.shown(); shown != "adb-1.example.net\r\nadb-1.example.net\r\n\r\nAda\r\nlast\r\n" || strings.Contains(d.said.String(), canary) {
			t.Errorf("ahead %v: the terminal showed %q", ahead, shown)
		}
	}
}

// TestTheEchoIsOffUntilTheEnd looks at the terminal while questions are open and while their answers are checked.
func TestTheEchoIsOffUntilTheEnd(t *testing.T) {
	d := newDesk(t)
	before := d.modes(t)
	checked := 0
	d.closed = func() {
		checked++
		if modes := d.modes(t); modes.Lflag&unix.ECHO != 0 || modes.Lflag&unix.ICANON == 0 || modes.Lflag&unix.ISIG == 0 {
			t.Errorf("while an answer is checked the terminal is in %b", modes.Lflag)
		}
		d.typesAhead(t, canary)
	}
	for _, ask := range []func() error{
		func() error { _, err := d.Secret("Code"); return err },
		func() error { _, err := d.Secret("Code"); return err }, // what was typed while the first was checked
	} {
		if checked == 0 {
			d.asked = func() {
				if d.echoes(t) {
					t.Error("a hidden question has an echo")
				}
				d.types("wrong\r")
			}
		}
		if err := ask(); err != nil {
			t.Fatal(err)
		}
	}
	d.Leave(true)
	if d.modes(t) != before || checked != 2 {
		t.Errorf("after %d questions the terminal is not as it was", checked)
	}
	if waiting, err := unix.IoctlGetInt(int(d.in.Fd()), unix.TIOCINQ); waiting != 0 || err != nil {
		t.Errorf("%d bytes, %v, are left for the shell", waiting, err)
	}
	if shown := d.shown(); shown != "" {
		t.Errorf("the terminal showed %q", shown)
	}
}

func TestWhatIsTypedForTheNextProgramStays(t *testing.T) {
	d := newDesk(t)
	d.Enter()
	d.typesAhead(t, "ls")
	d.Leave(false)
	if waiting, err := unix.IoctlGetInt(int(d.in.Fd()), unix.TIOCINQ); waiting != 3 || err != nil {
		t.Errorf("%d bytes, %v, are left", waiting, err)
	}
	if !d.echoes(t) {
		t.Error("the echo is gone")
	}
}
