package steps

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// listing loads a list page by page into a picker. The first page can be used while the rest still loads.
type listing[T connector.Useful] struct {
	theme  *ui.Theme
	picker *ui.Picker
	task   ui.Task[workspace.Page[T]]
	pulse  *ui.Pulse
	next   setup.Pager[T]
	ctx    context.Context
	items  []T
	item   func(T) ui.PickerItem
	loaded bool // at least one load ended well
	err    error
	stage  check.ID // whose question the list asks, for naming a failure
	fresh  bool     // the next page replaces what is shown
}

// errStillListing keeps a fast enter from taking half a name as a whole one.
var errStillListing = &connector.Error{Kind: connector.ErrInput, What: "The list is still loading, so no row matches yet.", Remedy: "Press enter again when it is there."}

func newListing[T connector.Useful](theme *ui.Theme, stage check.ID, item func(T) ui.PickerItem, row func(T) ui.PickerRow) *listing[T] {
	l := &listing[T]{theme: theme, stage: stage, picker: ui.NewPicker(theme), pulse: ui.NewPulse(theme), item: item}
	l.picker.Describe(func(i int) ui.PickerRow { return row(l.items[i]) })
	return l
}

// load starts over. What was listed before stays in sight until the first new page is there.
func (l *listing[T]) load(ctx context.Context, pages setup.Pager[T]) tea.Cmd {
	l.ctx, l.err, l.fresh, l.loaded = ctx, nil, true, l.loaded && len(l.items) > 0
	listing := &workspace.Listing[T]{}
	l.next = func(ctx context.Context, token string) (workspace.Page[T], error) {
		return listing.Ask(ctx, pages, token)
	}
	l.picker.SetLoading(true)
	return tea.Batch(l.pulse.Beat(nil, true), l.page(""))
}

func (l *listing[T]) page(token string) tea.Cmd {
	pages := l.next
	return l.task.Start(l.ctx, func(ctx context.Context) (workspace.Page[T], error) { return pages(ctx, token) })
}

// take reads a message; first runs after the first page was put in place.
func (l *listing[T]) take(msg tea.Msg, first func()) tea.Cmd {
	page, err, ok := l.task.Take(msg)
	if !ok {
		return l.pulse.Beat(msg, l.task.Running())
	}
	if err != nil {
		l.fail(err)
		return nil
	}
	begins := l.fresh
	if begins {
		l.items, l.fresh = nil, false
		l.picker.Reset()
	}
	l.append(page.Items...)
	if begins && first != nil {
		first()
	}
	if page.Next != "" {
		return tea.Batch(l.page(page.Next), l.pulse.Beat(msg, true))
	}
	l.loaded = true
	l.picker.SetLoading(false)
	return nil
}

func (l *listing[T]) fail(err error) {
	l.err = err
	l.task.Cancel()
	l.picker.SetLoading(false)
}

// failed reports that nothing can be shown because the listing failed.
func (l *listing[T]) failed() bool { return l.err != nil && len(l.items) == 0 }

// hidden reports that the listing was refused because the principal may not see what it would list.
func (l *listing[T]) hidden() bool {
	return l.failed() && check.Explain(l.err).Cause == check.MissingPermissions
}

// empty reports that the listing ended and holds nothing.
func (l *listing[T]) empty() bool { return l.loaded && l.err == nil && len(l.items) == 0 }

// forget empties the list, because what comes next is about something else.
func (l *listing[T]) forget() {
	l.items, l.err, l.loaded = nil, nil, false
	l.picker.Reset()
	l.picker.SetQuery("")
}

// add appends an item that the workspace did not list, and returns its position.
func (l *listing[T]) add(item T) int {
	l.append(item)
	return len(l.items) - 1
}

// append puts items at the end, each where its use has it stand.
func (l *listing[T]) append(items ...T) {
	rows := make([]ui.PickerItem, len(items))
	for i, item := range items {
		rows[i] = l.item(item)
		rows[i].Group = max(rows[i].Group, uint8(item.Use()))
	}
	l.items = append(l.items, items...)
	l.picker.Append(rows)
}

