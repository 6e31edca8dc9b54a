package run

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// travel checks that a principal may read a table and makes it known to SQLite as it was, or what changed in it.
func (d *Database) travel(c *conn, who string, t dialect.Travel) error {
	if d.opts.Versions == nil && !t.At.Numbered {
		return t.Refused()
	}
	if err := c.run.mayRead(who, t.Table); err != nil {
		return err
	}
	find := func() (*objects.Table, error) { return d.opts.Versions.At(t.Table, t.At) }
	if t.Changes {
		find = func() (*objects.Table, error) { return d.opts.Versions.Changes(t.Table, t.At, t.To) }
	}
	if t.At.Numbered {
		find = func() (*objects.Table, error) { return d.numbered(t.Table) }
	}
	def, err := find()
	if err != nil {
		return err
	}
	def.As = t.Key
	c.run.travels = append(c.run.travels, t.Key)
	return c.declare(def, "")
}

// numbered is a table as it is, with the number of each row in one column more.
func (d *Database) numbered(name dialect.Name) (*objects.Table, error) {
	def, err := d.opts.Store.Table(name)
	if err != nil {
		return nil, err
	}
	wider := *def
	wider.Columns = append(slices.Clone(def.Columns), values.Column{Name: dialect.RowNumber, Type: values.BigIntType})
	wider.Row = func(i int) []any { return append(slices.Clip(slices.Clone(def.Row(i))), int64(i)) }
	return &wider, nil
}

// forget drops the tables that a statement read as they were.
func (c *conn) forget(r *statement) {
	r.setup = true
	defer func() { r.setup = false }()
	for _, key := range r.travels {
		if c.tables[key] == nil || c.exec("DROP TABLE "+dialect.SQLIdentifier(key)) == nil {
			delete(c.tables, key)
		}
	}
}
