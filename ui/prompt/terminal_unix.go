//go:build unix

package prompt

import (
	"os"
	"os/signal"
	"syscall"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"

	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/ui/jobs"
)

// ownEcho is true: a terminal shows what it receives, all lines of a paste at once, and asks no program first.
const ownEcho = true

// apply makes the terminal take what is typed in a manner. Return stays the end of a line in all of them, whichever reads it.
func (t *Terminal) apply(m manner) error {
	state := *t.before
	state.Lflag &^= unix.ECHO | unix.ECHONL
	state.Lflag |= unix.ICANON | unix.ISIG
	state.Iflag &^= unix.INLCR | unix.IGNCR
	state.Iflag |= unix.ICRNL
	if m != quiet {
		state.Lflag &^= unix.ICANON | unix.IEXTEN
		state.Cc[unix.VMIN], state.Cc[unix.VTIME] = 1, 0
	}
	if m == seen {
		state.Cc[unix.VSUSP] = noKey // it is a key of the line then, so that the terminal can be given back first
	}
	if m == hidden {
		state.Lflag &^= unix.ISIG
	}
	return term.SetState(t.in.Fd(), &state) //nolint:wrapcheck // the caller says what for
}

// watch takes the terminal again when the program goes on after a stop, and gives it back before a signal ends it that nobody else hears.
// Ctrl+Z while nothing is asked is left to the shell: once a program has caught that signal, nothing in Go makes it stop again.
func (t *Terminal) watch() (end func()) {
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGCONT, syscall.SIGQUIT)
	done := make(chan struct{})
	contain.Go("watching for a stop", func() {
		for {
			select {
			case s := <-signals:
				t.heed(s)
			case <-done:
				return
			}
		}
	})
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

func (t *Terminal) heed(s os.Signal) {
	if s == syscall.SIGCONT {
		t.again(false)
		return
	}
	t.giveBack()
	signal.Reset(s)
	_ = syscall.Kill(syscall.Getpid(), syscall.SIGQUIT)
}

func (t *Terminal) giveBack() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.before != nil && jobs.InFront(t.in) {
		_ = term.Restore(t.in.Fd(), t.before)
	}
}

// suspend stops the program for Ctrl+Z at a question, which stands there again when it goes on.
func (t *Terminal) suspend() {
	t.giveBack()
	_ = jobs.Stop()
	t.again(true)
}
