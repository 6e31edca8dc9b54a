package inventory

import (
	"cmp"
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/export"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// runAt is a run of the history, the newest first.
func (f *found) runAt(i int) store.Manifest { return f.Runs[len(f.Runs)-1-i] }

// before is the run before one of the history that has its rows still.
func (f *found) before(i int) (store.Manifest, bool) {
	for i++; i < len(f.Runs); i++ {
		if m := f.runAt(i); f.Whole(m) {
			return m, true
		}
	}
	return store.Manifest{}, false
}

func (s *Screen) comparable() bool {
	i, ok := s.list().Selected()
	if !ok || !s.whole() || !s.found.Whole(s.found.runAt(i)) {
		return false
	}
	_, ok = s.found.before(i)
	return ok
}

// diffMarks are what lines of differences begin with.
var diffMarks = map[estate.What]ui.Mark{estate.Added: ui.MarkPass, estate.Removed: ui.MarkFail, estate.Changed: ui.MarkWarn, estate.NewlySeen: ui.MarkUnknown, estate.NoLongerSee: ui.MarkUnknown}

// changes compares the run under the cursor with the one before it.
func (s *Screen) changes() (ui.Move, tea.Cmd) {
	i, _ := s.list().Selected()
	after := s.found.runAt(i)
	before, _ := s.found.before(i)
	in, theme := s.found.Folder, s.Theme
	return ui.Open(newListing(theme, &listing[estate.Change]{
		title: func() string { return "From " + before.ID + " to " + after.ID }, empty: "Nothing differs",
		fill: func(ctx context.Context, emit func([]estate.Change)) error {
			return differences(ctx, in, before.ID, after.ID, emit)
		},
		found: func(c estate.Change) string { return c.Kind + " " + c.ID + " " + c.Name },
		row: func(c estate.Change) ui.PickerRow {
			row := export.Shared(store.Row{Kind: c.Kind, ID: c.ID, Name: c.Name, Body: "{}"})
			return ui.PickerRow{Name: cmp.Or(row.Name, row.ID), Cells: []string{c.Kind, string(c.What)}, Mark: diffMarks[c.What]}
		},
		open: func(c estate.Change) ui.Panel { return newChange(theme, c) },
		foot: tally,
	})), nil
}

// differences goes through what is different in a later run, in bounded pages.
func differences(ctx context.Context, in store.Folder, before, after string, emit func([]estate.Change)) error {
	old, _, _, err := in.Open(before)
	if err != nil {
		return err //nolint:wrapcheck // the panel names its cause
	}
	defer func() { _ = old.Close() }()
	now, _, _, err := in.Open(after)
	if err != nil {
		return err //nolint:wrapcheck // as above
	}
	defer func() { _ = now.Close() }()
	var page []estate.Change
	for c, err := range estate.Diff(old, now) {
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		if page = append(page, c); len(page) == onePage {
			emit(page)
			page = nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	emit(page)
	return nil
}

// tally is how many there are of each.
func tally(all []estate.Change) string {
	counts := map[estate.What]int{}
	for _, c := range all {
		counts[c.What]++
	}
	var said []string
	for _, what := range []estate.What{estate.Added, estate.Removed, estate.Changed, estate.NewlySeen, estate.NoLongerSee} {
		if counts[what] > 0 {
			said = append(said, words.Thousands(counts[what])+" "+string(what))
		}
	}
	return strings.Join(said, ", ") + "."
}

// newChange is a page with what is different of one thing.
func newChange(theme *ui.Theme, c estate.Change) ui.Panel {
	return ui.NewPage(theme, ui.PageContent{Title: "What is different", Body: func(width int) string {
		old := export.Shared(store.Row{Kind: c.Kind, ID: c.ID, Name: c.Name, Body: cmp.Or(c.Old, "{}")})
		now := export.Shared(store.Row{Kind: c.Kind, ID: c.ID, Name: c.Name, Body: cmp.Or(c.New, "{}")})
		facts := []panels.Fact{{Label: "kind", Text: c.Kind}, {Label: "id", Text: now.ID}, {Label: "change", Text: string(c.What)}}
		if c.What == estate.NewlySeen || c.What == estate.NoLongerSee {
			facts = append(facts, panels.Fact{Label: "because", Text: "one of the runs saw a part only"})
		}
		text := panels.Facts(theme, facts, width)
		for _, side := range []struct{ heading, body string }{{"Before", old.Body}, {"Now", now.Body}} {
			if fields := fieldsOf(side.body); len(fields) > 0 {
				text += "\n\n" + theme.Title.Render(side.heading) + "\n" + panels.Facts(theme, fields, width)
			}
		}
		return text
	}})
}
