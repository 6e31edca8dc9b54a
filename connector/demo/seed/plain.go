package seed

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// plainColumns are those of a table that is there to be seen rather than read.
var plainColumns = []unity.Column{
	{Name: "id", Type: unity.BigInt, NotNull: true},
	{Name: "name", Type: unity.String},
	{Name: "updated_at", Type: unity.Timestamp},
}

// PlainTable is a table that is there to be seen: a few rows, the same for the same seed.
func PlainTable(catalog, schema, name, owner string, seed uint64) model.Table {
	return model.Table{
		Catalog: catalog, Schema: schema, Name: name, Owner: owner, Type: model.Managed, Columns: plainColumns,
		RowCount: 40 + int(seed)*7, Rows: plainRows(1000 + seed),
	}
}

func plainRows(seed uint64) func(int) []any {
	return func(i int) []any {
		d := throw(seed, i)
		return []any{int64(i + 1), fmt.Sprintf("%s-%03d", d.of(sites), i+1), d.moment(24 * 30)}
	}
}
