package model

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/rows"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Restructure gives a table other columns. Of each, from has the place where it was before, or -1 where it is new and has no values. It takes
// what CheckWrite takes, and returns an *Error, also of a table with a row filter or column masks: they go by the columns that there are.
func (w *World) Restructure(by *Principal, on unity.Securable, columns []unity.Column, from []int) error {
	if err := w.CheckWrite(by, on.Catalog, on.Schema, on.Name); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	s, ok := w.schema(on.Catalog, on.Schema)
	if !ok {
		return absent(unity.OnSchema(on.Catalog, on.Schema))
	}
	i, kept := s.find(on.Name)
	masked := func(c unity.Column) bool { return c.Mask != "" }
	if !kept || !slices.Contains([]TableType{Managed, External}, s.tables[i].Type) || s.tables[i].RowCount > mostRows ||
		s.tables[i].RowFilter != "" || slices.ContainsFunc(s.tables[i].Columns, masked) {
		return invalidParameter("The columns of table '%s' cannot be changed here.", on.FullName())
	}
	before := s.tables[i]
	t, err := before.restructured(columns, from)
	if err != nil {
		return err
	}
	w.noteChange(by, on, before.Owner)
	t.Version = w.nextVersion()
	s.tables[i] = t
	return nil
}

// restructured is the table with other columns. It refuses a column that takes no NULL and has one.
func (t Table) restructured(columns []unity.Column, from []int) (Table, error) {
	before := t
	t.Columns = columns
	if from[0] != 0 {
		t.Sorted = 0
	}
	t.kept = rows.Tree{}
	t.Rows = unity.Rearranged(before.Rows, from, len(before.Columns))
	return t, t.checkNulls(before, from)
}

func (t Table) checkNulls(before Table, from []int) error {
	for column, place := range from {
		if place < 0 || !t.Columns[column].NotNull || before.Columns[place].NotNull {
			continue
		}
		count := 0
		for i := range t.RowCount {
			if before.Rows(i)[place] == nil {
				count++
			}
		}
		if count > 0 {
			return &Error{
				Code: "INVALID_PARAMETER_VALUE", Status: http.StatusBadRequest, Class: "DELTA_NEW_NOT_NULL_VIOLATION", SQLState: "23512",
				Message: fmt.Sprintf("%d rows in %s violate the new NOT NULL constraint on %s", count, t.Securable().FullName(), t.Columns[column].Name),
			}
		}
	}
	return nil
}
