package commands

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// mappingKey is the property without which a column of a Delta table is neither dropped nor renamed: its files know it by its name.
const mappingKey = "delta.columnMapping.mode"

// columnEdit changes a table's columns, those before it with their places.
type columnEdit func(columns []objects.PlacedColumn) ([]objects.PlacedColumn, error)

// restructure makes edits of a table's columns, which are one commit.
func restructure(operation string, mapped bool, edits ...columnEdit) tableChange {
	return func(d *Desk, principal string, table dialect.Name) error {
		def, err := d.Store.Table(table)
		if err != nil {
			return err
		}
		if mapped {
			if err := d.checkMapping(table, operation); err != nil {
				return err
			}
		}
		var columns []objects.PlacedColumn
		for i, c := range def.Columns {
			columns = append(columns, objects.PlacedColumn{Column: c, From: i})
		}
		for _, edit := range edits {
			if columns, err = edit(columns); err != nil {
				return err
			}
		}
		after := make([]values.Column, len(columns))
		for i, c := range columns {
			after[i] = c.Column
		}
		if err := declarable(after); err != nil {
			return err
		}
		return d.Authority.Restructure(principal, table, objects.Restructure{Operation: operation, Columns: columns})
	}
}

func (d *Desk) checkMapping(table dialect.Name, operation string) error {
	all, err := d.Versions.Properties(table)
	if err != nil || all[mappingKey] == "name" || all[mappingKey] == "id" {
		return err
	}
	class, what := "DELTA_UNSUPPORTED_DROP_COLUMN", "DROP COLUMN"
	if operation == "RENAME COLUMN" {
		class, what = "DELTA_UNSUPPORTED_RENAME_COLUMN", "Column rename"
	}
	return &values.Error{Class: class, SQLState: "0AKDC", Message: what + " is not supported for your Delta table. " +
		"Please enable Column Mapping on your Delta table with mapping mode 'name'.\nYou can use one of the following commands.\n\n" +
		"ALTER TABLE table_name SET TBLPROPERTIES ('" + mappingKey + "' = 'name')",
	}
}

// readNewColumns reads one column, or several in parentheses, each with its place.
func readNewColumns(p *dialect.Parser) (tableChange, error) {
	var edits []columnEdit
	many := p.Accept("(")
	for {
		edit, err := readNewColumn(p)
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
		switch {
		case many && p.Accept(","):
		case many && !p.Accept(")"):
			return nil, p.Wrong()
		default:
			return restructure("ADD COLUMNS", false, edits...), nil
		}
	}
}

func readNewColumn(p *dialect.Parser) (columnEdit, error) {
	name, err := p.Identifier()
	if err != nil {
		return nil, err
	}
	c := objects.PlacedColumn{Column: values.Column{Name: name, Nullable: true}, From: -1}
	if c.Type, err = p.ColumnType(); err != nil {
		return nil, err
	}
	if p.Accept("NOT", "NULL") {
		return nil, notHere("ALTER TABLE ADD COLUMN with NOT NULL")
	}
	if p.Peek().Is("COMMENT") && p.Ahead(1).Kind == dialect.Text {
		c.Comment = p.Ahead(1).Value
		p.Skip()
		p.Skip()
	}
	first, after := p.Accept("FIRST"), ""
	if p.Accept("AFTER") {
		if after, err = p.Identifier(); err != nil {
			return nil, err
		}
	}
	return func(columns []objects.PlacedColumn) ([]objects.PlacedColumn, error) {
		if columnAt(columns, name) >= 0 {
			return nil, &values.Error{Class: "FIELD_ALREADY_EXISTS", SQLState: "42710",
				Message: fmt.Sprintf("Cannot add column, because `%s` already exists.", name),
			}
		}
		at := len(columns)
		if first {
			at = 0
		}
		if after != "" {
			if at = columnAt(columns, after) + 1; at == 0 {
				return nil, noColumn(columns, after)
			}
		}
		return slices.Insert(columns, at, c), nil
	}, nil
}

