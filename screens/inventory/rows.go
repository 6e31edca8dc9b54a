package inventory

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/export"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// onePage is how many rows are read at once.
const onePage = 2000

// openRows lists what was found of the kind under the cursor.
func (s *Screen) openRows() (ui.Move, tea.Cmd) {
	i, _ := s.list().Selected()
	run, name, theme := s.found.run, s.found.kinds[i].name, s.Theme
	return ui.Open(newListing(theme, &listing[store.Row]{
		title: func() string { return words.UpperFirst(name) }, empty: "None was found",
		fill: func(ctx context.Context, emit func([]store.Row)) error {
			for last := int64(0); ctx.Err() == nil; {
				page, err := run.After(name, last, onePage)
				if err != nil || len(page) == 0 {
					return err //nolint:wrapcheck // the panel names its cause
				}
				last = page[len(page)-1].Seq
				for i := range page {
					page[i].Body = "{}" // it is read again when somebody looks
				}
				emit(page)
			}
			return nil
		},
		found: func(row store.Row) string { return strings.TrimSpace(row.Name + " " + row.ID) },
		row:   rowOf,
		open:  func(row store.Row) ui.Panel { return newProperties(theme, run, row) },
	})), nil
}

// rowOf is a row in a list: its name, and its id where that is another one.
func rowOf(row store.Row) ui.PickerRow {
	row = export.Shared(row)
	name := cmp.Or(row.Name, row.ID)
	if row.ID == name {
		return ui.PickerRow{Name: name}
	}
	return ui.PickerRow{Name: name, Cells: []string{row.ID}}
}

// newProperties is a page with the properties of one row.
func newProperties(theme *ui.Theme, run *store.Run, row store.Row) ui.Panel {
	return ui.NewPage(theme, ui.PageContent{
		Title: "Properties", Doing: "Reading the row", Failed: panels.Trouble,
		Load: func(context.Context) (string, error) {
			rows, err := run.At(row.Kind, []int64{row.Seq})
			if err == nil && len(rows) == 1 {
				row = rows[0]
			}
			return "", err //nolint:wrapcheck // the page names its cause
		},
		Body: func(width int) string { return panels.Facts(theme, properties(export.Shared(row)), width) }, // drawn anew: it may be shared meanwhile
	})
}

// properties are the fields of a row, one below the other.
func properties(row store.Row) []panels.Fact {
	facts := []panels.Fact{{Label: "kind", Text: row.Kind}, {Label: "id", Text: row.ID}}
	if row.Name != "" && row.Name != row.ID {
		facts = append(facts, panels.Fact{Label: "name", Text: row.Name})
	}
	if row.Parent != "" {
		facts = append(facts, panels.Fact{Label: "in", Text: row.Parent})
	}
	return append(facts, fieldsOf(row.Body)...)
}

// mostOfField is how much of a field is shown.
const mostOfField = 2000

func fieldsOf(body string) (facts []panels.Fact) {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal([]byte(body), &fields) // what cannot be read has no fields
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		text, plain := "", ""
		if json.Unmarshal(fields[name], &plain) == nil {
			text = plain
		} else {
			text = string(fields[name])
		}
		facts = append(facts, panels.Fact{Label: ui.Cut(ui.Clean(name), 30), Text: connector.CleanLine(estate.SayField(name, text), mostOfField)})
	}
	return facts
}
