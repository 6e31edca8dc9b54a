// Package partners is the screen over Partner Connect of a workspace: which partners are connected, by what they left and how sure that is, and
// what each is given and loses.
package partners

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Screen shows the partners. It opens with a sign-in, and its session ends with it.
type Screen struct {
	panels.Visit
	ctx    context.Context
	task   ui.Task[partner.Inference]
	pulse  *ui.Pulse
	read   bool
	seen   partner.Inference
	rest   []partner.Partner // known, and without a trace here
	err    error
	list   *panels.List
	notice string
	choice choice
}

// New prepares the screen, to be opened.
func New(visit panels.Visit) *Screen {
	s := &Screen{Visit: visit, pulse: ui.NewPulse(visit.Theme), list: panels.NewList(visit.Theme, false)}
	s.choice = choice{catalog: visit.Saved.Schema.Catalog.Raw(), schema: visit.Saved.Schema.Schema.Raw(), warehouse: visit.Saved.Warehouse.ID.String()}
	s.list.Describe(s.row)
	s.list.SetHeadings("Connected", "Only remind of a partner", "Known, without a trace here")
	return s
}

const title = "Partner connections"

// Enter remembers how long it is open, and with it the session.
func (s *Screen) Enter(ctx context.Context) tea.Cmd {
	s.ctx = ctx
	return nil
}

// Opening is the sign-in.
func (s *Screen) Opening() ui.Panel { return s.SignIn(s.ctx, title, s.look) }

// look infers anew who is connected, in the background.
func (s *Screen) look() tea.Cmd {
	session := s.Session()
	s.err = nil
	return tea.Batch(s.task.Start(s.ctx, func(ctx context.Context) (partner.Inference, error) {
		traces, err := partner.Look(ctx, session)
		if err != nil {
			return partner.Inference{}, err //nolint:wrapcheck // the screen names its cause
		}
		return partner.Infer(traces), nil
	}), s.pulse.Beat(nil, true))
}

// Update hands keys to the list, and takes in what was found.
func (s *Screen) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.PasteMsg:
		if s.list.Filtering() {
			s.list.Paste(msg.Content)
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

// The groups of the list.
const (
	connected = iota
	alike
	known
)

// take fills the list. The cursor stays where it was, as far as there is something.
func (s *Screen) take(found partner.Inference) {
	at, _ := s.list.Selected()
	s.seen, s.read, s.rest = found, true, nil
	there := map[string]bool{}
	var items []ui.PickerItem
	for _, c := range found.Connections {
		there[c.Partner.Name] = true
		items = append(items, ui.PickerItem{Name: c.Partner.Name, Group: connected})
	}
	for _, l := range found.LookAlikes {
		items = append(items, ui.PickerItem{Name: l.What, Group: alike})
	}
	for _, p := range partner.All() {
		if !there[p.Name] {
			s.rest = append(s.rest, p)
			items = append(items, ui.PickerItem{Name: p.Name, Group: known})
		}
	}
	s.list.Reset()
	s.list.Append(items)
	s.list.Select(max(0, min(at, len(items)-1)))
}

// under is what stands under the cursor: a connection, something that only reminds of one, or a partner alone.
func (s *Screen) under() (c *partner.Connection, like *partner.LookAlike, p partner.Partner, ok bool) {
	i, ok := s.list.Selected()
	if !ok {
		return nil, nil, p, false
	}
	if i < len(s.seen.Connections) {
		c = &s.seen.Connections[i]
		return c, nil, c.Partner, true
	}
	if i -= len(s.seen.Connections); i < len(s.seen.LookAlikes) {
		return nil, &s.seen.LookAlikes[i], p, true
	}
	return nil, nil, s.rest[i-len(s.seen.LookAlikes)], true
}

// marks say how sure it is.
var marks = map[partner.Sureness]ui.Mark{partner.Certain: ui.MarkPass, partner.Likely: ui.MarkPass, partner.Possible: ui.MarkUnknown}

func (s *Screen) row(i int) ui.PickerRow {
	if i < len(s.seen.Connections) {
		sure := s.seen.Connections[i].Sure
		return ui.PickerRow{Cells: []string{string(sure)}, Mark: marks[sure]}
	}
	if i -= len(s.seen.Connections); i < len(s.seen.LookAlikes) {
		return ui.PickerRow{Cells: []string{"none"}, Mark: ui.MarkWaiting}
	}
	return ui.PickerRow{Cells: []string{setWord(s.rest[i-len(s.seen.LookAlikes)])}, Mark: ui.MarkWaiting}
}

// setWord says whether the document has a set for a partner.
func setWord(p partner.Partner) string {
	switch {
	case p.Set == nil:
		return "no set"
	case p.Set.None():
		return "no principal"
	}
	return "set"
}

// act is a key of the screen and what it does.
type act struct {
	key  key.Binding
	do   func(*Screen) (ui.Move, tea.Cmd)
	when func(*Screen) bool // nil is always
}

var acts = []act{
	{ui.Bind("details", "enter"), (*Screen).details, func(s *Screen) bool { _, _, _, ok := s.under(); return ok }},
	{ui.Bind("check", "c"), (*Screen).check, (*Screen).hasSet},
	{ui.Bind("plan", "p"), (*Screen).plan, (*Screen).hasSet},
	{ui.Bind("disconnect", "d"), (*Screen).disconnect, func(s *Screen) bool { c, _, _, _ := s.under(); return c != nil }},
	{ui.Bind("orphans", "o"), (*Screen).orphans, nil},
	{ui.Bind("look again", "r"), func(s *Screen) (ui.Move, tea.Cmd) { return ui.Stay(), s.look() }, nil},
}

func (s *Screen) hasSet() bool {
	_, like, p, ok := s.under()
	return ok && like == nil && p.Set != nil && !p.Set.None()
}

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
	if s.list.Press(msg) {
		return ui.Stay(), nil
	}
	for _, a := range s.now() {
		if key.Matches(msg, a.key) {
			return a.do(s)
		}
	}
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
	return s.list.Bindings(keys...)
}

// Typing is true while letters filter.
func (s *Screen) Typing() bool { return s.list.Filtering() }

// Leaves says what esc does, where that is not to close.
func (s *Screen) Leaves() string { return s.list.Leaves() }

// Escape ends the filter.
func (s *Screen) Escape() bool { return s.list.Escape() }
