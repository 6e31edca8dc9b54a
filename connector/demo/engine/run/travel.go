package run

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
)

// travel checks that a principal may read a table and makes it known to SQLite as it was, or what changed in it.
func (d *Database) travel(c *conn, who string, t dialect.Travel) error {
	if d.opts.Versions == nil {
		return t.Refused()
	}
	if err := c.run.mayRead(who, t.Table); err != nil {
		return err
	}
	find := func() (*objects.Table, error) { return d.opts.Versions.At(t.Table, t.At) }
	if t.Changes {
		find = func() (*objects.Table, error) { return d.opts.Versions.Changes(t.Table, t.At, t.To) }
	}
	def, err := find()
	if err != nil {
		return err
	}
	def.As = t.Key
	c.run.travels = append(c.run.travels, t.Key)
	return c.declare(def, "")
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
