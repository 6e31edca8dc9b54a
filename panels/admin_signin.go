package panels

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// SignInContent is what signing in as an admin needs to know.
type SignInContent struct {
	Title string
	// Text stands below the title, such as how long the session lasts.
	Text string
	// Ways are offered where there are several; a single one that asks for nothing is taken at once.
	Ways []setup.SignInWay
	// Open gives the work of opening a session. It is called with the credentials, which are kept nowhere else.
	Open func(setup.SignInWay) func(context.Context) (*admin.Session, error)
	// Done takes the open session and says where it goes on; its Close closes the sign-in.
	Done func(*admin.Session) (ui.Move, tea.Cmd)
}

// SignIn is a panel in which an admin signs in: it offers the ways, and asks for credentials in a form over itself.
type SignIn struct {
	SignInContent
	theme   *ui.Theme
	ctx     context.Context
	picker  *ui.Picker
	chosen  setup.SignInWay // while it opens a session, and after that failed
	opening ui.Task[*admin.Session]
	pulse   *ui.Pulse
	err     error
}

// NewSignIn makes a panel to be opened.
func NewSignIn(theme *ui.Theme, content SignInContent) *SignIn {
	return &SignIn{SignInContent: content, theme: theme, picker: ui.NewPicker(theme), pulse: ui.NewPulse(theme)}
}

// Enter lists the ways, or takes the only one.
func (s *SignIn) Enter(ctx context.Context) tea.Cmd {
	s.ctx, s.err = ctx, nil
	names := make([]string, len(s.Ways))
	for i, way := range s.Ways {
		names[i] = way.Label
	}
	s.picker.Reset()
	s.picker.AppendNames(names)
	if s.alone() {
		return s.open(s.Ways[0])
	}
	return nil
}

// alone reports that there is nothing to choose and nothing to type.
func (s *SignIn) alone() bool { return len(s.Ways) == 1 && !asks(s.Ways[0]) }

// asks reports that the credentials of a way are still to be typed.
func asks(way setup.SignInWay) bool { return !way.Demo && way.Creds.Secret.IsZero() }

func (s *SignIn) open(way setup.SignInWay) tea.Cmd {
	s.chosen, s.err = way, nil
	return tea.Batch(s.opening.Start(s.ctx, s.Open(way)), s.pulse.Beat(nil, true))
}

// Update hands keys to the list and takes in the session.
func (s *SignIn) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.PasteMsg:
		if s.Typing() {
			s.picker.Paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if session, err, ok := s.opening.Take(msg); ok {
		if s.err = err; err == nil {
			return s.Done(session)
		}
	}
	return ui.Stay(), s.pulse.Beat(msg, s.opening.Running())
}

func (s *SignIn) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	name := msg.String()
	switch {
	case s.opening.Running():
	case s.err != nil && (name == "r" || name == "enter"):
		return ui.Stay(), s.open(s.chosen)
	case s.err != nil:
	case name == "enter":
		i, ok := s.picker.Selected()
		switch {
		case !ok:
		case asks(s.Ways[i]):
			return ui.Open(newCredentials(s, s.Ways[i])), nil
		default:
			return ui.Stay(), s.open(s.Ways[i])
		}
	default:
		s.picker.Key(msg)
	}
	return ui.Stay(), nil
}

// Keys lists what works now.
func (s *SignIn) Keys() []key.Binding {
	switch {
	case s.opening.Running():
		return []key.Binding{ui.Bind("not now", "esc")}
	case s.err != nil:
		return []key.Binding{ui.Bind("try again", "r", "enter"), ui.Bind("not now", "esc")}
	}
	return s.picker.WithChoice(ui.Bind("choose", "enter"), ui.Bind("not now", "esc"))
}

// Typing is true while letters filter the ways.
func (s *SignIn) Typing() bool { return !s.opening.Running() && s.err == nil }

// Escape goes back to the ways, where there was something to choose.
func (s *SignIn) Escape() bool {
	was := s.opening.Running() || s.err != nil
	s.opening.Cancel()
	s.err = nil
	return was && !s.alone()
}

// View draws the ways, or how far it is.
func (s *SignIn) View(width, height int) string {
	head := Heading(s.theme, s.Title, s.Text, width)
	switch {
	case s.opening.Running():
		return head + ui.Working("Signing in as an admin", s.opening.Since()).View(s.theme, width)
	case s.err != nil:
		return head + Trouble(s.err).View(s.theme, width)
	}
	return head + s.picker.View(width, max(3, min(height-strings.Count(head, "\n"), s.picker.Len()+1)))
}
