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

// topRows are those of the heading, with the blank one below it.
const topRows = 3

// Screen shows what a support bundle tells: the checklist of its test, stage by stage, and what it has beside it. It asks nobody
// and changes nothing.
type Screen struct {
	contents bundle.Contents
	results  []check.Result
	theme    *ui.Theme
	at       int // the stage under the cursor
	rows     int // how many are in sight
}

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
	return ui.NewShell(ctx, []ui.Step{b}, ui.Options{Product: setup.Product, Alone: true, Theme: b.theme, Explain: panels.Explain(b.theme), Status: func() []ui.Chip {
		return []ui.Chip{{Text: "BUNDLE"}}
	}})
}

// Title is the step's word.
func (b *Screen) Title() string { return "Bundle" }

// Enter does nothing: everything is there already.
func (b *Screen) Enter(context.Context) tea.Cmd { return nil }

// Escape has nothing to close: what lies over the list is a panel.
func (b *Screen) Escape() bool { return false }

// Typing is never true.
func (b *Screen) Typing() bool { return false }

// Keys lists what works now.
func (b *Screen) Keys() []key.Binding {
	var keys []key.Binding
	for _, page := range b.pages() {
		keys = append(keys, ui.Bind(page.does, page.key))
	}
	return append(keys, ui.Bind("another stage", "up", "down"), leave)
}

var leave = ui.Bind("leave", "q")

// page is a text that a key opens over the list.
type page struct{ key, does, title, text, file string }

// pages are those that there are now: of the stage under the cursor, of the connection, and what not every bundle has.
func (b *Screen) pages() []page {
	var stage page
	if b.at < len(b.results) {
		r := b.results[b.at]
		stage = page{"enter", "details", "Stage " + r.Name, stageText(r), "stage.txt"}
	}
	all := []page{
		stage,
		{"c", "connection", "The connection", connectionText(b.contents), "connection.txt"},
		{"t", "timeline", "The timeline", b.contents.Record, "timeline.txt"},
		{"w", "requests", "The requests", requestsText(b.contents), "requests.txt"},
	}
	return slices.DeleteFunc(all, func(p page) bool { return p.text == "" })
}

// Update moves the cursor and opens pages.
func (b *Screen) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	press, isKey := msg.(tea.KeyPressMsg)
	if !isKey {
		return ui.Stay(), nil
	}
	name, last := press.String(), max(0, len(b.results)-1)
	switch name {
	case "q":
		return ui.Quit(), nil
	case "up":
		b.at = max(0, b.at-1)
	case "down":
		b.at = min(last, b.at+1)
	case "pgup":
		b.at = max(0, b.at-b.rows)
	case "pgdown":
		b.at = min(last, b.at+b.rows)
	case "home":
		b.at = 0
	case "end":
		b.at = last
	}
	for _, page := range b.pages() {
		if name == page.key {
			return ui.Open(b.panel(page)), nil
		}
	}
	return ui.Stay(), nil
}

// panel is a page to be opened, which can be left as the screen can.
func (b *Screen) panel(of page) ui.Panel {
	return ui.NewPage(b.theme, ui.PageContent{
		Title: of.title, Text: of.text, Filename: of.file,
		Actions: []ui.Action{{Key: leave, Do: func() (ui.Move, tea.Cmd) { return ui.Quit(), nil }}},
	})
}

// View draws the list with what is known about the stage under the cursor.
func (b *Screen) View(width, height int) string {
	title := "What the test of this connection found"
	below := b.below(width)
	b.rows = min(len(b.results), max(leastRows, height-topRows-panels.Height(below)-1))
	if b.rows < len(b.results) {
		first := b.first(b.rows)
		title += fmt.Sprintf(", %d–%d of %d", first+1, first+b.rows, len(b.results))
	}
	top := b.theme.Title.Render(ui.Cut(title, width)) + "\n" + b.theme.Faint.Render(ui.Cut(madeBy(b.contents), width)) + "\n"
	return top + "\n" + b.list(width, b.rows) + "\n\n" + below
}

// list is a part of the checklist around the cursor.
func (b *Screen) list(width, rows int) string {
	first := b.first(rows)
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

// first is the topmost check in sight, where there is room for so many rows.
func (b *Screen) first(rows int) int { return max(0, min(b.at-rows/2, len(b.results)-rows)) }

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
