// Package export writes what an inventory found for other programs: lines of JSON, CSV and Parquet, a file for each kind, and a graph in the form
// that BloodHound reads. The same rows give the same bytes. While the screen is shared, aliases stand in the place of what names somebody.
package export

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Filter keeps some rows. The zero one keeps all.
type Filter struct {
	Text  string   // is in the id, the name or a field, whatever its case
	Where []string // fields with a value, as in owner=data-governance
}

// Keeps gives what tells whether a row is kept. The error is of kind connector.ErrInput.
func (f Filter) Keeps() (func(store.Row) bool, error) {
	wanted := map[string]string{}
	for _, w := range f.Where {
		name, value, ok := strings.Cut(w, "=")
		if !ok || name == "" {
			return nil, &connector.Error{
				Kind: connector.ErrInput, What: connector.Refused(connector.KindName, w) + " is no condition.", Remedy: "Give a field and a value, as in --where owner=data-governance.",
			}
		}
		wanted[name] = value
	}
	text := strings.ToLower(f.Text)
	return func(row store.Row) bool {
		if text != "" && !strings.Contains(strings.ToLower(row.ID+"\n"+row.Name+"\n"+row.Body), text) {
			return false
		}
		return len(wanted) == 0 || has(row, wanted)
	}, nil
}

// Fields refuses a condition on a field that no row has, which a mistyped one is. The error is of kind connector.ErrInput, or that of the rows.
func (f Filter) Fields(rows iter.Seq2[store.Row, error]) error {
	known, some := map[string]bool{}, false
	for row, err := range rows {
		if err != nil {
			return err
		}
		some = true
		for name := range fieldsOf(row) {
			known[name] = true
		}
	}
	for _, w := range f.Where {
		if name, _, _ := strings.Cut(w, "="); some && !known[name] {
			names := slices.Sorted(maps.Keys(known))
			return &connector.Error{
				Kind: connector.ErrInput, What: fmt.Sprintf("No row has a field “%s”.", connector.CleanLine(name, 60)), Remedy: "Take one of " + connector.CleanLine(strings.Join(names, ", "), 400) + ".",
			}
		}
	}
	return nil
}

func fieldsOf(row store.Row) map[string]any {
	var fields map[string]any
	if json.Unmarshal([]byte(row.Body), &fields) != nil || fields == nil {
		fields = map[string]any{}
	}
	fields["id"], fields["name"], fields["parent"] = row.ID, row.Name, row.Parent
	return fields
}

func has(row store.Row, wanted map[string]string) bool {
	fields := fieldsOf(row)
	for name, value := range wanted {
		if fmt.Sprint(fields[name]) != value {
			return false
		}
	}
	return true
}
