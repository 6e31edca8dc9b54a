// Package inventory is the screen over the inventories of a workspace: it takes one, says how much was seen and what is missing, shows what was
// found, and compares runs.
package inventory

import (
	"context"
	"sync"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// part is one of the lists of the screen.
type part int

const (
	ledger  part = iota // how much of each resource was seen
	kinds               // how many rows of each kind were found
	history             // the runs
)

var parts = []part{ledger, kinds, history}

// heading is a list's title.
func (p part) heading() string { return [...]string{"Resources", "Kinds", "Runs"}[p] }

// Screen shows the inventories of a saved connection's workspace. What is there is seen without a sign-in; taking one begins with that.
type Screen struct {
	panels.Visit
	ctx    context.Context
	task   ui.Task[*found]
	pulse  *ui.Pulse
	found  *found // of the newest look, nil before
	err    error
	lists  []*panels.List // one for each part
	part   part
	taking taking
	busy   *sync.Mutex // held by whoever works in the folder
	notice string
	wrong  bool // the notice tells of something that did not work
}

// found is what inventories there are, with what the screen shows of them, computed once.
type found struct {
	estate.Standing
	run   *store.Run // nil where there is none
	kinds []kind
}

// kind is a kind of rows.
type kind struct {
	name  string
	rows  int
	whole bool
}

// New prepares the screen, to be opened.
func New(visit panels.Visit) *Screen {
	s := &Screen{Visit: visit, pulse: ui.NewPulse(visit.Theme), busy: &sync.Mutex{}}
	for _, p := range parts {
		l := panels.NewList(visit.Theme, false)
		l.Describe(func(i int) ui.PickerRow { return s.row(p, i) })
		s.lists = append(s.lists, l)
	}
	s.lists[ledger].SetHeadings("Account", "Workspace", "Planned", "Beyond the document")
	s.lists[kinds].SetHeadings("", "Nothing of it was found")
	return s
}

// Opens makes the screen.
func Opens(visit panels.Visit) ui.Panel { return New(visit) }

const title = "Inventory"

// Enter looks what there is.
func (s *Screen) Enter(ctx context.Context) tea.Cmd {
	s.ctx = ctx
	s.Begin(ctx)
	return s.look()
}

// folder is where the inventories of the workspace are.
func folder(visit panels.Visit) store.Folder {
	return estate.FolderOf(visit.Env.Vault.Dir(), visit.Saved.Host.Typed())
}

func now(visit panels.Visit) time.Time {
	if visit.Env.Now != nil {
		return visit.Env.Now()
	}
	return time.Now()
}

// look reads what inventories there are, in the background. The run stays open as long as the screen.
func (s *Screen) look() tea.Cmd {
	s.err = nil
	visit, busy, screen := s.Visit, s.busy, s.ctx
	return tea.Batch(s.task.Start(s.ctx, func(context.Context) (*found, error) {
		busy.Lock()
		defer busy.Unlock()
		return look(screen, folder(visit), now(visit))
	}), s.pulse.Beat(nil, true))
}

// look reads what there is. The run is closed with ctx.
func look(ctx context.Context, f store.Folder, now time.Time) (*found, error) {
	standing, run, err := estate.Look(f, "", now)
	if err != nil {
		return nil, err //nolint:wrapcheck // the screen names its cause
	}
	out := &found{Standing: standing, run: run}
	if run == nil {
		return out, nil
	}
	contain.After(ctx, "closing an inventory", func() { _ = run.Close() })
	for _, name := range estate.AllKinds() {
		n, err := run.Count(name)
		if err != nil {
			return nil, err //nolint:wrapcheck // as above
		}
		out.kinds = append(out.kinds, kind{name, n, standing.Seen.Whole(name)})
	}
	return out, nil
}

// Update hands keys to the list, and takes in what was read and how a run ended.
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
	if ended, err, ok := s.taking.task.Take(msg); ok {
		return ui.Stay(), s.ended(ended, err)
	}
	return ui.Stay(), s.pulse.Beat(msg, s.task.Running() || s.taking.task.Running())
}

