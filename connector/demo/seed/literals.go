package seed

import (
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// The forms in which a date and a timestamp stand in a file.
const (
	dateForm      = "2006-01-02"
	timestampForm = "2006-01-02 15:04:05.999999"
)

// literal gives a table the rows that stand in the file.
func literal(t *model.Table, written [][]any) error {
	list := make([][]any, len(written))
	for i, row := range written {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("row %d has %d values for %d columns", i+1, len(row), len(t.Columns))
		}
		list[i] = make([]any, len(row))
		for j, v := range row {
			list[i][j] = value(t.Columns[j], v)
		}
		if err := check(t.Columns, list[i]); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	t.RowCount, t.Rows = len(list), func(i int) []any { return list[i] }
	return nil
}

// value turns what YAML knows into what a column has. What does not fit stays as it is.
func value(c unity.Column, v any) any {
	switch v := v.(type) {
	case int:
		return int64(v)
	case string:
		switch c.Type {
		case unity.Date:
			if day, err := time.Parse(dateForm, v); err == nil {
				return day
			}
		case unity.Timestamp:
			if at, err := time.Parse(timestampForm, v); err == nil {
				return at
			}
		case unity.Binary:
			return []byte(v)
		}
	}
	return v
}

// check returns an error for a row that does not fit its columns.
func check(columns []unity.Column, row []any) error {
	if len(row) != len(columns) {
		return fmt.Errorf("%d values for %d columns", len(row), len(columns))
	}
	for i, c := range columns {
		if row[i] == nil && c.NotNull {
			return fmt.Errorf("column %s is NULL", c.Name)
		}
		if row[i] != nil && !fits(c.Type, row[i]) {
			return fmt.Errorf("%v, a %T, is no %s for column %s", row[i], row[i], c.TypeText(), c.Name)
		}
	}
	return nil
}

// fits reports whether a value is of the Go type that the model has for values of a column's type.
func fits(t unity.ColumnType, v any) bool {
	var ok bool
	switch t {
	case unity.Boolean:
		_, ok = v.(bool)
	case unity.TinyInt, unity.SmallInt, unity.Int, unity.BigInt:
		_, ok = v.(int64)
	case unity.Float, unity.Double:
		_, ok = v.(float64)
	case unity.Date, unity.Timestamp:
		_, ok = v.(time.Time)
	case unity.Binary:
		_, ok = v.([]byte)
	default: // text, also of decimals and of types with others inside
		_, ok = v.(string)
	}
	return ok
}