func (l *listing[T]) name(item T) string { return l.item(item).Name }

func (l *listing[T]) names() []string {
	names := make([]string, len(l.items))
	for i, item := range l.items {
		names[i] = l.name(item)
	}
	return names
}

func (l *listing[T]) size() int { return len(l.items) }

func (l *listing[T]) selected() (item T, ok bool) {
	i, ok := l.picker.Selected()
	if !ok || i >= len(l.items) {
		return item, false
	}
	return l.items[i], true
}

// whole opens what the row under the cursor has no room for, with what is known of it besides.
func (l *listing[T]) whole(beside ...string) ui.Move {
	if page := l.picker.RowPage(beside...); page != nil {
		return ui.Open(page)
	}
	return ui.Stay()
}

// asksFirst reports that a name which no row has is asked about before it is taken. A path of several names, and what can be no name, is not:
// nobody types the one by accident, and the other is said to be so.
func asksFirst(typed, asked string) bool {
	_, err := connector.ParseIdent(typed)
	return err == nil && typed != asked && !strings.Contains(typed, ".")
}

// unlisted says that no row has what was typed, and what enter makes of it. Where others are listed it is asked about first: it may have been
// typed for another screen.
func (l *listing[T]) unlisted(noun, asked string) string {
	none := "No " + noun + " of that name is visible. "
	switch typed := l.picker.Query(); {
	case len(l.items) == 0:
		return none + "enter uses it as typed."
	case typed == asked:
		return fmt.Sprintf("Use %q, which is not among the %s? enter uses it as typed, esc clears it.", ui.Clean(typed), words.Thousands(len(l.items)))
	}
	return none + "enter asks before it is used."
}

// keys are those of every list.
func (l *listing[T]) keys() []key.Binding {
	keys := l.picker.Keys()
	if l.picker.Hits() > 0 {
		keys = append(keys, ui.Bind("whole row", ui.WholeKey))
	}
	return keys
}

// underCursor is the name of the row under the cursor, or empty.
func (l *listing[T]) underCursor() string {
	if item, ok := l.selected(); ok {
		return l.name(item)
	}
	return ""
}

// selectWhere puts the cursor on the first item that matches.
func (l *listing[T]) selectWhere(match func(T) bool) {
	l.picker.SelectFirst(func(i int) bool { return match(l.items[i]) })
}

func (l *listing[T]) clearFilter() bool {
	if l.picker.Query() == "" {
		return false
	}
	at, chosen := l.picker.Selected()
	l.picker.SetQuery("")
	if chosen { // a quick enter must not take another row than the one that was in sight
		l.picker.Select(at)
	}
	return true
}

// state is what is shown in place of the list while there is none.
func (l *listing[T]) state() ui.State {
	if l.err != nil {
		f := check.Explain(l.err)
		return ui.Failed(fmt.Sprintf("%s (%s %s)", f.Headline(), l.stage, check.NameOf(l.stage)), f.Reason, f.Remedy.Text+" ctrl+r tries again.")
	}
	return ui.Working("Asking the workspace", l.task.Since())
}

// typedAhead is what was typed for a list that is not there yet: it filters that list once it is.
func (l *listing[T]) typedAhead(width int) string {
	if l.picker.Query() == "" {
		return ""
	}
	return l.picker.View(width, 1) + "\n\n"
}

func (l *listing[T]) view(width, height int) string {
	if len(l.items) == 0 {
		return l.typedAhead(width) + l.state().View(l.theme, width)
	}
	text := l.picker.View(width, height)
	if l.err != nil {
		f := check.Explain(l.err)
		text += "\n" + l.theme.Mark(ui.MarkWarn) + " " + ui.Wrap(fmt.Sprintf("The rest could not be listed: %s ctrl+r tries again.", f.Reason), width-2)
	}
	return text
}