// take fills the lists. The cursor stays where it was, as far as there is something.
func (s *Screen) take(now *found) {
	before := s.found
	at := make([]int, len(s.lists))
	for i, l := range s.lists { // which are described by what was found before
		at[i], _ = l.Selected()
	}
	s.found = now
	for i, p := range parts {
		l := s.lists[i]
		l.Reset()
		l.Append(now.items(p))
		if l.SelectFirst(func(int) bool { return true }); before != nil && before.run != nil {
			l.Select(max(0, min(at[i], l.Len()-1)))
		}
	}
	if before != nil && before.run != nil {
		_ = before.run.Close()
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
	{ui.Bind("take one", "enter", "n"), (*Screen).begin, func(s *Screen) bool { return !s.whole() && s.found.Open == "" }},
	{ui.Bind("go on with it", "enter", "n"), (*Screen).begin, func(s *Screen) bool { return !s.whole() && s.left() }},
	{ui.Bind("details", "enter"), (*Screen).details, func(s *Screen) bool { return s.part == ledger && s.hasRow() }},
	{ui.Bind("rows", "enter"), (*Screen).openRows, func(s *Screen) bool { return s.part == kinds && s.hasRow() }},
	{ui.Bind("what changed", "enter"), (*Screen).changes, func(s *Screen) bool { return s.part == history && s.comparable() }},
	{ui.Bind("next list", "tab"), (*Screen).next, (*Screen).whole},
	{ui.Bind("take another", "n"), (*Screen).begin, func(s *Screen) bool { return s.whole() && s.found.Open == "" }},
	{ui.Bind("go on with the last", "n"), (*Screen).begin, func(s *Screen) bool { return s.whole() && s.left() }},
	{ui.Bind("begin anew", "f"), (*Screen).beginAnew, (*Screen).left},
	{ui.Bind("look again", "r"), func(s *Screen) (ui.Move, tea.Cmd) { return ui.Stay(), s.look() }, nil},
	{panels.SignsOut, (*Screen).signOut, func(s *Screen) bool { return s.Session() != nil }},
}

// signOut ends the session. What was found stays in sight, since it is in a file of this machine.
func (s *Screen) signOut() (ui.Move, tea.Cmd) {
	s.Admission.SignOut()
	return ui.Stay(), nil
}

// left reports that there is a run that is not over, and that nobody takes now.
func (s *Screen) left() bool { return s.found.Open != "" && !s.found.Taken }

// whole reports that there is a run that is over.
func (s *Screen) whole() bool { return s.found.run != nil }

func (s *Screen) hasRow() bool {
	_, ok := s.list().Selected()
	return ok && s.whole()
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
	case s.task.Running(), s.taking.task.Running():
		return ui.Stay(), nil
	case s.err != nil:
		if name == "enter" || name == "r" {
			return ui.Stay(), s.look()
		}
		return ui.Stay(), nil
	}
	s.notice = ""
	if s.whole() && s.list().Press(msg) {
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
	case s.taking.task.Running():
		return []key.Binding{ui.Bind(s.Leaves(), "esc")}
	case s.task.Running():
		return nil
	case s.err != nil:
		return []key.Binding{ui.Bind("try again", "enter", "r")}
	}
	var keys []key.Binding
	for _, a := range s.now() {
		keys = append(keys, a.key)
	}
	if !s.whole() {
		return keys
	}
	return s.list().Bindings(keys...)
}

// Typing is true while letters filter.
func (s *Screen) Typing() bool { return s.list().Filtering() }

// Leaves says what esc does, where that is not to close.
func (s *Screen) Leaves() string {
	switch {
	case s.taking.task.Running() && s.taking.halting:
		return "leave"
	case s.taking.task.Running():
		return "stop"
	}
	return s.list().Leaves()
}

// Escape ends a run, or the filter. What the run has is kept.
func (s *Screen) Escape() bool {
	if s.taking.task.Running() && !s.taking.halting {
		s.taking.halt()
		return true
	}
	return !s.taking.task.Running() && s.list().Escape()
}

func (s *Screen) say(text string, wrong bool) { s.notice, s.wrong = text, wrong }
