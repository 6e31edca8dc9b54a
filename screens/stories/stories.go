package stories

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/story"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Screen is the menu of the demo.
type Screen struct {
	theme   *ui.Theme
	entries []entry
	picker  *ui.Picker
	chosen  *story.Story
}

// entry is a line of the menu: a story, or a scenario that is walked by itself.
type entry struct {
	story.Story
	ends demo.Want // how the scenario's ladder ends
}

// New prepares the menu.
func New(theme *ui.Theme) *Screen {
	s := &Screen{theme: theme, picker: ui.NewPicker(theme)}
	for _, told := range story.All() {
		s.entries = append(s.entries, entry{Story: told})
	}
	for _, scenario := range demo.Scenarios() {
		s.entries = append(s.entries, entry{story.Of(scenario), scenario.Want})
	}
	rows := make([]ui.PickerItem, len(s.entries))
	for i, e := range s.entries {
		rows[i] = ui.PickerItem{Name: e.Title, Comment: e.name() + " " + e.kind()} // all of it can be searched for
	}
	s.picker.Describe(func(i int) ui.PickerRow { return s.entries[i].row() })
	s.picker.Append(rows)
	return s
}

// Shell is the menu as a program.
func (s *Screen) Shell(ctx context.Context) *ui.Shell {
	return ui.NewShell(ctx, []ui.Step{s}, ui.Options{
		Product: setup.Product, Alone: true, Theme: s.theme, Explain: panels.Explain(s.theme), Status: func() []ui.Chip { return []ui.Chip{{Text: setup.DemoBadge}} },
	})
}

// Chosen is what the person chose once the shell has finished; nil where they left.
func (s *Screen) Chosen() *story.Story { return s.chosen }

// name is what a person types at the command line to meet it.
func (e entry) name() string {
	if e.ID != "" {
		return e.ID
	}
	return e.Scenario
}

// kind says what a line is: a story, or the cause that its scenario shows.
func (e entry) kind() string {
	switch {
	case e.ID != "":
		return "story"
	case e.ends.Passes():
		return "passes"
	}
	return e.ends.Cause
}

// row is a line of the menu. The cause stands beside the list, so that the titles have the room.
func (e entry) row() ui.PickerRow {
	switch {
	case e.ID != "":
		return ui.PickerRow{Name: e.Title, Cells: []string{"story"}}
	case e.ends.Passes():
		return ui.PickerRow{Name: e.Title, Mark: ui.MarkPass, Cells: []string{"passes"}}
	}
	return ui.PickerRow{Name: e.Title, Mark: ui.MarkFail, Cells: []string{fmt.Sprintf("exit %d", e.ends.Exit)}}
}

// command starts the same without the menu.
func (e entry) command() string {
	flag := "--scenario "
	if e.ID != "" {
		flag = "--story "
	}
	return "draftt-databricks demo " + flag + e.name()
}

// ending says how the ladder ends on a scenario.
func (e entry) ending() string {
	switch {
	case e.ID != "":
		return ""
	case e.ends.Passes():
		return "Nothing fails in it."
	}
	return fmt.Sprintf("It ends with: %s. Exit code %d.", e.ends.Cause, e.ends.Exit)
}

// Title is the step's word.
func (s *Screen) Title() string { return "Demo" }

// Enter begins with nothing chosen; the cursor stays where it was.
func (s *Screen) Enter(context.Context) tea.Cmd {
	s.chosen = nil
	return nil
}

// Escape empties the filter.
func (s *Screen) Escape() bool {
	was := s.picker.Query() != ""
	s.picker.SetQuery("")
	return was
}

// Leaves says that esc empties the filter first.
func (s *Screen) Leaves() string { return s.picker.Leaves() }

// Typing is true: letters filter.
func (s *Screen) Typing() bool { return true }

// Keys lists what works now.
func (s *Screen) Keys() []key.Binding {
	return s.picker.WithChoice(ui.Bind("begin", "enter"), key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "another one")))
}

// Update moves in the menu, filters it, and takes the choice.
func (s *Screen) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		s.picker.Paste(msg.Content)
	case tea.KeyPressMsg:
		if i, ok := s.picker.Selected(); ok && msg.String() == "enter" {
			s.chosen = &s.entries[i].Story
			return ui.Next(), nil
		}
		s.picker.Key(msg)
	}
	return ui.Stay(), nil
}

// View draws the menu, and what the line under the cursor is about.
func (s *Screen) View(width, height int) string {
	t := s.theme
	head := t.Title.Render(ui.Cut(heading, width)) + "\n" + t.Faint.Render(ui.Cut(purpose, width)) + "\n\n"
	return head + ui.Split(t, width, height-3, s.picker.View, s.about)
}

const (
	heading = "What would you like to see?"
	purpose = "Stories first, then scenarios; all on this machine."
)

// about says what the line under the cursor is about.
func (s *Screen) about(width, _ int) string {
	i, ok := s.picker.Selected()
	if !ok {
		return ui.Wrap("Nothing has this name. ctrl+u clears the search.", width)
	}
	e, t := s.entries[i], s.theme
	parts := []string{t.Title.Render(ui.Cut(e.Title, width)), ui.Wrap(strings.TrimSpace(e.Says+" "+e.ending()), width)}
	return strings.Join(append(parts, t.Faint.Render(ui.Cut(e.command(), width))), "\n")
}
