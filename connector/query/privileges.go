package query

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// Granted is a kind of object on which the information schema of the metastore lists who was granted what.
type Granted string

// The kinds.
const (
	GrantedCatalogs  Granted = "catalogs"
	GrantedSchemas   Granted = "schemas"
	GrantedTables    Granted = "tables" // and views
	GrantedVolumes   Granted = "volumes"
	GrantedFunctions Granted = "functions" // and not models, of which the documents name no view
)

// grantViews are the views of a kind: the privileges, with the columns that are the name of an object, and the objects, with those that are the name
// of what these are in, or of a catalog its own.
var grantViews = map[Granted]struct{ privileges, name, objects, within string }{
	GrantedCatalogs:  {"catalog_privileges", "catalog_name", "catalogs", "catalog_name"},
	GrantedSchemas:   {"schema_privileges", "catalog_name, schema_name", "schemata", "catalog_name"},
	GrantedTables:    {"table_privileges", "table_catalog, table_schema, table_name", "tables", "table_catalog, table_schema"},
	GrantedVolumes:   {"volume_privileges", "volume_catalog, volume_schema, volume_name", "volumes", "volume_catalog, volume_schema"},
	GrantedFunctions: {"routine_privileges", "routine_catalog, routine_schema, routine_name", "routines", "routine_catalog, routine_schema"},
}

// Privileges asks for what is granted on the objects of a kind themselves, not on what they are in, that of one object behind each other.
func Privileges(of Granted) Statement {
	v, known := grantViews[of]
	if !known {
		return Statement{}
	}
	return Statement{fmt.Sprintf("SELECT %s, grantee, privilege_type FROM system.information_schema.%s WHERE inherited_from = 'NONE' OR inherited_from IS NULL ORDER BY %s, grantee, privilege_type",
		v.name, v.privileges, v.name)}
}

// CountListed counts the objects of a kind that whoever asks is told of, in each of what they are in.
func CountListed(of Granted) Statement {
	v, known := grantViews[of]
	if !known {
		return Statement{}
	}
	return Statement{fmt.Sprintf("SELECT %s, count(*) AS total FROM system.information_schema.%s GROUP BY %s", v.within, v.objects, v.within)}
}

// Privilege is one that a principal was granted on an object, which goes by its full name. The principal of one that is gone may be empty.
type Privilege struct{ Object, Principal, Name string }

// firstPrivileges is how many rows the first page may have.
const firstPrivileges = 10_000

// Privileges runs the Privileges statement. It ends at the first error.
func (r *Reader) Privileges(ctx context.Context, of Granted) iter.Seq2[Privilege, error] {
	return func(yield func(Privilege, error) bool) {
		for row, err := range r.texts(ctx, Privileges(of), strings.Count(grantViews[of].name, ",")+3) {
			if err != nil {
				yield(Privilege{}, err)
				return
			}
			last := len(row) - 2
			if slices.Contains(row[:last], "") {
				yield(Privilege{}, malformed("a privilege is on an object without a name"))
				return
			}
			if !yield(Privilege{strings.Join(row[:last], "."), row[last], strings.ReplaceAll(row[last+1], " ", "_")}, nil) {
				return
			}
		}
	}
}

// CountListed runs the CountListed statement: the numbers by the full name of what the objects are in.
func (r *Reader) CountListed(ctx context.Context, of Granted) (map[string]int, error) {
	out := map[string]int{}
	for row, err := range r.texts(ctx, CountListed(of), strings.Count(grantViews[of].within, ",")+2) {
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(row[len(row)-1])
		if err != nil {
			return nil, malformed("a number of objects is no number")
		}
		out[strings.Join(row[:len(row)-1], ".")] += n
	}
	return out, nil
}

// texts are the rows of a statement, of so many columns, as texts. NULL is empty.
func (r *Reader) texts(ctx context.Context, s Statement, width int) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		result, err := r.Read(ctx, s, firstPrivileges)
		if err != nil {
			yield(nil, err)
			return
		}
		defer result.Close()
		for batch, err := range result.Batches() {
			if err != nil {
				yield(nil, err)
				return
			}
			if !textRows(batch, width, yield) {
				return
			}
		}
	}
}

func textRows(batch columnar.Batch, width int, yield func([]string, error) bool) bool {
	record := batch.Record
	if int(record.NumCols()) != width {
		yield(nil, malformed("%d columns were asked for, and %d came", width, record.NumCols()))
		return false
	}
	for i := range int(record.NumRows()) {
		row := make([]string, width)
		for k, column := range record.Columns() {
			if row[k] = textAt(column, i); len(row[k]) >= longestValue { // a part of a name would be another one
				yield(nil, malformed("a name is longer than there are"))
				return false
			}
		}
		if !yield(row, nil) {
			return false
		}
	}
	return true
}

func textAt(column arrow.Array, i int) string {
	if text := valueText(column, i); text != nil {
		return *text
	}
	return ""
}
