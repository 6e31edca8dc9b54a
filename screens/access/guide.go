package access

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// guideKey opens the guide where letters find something, and also where they act.
var guideKey = ui.Bind("levels and roles", "ctrl+l")

const guideTitle = "What levels and roles allow"

// guide is a list of what each level and role allows, to be looked up while an answer stands below it.
type guide struct {
	theme  *ui.Theme
	lines  []access.Guide
	finder *finder
}

func newGuide(theme *ui.Theme, facts *access.Facts) *guide {
	f := newFinder(theme, facts)
	f.field.Focus()
	return &guide{theme: theme, lines: facts.Rules().Guide(), finder: f}
}

// Enter lists all.
func (g *guide) Enter(ctx context.Context) tea.Cmd {
	return g.finder.fill(ctx, rows{
		count: len(g.lines),
		rank:  func(m *access.Match, i int) (int, bool) { return m.Text(g.called(i) + " " + g.lines[i].Says) },
		row: func(i int) ui.PickerRow {
			return ui.PickerRow{Name: g.lines[i].About, Cells: []string{g.lines[i].What}}
		},
	})
}

// called is what a line is about.
func (g *guide) called(i int) string {
	return strings.TrimSpace(g.lines[i].About + " " + g.lines[i].What)
}

// Update hands keys to the list.
func (g *guide) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		_, cmd := g.finder.press(msg)
		return ui.Stay(), cmd
	case tea.PasteMsg:
		return ui.Stay(), g.finder.paste(msg.Content)
	}
	g.finder.take(msg)
	return ui.Stay(), nil
}

// Keys lists what works now.
func (g *guide) Keys() []key.Binding {
	if g.finder.found() == 0 {
		return nil
	}
	return []key.Binding{key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "choose"))}
}

// Typing is true: letters find something.
func (g *guide) Typing() bool { return true }

// Leaves says what esc does, where that is not to close.
func (g *guide) Leaves() string {
	if g.finder.field.Value() != "" {
		return "show all"
	}
	return ""
}

// Escape takes away what is typed.
func (g *guide) Escape() bool { return g.finder.clear() }

// View draws the list with all that the line under the cursor says.
func (g *guide) View(width, height int) string {
	head := g.theme.Title.Render(ui.Cut(guideTitle, width)) + "\n\n" + g.finder.field.View(width) + "\n" + g.theme.Faint.Render(ui.Cut(g.finder.tally(), width)) + "\n"
	return head + ui.Split(g.theme, width, height-strings.Count(head, "\n"), g.finder.list, panels.Steady(g.theme, g.about))
}

func (g *guide) about(width, _ int) string {
	i, ok := g.finder.selected()
	if !ok {
		return ""
	}
	var facts []panels.Fact
	for _, f := range g.lines[i].Facts {
		if f.Text != "" {
			facts = append(facts, panels.Fact{Label: f.Label, Text: f.Text})
		}
	}
	return g.theme.Title.Render(ui.Cut(g.called(i), width)) + "\n" + panels.Facts(g.theme, facts, width)
}
