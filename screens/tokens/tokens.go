// Package tokens is the screen over the permissions on personal access tokens or passwords of a workspace: who is on the list, what everybody may
// do and how that comes, and the tokens there are.
package tokens

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// Screen shows the permissions on one object. It opens with a sign-in, and its session ends with it.
type Screen struct {
	panels.Visit
	object authorization.Object
	ctx    context.Context
	task   ui.Task[*seen]
	pulse  *ui.Pulse
	seen   *seen // of the newest look, nil before
	err    error
	lists  []*panels.List // one for each part
	part   part
	notice string
	wrong  bool // the notice tells of something that was refused
}

// New prepares the screen of an object, to be opened.
func New(visit panels.Visit, object authorization.Object) *Screen {
	s := &Screen{Visit: visit, object: object, pulse: ui.NewPulse(visit.Theme)}
	for _, p := range partsOf(object) {
		l := panels.NewList(visit.Theme, p == tokens)
		l.Describe(func(i int) ui.PickerRow { return s.seen.row(p, i, visit.Theme.Wide()) })
		s.lists = append(s.lists, l)
	}
	return s
}

// title is what the screen is called.
func (s *Screen) title() string {
	if s.object == authorization.Passwords {
		return "Password permissions"
	}
	return "Token permissions"
}

// Enter remembers how long it is open, and with it the session.
func (s *Screen) Enter(ctx context.Context) tea.Cmd {
	s.ctx = ctx
	return nil
}

// Opening is the sign-in.
func (s *Screen) Opening() ui.Panel { return s.SignIn(s.ctx, s.title(), s.look) }

// look reads all of it anew, in the background.
func (s *Screen) look() tea.Cmd {
	session, object := s.Session(), s.object
	s.err = nil
	return tea.Batch(s.task.Start(s.ctx, func(ctx context.Context) (*seen, error) {
		snapshot, err := session.Authorization(ctx, object)
		if err != nil {
			return nil, err //nolint:wrapcheck // the screen names its cause
		}
		return newSeen(snapshot), nil
	}), s.pulse.Beat(nil, true))
}

// Update hands keys to the list, and takes in what was read.
func (s *Screen) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.PasteMsg:
		if s.list().Filtering() {
			s.list().Paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if found, err, ok := s.task.Take(msg); ok {
		if s.err = err; err == nil {
			s.take(found)
		}
	}
	return ui.Stay(), s.pulse.Beat(msg, s.task.Running())
}

// take fills the lists. The cursor stays where it was, as far as there is something.
func (s *Screen) take(found *seen) {
	at := make([]int, len(s.lists))
	for i, l := range s.lists { // which are described by what was seen before
		at[i], _ = l.Selected()
	}
	s.seen = found
	for i, p := range partsOf(s.object) {
		s.lists[i].Reset()
		s.lists[i].AppendNames(found.names(p))
		s.lists[i].Select(max(0, min(at[i], s.lists[i].Len()-1)))
	}
	if found.Limited && s.object == authorization.Tokens {
		s.part = tokens // their own are all that they are shown
	}
}

func (s *Screen) list() *panels.List { return s.lists[s.part] }

// act is a key of the screen and what it does.
type act struct {
	key  key.Binding
	do   func(*Screen) (ui.Move, tea.Cmd)
	when func(*Screen) bool // nil is always
}

var acts = []act{
	{ui.Bind("details", "enter"), (*Screen).details, (*Screen).hasRow},
	{ui.Bind("next list", "tab"), (*Screen).next, (*Screen).managed},
	{ui.Bind("grant", "g"), (*Screen).grant, nil},
	{ui.Bind("take away", "x"), (*Screen).takeAway, func(s *Screen) bool { return s.part != tokens && s.hasRow() }},
	{ui.Bind("revoke", "x"), (*Screen).revoke, func(s *Screen) bool { return s.part == tokens && s.hasRow() }},
	{ui.Bind("make a token", "t"), (*Screen).make, (*Screen).ofTokens},
	{ui.Bind("settings", "s"), (*Screen).settings, (*Screen).ofTokens},
	{ui.Bind("copy the list", "y"), (*Screen).export, (*Screen).managed},
	{ui.Bind("look again", "r"), func(s *Screen) (ui.Move, tea.Cmd) { return ui.Stay(), s.look() }, nil},
}

// managed reports that everything is shown, as to a workspace admin.
func (s *Screen) managed() bool { return !s.seen.Limited }

func (s *Screen) hasRow() bool {
	_, ok := s.list().Selected()
	return ok
}

// now are the acts that work now.
func (s *Screen) now() (now []act) {
	for _, a := range acts {
		if a.when == nil || a.when(s) {
			now = append(now, a)
		}
	}
	return now
}

func (s *Screen) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	name := msg.String()
	switch {
	case s.task.Running():
		return ui.Stay(), nil
	case s.Session() == nil:
		if name == "enter" {
			return ui.Open(s.Opening()), nil
		}
		return ui.Stay(), nil
	case s.err != nil:
		if name == "enter" || name == "r" {
			return ui.Stay(), s.look()
		}
		return ui.Stay(), nil
	}
	s.notice = ""
	if s.list().Press(msg) {
		return ui.Stay(), nil
	}
	for _, a := range s.now() {
		if key.Matches(msg, a.key) {
			return a.do(s)
		}
	}
	return ui.Stay(), nil
}

// next goes to the next list.
func (s *Screen) next() (ui.Move, tea.Cmd) {
	s.part = (s.part + 1) % part(len(s.lists))
	return ui.Stay(), nil
}

// Keys lists what works now.
func (s *Screen) Keys() []key.Binding {
	switch {
	case s.task.Running():
		return nil
	case s.Session() == nil:
		return []key.Binding{ui.Bind("sign in", "enter")}
	case s.err != nil:
		return []key.Binding{ui.Bind("try again", "enter", "r")}
	}
	var keys []key.Binding
	for _, a := range s.now() {
		keys = append(keys, a.key)
	}
	return s.list().Bindings(keys...)
}

// Typing is true while letters filter.
func (s *Screen) Typing() bool { return s.list().Filtering() }

// Leaves says what esc does, where that is not to close.
func (s *Screen) Leaves() string { return s.list().Leaves() }

// Escape ends the filter.
func (s *Screen) Escape() bool { return s.list().Escape() }

// applied says what became of a plan, and reads all of it anew.
func (s *Screen) applied(out admin.Outcome) (ui.Move, tea.Cmd) {
	s.say("Done: "+words.Count(out.Done, "step")+". "+s.Env.JournalSays(), false)
	if out.Rollback != "" {
		s.say(s.notice+" The list as it was is in "+connector.CleanLine(out.Rollback, 200)+".", false)
	}
	for _, line := range out.Differs {
		s.say(s.notice+" "+line, true)
	}
	return ui.Close(), s.look()
}

func (s *Screen) say(text string, wrong bool) { s.notice, s.wrong = text, wrong }
