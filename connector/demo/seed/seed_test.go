package seed

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

func TestRowsFitTheirColumnsAndAreAlwaysTheSame(t *testing.T) {
	kinds := map[unity.ColumnType]reflect.Type{
		unity.Boolean: reflect.TypeFor[bool](), unity.TinyInt: reflect.TypeFor[int64](), unity.SmallInt: reflect.TypeFor[int64](),
		unity.Float: reflect.TypeFor[float64](), unity.Int: reflect.TypeFor[int64](), unity.BigInt: reflect.TypeFor[int64](),
		unity.Double: reflect.TypeFor[float64](), unity.Decimal: reflect.TypeFor[string](), unity.String: reflect.TypeFor[string](),
		unity.Date: reflect.TypeFor[time.Time](), unity.Timestamp: reflect.TypeFor[time.Time](), unity.Binary: reflect.TypeFor[[]byte](),
	}
	met, nulls := map[unity.ColumnType]bool{}, 0
	s, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range s.Tables {
		for i := range min(table.RowCount, 500) {
			row := table.Rows(i)
			if len(row) != len(table.Columns) {
				t.Fatalf("%s has %d columns and %d values", table.Name, len(table.Columns), len(row))
			}
			if !reflect.DeepEqual(row, table.Rows(i)) {
				t.Fatalf("%s gives another row %d the second time", table.Name, i)
			}
			for j, value := range row {
				column := table.Columns[j]
				if column.Type.Nested() {
					column.Type = unity.String // which they travel as
				}
				switch {
				case value == nil && column.NotNull:
					t.Errorf("%s.%s is NULL in row %d", table.Name, column.Name, i)
				case value == nil:
					nulls++
				case reflect.TypeOf(value) != kinds[column.Type]:
					t.Errorf("%s.%s is a %T in row %d", table.Name, column.Name, value, i)
				}
				met[column.Type] = true
				if column.Type == unity.Date && value != nil && !value.(time.Time).Equal(value.(time.Time).Truncate(24*time.Hour)) {
					t.Errorf("%s.%s has a time of day in row %d", table.Name, column.Name, i)
				}
			}
		}
	}
	if len(met) != len(kinds) || nulls == 0 {
		t.Errorf("only %v and %d NULLs occur", slices.Collect(maps.Keys(met)), nulls)
	}
}
