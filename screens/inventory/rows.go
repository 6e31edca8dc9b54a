package inventory

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

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
	return ui.Open(newListing(theme, &listing[owned]{
		title: func() string { return words.UpperFirst(name) }, empty: "None was found",
		fill: func(ctx context.Context, emit func([]owned)) error {
			owners := estate.OwnersIn(run)
			for last := int64(0); ctx.Err() == nil; {
				page, err := run.After(name, last, onePage)
				if err != nil || len(page) == 0 {
					return err //nolint:wrapcheck // the panel names its cause
				}
				last = page[len(page)-1].Seq
				rows, err := ownedBy(owners, page)
				if err != nil {
					return err
				}
				emit(rows)
			}
			return nil
		},
		found: func(row owned) string { return strings.TrimSpace(row.owner.Name + " " + row.Name + " " + row.ID) },
		row:   rowOf,
		open:  func(row owned) ui.Panel { return newProperties(theme, run, row) },
	})), nil
}

// owned is a row with its owner, where it has an ID in place of that.
type owned struct {
	store.Row
	owner estate.Owner
}

// ownedBy finds the owners of rows, whose bodies are read again when somebody looks.
func ownedBy(owners *estate.Owners, page []store.Row) ([]owned, error) {
	rows := make([]owned, len(page))
	for i, row := range page {
		owner, err := owners.Of(row)
		if err != nil {
			return nil, err //nolint:wrapcheck // the panel names its cause
		}
		row.Body = "{}"
		rows[i] = owned{row, owner}
	}
	return rows, nil
}

// rowOf is a row in a list: its name, whose it is, and its id where that is another one. What has no name goes by its owner.
func rowOf(of owned) ui.PickerRow {
	row, owner := export.Shared(of.Row), of.owner.String()
	if row.Name == "" || row.Name == row.ID {
		row.Name, owner = cmp.Or(owner, row.ID), ""
	}
	out := ui.PickerRow{Name: row.Name}
	if owner != "" {
		out.Cells = []string{owner}
	}
	if row.ID != row.Name {
		out.Cells = append(out.Cells, row.ID)
	}
	return out
}

// newProperties is a page with the properties of one row.
func newProperties(theme *ui.Theme, run *store.Run, of owned) ui.Panel {
	row := of.Row
	return ui.NewPage(theme, ui.PageContent{
		Title: "Properties", Doing: "Reading the row", Failed: panels.Trouble,
		Load: func(context.Context) (string, error) {
			rows, err := run.At(row.Kind, []int64{row.Seq})
			if err == nil && len(rows) == 1 {
				row = rows[0]
			}
			return "", err //nolint:wrapcheck // the page names its cause
		},
		Body: func(width int) string { return panels.Facts(theme, properties(export.Shared(row), of.owner), width) }, // drawn anew: it may be shared meanwhile
	})
}

// properties are the fields of a row, one below the other.
func properties(row store.Row, owner estate.Owner) []panels.Fact {
	facts := []panels.Fact{{Label: "kind", Text: row.Kind}, {Label: "id", Text: row.ID}}
	if row.Name != "" && row.Name != row.ID {
		facts = append(facts, panels.Fact{Label: "name", Text: row.Name})
	}
	if name := owner.String(); name != "" {
		facts = append(facts, panels.Fact{Label: "owner", Text: name})
	}
	if by := estate.ManagedBy(row); by != "" {
		facts = append(facts, panels.Fact{Label: "managed by", Text: by})
	}
	if idle := estate.Idle(row, time.Now()); idle != "" {
		facts = append(facts, panels.Fact{Label: "revoked for inactivity", Text: idle})
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
