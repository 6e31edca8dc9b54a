package bundle

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// leastRows is how many stages stay in sight, however much there is to say about the one under the cursor.
const leastRows = 4

// Screen shows what a support bundle tells: the checklist of its test, stage by stage, and what it has beside it. It asks nobody
// and changes nothing.
type Screen struct {
	contents bundle.Contents
	results  []check.Result
	theme    *ui.Theme
	at       int   // the stage under the cursor
	page     *page // lies over the list; nil for none
}

// page is a text over the whole window.
type page struct{ text *ui.Snippet }

// New prepares the screen over the contents of a bundle that was opened. The cursor stands on the stage that failed.
func New(contents bundle.Contents, theme *ui.Theme) *Screen {
	b := &Screen{contents: contents, results: contents.Results(), theme: theme}
	if failed := check.Failure(b.results); failed != nil {
		b.at = slices.IndexFunc(b.results, func(r check.Result) bool { return r.Stage == failed.Stage })
	}
	return b
}

// Shell is the screen as a program.
func (b *Screen) Shell(ctx context.Context) *ui.Shell {
	return ui.NewShell(ctx, []ui.Step{b}, ui.Options{Product: setup.Product, Alone: true, Theme: b.theme, Status: func() []ui.Chip {
		return []ui.Chip{{Text: "BUNDLE"}}
	}})
}

// Title is the step's word.
func (b *Screen) Title() string { return "Bundle" }

// Enter does nothing: everything is there already.
func (b *Screen) Enter(context.Context) tea.Cmd { return nil }

// Escape closes the page that lies over the list.
func (b *Screen) Escape() bool {
	wasOpen := b.page != nil
	b.page = nil
	return wasOpen
}

// Typing is never true.
func (b *Screen) Typing() bool { return false }

// Keys lists what works now.
func (b *Screen) Keys() []key.Binding {
	if b.page != nil {
		return []key.Binding{ui.Bind("scroll", "up", "down"), ui.Bind("copy", "y"), ui.Bind("save as file", "s"), ui.Bind("close", "esc"), ui.Bind("leave", "q")}
	}
	keys := []key.Binding{ui.Bind("details", "enter"), ui.Bind("connection", "c")}
	for _, more := range b.more() {
		if more.text != "" {
			keys = append(keys, ui.Bind(more.does, more.key))
		}
	}
	return append(keys, ui.Bind("another stage", "up", "down"), ui.Bind("leave", "q"))
}

// more are the pages that not every bundle has.
func (b *Screen) more() []struct{ key, does, text string } {
	return []struct{ key, does, text string }{
		{"t", "timeline", b.contents.Record},
		{"w", "requests", requestsText(b.contents)},
	}
}

// Update moves the cursor, and opens and closes pages.
func (b *Screen) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	press, isKey := msg.(tea.KeyPressMsg)
	switch {
	case !isKey && b.page != nil:
		b.page.text.Take(msg)
	case !isKey:
	case press.String() == "q":
		return ui.Quit(), nil
	case b.page != nil:
		return ui.Stay(), b.page.press(press)
	default:
		b.choose(press.String())
	}
	return ui.Stay(), nil
}

// choose does what a key stands for over the list.
func (b *Screen) choose(name string) {
	last := max(0, len(b.results)-1)
	switch name {
	case "up":
		b.at = max(0, b.at-1)
	case "down":
		b.at = min(last, b.at+1)
	case "home":
		b.at = 0
	case "end":
		b.at = last
	case "enter":
		if b.at < len(b.results) {
			b.open(stageText(b.results[b.at]), "stage.txt")
		}
	case "c":
		b.open(connectionText(b.contents), "connection.txt")
	}
	for _, more := range b.more() {
		if name == more.key && more.text != "" {
			b.open(more.text, more.does+".txt")
		}
	}
}

// open lays a text over the list.
func (b *Screen) open(text, file string) {
	b.page = &page{text: ui.NewSnippet(b.theme, text, file)}
	b.page.text.Key(tea.KeyPressMsg{Code: 'v', Text: "v"}) // the whole of it, which can be scrolled
}

func (p *page) press(msg tea.KeyPressMsg) tea.Cmd {
	if msg.String() == "v" { // it shows the whole already
		return nil
	}
	_, cmd := p.text.Key(msg)
	return cmd
}

