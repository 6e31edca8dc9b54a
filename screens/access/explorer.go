// Package access is the screen over who can do what in a workspace, and why: it finds any principal or object of the last inventory, and walks
// from it to who can reach it and to what it can reach. Every answer is that of the engine, and nothing is asked of the workspace.
package access

import (
	"context"
	"sync/atomic"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Screen finds a principal or an object of the last inventory of a saved connection's workspace.
type Screen struct {
	panels.Visit
	ctx    context.Context
	task   ui.Task[*world]
	pulse  *ui.Pulse
	done   atomic.Int64 // rows that were read
	of     atomic.Int64
	world  *world
	finder *finder
	err    error
}

// New prepares the screen, to be opened.
func New(visit panels.Visit) *Screen {
	return &Screen{Visit: visit, pulse: ui.NewPulse(visit.Theme)}
}

// Opens makes the screen.
func Opens(visit panels.Visit) ui.Panel { return New(visit) }

const title = "Who can access what"

// Enter reads the inventory in the background.
func (s *Screen) Enter(ctx context.Context) tea.Cmd {
	s.ctx = ctx
	return s.look()
}

func (s *Screen) look() tea.Cmd {
	s.err = nil
	visit := s.Visit
	return tea.Batch(s.task.Start(s.ctx, func(ctx context.Context) (*world, error) {
		return open(ctx, visit, func(done, of int) {
			s.done.Store(int64(done))
			s.of.Store(int64(of))
		})
	}), s.pulse.Beat(nil, true))
}

// show takes in what there is.
func (s *Screen) show(w *world) tea.Cmd {
	s.world = w
	if w.facts == nil {
		return nil
	}
	s.finder = newFinder(s.Theme, w.facts)
	s.finder.field.Focus()
	return s.finder.fill(s.ctx, w.everything())
}

// Update hands keys to the finder, and takes in what was read and found.
func (s *Screen) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.PasteMsg:
		if s.finder != nil {
			return ui.Stay(), s.finder.paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if w, err, ok := s.task.Take(msg); ok {
		if s.err = err; err == nil {
			return ui.Stay(), s.show(w)
		}
	}
	if s.finder != nil && s.finder.take(msg) {
		return s.open()
	}
	return ui.Stay(), s.pulse.Beat(msg, s.task.Running())
}

func (s *Screen) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	switch name := msg.String(); {
	case s.task.Running():
		return ui.Stay(), nil
	case s.finder == nil:
		switch {
		case name == "enter" || name == "r":
			return ui.Stay(), s.look()
		case name == "i" && s.leads():
			return ui.Open(s.Beside()), nil
		}
		return ui.Stay(), nil
	case name == "enter":
		if s.finder.enter() {
			return s.open()
		}
		return ui.Stay(), nil
	case key.Matches(msg, guideKey):
		return ui.Open(newGuide(s.Theme, s.world.facts)), nil
	}
	_, cmd := s.finder.press(msg)
	return ui.Stay(), cmd
}

// leads reports that there is no whole inventory, and that a key leads to where one is taken.
func (s *Screen) leads() bool {
	return s.err == nil && s.world != nil && s.world.facts == nil && s.Beside != nil
}

// open walks on from what stands under the cursor.
func (s *Screen) open() (ui.Move, tea.Cmd) {
	i, ok := s.finder.selected()
	if !ok {
		return ui.Stay(), nil
	}
	return ui.Open(newReach(s.Theme, s.world, s.world.at(i))), nil
}

// Keys lists what works now.
func (s *Screen) Keys() []key.Binding {
	switch {
	case s.task.Running():
		return nil
	case s.finder == nil && s.leads():
		return []key.Binding{ui.Bind("look again", "enter", "r"), ui.Bind("to Inventory", "i")}
	case s.finder == nil:
		return []key.Binding{ui.Bind("look again", "enter", "r")}
	case s.finder.found() == 0:
		return []key.Binding{guideKey}
	}
	return []key.Binding{ui.Bind("who, and what", "enter"), key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "choose")), guideKey}
}

// Typing is true where letters find something.
func (s *Screen) Typing() bool { return s.finder != nil && !s.task.Running() }

// Leaves says what esc does, where that is not to close.
func (s *Screen) Leaves() string {
	if s.finder != nil && s.finder.field.Value() != "" {
		return "show all"
	}
	return ""
}

// Escape takes away what is typed.
func (s *Screen) Escape() bool { return s.finder != nil && s.finder.clear() }
