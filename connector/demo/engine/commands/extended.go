package commands

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// showTableExtended runs SHOW TABLE EXTENDED, whose LIKE may not be left out. What it tells of each table is one text of many lines, as the
// documentation has it, which clients take apart again.
func (d *Desk) showTableExtended(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	catalog, schema, err := schemaOf(s, p)
	if err != nil {
		return nil, err
	}
	if !p.Peek().Is("LIKE") {
		return nil, p.Wrong()
	}
	list, err := d.tablesIn(s, catalog, schema)
	columns := []string{"database", "tableName", "isTemporary", "information"}
	r, err := listing(p, err, list, columns, func(o objects.Object) []string {
		return []string{schema, o.Name, "", d.information(s, dialect.NewName(catalog, schema, o.Name), o)}
	})
	return withFlags(r, err, 2)
}

// information is what SHOW TABLE EXTENDED tells of a table: its columns only to those who may see them.
func (d *Desk) information(s *objects.Session, name dialect.Name, o objects.Object) string {
	var b strings.Builder
	line := func(label, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", label, value)
		}
	}
	line("Catalog", name.Catalog)
	line("Database", name.Schema)
	line("Table", name.Table)
	line("Owner", o.Owner)
	line("Type", o.Kind)
	if tableType(o.Kind) != "VIEW" {
		line("Provider", "delta")
	}
	line("Comment", o.Comment)
	def, err := d.described(s, name)
	if err != nil {
		return b.String()
	}
	b.WriteString("Schema: root\n")
	for _, c := range def.Columns {
		fmt.Fprintf(&b, " |-- %s: %s (nullable = %t)\n", c.Name, c.Type.Text, c.Nullable)
	}
	return b.String()
}