// View draws the list with what is known about the stage under the cursor, or the page over it.
func (b *Screen) View(width, height int) string {
	if b.page != nil {
		return b.page.text.View(width, height)
	}
	top := b.theme.Title.Render("What the test of this connection found") + "\n" + b.theme.Faint.Render(ui.Cut(madeBy(b.contents), width)) + "\n"
	below := b.below(width)
	rows := min(len(b.results), max(leastRows, height-panels.Height(top)-panels.Height(below)-1))
	return top + "\n" + b.list(width, rows) + "\n\n" + below
}

// list is a part of the checklist around the cursor.
func (b *Screen) list(width, rows int) string {
	first := max(0, min(b.at-rows/2, len(b.results)-rows))
	list := strings.Split(ui.Checklist(b.theme, b.checkRows(width), width-2), "\n")
	for i, line := range list {
		lead := "  "
		if i == b.at {
			lead = b.theme.Selected.Render(ui.MarkCursor.String()) + " "
		}
		list[i] = lead + line
	}
	return strings.Join(list[first:min(len(list), first+rows)], "\n")
}

// checkRows are the stages, one line each.
func (b *Screen) checkRows(width int) []ui.CheckRow {
	name := 0
	for _, r := range b.results {
		name = max(name, len(r.Name))
	}
	rows := make([]ui.CheckRow, len(b.results))
	for i, r := range b.results {
		rows[i] = panels.CheckRow(r)
		rows[i].Text = ui.Cut(ui.Clean(rows[i].Text), max(8, width-name-18))
	}
	return rows
}

// below is what is known about the stage under the cursor.
func (b *Screen) below(width int) string {
	if b.at >= len(b.results) {
		return ui.Wrap("The bundle has no stage.", width)
	}
	r := b.results[b.at]
	head := b.theme.Faint.Render(fmt.Sprintf("%s %s: %s", ui.Clean(string(r.Stage)), r.Name, ui.Clean(string(r.State))))
	if r.Finding != nil {
		return head + "\n" + panels.FindingState(r).View(b.theme, width)
	}
	return head + "\n" + ui.Wrap(ui.Clean(panels.CheckRow(r).Text), width)
}

func madeBy(c bundle.Contents) string {
	return fmt.Sprintf("Made by version %s on %s; names are aliases", ui.Clean(c.Program.Version), ui.Clean(c.Program.System))
}

// stageText is everything that a bundle has of one stage.
func stageText(r check.Result) string {
	text := fmt.Sprintf("%s %s: %s\n", r.Stage, r.Name, r.State)
	if seen := panels.CheckRow(r).Text; seen != "" {
		text += "\nSeen: " + seen + "\n"
	}
	if r.Finding != nil {
		text += "\n" + check.Text(r) + "\n"
	}
	if r.Detail != "" {
		text += "\nDetail: " + r.Detail + "\n"
	}
	if r.Finding != nil && r.Finding.Remedy.Copy != "" {
		text += "\n" + r.Finding.Remedy.Copy
	}
	return text
}

// connectionText is what a bundle tells of the connection and of the machine.
func connectionText(c bundle.Contents) string {
	var text strings.Builder
	for _, line := range c.Connection {
		fmt.Fprintf(&text, "%-12s %s\n", line.Label, line.Text)
	}
	fmt.Fprintf(&text, "\n%-12s draftt-databricks %s, %s, %s\n", "Made by", c.Program.Version, c.Program.Go, c.Program.System)
	if c.Program.Terminal != "" {
		fmt.Fprintf(&text, "%-12s %s\n", "Terminal", c.Program.Terminal)
	}
	if len(c.Environment) > 0 {
		fmt.Fprintf(&text, "%-12s %s\n", "Set there", strings.Join(c.Environment, ", "))
	}
	return text.String()
}

// requestsText is the list of requests, a line each.
func requestsText(c bundle.Contents) string {
	var text strings.Builder
	for _, r := range c.Requests {
		status := "---" // no answer
		if r.Status != 0 {
			status = strconv.Itoa(r.Status)
		}
		fmt.Fprintf(&text, "%s %-4s %s %s\n", status, r.Method, r.Path, r.RequestID)
	}
	return text.String()
}
