package demo

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// shownRegion is the region whose rows the row filter leaves to those who are not of the owner's group.
const shownRegion = "EMEA"

// guard plays the row filter and the column masks of a table, which the model only names: the owner, or a member of the owning group,
// reads everything. It is nil for a table that has neither.
func guard(world *model.World, t model.Table) func(principal string) *engine.Guard {
	masks := map[int]func(any) any{}
	for i, c := range t.Columns {
		if c.Mask != "" {
			masks[i] = mask(c.Type)
		}
	}
	if t.RowFilter == "" && len(masks) == 0 {
		return nil
	}
	restricted := &engine.Guard{Masks: masks}
	if t.RowFilter != "" {
		restricted.Keep = regionFilter(t.Columns)
	}
	return func(principal string) *engine.Guard {
		who, ok := world.Principal(principal)
		if ok && world.Owns(who, t.Securable()) {
			return nil
		}
		return restricted
	}
}

// regionFilter keeps the rows of one region. A table without regions loses every row.
func regionFilter(columns []unity.Column) func([]any) bool {
	i := slices.IndexFunc(columns, func(c unity.Column) bool { return c.Name == "region" })
	return func(row []any) bool { return i >= 0 && row[i] == shownRegion }
}

// mask is what a column mask shows in place of a value: asterisks for text, zero for an amount, NULL for the rest.
func mask(t unity.ColumnType) func(any) any {
	return func(v any) any {
		switch {
		case v == nil:
			return nil
		case t == unity.String:
			return "****"
		case t == unity.Decimal:
			return "0.00"
		}
		return nil
	}
}
