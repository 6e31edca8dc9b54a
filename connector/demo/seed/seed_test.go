package seed

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

func TestRowsFitTheirColumnsAndAreAlwaysTheSame(t *testing.T) {
	kinds := map[model.ColumnType]reflect.Type{
		model.Boolean: reflect.TypeFor[bool](), model.TinyInt: reflect.TypeFor[int64](), model.SmallInt: reflect.TypeFor[int64](),
		model.Float: reflect.TypeFor[float64](), model.Int: reflect.TypeFor[int64](), model.BigInt: reflect.TypeFor[int64](),
		model.Double: reflect.TypeFor[float64](), model.Decimal: reflect.TypeFor[string](), model.String: reflect.TypeFor[string](),
		model.Date: reflect.TypeFor[time.Time](), model.Timestamp: reflect.TypeFor[time.Time](), model.Binary: reflect.TypeFor[[]byte](),
	}
	met, nulls := map[model.ColumnType]bool{}, 0
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
					column.Type = model.String // which they travel as
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
				if column.Type == model.Date && value != nil && !value.(time.Time).Equal(value.(time.Time).Truncate(24*time.Hour)) {
					t.Errorf("%s.%s has a time of day in row %d", table.Name, column.Name, i)
				}
			}
		}
	}
	if len(met) != len(kinds) || nulls == 0 {
		t.Errorf("only %v and %d NULLs occur", slices.Collect(maps.Keys(met)), nulls)
	}
}
