package query

import (
	"context"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Tags asks the information schema of a catalog for the tags of some tables of a schema, or for those of their columns.
func Tags(schema connector.SchemaName, tables []connector.TableName, ofColumns bool) Statement {
	if len(tables) == 0 {
		return Statement{}
	}
	view, column := "table_tags", ""
	if ofColumns {
		view, column = "column_tags", "column_name, "
	}
	names := make([]string, len(tables))
	for i, t := range tables {
		if t.IsZero() || t.SchemaName != schema {
			return Statement{}
		}
		names[i] = literal(t.Table.Raw())
	}
	return Statement{fmt.Sprintf("SELECT table_name, %stag_name, tag_value FROM %s.information_schema.%s WHERE schema_name = %s AND table_name IN (%s)",
		column, schema.Catalog.Quoted(), view, literal(schema.Schema.Raw()), strings.Join(names, ", "))}
}

// Tag is a tag of a table, or of one of its columns.
type Tag struct{ Table, Column, Name, Value string }

// Tags runs the Tags statement.
func (s *Session) Tags(ctx context.Context, schema connector.SchemaName, tables []connector.TableName, ofColumns bool) ([]Tag, error) {
	rows, err := s.run(ctx, Tags(schema, tables, ofColumns))
	if err != nil {
		return nil, err
	}
	width := 3
	if ofColumns {
		width = 4
	}
	tags := make([]Tag, 0, len(rows.Rows))
	for _, row := range rows.Rows {
		if len(row) != width {
			return nil, malformed("a tag comes in %d columns", len(row))
		}
		tag := Tag{Table: row[0].Text.Raw(), Name: row[width-2].Text.Raw(), Value: row[width-1].Text.Raw()}
		if ofColumns {
			tag.Column = row[1].Text.Raw()
		}
		s.names.NoteText(tag.Name)
		s.names.NoteText(tag.Value)
		tags = append(tags, tag)
	}
	if rows.Large {
		return nil, malformed("there are more tags than are kept")
	}
	return tags, nil
}
