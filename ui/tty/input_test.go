package tty

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// typing is an input of which nothing is real but the pipe: time passes only while it waits, and then as much as it waits.
type typing struct {
	*Input
	terminal *os.File
	now      time.Time
	ahead    []string // comes while the program waits, one by one
	waited   []time.Duration
}

func newTyping(t *testing.T) *typing {
	t.Helper()
	program, terminal, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = program.Close(), terminal.Close() })
	k := &typing{terminal: terminal, now: time.Unix(1_700_000_000, 0)}
	k.Input = newInput(program, func() time.Time { return k.now }, func(_ *os.File, wait time.Duration) bool {
		k.waited = append(k.waited, wait)
		if len(k.ahead) == 0 {
			k.now = k.now.Add(wait)
			return false
		}
		k.now = k.now.Add(wait / 2)
		k.send(k.ahead[0])
		k.ahead = k.ahead[1:]
		return true
	})
	return k
}

func (k *typing) send(text string) { _, _ = k.terminal.WriteString(text) }

func (k *typing) reads(t *testing.T, want string) {
	t.Helper()
	p := make([]byte, 4096)
	n, err := k.Read(p)
	if got := string(p[:n]); err != nil || got != want {
		t.Errorf("it reads %q, not %q, after waiting %v: %v", got, want, k.waited, err)
	}
}

func TestWhatIsTypedIsReadOnceTheTerminalHasAnswered(t *testing.T) {
	k := newTyping(t)
	k.ahead = []string{"e", "\x1b[?1;2c"}
	k.send("r")
	k.reads(t, "re")
	k.send("x")
	k.waited = nil
	if k.reads(t, "x"); k.waited != nil {
		t.Errorf("after the answer it waits %v", k.waited)
	}
}

func TestATerminalThatNeverAnswersHoldsNothingBackForLong(t *testing.T) {
	k := newTyping(t)
	k.send("r")
	if k.reads(t, "r"); len(k.waited) != 1 || k.waited[0] != opening {
		t.Errorf("it waits %v", k.waited)
	}
}

func TestReadingGivesNothingBeforeSomethingIsWhole(t *testing.T) {
	k := newTyping(t)
	k.send("\x1b[?6c\x1b[?2026;")
	k.reads(t, "")
	k.send("2$y")
	k.reads(t, "\x1b[?2026;2$y")
	k.send("\x1b")
	if k.reads(t, escKey); len(k.waited) != 1 || k.waited[0] != escAlone {
		t.Errorf("Esc alone waits %v", k.waited)
	}
}

func TestMoreThanCanBeKeptIsNotLost(t *testing.T) {
	k := newTyping(t)
	text := strings.Repeat("漢字 and more ", 600)
	go func() {
		k.send(text)
		_ = k.terminal.Close()
	}()
	got, err := io.ReadAll(k.Input)
	if err != nil || string(got) != text {
		t.Errorf("%d bytes of %d are read: %v", len(got), len(text), err)
	}
}

func TestBytesThatABufferHasNoRoomForAreReadNext(t *testing.T) {
	k := newTyping(t)
	k.send("\x1b")
	var got []byte
	for size := 1; len(got) < len(escKey); size *= 8 {
		p := make([]byte, size)
		n, err := k.Read(p)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p[:n]...)
	}
	if string(got) != escKey {
		t.Errorf("it reads %q", got)
	}
}

// paper is a terminal that only shows.
type paper struct{ bytes.Buffer }

func (*paper) Close() error { return nil }
func (*paper) Fd() uintptr  { return 0 }

func TestAQuestionIsFollowedByOneThatEveryTerminalAnswers(t *testing.T) {
	for asked, want := range map[string]string{
		"\x1b]11;?\x07": "\x1b]11;?\x07\x1b[c", "\x1b[?2026$p\x1b[?2027$p": "\x1b[?2026$p\x1b[?2027$p\x1b[c", "a frame\x1b[?u": "a frame\x1b[?u\x1b[c",
		"a frame": "a frame", "\x1b]0;a title?\x07": "\x1b]0;a title?\x07", "\x1b[?25l": "\x1b[?25l",
	} {
		k, out := newTyping(t), &paper{}
		n, err := (&output{out, k.Input}).Write([]byte(asked))
		if err != nil || n != len(asked) || out.String() != want {
			t.Errorf("%q is written as %q (%d, %v)", asked, out, n, err)
		}
	}
}

func TestEachQuestionIsWaitedFor(t *testing.T) {
	k := newTyping(t)
	out := &output{&paper{}, k.Input}
	for _, question := range []string{"\x1b[?2026$p", "\x1b]11;?\x07"} {
		if _, err := out.Write([]byte(question)); err != nil {
			t.Fatal(err)
		}
	}
	k.ahead = []string{"\x1b[?1;2c", "s", "\x1b[?1;2c"}
	k.send("r")
	k.reads(t, "rs")
}
