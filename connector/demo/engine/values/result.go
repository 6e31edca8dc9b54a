package values

import "fmt"

// Column describes a column of a table or of a result.
type Column struct {
	Name     string
	Type     Type
	Nullable bool
	Comment  string
}

// Vector holds one column of a result. Exactly one slice is used, the one
// [Type.Storage] of the column's type names; a NULL has a zero value in it and
// its bit set in Nulls.
type Vector struct {
	Bools  []bool
	Ints   []int64
	Floats []float64
	Texts  []string // also dates (2006-01-02), timestamps (2006-01-02 15:04:05.999999) and decimals
	Blobs  [][]byte
	Nulls  []byte // one bit a row, lowest bit first; may be shorter than the column
}

// Null reports whether row i is NULL.
func (v *Vector) Null(i int) bool {
	return i/8 < len(v.Nulls) && v.Nulls[i/8]&(1<<(i%8)) != 0
}

// SetNull makes row i NULL; its value must be a zero one.
func (v *Vector) SetNull(i int) {
	for len(v.Nulls) <= i/8 {
		v.Nulls = append(v.Nulls, 0)
	}
	v.Nulls[i/8] |= 1 << (i % 8)
}

// Result is what a statement returned, whole and unchanging. A statement that
// returns nothing, such as GRANT, has no columns.
type Result struct {
	Columns []Column
	Vectors []Vector // one for each column
	Rows    int
}

// noResult is the column of statements that return nothing.
var noResult = []Column{{Name: "Result", Type: StringType, Nullable: true}}

// Shown are the columns that clients are told of. A statement that returns
// nothing has one all the same, as in Databricks: it is called Result and has
// no rows.
func (r *Result) Shown() []Column {
	if len(r.Columns) == 0 {
		return noResult
	}
	return r.Columns
}

// Value returns one value as nil, bool, int64, float64, string or []byte.
func (r *Result) Value(row, column int) any {
	v := &r.Vectors[column]
	if v.Null(row) {
		return nil
	}
	switch r.Columns[column].Type.Storage() {
	case Bools:
		return v.Bools[row]
	case Ints:
		return v.Ints[row]
	case Floats:
		return v.Floats[row]
	case Blobs:
		return v.Blobs[row]
	default:
		return v.Texts[row]
	}
}

// NewResult makes a result of the columns' types out of rows; values missing
// at the end of a row are NULL.
func NewResult(columns []Column, rows [][]any) (*Result, error) {
	r := &Result{Columns: columns, Rows: len(rows)}
	for i, c := range columns {
		b := NewBuilder(c.Type, true)
		for _, row := range rows {
			v, err := Stored(c.Type, ValueAt(row, i))
			if err != nil {
				return nil, AsError(fmt.Errorf("column %s: %w", c.Name, err))
			}
			b.Add(v)
		}
		r.Vectors = append(r.Vectors, b.Vector)
	}
	return r, nil
}

// TextResult makes a result of text columns, for SHOW and DESCRIBE. An empty
// cell stays an empty text.
func TextResult(names []string, rows [][]string) *Result {
	r := &Result{Rows: len(rows), Vectors: make([]Vector, len(names))}
	for i, name := range names {
		r.Columns = append(r.Columns, Column{Name: name, Type: StringType})
		texts := make([]string, len(rows))
		for j, row := range rows {
			texts[j] = row[i]
		}
		r.Vectors[i].Texts = texts
	}
	return r
}

// ValueAt returns one value of a row; a row that is too short ends in NULLs.
func ValueAt(row []any, i int) any {
	if i < len(row) {
		return row[i]
	}
	return nil
}
