package panels

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Values are what to enter in Draftt for a saved connection, a line each: enter copies the line under the cursor, y all of them.
type Values struct {
	theme *ui.Theme
	facts []setup.Fact
	row   int // the line under the cursor
	take  *ui.Snippet
}

// NewValues makes the values of a saved connection.
func NewValues(theme *ui.Theme, env setup.Environment, c connector.Connection) *Values {
	facts := env.Dashboard(c)
	return &Values{theme: theme, facts: facts, take: ui.NewSnippet(theme, setup.DashboardText(facts), "draftt-dashboard.txt")}
}

// Plain reports whether the plain view is open; it wants the whole body.
func (v *Values) Plain() bool { return v.take.Plain() }

// PlainView draws the plain view.
func (v *Values) PlainView(width, height int) string { return v.take.View(width, height) }

// Escape closes the plain view.
func (v *Values) Escape() bool { return v.take.Escape() }

// Take reads a message, and reports whether it told how copying or saving went.
func (v *Values) Take(msg tea.Msg) bool { return v.take.Take(msg) }

// Note is what the last copy or save said, empty before either.
func (v *Values) Note() string { return v.take.Note() }

// First are the keys that matter most, and Rest the others.
func (v *Values) First() []key.Binding {
	keys := []key.Binding{ui.Bind("copy these", "y")}
	if v.facts[v.row].Value != "" {
		keys = append(keys, ui.Bind("copy this line", "enter"))
	}
	return keys
}

// Rest are the keys besides First, or those of the plain view.
func (v *Values) Rest() []key.Binding {
	if v.Plain() {
		return v.take.Keys()
	}
	move := key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "another line"))
	return append([]key.Binding{move}, v.take.Keys()[1:]...)
}

// Press moves the cursor, copies and saves.
func (v *Values) Press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if v.Plain() {
		_, cmd := v.take.Key(msg)
		return ui.Stay(), cmd
	}
	last := len(v.facts) - 1
	switch msg.String() {
	case "up", "shift+tab":
		v.row = max(0, v.row-1)
	case "down", "tab":
		v.row = min(last, v.row+1)
	case "home", "pgup":
		v.row = 0
	case "end", "pgdown":
		v.row = last
	case "enter":
		return ui.Stay(), v.copies(v.facts[v.row].Value)
	case "y":
		return ui.Stay(), v.copies(setup.DashboardText(v.facts))
	default:
		v.take.SetText(setup.DashboardText(v.facts))
		_, move, cmd := v.take.Press(msg)
		return move, cmd
	}
	return ui.Stay(), nil
}

// copies sends one value, or all of them.
func (v *Values) copies(text string) tea.Cmd {
	if text == "" {
		return nil
	}
	v.take.SetText(text)
	_, cmd := v.take.Key(tea.KeyPressMsg(tea.Key{Code: 'y', Text: "y"}))
	return cmd
}

// Lines are the values below what they are, within width cells.
func (v *Values) Lines(width int) []string {
	title := "Enter this in Draftt"
	if len([]rune(title+"  "+setup.DashboardPlace)) > width { // where it is entered says more
		title = "In Draftt"
	}
	lines := []string{v.theme.Title.Render(ui.Cut(title, width)) + "  " + v.theme.Faint.Render(ui.Cut(setup.DashboardPlace, max(0, width-len(title)-2)))}
	for i, fact := range v.facts {
		lines = append(lines, v.rows(i, fact, width)...)
	}
	return lines
}

// rows are one value, with the cursor's mark. Nobody can copy half of a value by eye, so none is cut.
func (v *Values) rows(i int, fact setup.Fact, width int) []string {
	column := setup.LabelColumn(v.facts, 16)
	lines := strings.Split(ui.Wrap(ui.Clean(fact.Text), width-2-column), "\n")
	for at, text := range lines {
		label, mark := "", "  "
		if at == 0 {
			label = fact.Label
		}
		text = fmt.Sprintf("%-*s%s", column, label, text)
		switch {
		case i == v.row && at == 0:
			mark, text = v.theme.Mark(ui.MarkCursor)+" ", v.theme.Selected.Render(text)
		case i == v.row:
			text = v.theme.Selected.Render(text)
		case fact.Value == "":
			text = v.theme.Faint.Render(text)
		}
		lines[at] = mark + text
	}
	return lines
}

// Dashboard is a panel with the values of a saved connection.
type Dashboard struct{ *Values }

// NewDashboard makes a panel to be opened.
func NewDashboard(theme *ui.Theme, env setup.Environment, c connector.Connection) Dashboard {
	return Dashboard{NewValues(theme, env, c)}
}

// Enter has nothing to begin.
func (d Dashboard) Enter(context.Context) tea.Cmd { return nil }

// Update moves, copies and saves.
func (d Dashboard) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return d.Press(press)
	}
	d.Take(msg)
	return ui.Stay(), nil
}

// Keys lists what works now.
func (d Dashboard) Keys() []key.Binding {
	if d.Plain() {
		return d.Rest()
	}
	return append(d.First(), d.Rest()...)
}

// Typing is false: all letters are keys.
func (d Dashboard) Typing() bool { return false }

// View draws the values, and what the last copy said.
func (d Dashboard) View(width, height int) string {
	if d.Plain() {
		return d.PlainView(width, height)
	}
	view := strings.Join(d.Lines(width), "\n")
	if note := d.Note(); note != "" {
		view += "\n\n" + ui.Wrap(ui.Clean(note), width)
	}
	return view
}
