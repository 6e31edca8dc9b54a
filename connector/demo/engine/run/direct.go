package run

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// source is what a query gives, row by row. The types of its columns are nil where SQLite is to tell them.
type source struct {
	driver.Rows
	names []string
	types []values.Type
}

// query runs a query on SQLite. Where its columns are those of a table, SQLite finds the rows alone, and their values come from the table.
func (c *conn) query(ctx context.Context, q *dialect.Query, args []driver.NamedValue) (*source, error) {
	def, columns := c.direct(q)
	if def == nil {
		rows, err := c.sqlite.QueryContext(ctx, q.SQL, args)
		if err != nil {
			return nil, err
		}
		return &source{Rows: rows, names: rows.Columns()}, nil
	}
	c.run.numbers = true
	rows, err := c.sqlite.QueryContext(ctx, q.Numbers(), args)
	c.run.numbers = false
	if err != nil {
		return nil, err
	}
	out := &source{Rows: &direct{Rows: rows, conn: c, table: def, columns: columns, number: make([]driver.Value, 1)}}
	for _, i := range columns {
		out.names, out.types = append(out.names, def.Columns[i].Name), append(out.types, def.Columns[i].Type)
	}
	return out, nil
}

// direct is the table whose columns a query is for, with their places in it, nil if it has to be put to SQLite as it is.
func (c *conn) direct(q *dialect.Query) (*objects.Table, []int) {
	if q.Direct == nil || len(q.Tables)+len(q.Travels) != 1 {
		return nil, nil
	}
	var def *objects.Table
	for _, name := range q.Tables {
		def = c.tables[name.Key()]
	}
	for _, t := range q.Travels {
		def = c.tables[t.Key]
	}
	if def == nil || def.SQL != "" || def.Guard != nil && def.Guard(c.principal()) != nil {
		return nil, nil
	}
	var columns []int
	for i := range def.Columns {
		if q.Direct.Columns == nil {
			columns = append(columns, i)
		}
	}
	for _, wanted := range q.Direct.Columns {
		for i, column := range def.Columns {
			if strings.EqualFold(column.Name, wanted) {
				columns = append(columns, i)
				break
			}
		}
	}
	if len(columns) < len(q.Direct.Columns) {
		return nil, nil
	}
	return def, columns
}

// direct reads values from a table, of the rows whose numbers SQLite gives.
type direct struct {
	driver.Rows
	conn    *conn
	table   *objects.Table
	columns []int
	number  []driver.Value
}

func (d *direct) Next(row []driver.Value) error {
	if err := d.Rows.Next(d.number); err != nil {
		return err
	}
	number, whole := d.number[0].(int64)
	if !whole {
		return errors.New("a row without a number")
	}
	all := d.conn.row(d.table, int(number))
	for i, column := range d.columns {
		stored, err := values.Given(d.table.Columns[column].Type, values.ValueAt(all, column))
		if err != nil {
			return fmt.Errorf("%s.%s: %w", d.table.Name, d.table.Columns[column].Name, err)
		}
		row[i] = stored
	}
	return nil
}
