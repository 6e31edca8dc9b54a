package journeys

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/screentest/patience"
)

// glance is how long it is between two looks at a screen.
const glance = 15 * time.Millisecond

// opened counts the terminals, so that each has a tmux server of its own.
var opened atomic.Int32

// Terminal is a person's terminal with the program in it.
type Terminal struct {
	t       *testing.T
	home    *Home
	socket  string
	stderr  string
	presses int
}

// New opens a terminal of w×h cells on a fresh machine and runs the program with args in it.
func New(t *testing.T, w, h int, args ...string) *Terminal {
	t.Helper()
	return NewAt(t, NewHome(t), w, h, args...)
}

// NewAt is New on a machine that is there already.
func NewAt(t *testing.T, home *Home, w, h int, args ...string) *Terminal {
	t.Helper()
	// The shell keeps the terminal open after the program has ended, by ctrl+c too, as a person's does, and says the exit code.
	return openIn(t, home, w, h, "trap : INT; PROGRAM; echo \"[exit $?]\"; exec sleep 3600", args)
}

// openIn opens a terminal with a shell script in it, in which PROGRAM stands for the program with args.
func openIn(t *testing.T, home *Home, w, h int, script string, args []string) *Terminal {
	t.Helper()
	number := strconv.Itoa(int(opened.Add(1)))
	term := &Terminal{t: t, home: home, socket: number, stderr: filepath.Join(home.Dir, "stderr-"+number)}
	run := "sh -c 'echo $$ >\"$0\"; exec \"$@\"' " + quote(append([]string{term.pidFile(), program}, args...)) + " 2>" + quote([]string{term.stderr})
	script = strings.Replace(script, "PROGRAM", run, 1)
	command := []string{"env", "-i"}
	command = append(command, home.Environ()...)
	command = append(command, "sh", "-c", script)
	term.tmux("new-session", "-d", "-s", "j", "-x", strconv.Itoa(w), "-y", strconv.Itoa(h), quote(command))
	t.Cleanup(term.Close)
	return term
}

func quote(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return strings.Join(quoted, " ")
}

// tmux runs a tmux command on this terminal's own server, which reads no configuration.
func (term *Terminal) tmux(args ...string) string {
	term.t.Helper()
	out, err := term.tryTmux(args...)
	if err != nil {
		term.t.Fatalf("tmux %s: %v\n%s", args[0], err, out)
	}
	return out
}

