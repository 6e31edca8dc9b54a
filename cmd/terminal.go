package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/outlet"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/ui/jobs"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/ui/tty"
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
	switch {
	case !a.asks() || !term.IsTerminal(a.out.Fd()):
		return faceNone
	case a.onlyLines():
		return facePlain
	}
	return faceScreen
}

// onlyLines reports whether nothing is to be redrawn or painted: the person wants it so, or the terminal cannot.
func (a *app) onlyLines() bool {
	return a.flags.plain || console.Accessible(os.Getenv("ACCESSIBLE")) || prompt.OnlyLines(os.Getenv("TERM"), a.out.Fd())
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

// dialogue is the terminal that questions are asked at line by line. There is one for the whole program: a second reader would lose what the
// first had read ahead.
func (a *app) dialogue() *prompt.Terminal {
	a.asking.CompareAndSwap(nil, prompt.NewTerminal(a.in, a.ended))
	return a.asking.Load()
}

// leaveDialogue gives the terminal back that questions were asked at.
func (a *app) leaveDialogue(early bool) {
	if t := a.asking.Load(); t != nil {
		t.Leave(early || a.mistyped)
	}
}

// prompt asks line by line.
func (a *app) prompt() *prompt.Prompt {
	out := io.Writer(a.out)
	if !term.IsTerminal(a.out.Fd()) { // what is printed goes to a file or another program; a question is for the person
		out = a.err
	}
	t := a.dialogue()
	p := &prompt.Prompt{
		In: t.Lines, Out: out, Width: a.width, Ready: a.lineReady(), Exposed: exposed,
		ReadSecret: func(question string) ([]byte, error) { return t.ReadHidden(out, question) },
	}
	switch {
	case a.lines != nil:
		p.In = a.lines
	case term.IsTerminal(a.in.Fd()):
		p.Terminal = t
		t.Enter()
	}
	return p
}

// exposed is what to do about a secret that was typed where it is seen.
func exposed(answer string) string {
	if _, is := connector.FindStray(answer); is {
		return connector.Exposed
	}
	return ""
}

// questions are those of a command, with a way to leave and help at each.
func (a *app) questions(help ...string) prompt.Asker {
	ask := prompt.Questions(a.prompt(), help...)
	tell := ask.Help
	ask.Help = func() {
		tell()
		lines.Words(ask)
	}
	return ask
}

// width is how many cells a line of the terminal has, 0 where that is not known.
func (a *app) width() int {
	width, _, err := term.GetSize(a.out.Fd())
	if err != nil {
		return 0
	}
	return width
}

// lineReady tells of lines that are typed while something is waited for. Only a person at a terminal can mean the wait by them.
func (a *app) lineReady() func(context.Context) bool {
	if !term.IsTerminal(a.in.Fd()) {
		return nil
	}
	return prompt.LineReady(a.in)
}

// themeVariable names the background of the terminal where it does not tell, or tells wrongly.
const themeVariable = "DRAFTT_DATABRICKS_THEME"

// background is that of the terminal, as the person says or else the environment.
func background() (console.Background, error) {
	chosen := os.Getenv(themeVariable)
	b, known := console.BackgroundOf(chosen, os.Getenv("COLORFGBG"))
	if known {
		return b, nil
	}
	typed := connector.CleanLine(chosen, 20)
	return b, usage(fmt.Sprintf("%s is %q, which is no theme.", themeVariable, typed), meant.Nearest(typed, console.Themes)+"Set it to light, dark or auto.")
}

// theme is what the screens are drawn with.
func (a *app) theme() *ui.Theme {
	seen, _ := background() // a wrong value keeps the screen from being shown
	theme := ui.NewTheme(!seen.Light)
	theme.Fixed = seen.Chosen
	theme.Frame, theme.Notice, theme.Links = ui.FrameTime, a.shareNotice(), a.showsLinks()
	return &theme
}

// shellOf runs a screen to its end, which leaving it is as well.
func (a *app) shellOf(ctx context.Context, named string, shell *ui.Shell) error {
	err := a.present(ctx, shell)
	switch {
	case shell.Err() != nil:
		return shell.Err()
	case err != nil && ctx.Err() == nil && !errors.Is(err, tea.ErrInterrupted):
		return fmt.Errorf("run %s: %w", named, err)
	}
	return nil
}

// present runs a screen to its end. The error is that of the terminal library, or the *contain.Fault that ended the screen.
func (a *app) present(ctx context.Context, shell *ui.Shell) error {
	if _, err := background(); err != nil {
		return err
	}
	a.leaveDialogue(false)
	jobs.ToFront(a.in)
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

// program leaves signals to ctx, which they cancel: the terminal library's own handler blocks for ever when both are told of one. settle is
// called when it has ended.
func program(ctx context.Context, shell *ui.Shell, a *app) (p *tea.Program, settle func()) {
	in, out := tty.Pair(a.in, outlet.Opening(outlet.Bare(a.out), a.behind), time.Now)
	a.behind = nil
	settle = func() {}
	if owed, is := in.(*tty.Input); is {
		settle = owed.Settle
	}
	var screen tea.Model = shell
	if a.player != nil {
		screen = a.player.Watch(shell)
	}
	how := []tea.ProgramOption{tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out), tea.WithoutSignalHandler(), tea.WithFPS(ui.FrameRate)}
	if !console.Coloured(os.Getenv, true) {
		how = append(how, tea.WithColorProfile(colorprofile.ASCII)) // the library knows fewer of the ways to say so
	}
	return tea.NewProgram(screen, how...), settle
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
		a.leaveDialogue(true)
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
	a.leaveDialogue(code != 0)
	a.endLogs(code)
	return code
}

// terminalModes gives what puts the terminal back to how it is now.
func (a *app) terminalModes() func() {
	state, err := term.GetState(a.in.Fd())
	if err != nil || !jobs.InFront(a.in) {
		return func() {}
	}
	return func() { _ = term.Restore(a.in.Fd(), state) }
}
