package commands

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// jdbcColumn is a column as GetColumns lists it, which counts columns from 0, as Spark does: JDBC's driver adds 1.
func jdbcColumn(n dialect.Name, i int, c values.Column) []any {
	nullable, word := 1, "YES"
	if !c.Nullable {
		nullable, word = 0, "NO"
	}
	s := c.Type.Kind.Shape()
	row := []any{n.Catalog, n.Schema, n.Table, c.Name, s.Jdbc, strings.ToUpper(c.Type.Text), c.Type.Size(), nil, nil, nil, nullable, c.Comment,
		nil, nil, nil, nil, i, word, nil, nil, nil, nil, "NO"}
	if s.Radix > 0 {
		row[8], row[9] = c.Type.Scale, s.Radix
	}
	return row
}

// searchable is DatabaseMetaData.typeSearchable.
const searchable = 3

func (s *survey) listTypes(Metadata) error {
	for _, kind := range values.KindsInOrder() {
		t := kind.Shape()
		var params any
		scale := 0
		if kind == values.Decimal {
			params, scale = "precision,scale", 38
		}
		s.add(t.Name, t.Jdbc, t.Size, optional(t.Quotes), optional(t.Quotes), params, 1, kind == values.String, searchable,
			t.Radix == 0, false, false, nil, 0, scale, nil, nil, t.Radix)
	}
	return nil
}
