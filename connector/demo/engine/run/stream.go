package run

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Pages says how a result is cut. The zero value gives it in one, which has to fit in memory.
type Pages struct {
	First, Next int   // rows of the first page, all if zero, and of those after it, which are not read if zero
	values      int64 // the most that a result has that is not cut
	bytes       int64 // and how many its texts and binaries have together
}

// within limits a result that is not cut.
func (p Pages) within(values, bytes int64) Pages {
	p.values, p.bytes = values, bytes
	return p
}

// collect runs a query that is ready for SQLite and gives what it returns, page by page. The types of the columns are those of the first page.
func (c *conn) collect(ctx context.Context, q *dialect.Query, args []driver.NamedValue, pages Pages, give func(page *values.Result, more bool) error) error {
	rows, err := c.query(ctx, q, args)
	if err != nil {
		return err
	}
	defer rows.Close()
	in := &reader{ctx: ctx, rows: rows, row: make([]driver.Value, len(rows.names))}
	builders := make([]*values.Builder, len(rows.names))
	for i := range builders {
		builders[i] = values.NewBuilder(rows.columnType(c, q, i))
	}
	for size := pages.First; ; size = pages.Next {
		n, more, err := in.fill(builders, size, pages)
		if err != nil {
			return err
		}
		page := &values.Result{Rows: n}
		for i, b := range builders {
			page.Columns = append(page.Columns, values.Column{Name: rows.names[i], Type: b.Typed, Nullable: true})
			page.Vectors = append(page.Vectors, b.Vector)
			builders[i] = values.NewBuilder(b.Typed, true)
			builders[i].Reserve(n)
		}
		if err := give(page, more); err != nil || !more || pages.Next == 0 {
			return err
		}
	}
}

// reader reads rows, one ahead of those that it gives, to know whether there are more.
type reader struct {
	ctx   context.Context
	rows  driver.Rows
	row   []driver.Value
	ahead bool // row was read and not given
	n     int64
}

// pageShare is which part a page may have, unless it is one row, of the bytes that a result may have that is not cut.
const pageShare = 8

// fill reads so many rows, or fewer that are large, or all if size is zero. The limits on the number of values and on their bytes then keep one
// careless statement from taking the machine's memory.
func (in *reader) fill(builders []*values.Builder, size int, pages Pages) (n int, more bool, err error) {
	var held int64
	types := make([]values.Type, len(builders))
	for i, b := range builders {
		types[i] = b.Typed
	}
	later := in.n > 0
	for ; ; n++ {
		if n%checkEvery == 0 && in.ctx.Err() != nil {
			return 0, false, in.ctx.Err()
		}
		if !in.ahead {
			switch err := in.rows.Next(in.row); {
			case errors.Is(err, io.EOF):
				return n, false, nil
			case err != nil:
				return 0, false, err
			}
			in.n++
		}
		held += sizeOf(in.row)
		if in.ahead = size > 0 && (n == size || pages.Next > 0 && n > 0 && held > pages.bytes/pageShare); in.ahead {
			return n, true, nil
		}
		if size == 0 && int64(n+1)*int64(len(in.row)) > pages.values {
			return 0, false, values.TooLarge(pages.values)
		}
		if held > pages.bytes && n > 0 {
			return 0, false, values.TooHeavy(pages.bytes)
		}
		for i, v := range in.row {
			builders[i].Add(v)
			if later && builders[i].Typed.Text != types[i].Text {
				return 0, false, values.AsError(errors.New("a long result has values of several types in one column"))
			}
		}
	}
}

// answer puts what is known of a sorted table without reading it in place of a query for nothing else. That is how the statistics of Delta
// Lake answer COUNT, MIN and MAX.
func (c *conn) answer(q *dialect.Query) {
	keys := make([]string, 0, 1)
	for _, name := range q.Tables {
		keys = append(keys, name.Key())
	}
	for _, t := range q.Travels {
		keys = append(keys, t.Key)
	}
	if len(q.Aggregates) == 0 || len(keys) != 1 {
		return
	}
	def := c.tables[keys[0]]
	if def == nil || def.Sorted == 0 || def.Guard != nil && def.Guard(c.principal()) != nil {
		return
	}
	q.Answer(func(a dialect.Aggregate) (string, bool) {
		least, most := extremes(def.Rows, def.Sorted, def.Row)
		value, known := map[string]int64{"COUNT": int64(def.Rows), "MIN": least, "MAX": most}[a.Function]
		return fmt.Sprint(value), known && (a.Function == "COUNT" || dialect.NewName("", "", def.Columns[0].Name).Table == a.Column)
	})
}
