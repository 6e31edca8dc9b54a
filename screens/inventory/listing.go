package inventory

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// mostRows is how many rows a list has at the most.
const mostRows = 100_000

// listing is a panel with a list that is filled while one looks at it.
type listing[T any] struct {
	theme  *ui.Theme
	title  func() string
	empty  string
	fill   func(ctx context.Context, emit func([]T)) error // a page at a time
	found  func(T) string                                  // what a row is found by
	row    func(T) ui.PickerRow
	open   func(T) ui.Panel
	foot   func(all []T) string // below the list, nil for nothing
	stream ui.Stream[[]T]
	pulse  *ui.Pulse
	list   *panels.List
	all    []T
	more   int // rows that are not in the list
	err    error
}

func newListing[T any](theme *ui.Theme, l *listing[T]) *listing[T] {
	l.theme, l.pulse, l.list = theme, ui.NewPulse(theme), panels.NewList(theme, false)
	l.list.Describe(func(i int) ui.PickerRow { return l.row(l.all[i]) })
	return l
}

// Enter begins to read.
func (l *listing[T]) Enter(ctx context.Context) tea.Cmd {
	l.list.SetLoading(true)
	return tea.Batch(l.stream.Start(ctx, l.fill), l.pulse.Beat(nil, true))
}

// Update hands keys to the list, and takes in what was read.
func (l *listing[T]) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return l.press(msg)
	case tea.PasteMsg:
		if l.list.Filtering() {
			l.list.Paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	page, state, next, err := l.stream.Take(msg)
	switch state {
	case ui.StreamItem:
		l.take(page)
	case ui.StreamEnd:
		l.err = err
		l.list.SetLoading(false)
	}
	return ui.Stay(), tea.Batch(next, l.pulse.Beat(msg, l.stream.Running()))
}

func (l *listing[T]) take(page []T) {
	fits := min(len(page), mostRows-len(l.all))
	l.more += len(page) - fits
	l.all = append(l.all, page[:fits]...)
	names := make([]string, fits)
	for i, item := range page[:fits] {
		names[i] = l.found(item)
	}
	l.list.AppendNames(names)
}

func (l *listing[T]) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if l.list.Press(msg) {
		return ui.Stay(), nil
	}
	if i, ok := l.list.Selected(); ok && msg.String() == "enter" {
		return ui.Open(l.open(l.all[i])), nil
	}
	return ui.Stay(), nil
}

// Keys lists what works now.
func (l *listing[T]) Keys() []key.Binding {
	if _, ok := l.list.Selected(); ok {
		return l.list.Bindings(ui.Bind("details", "enter"))
	}
	return l.list.Bindings()
}

// Typing is true while letters filter.
func (l *listing[T]) Typing() bool { return l.list.Filtering() }

// Leaves says what esc does, where that is not to close.
func (l *listing[T]) Leaves() string { return l.list.Leaves() }

// Escape ends the filter.
func (l *listing[T]) Escape() bool { return l.list.Escape() }

// View draws the list.
func (l *listing[T]) View(width, height int) string {
	head := l.theme.Title.Render(ui.Cut(ui.Clean(l.title()), width)) + "\n"
	switch {
	case l.err != nil:
		return head + "\n" + panels.Trouble(l.err).View(l.theme, width)
	case len(l.all) == 0 && l.stream.Running():
		return head + "\n" + ui.Working("Reading the rows", l.stream.Since()).View(l.theme, width)
	case len(l.all) == 0:
		return head + "\n" + ui.Empty(l.empty, "", "").View(l.theme, width)
	}
	count := l.list.Count()
	if l.more > 0 {
		count += "; " + words.Thousands(l.more) + " more are not in this list"
	}
	head += l.theme.Faint.Render(ui.Cut(count, width)) + "\n\n"
	foot := ""
	if l.foot != nil {
		foot = "\n\n" + ui.Wrap(l.foot(l.all), width)
	}
	return head + l.list.Rows(width, max(3, height-strings.Count(head, "\n")-strings.Count(foot, "\n"))) + foot
}
