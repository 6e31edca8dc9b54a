package run

import (
	"sort"
	"strings"

	"modernc.org/sqlite/vtab"
)

// bounds are the conditions on a sorted table's first column that find their place without walking, as SQLite and the cursor agree on them.
var bounds = map[vtab.ConstraintOp]string{vtab.OpEQ: "=", vtab.OpGT: ">", vtab.OpGE: ">=", vtab.OpLT: "<", vtab.OpLE: "<="}

// bySorted is the number of the index that a sorted table is.
const bySorted = -1

// planSorted offers SQLite to start and end a scan by the conditions on the first column. It checks every row itself all the same.
func (t *virtualTable) planSorted(info *vtab.IndexInfo) {
	rows := float64(t.def.Rows)
	var ops []string
	for i := range info.Constraints {
		c := &info.Constraints[i]
		op, known := bounds[c.Op]
		if !known || !c.Usable || c.Column != 0 {
			continue
		}
		c.ArgIndex = len(ops)
		ops = append(ops, op)
		if rows /= 4; op == "=" {
			rows = 1
		}
	}
	info.IdxStr, info.IdxNum = strings.Join(ops, " "), bySorted
	info.EstimatedCost, info.EstimatedRows = rows+1, int64(rows)+1
	info.OrderByConsumed = len(info.OrderBy) == 1 && info.OrderBy[0].Column == 0 && !info.OrderBy[0].Desc && t.def.Sorted == t.def.Rows
}

// narrow finds the sorted rows between the bounds. Those behind the sorted ones are visited as well.
func (c *cursor) narrow(ops string, vals []vtab.Value) {
	def := c.table.def
	c.low, c.high = 0, def.Sorted
	for i, op := range strings.Fields(ops) {
		v, whole := vals[i].(int64)
		if !whole {
			continue // SQLite compares it in its own way
		}
		first := func(at func(key int64) bool) int {
			return sort.Search(def.Sorted, func(row int) bool { key, _ := def.Row(row)[0].(int64); return at(key) })
		}
		from := first(func(key int64) bool { return key >= v })
		behind := first(func(key int64) bool { return key > v })
		switch op {
		case "=":
			c.low, c.high = max(c.low, from), min(c.high, behind)
		case ">":
			c.low = max(c.low, behind)
		case ">=":
			c.low = max(c.low, from)
		case "<":
			c.high = min(c.high, from)
		case "<=":
			c.high = min(c.high, behind)
		}
	}
	c.high = max(c.low, c.high)
}

// extremes are the smallest and the largest value of a sorted table's first column, of which only the rows behind the sorted ones are walked.
func extremes(rows, sorted int, row func(int) []any) (least, most int64) {
	least, _ = row(0)[0].(int64)
	most, _ = row(sorted - 1)[0].(int64)
	for i := sorted; i < rows; i++ {
		key, _ := row(i)[0].(int64)
		least, most = min(least, key), max(most, key)
	}
	return least, most
}
