package run

import (
	"context"
	"fmt"
	"strings"

	"modernc.org/sqlite/vtab"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// moduleName is what CREATE VIRTUAL TABLE calls the engine's tables.
const moduleName = "workspace_table"

// module lets SQLite read the engine's tables through one connection.
type module struct {
	conn *conn
}

func (m module) Create(ctx vtab.Context, args []string) (vtab.Table, error) {
	return m.Connect(ctx, args)
}

func (m module) Connect(ctx vtab.Context, args []string) (vtab.Table, error) {
	if len(args) < 3 {
		return nil, fmt.Errorf("virtual table without a name")
	}
	def := m.conn.tables[args[2]]
	if def == nil {
		return nil, fmt.Errorf("no definition of table %s", args[2])
	}
	columns := make([]string, len(def.Columns))
	for i, c := range def.Columns {
		columns[i] = dialect.SQLIdentifier(c.Name) + " " + c.Type.Declaration()
	}
	if err := ctx.Declare("CREATE TABLE x(" + strings.Join(columns, ", ") + ")"); err != nil {
		return nil, err
	}
	return &virtualTable{conn: m.conn, def: def}, nil
}

// virtualTable presents a [Table] to SQLite.
type virtualTable struct {
	conn *conn
	def  *objects.Table
}

func (t *virtualTable) Disconnect() error { return nil }
func (t *virtualTable) Destroy() error    { return nil }

// BestIndex offers to look rows up by equality with one column. SQLite checks
// every row itself all the same, so an offer that is not kept does no harm.
func (t *virtualTable) BestIndex(info *vtab.IndexInfo) error {
	if t.def.Sorted > 0 {
		t.planSorted(info)
		return nil
	}
	rows := float64(max(t.def.Rows, 1))
	info.EstimatedCost, info.EstimatedRows = rows, int64(rows)
	for i := range info.Constraints {
		c := &info.Constraints[i]
		if c.Usable && c.Op == vtab.OpEQ && c.Column >= 0 {
			c.ArgIndex = 0
			info.IdxNum = int64(c.Column) + 1
			info.EstimatedCost, info.EstimatedRows = rows/10+1, int64(rows/10)+1
			break
		}
	}
	return nil
}

func (t *virtualTable) Open() (vtab.Cursor, error) { return &cursor{table: t}, nil }

// checkEvery is how many rows pass between looks at the statement's context.
const checkEvery = 1024

// mostIndexed is how many rows a table has at most that an index is made of, because it is kept in memory.
const mostIndexed = 1_000_000

// cursor walks over a table's rows: all of them, or those that an index found.
type cursor struct {
	table   *virtualTable
	filters int           // how often the scan was started
	index   map[any][]int // of indexed, made when a join comes back
	indexed int
	found   []int // the rows to visit, if byIndex
	byIndex bool
	sorted  bool // the rows from low to high, and those behind the sorted ones
	low     int
	high    int
	at      int
	row     []any // of at, read when first needed
	ctx     context.Context
	guard   *objects.Guard // what the principal is not shown, nil if nothing
	kept    []int          // the rows that a filter leaves, if there is one
}

func (c *cursor) Close() error { return nil }

// Filter starts a scan. The first scan of a statement reads through all rows.
// When the same cursor is asked again it stands in the inner loop of a join,
// and an index is worth its price.
func (c *cursor) Filter(idxNum int, ops string, vals []vtab.Value) error {
	c.at, c.row, c.byIndex, c.found = 0, nil, false, nil
	c.ctx = c.table.conn.context()
	if c.filters == 0 {
		if err := c.restrict(); err != nil {
			return err
		}
	}
	c.filters++
	if c.guard != nil && c.guard.Keep != nil {
		c.byIndex, c.found = true, c.kept
		return c.ctx.Err()
	}
	if c.sorted = idxNum == bySorted; c.sorted {
		c.narrow(ops, vals)
	}
	if idxNum > 0 && len(vals) == 1 && c.filters > 1 && c.table.def.Rows <= mostIndexed {
		if err := c.lookUp(idxNum-1, vals[0]); err != nil {
			return err
		}
	}
	return c.ctx.Err()
}

// restrict finds out what the table's row filter leaves of it for the
// principal who runs the statement.
func (c *cursor) restrict() error {
	def := c.table.def
	if def.Guard == nil {
		return nil
	}
	c.guard = def.Guard(c.table.conn.principal())
	if c.guard == nil || c.guard.Keep == nil {
		return nil
	}
	for i := range def.Rows {
		if i%checkEvery == 0 && c.ctx.Err() != nil {
			return c.ctx.Err()
		}
		if c.guard.Keep(def.Row(i)) {
			c.kept = append(c.kept, i)
		}
	}
	return nil
}

// lookUp uses the index only where SQLite's idea of equality and Go's are the
// same: whole numbers with whole numbers, text with text.
func (c *cursor) lookUp(column int, v vtab.Value) error {
	storage := c.table.def.Columns[column].Type.Storage()
	_, whole := v.(int64)
	_, text := v.(string)
	kind := c.table.def.Columns[column].Type.Kind
	if !(whole && storage == values.Ints || text && storage == values.Texts && kind != values.Decimal) {
		return nil
	}
	if c.index == nil || c.indexed != column {
		if err := c.build(column); err != nil {
			return err
		}
	}
	c.byIndex, c.found = true, c.index[v]
	return nil
}

func (c *cursor) build(column int) error {
	def := c.table.def
	c.index, c.indexed = make(map[any][]int, def.Rows), column
	for i := range def.Rows {
		if i%checkEvery == 0 && c.ctx.Err() != nil {
			return c.ctx.Err()
		}
		v, err := values.Stored(def.Columns[column].Type, c.shown(def.Row(i), column))
		if err != nil {
			return err
		}
		switch v.(type) {
		case int64, string:
			c.index[v] = append(c.index[v], i)
		}
	}
	return nil
}

func (c *cursor) Next() error {
	c.at++
	c.row = nil
	if c.at%checkEvery == 0 {
		return c.ctx.Err()
	}
	return nil
}

func (c *cursor) Eof() bool {
	switch {
	case c.byIndex:
		return c.at >= len(c.found)
	case c.sorted:
		return c.number() >= c.table.def.Rows
	}
	return c.at >= c.table.def.Rows
}

func (c *cursor) Rowid() (int64, error) { return int64(c.number()), nil }

func (c *cursor) number() int {
	switch between := c.high - c.low; {
	case c.byIndex:
		return c.found[c.at]
	case c.sorted && c.at < between:
		return c.low + c.at
	case c.sorted:
		return c.table.def.Sorted + c.at - between
	}
	return c.at
}

func (c *cursor) Column(i int) (vtab.Value, error) {
	if c.row == nil {
		c.row = c.table.conn.row(c.table.def, c.number())
	}
	v, err := values.Stored(c.table.def.Columns[i].Type, c.shown(c.row, i))
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", c.table.def.Name, c.table.def.Columns[i].Name, err)
	}
	return v, nil
}

// shown returns one value of a row as the principal gets it.
func (c *cursor) shown(row []any, i int) any {
	v := values.ValueAt(row, i)
	if c.guard != nil && c.guard.Masks[i] != nil {
		return c.guard.Masks[i](v)
	}
	return v
}
