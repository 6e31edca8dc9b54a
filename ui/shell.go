package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/ui/jobs"
	"github.com/draftt-io/draftt-databricks/ui/link"
)

// Options are what a shell shows around its steps. All functions are called
// on the goroutine of Update and View.
type Options struct {
	// Product stands in the header and, unchanged, in the window's title.
	Product string
	// Status gives the chips on the right of the header. The last one is the
	// badge: it is always kept when room is short. An empty text is left out.
	Status func() []Chip
	// Subject is what the program works on, in the middle of the header.
	Subject func() string
	// Watch sees every message that is not input before the step does, for
	// work that outlives a step.
	Watch func(tea.Msg) tea.Cmd
	// Heard hears, before anything comes of it, what each key asks of the step
	// or panel on top, in the words of the footer: for a record. A key that
	// types or moves is not told. Nil hears nothing.
	Heard func(does string)
	// Done reports that the step at index is complete.
	Done func(index int) bool
	// Alone says that the only step is a screen of its own rather than a part
	// of a way, so that no rail is drawn.
	Alone bool
	// Rail is how many of the steps stand on the rail; zero is all of them. A
	// step behind those comes after the way: nothing leads back from it, and
	// esc finishes the program.
	Rail int
	// Stays says in half a sentence what leaving changes nothing of; empty says
	// nothing. The question whether to leave begins with it.
	Stays string
	// Card is a page that a key opens over any step; the zero Card has none.
	Card Card
	// Coach gives one line that stands above the keys, for whoever is shown
	// around: it is told the title of the step, whether a panel is open over it,
	// and what is in sight as text, its words parted by single blanks, and may
	// choose by them. Empty says nothing. Nil is a program without a coach.
	Coach func(title string, panel bool, shows string) string
	// Explain draws what words on the lines of a screen mean; nil explains none.
	Explain func(lines []string) func(width int) string
	// Links are pages that words on the screen name; nil has none. They are
	// drawn where Theme.Links says so.
	Links func() []link.Link
	// Theme is shared with the steps; nil makes a dark one.
	Theme *Theme
	// Now is the clock of the program: Theme.Now, and that of the contexts of
	// all steps and panels. Nil is the clock of the shell's own context.
	Now func() time.Time
}

// Shell is the program's only [tea.Model]: it owns the window, the frame
// around the steps, navigation and leaving.
type Shell struct {
	ctx     context.Context // the program's; each step gets a child of it
	steps   []Step
	opt     Options
	theme   *Theme
	width   int
	height  int
	current int
	stack   []*standing // the current step, and the panels over it

	blind     time.Time // until when letters are those of a text that is gone
	asking    bool      // the question whether to leave is open
	escaping  bool      // esc asked it, so that esc answers it as well
	unveiling bool      // the question whether to show real names again is open
	help      *Page     // nil before it was first asked for
	card      *Page
	words     *Page
	finished  bool
	left      bool
	err       error

	// frame is composed at the end of Update rather than in View, because
	// only Update can end the program when a step's View panics.
	frame tea.View
	fresh bool
}

// NewShell makes a shell over the steps. Cancelling ctx cancels the context
// of whichever step is on; it does not end the program (see
// [tea.WithContext]). Until the window's size is known it is taken as 80×24.
func NewShell(ctx context.Context, steps []Step, opt Options) *Shell {
	if opt.Theme == nil {
		theme := NewTheme(true)
		opt.Theme = &theme
	}
	if opt.Now == nil {
		opt.Now = clockOf(ctx)
	}
	ctx = WithClock(ctx, opt.Now)
	opt.Theme.clock = opt.Now
	opt.Theme.window = 80
	s := &Shell{
		ctx: ctx, steps: steps, opt: opt, theme: opt.Theme,
		width: 80, height: 24, finished: len(steps) == 0,
	}
	if !s.finished {
		s.stack = []*standing{{Panel: steps[0], ctx: ctx, depart: func() {}}}
	}
	return s
}

// Current is the index of the step that is on.
func (s *Shell) Current() int { return s.current }

// Left reports that the person ended the program before its end.
func (s *Shell) Left() bool { return s.left }

// Finished reports that the last step returned Next.
func (s *Shell) Finished() bool { return s.finished }

// Err is the *Fault that ended the program, or nil.
func (s *Shell) Err() error { return s.err }

// Init enters the first step and asks the terminal for its background.
func (s *Shell) Init() tea.Cmd {
	if s.over() {
		return tea.Quit
	}
	cmd := s.enter(0)
	if s.opt.Card.Opens {
		cmd = tea.Batch(cmd, s.toggleCard())
	}
	if s.over() {
		return tea.Quit
	}
	if s.theme.Fixed {
		return cmd
	}
	return tea.Batch(tea.RequestBackgroundColor, cmd)
}

// Update handles one message.
func (s *Shell) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	if !s.over() {
		before, typed := s.top(), s.theme.Frame > 0 && s.typing()
		if cmd = s.handle(msg); typed && !s.over() && s.top() != before && !s.typing() {
			s.blind = s.opt.Now().Add(s.theme.Frame)
		}
	}
	s.frame, s.fresh = s.compose(), true
	if s.over() {
		s.closeFrom(0)
		return s, tea.Quit
	}
	return s, cmd
}

// View draws the frame.
func (s *Shell) View() tea.View {
	if s.fresh {
		s.fresh = false
		return s.frame
	}
	return s.compose()
}

func (s *Shell) over() bool { return s.finished || s.left || s.err != nil }

func (s *Shell) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.KeyReleaseMsg:
		return nil
	case tea.PasteMsg:
		return s.paste(msg)
	case faultMsg:
		s.err = msg.fault
		return nil
	case jobs.Resumed:
		if !msg.Stopped {
			s.theme.Notice = notSuspended
		}
		return nil
	}
	landPulse(msg)
	watched := s.watch(msg)
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.resize(msg)
		return watched
	case tea.BackgroundColorMsg:
		if !s.theme.Fixed {
			s.theme.setDark(msg.IsDark())
		}
		return watched
	}
	return tea.Batch(watched, s.tell(msg, s.everyone()))
}

func (s *Shell) watch(msg tea.Msg) (cmd tea.Cmd) {
	if s.opt.Watch == nil {
		return nil
	}
	s.attempt("watching messages", func() { cmd = s.opt.Watch(msg) })
	return protect("working in the background", cmd)
}

func (s *Shell) resize(msg tea.WindowSizeMsg) {
	// Some pseudo-terminals report no size at all; the last one known is a
	// better guess than nothing.
	if msg.Width > 0 && msg.Height > 0 {
		s.width, s.height = msg.Width, msg.Height
		s.theme.window = msg.Width
	}
}

// attempt runs code of a step or panel; a panic in it ends the program.
func (s *Shell) attempt(during string, fn func()) {
	if fault := contain.Run(during, fn); fault != nil && s.err == nil {
		s.err = fault
	}
}