func (term *Terminal) tryTmux(args ...string) (string, error) {
	if _, err := exec.LookPath("tmux"); err != nil {
		return "", errors.New("the journeys need tmux; scripts/need-tmux installs it or says how")
	}
	cmd := exec.Command("tmux", append([]string{"-u", "-S", filepath.Join(term.home.Dir, "tmux", term.socket), "-f", "/dev/null"}, args...)...)
	cmd.Env = term.home.Environ()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// Close ends the terminal and everything in it, the program too when it hangs.
func (term *Terminal) Close() {
	screen, err := term.tryTmux("capture-pane", "-p", "-t", "j")
	if err == nil && !strings.Contains(screen, "[exit ") {
		if process := term.process(); process != nil {
			_ = process.Kill()
		}
	}
	_, _ = term.tryTmux("kill-server")
}

// Press presses keys by their tmux names (Enter, Escape, C-c, Tab, Up, a) and counts them.
func (term *Terminal) Press(keys ...string) {
	term.t.Helper()
	for _, key := range keys {
		term.tmux("send-keys", "-t", "j", key)
		term.presses++
	}
}

// Type types text, each letter a key press.
func (term *Terminal) Type(text string) {
	term.t.Helper()
	term.tmux("send-keys", "-t", "j", "-l", text)
	term.presses += len([]rune(text))
}

// Presses is how many keys were pressed since the beginning.
func (term *Terminal) Presses() int { return term.presses }

// Paste pastes text as a terminal does: marked as pasted where the program asked for that.
func (term *Terminal) Paste(text string) {
	term.t.Helper()
	term.tmux("set-buffer", "-b", "pasted", text)
	term.tmux("paste-buffer", "-p", "-d", "-b", "pasted", "-t", "j")
}

// Answer sends what a real terminal would send by itself, such as the answer to a question about its colours, byte by byte: as a text tmux
// would take a semicolon at its end for its own.
func (term *Terminal) Answer(sequence string) {
	term.t.Helper()
	term.tmux(append([]string{"send-keys", "-t", "j", "-H"}, strings.Fields(fmt.Sprintf("% x", sequence))...)...)
}

// Resize changes the window's size.
func (term *Terminal) Resize(w, h int) {
	term.t.Helper()
	term.tmux("resize-window", "-t", "j", "-x", strconv.Itoa(w), "-y", strconv.Itoa(h))
}

// Signal sends the program a signal, as kill or a closing session does.
func (term *Terminal) Signal(signal os.Signal) {
	term.t.Helper()
	process := term.process()
	if process == nil {
		term.t.Fatal("the program did not start")
	}
	if err := process.Signal(signal); err != nil {
		term.t.Fatal(err)
	}
}

// process is the running program, or nil before it has started.
func (term *Terminal) process() *os.Process {
	text, err := os.ReadFile(term.pidFile())
	if err != nil {
		return nil
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return nil
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		return nil
	}
	return process
}

func (term *Terminal) pidFile() string { return term.stderr + ".pid" }

// Screen is the text on screen.
func (term *Terminal) Screen() string {
	term.t.Helper()
	return term.tmux("capture-pane", "-p", "-t", "j")
}

// Scrollback is everything that was printed on the normal screen, with wrapped lines whole again.
func (term *Terminal) Scrollback() string {
	term.t.Helper()
	return term.tmux("capture-pane", "-p", "-J", "-S", "-", "-t", "j")
}

// Painted is the screen with its colours, as escape sequences.
func (term *Terminal) Painted() string {
	term.t.Helper()
	return term.tmux("capture-pane", "-p", "-e", "-t", "j")
}

// FullScreen reports whether the program is on the alternate screen.
func (term *Terminal) FullScreen() bool {
	term.t.Helper()
	return strings.TrimSpace(term.tmux("display-message", "-p", "-t", "j", "#{alternate_on}")) == "1"
}

var blanks = regexp.MustCompile(`\s+`)

// flat makes one line of a screen, so that a text is found wherever it was wrapped.
func flat(screen string) string { return blanks.ReplaceAllString(screen, " ") }

// Shows reports whether the screen shows all the texts.
func (term *Terminal) Shows(texts ...string) bool {
	term.t.Helper()
	return missing(term.Screen(), texts) == ""
}

func missing(screen string, texts []string) string {
	line := flat(screen)
	for _, text := range texts {
		if !strings.Contains(line, text) && !strings.Contains(screen, text) {
			return text
		}
	}
	return ""
}

// WaitFor waits until the screen shows all the texts at once and gives that screen. Line breaks of the screen do not matter.
func (term *Terminal) WaitFor(texts ...string) string {
	term.t.Helper()
	return term.until(fmt.Sprintf("the screen to show %q", texts), func(screen string) bool { return missing(screen, texts) == "" })
}

// WaitUntilGone waits until the screen does not show the text any more.
func (term *Terminal) WaitUntilGone(text string) string {
	term.t.Helper()
	return term.until(fmt.Sprintf("%q to go", text), func(screen string) bool { return missing(screen, []string{text}) != "" })
}

// WaitForExit waits until the program has ended, checks its exit code, and gives all that it left in the terminal. Nothing may have
// been written to standard error.
func (term *Terminal) WaitForExit(code int) string {
	term.t.Helper()
	term.until("the program to end", func(screen string) bool { return strings.Contains(screen, "[exit ") })
	left := term.Scrollback()
	if want := fmt.Sprintf("[exit %d]", code); !strings.Contains(left, want) {
		term.t.Fatalf("the program did not end with %s:\n%s", want, left)
	}
	term.NothingOnStandardError()
	return left
}

// NothingOnStandardError fails the journey when any library wrote there.
func (term *Terminal) NothingOnStandardError() {
	term.t.Helper()
	if text := term.StandardError(); text != "" {
		term.t.Errorf("standard error has:\n%s", text)
	}
}

// StandardError is what the program wrote there so far.
func (term *Terminal) StandardError() string {
	term.t.Helper()
	text, err := os.ReadFile(term.stderr)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		term.t.Fatal(err)
	}
	return string(text)
}

// until looks at the screen until it is ok. Nothing more comes of a program that has ended, so there it looks once more only.
func (term *Terminal) until(what string, ok func(screen string) bool) string {
	term.t.Helper()
	screen, ended := "", false
	for range patience.Each(term.t, glance) {
		if screen = term.Screen(); ok(screen) {
			return screen
		}
		if ended {
			break
		}
		ended = strings.Contains(screen, "[exit ")
	}
	term.t.Fatalf("waited for %s; the screen is:\n%s\nstandard error:\n%s", what, screen, term.StandardError())
	return ""
}
