package prompt

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/charmbracelet/x/term"

	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/ui/jobs"
)

// manner is how a terminal takes what is typed.
type manner int

const (
	quiet  manner = iota // nothing is asked: lines are kept for the next question, and nothing is shown
	seen                 // key by key, and the question shows what it takes
	hidden               // key by key, and nothing is shown; Ctrl+C is a key
)

// Terminal is one that questions are asked at line by line. A secret may be typed before its question, or be pasted together with other
// answers, so from Enter to Leave the terminal itself shows nothing of what is typed: a question whose answer may be seen shows it key by
// key, up to the end of its line.
type Terminal struct {
	// Lines is everything that is typed. It ends when the program does.
	Lines *bufio.Reader

	in    *os.File
	ended <-chan struct{}

	mu       sync.Mutex
	entered  bool
	before   *term.State // how the terminal was; nil until the program has been in front, since a shell has its own modes behind it
	now      manner
	question string // the last line of the one that is open
	answer   string // what was shown of it so far
	unwatch  func()
	closed   func() // told after every question, for tests
}

// NewTerminal is the terminal that in is. A signal that closes ended ends every question.
func NewTerminal(in *os.File, ended <-chan struct{}) *Terminal {
	return &Terminal{Lines: bufio.NewReader(Until{Ended: ended, In: in}), in: in, ended: ended}
}

// Enter has the terminal show nothing of what is typed from now on.
func (t *Terminal) Enter() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := term.GetState(t.in.Fd()); t.entered || err != nil {
		return
	}
	t.entered, t.unwatch = true, t.watch()
	_ = t.turn(quiet)
}

// Leave makes the terminal what it was before Enter. What was typed ahead is for the next program, unless this one ends early: then it was
// an answer, and is dropped.
func (t *Terminal) Leave(early bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.entered {
		return
	}
	t.unwatch()
	if t.before != nil && jobs.InFront(t.in) {
		_ = term.Restore(t.in.Fd(), t.before)
		if early {
			t.drop()
		}
	}
	t.entered, t.before = false, nil
}

// open begins a question, before it appears.
func (t *Terminal) open(m manner, question string) error {
	t.Enter()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.question, t.answer = question[strings.LastIndex(question, "\n")+1:], ""
	if !t.entered {
		return fmt.Errorf("turn the echo off: %w", os.ErrInvalid)
	}
	if err := t.turn(m); err != nil {
		return fmt.Errorf("turn the echo off: %w", err)
	}
	return nil
}

// close ends a question.
func (t *Terminal) close() {
	t.mu.Lock()
	t.question, t.answer = "", ""
	if t.entered {
		_ = t.turn(quiet)
	}
	t.mu.Unlock()
	if t.closed != nil {
		t.closed()
	}
}

// turn changes how the terminal takes what is typed. A program in the background leaves the terminal to the one in front.
func (t *Terminal) turn(m manner) error {
	t.now = m
	if !jobs.InFront(t.in) {
		return nil
	}
	if t.before == nil {
		state, err := term.GetState(t.in.Fd())
		if err != nil {
			return err //nolint:wrapcheck // as below
		}
		t.before = state
	}
	return t.apply(m) //nolint:wrapcheck // the caller says what for
}

// again is for a terminal that others had meanwhile.
func (t *Terminal) again(repeat bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.entered {
		return
	}
	_ = t.turn(t.now)
	if repeat && jobs.InFront(t.in) {
		_, _ = io.WriteString(t.in, t.question+t.answer)
	}
}

// show writes what changes in an answer where the terminal itself would have shown it, and elsewhere only where that cannot be written.
func (t *Terminal) show(elsewhere io.Writer, change, answer string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.answer = answer
	if _, err := io.WriteString(t.in, change); err != nil {
		_, _ = io.WriteString(elsewhere, change)
	}
}

// ReadHidden asks, and reads a line that is not shown. The error has Ended for Ctrl+D on an empty line, and is ErrInterrupted for Ctrl+C or
// when a signal ends the program: whatever is still typed is read by nobody then.
func (t *Terminal) ReadHidden(out io.Writer, question string) ([]byte, error) {
	if err := t.open(hidden, question); err != nil {
		return nil, err
	}
	defer func() {
		_, _ = io.WriteString(out, "\n")
		t.close()
	}()
	if _, err := io.WriteString(out, question); err != nil {
		return nil, fmt.Errorf("ask: %w", err)
	}
	ahead := io.LimitReader(t.Lines, int64(t.Lines.Buffered())) // the rest is read past a buffer that nobody clears
	given := contain.Ask("reading a hidden line", func() ([]byte, error) { return readHiddenLine(io.MultiReader(ahead, t.in), t.suspend) })
	select {
	case a := <-given:
		return a.Value, a.Err
	case <-t.ended:
		return nil, ErrInterrupted
	}
}

// readSeen reads a line key by key, and shows it.
func (t *Terminal) readSeen(out io.Writer) (string, error) {
	var typed line
	for {
		b, err := t.Lines.ReadByte()
		select {
		case <-t.ended: // of a long paste, the rest is nobody's
			return "", errEnded
		default:
		}
		switch {
		case errors.Is(err, io.EOF), err == nil && b == ctrlD && len(typed) == 0:
			return "", errEnded
		case err != nil:
			return "", fmt.Errorf("read an answer: %w", err)
		case b == '\r', b == '\n':
			t.show(out, "\n", "")
			return string(typed), nil
		case len(typed) >= lineLimit:
			return "", errLongLine
		case b == ctrlZ:
			t.suspend()
			continue
		}
		if change := typed.take(b); strings.Contains(change, "\b") {
			t.show(out, change, typed.seen())
		} else {
			t.show(out, change, t.answer+change)
		}
	}
}
