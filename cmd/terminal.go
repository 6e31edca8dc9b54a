package cmd

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// face is how a set-up talks to a person.
type face int

const (
	faceScreen face = iota // the wizard
	facePlain              // line by line
	faceNone               // there is nobody to talk to
)

// face decides once, from the terminal and what the person asked for. A wizard needs both ends to be a terminal; a redrawn screen also
// needs one that can move its cursor.
func (a *app) face() face {
	if !a.asks() || !term.IsTerminal(a.out.Fd()) {
		return faceNone
	}
	if a.flags.plain || accessible(os.Getenv("ACCESSIBLE")) {
		return facePlain
	}
	if prompt.OnlyLines(os.Getenv("TERM"), a.out.Fd()) {
		return facePlain
	}
	return faceScreen
}

// asks reports whether somebody can be asked.
func (a *app) asks() bool { return !a.flags.quiet && term.IsTerminal(a.in.Fd()) }

// nobody says why nobody can be asked.
func (a *app) nobody() string {
	if a.flags.quiet {
		return "--quiet asks nothing"
	}
	return "there is no terminal to ask on"
}

// note says what is neither a result nor an error.
func (a *app) note(format string, args ...any) {
	if !a.flags.quiet {
		_, _ = fmt.Fprintf(a.err, format+"\n", args...)
	}
}

// accessible follows the common reading of ACCESSIBLE: anything but empty, 0 or false.
func accessible(value string) bool {
	switch strings.ToLower(value) {
	case "", "0", "false":
		return false
	}
	return true
}

// lastWait is how long the screen, and whoever waits for it, may take to end after a fault before the program is ended under them.
const lastWait = 2 * time.Second

// plainAgain is what undoes a full screen: the alternate screen, the hidden cursor, marked pastes, and what keys report beyond themselves.
const plainAgain = "\x1b[?1049l\x1b[?25h\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[>4;0m\x1b[0m\r\n"

// guarded runs a command. A panic on any goroutine of this program ends it with one sentence, on a terminal that is as it was.
func (a *app) guarded(run func() int) int {
	giveBack := a.terminalModes()
	contain.OnFault(func(fault *contain.Fault) {
		if !a.fault.CompareAndSwap(nil, fault) {
			return // the first one is on its way
		}
		shown := a.shown.Load()
		if shown != nil {
			killed := contain.Ask("leaving the screen", func() (struct{}, error) {
				shown.Kill() // whoever runs it is told, and ends the program in order
				return struct{}{}, nil
			})
			select {
			case <-killed:
			case <-time.After(lastWait):
			}
			time.Sleep(lastWait)
			_, _ = io.WriteString(a.out, plainAgain)
		}
		giveBack()
		code := a.report(fault)
		a.endLogs(code)
		os.Exit(code)
	})
	code := exitInternal
	if fault := contain.Run("running the command", func() { code = run() }); fault != nil {
		giveBack()
		code = a.report(fault)
	}
	a.endLogs(code)
	return code
}

// terminalModes gives what puts the terminal back to how it is now.
func (a *app) terminalModes() func() {
	state, err := term.GetState(a.in.Fd())
	if err != nil {
		return func() {}
	}
	return func() { _ = term.Restore(a.in.Fd(), state) }
}

// present runs a screen to its end. The error is that of the terminal library, or the *contain.Fault that ended the screen.
func (a *app) present(ctx context.Context, shell *ui.Shell) error {
	p, settle := program(ctx, shell, a)
	a.shown.Store(p)
	if a.player != nil {
		a.player.Begins(p.Send)
		defer a.player.Begins(nil)
	}
	_, err := p.Run()
	settle()
	a.shown.Store(nil)
	if fault := a.fault.Load(); fault != nil {
		return fault
	}
	return err //nolint:wrapcheck // the caller says which screen it was
}