// readDroppedColumns reads one column, or several in parentheses.
func readDroppedColumns(p *dialect.Parser) (tableChange, error) {
	tolerant := p.Accept("IF", "EXISTS")
	var names []string
	var err error
	if p.Peek().Is("(") {
		names, err = listed(p, (*dialect.Parser).Identifier)
	} else {
		names = make([]string, 1)
		names[0], err = p.Identifier()
	}
	if err != nil {
		return nil, err
	}
	return restructure("DROP COLUMNS", true, func(columns []objects.PlacedColumn) ([]objects.PlacedColumn, error) {
		for _, name := range names {
			switch i := columnAt(columns, name); {
			case i < 0 && !tolerant:
				return nil, noColumn(columns, name)
			case i >= 0 && len(columns) == 1:
				return nil, &values.Error{Class: "DELTA_DROP_COLUMN_ON_SINGLE_FIELD_SCHEMA", SQLState: "0AKDC",
					Message: "Cannot drop column from a schema with a single column.",
				}
			case i >= 0:
				columns = slices.Delete(columns, i, i+1)
			}
		}
		return columns, nil
	}), nil
}

func readRenamedColumn(p *dialect.Parser) (tableChange, error) {
	from, err := p.Identifier()
	if err == nil {
		err = p.Expect("TO")
	}
	if err != nil {
		return nil, err
	}
	to, err := p.Identifier()
	if err != nil {
		return nil, err
	}
	return restructure("RENAME COLUMN", true, func(columns []objects.PlacedColumn) ([]objects.PlacedColumn, error) {
		i := columnAt(columns, from)
		if i < 0 {
			return nil, noColumn(columns, from)
		}
		if taken := columnAt(columns, to); taken >= 0 && taken != i {
			return nil, &values.Error{Class: "FIELD_ALREADY_EXISTS", SQLState: "42710",
				Message: fmt.Sprintf("Cannot rename column, because `%s` already exists.", to),
			}
		}
		columns[i].Name = to
		return columns, nil
	}), nil
}

// readChangedColumn reads a new comment of a column, or whether it takes NULL.
func readChangedColumn(p *dialect.Parser) (tableChange, error) {
	name, err := p.Identifier()
	if err != nil {
		return nil, err
	}
	var edit func(*values.Column)
	switch {
	case p.Peek().Is("COMMENT") && p.Ahead(1).Kind == dialect.Text:
		text := p.Ahead(1).Value
		p.Skip()
		p.Skip()
		edit = func(c *values.Column) { c.Comment = text }
	case p.Accept("DROP", "NOT", "NULL"):
		edit = func(c *values.Column) { c.Nullable = true }
	case p.Accept("SET", "NOT", "NULL"):
		edit = func(c *values.Column) { c.Nullable = false }
	default:
		return nil, notHere("ALTER TABLE ALTER COLUMN with " + p.Peek().Value)
	}
	return restructure("CHANGE COLUMN", false, func(columns []objects.PlacedColumn) ([]objects.PlacedColumn, error) {
		i := columnAt(columns, name)
		if i < 0 {
			return nil, noColumn(columns, name)
		}
		edit(&columns[i].Column)
		return columns, nil
	}), nil
}

func columnAt(columns []objects.PlacedColumn, name string) int {
	return slices.IndexFunc(columns, func(c objects.PlacedColumn) bool { return strings.EqualFold(c.Name, name) })
}

func noColumn(columns []objects.PlacedColumn, name string) error {
	var names []string
	for _, c := range columns {
		names = append(names, "`"+c.Name+"`")
	}
	return &values.Error{Class: "FIELD_NOT_FOUND", SQLState: "42704",
		Message: fmt.Sprintf("No such struct field `%s` in %s.", name, strings.Join(names, ", ")),
	}
}
