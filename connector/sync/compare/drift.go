package compare

import (
	"fmt"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// ColumnChange is a column that is not what it was. A column with another name is one removed and one added.
type ColumnChange struct {
	Column string
	From   string // its type in Databricks' words, empty where there was no such column
	To     string // empty where there is no such column any more
}

// Drift says what changed in the columns: those removed or of another type in the order they had, then the new ones. Their order and their
// comments are nobody's change.
func Drift(before, after *arrow.Schema) []ColumnChange {
	var out []ColumnChange
	for _, was := range before.Fields() {
		is, ok := field(after, was.Name)
		switch {
		case !ok:
			out = append(out, ColumnChange{Column: was.Name, From: words(was)})
		case !alike(was, is):
			c := ColumnChange{Column: was.Name, From: words(was), To: words(is)}
			if plain(c.From) == plain(c.To) { // the same in SQL, and it travels in another form
				c.From, c.To = fmt.Sprintf("%s as %s", c.From, was.Type), fmt.Sprintf("%s as %s", c.To, is.Type)
			}
			out = append(out, c)
		}
	}
	for _, is := range after.Fields() {
		if _, ok := field(before, is.Name); !ok {
			out = append(out, ColumnChange{Column: is.Name, To: words(is)})
		}
	}
	return out
}

// shared are the columns that are the same on both sides, over which rows can be compared.
func shared(before, after *arrow.Schema) []arrow.Field {
	var out []arrow.Field
	for _, was := range before.Fields() {
		if is, ok := field(after, was.Name); ok && alike(was, is) {
			out = append(out, was)
		}
	}
	return out
}

func field(schema *arrow.Schema, name string) (arrow.Field, bool) {
	at := schema.FieldIndices(name)
	if len(at) == 0 {
		return arrow.Field{}, false
	}
	return schema.Field(at[0]), true
}

// alike reports that the values of two columns can be held against each other: they have one type in SQL and travel in one form. VOID travels
// in two, and neither has a value. Where nobody said what a type is called in SQL, its form decides.
func alike(a, b arrow.Field) bool {
	from, to := columnar.SQLType(a), columnar.SQLType(b)
	if from != "" && to != "" && plain(from) != plain(to) {
		return false
	}
	void := a.Type.ID() == arrow.NULL || b.Type.ID() == arrow.NULL
	return sameForm(a.Type, b.Type) || void && words(a) == words(b)
}

// sameForm compares types by what their values are, and not by comments, by what may be NULL, by how the entries of a list are called or by the
// zone in which a session shows its times.
func sameForm(a, b arrow.DataType) bool {
	if a.ID() != b.ID() {
		return false
	}
	if from, ok := a.(*arrow.TimestampType); ok { // an instant is the same in every zone
		to := b.(*arrow.TimestampType)
		return from.Unit == to.Unit && (from.TimeZone == "") == (to.TimeZone == "")
	}
	in, ok := a.(arrow.NestedType)
	if !ok {
		return arrow.TypeEqual(a, b)
	}
	of, other := in.Fields(), b.(arrow.NestedType).Fields()
	if len(of) != len(other) {
		return false
	}
	for i, f := range of {
		if a.ID() == arrow.STRUCT && f.Name != other[i].Name || !sameForm(f.Type, other[i].Type) {
			return false
		}
	}
	return true
}

// simple are the types that have one word in SQL.
var simple = map[arrow.Type]string{
	arrow.NULL: "VOID", arrow.BOOL: "BOOLEAN", arrow.INT8: "TINYINT", arrow.INT16: "SMALLINT", arrow.INT32: "INT", arrow.INT64: "BIGINT", arrow.FLOAT32: "FLOAT",
	arrow.FLOAT64: "DOUBLE", arrow.STRING: "STRING", arrow.BINARY: "BINARY", arrow.DATE32: "DATE",
}

// words is the type of a column in Databricks' words: as the warehouse said, else as what its form stands for.
func words(f arrow.Field) string {
	if said := columnar.SQLType(f); said != "" {
		return said
	}
	switch t := f.Type.(type) {
	case *arrow.Decimal128Type:
		return fmt.Sprintf("DECIMAL(%d,%d)", t.Precision, t.Scale)
	case *arrow.TimestampType:
		if t.TimeZone == "" {
			return "TIMESTAMP_NTZ"
		}
		return "TIMESTAMP"
	case *arrow.ListType:
		return "ARRAY<" + words(t.ElemField()) + ">"
	case *arrow.MapType:
		return "MAP<" + words(t.KeyField()) + ", " + words(t.ItemField()) + ">"
	case *arrow.StructType:
		var of []string
		for _, f := range t.Fields() {
			of = append(of, f.Name+": "+words(f))
		}
		return "STRUCT<" + strings.Join(of, ", ") + ">"
	}
	if word, ok := simple[f.Type.ID()]; ok {
		return word
	}
	return f.Type.String()
}

// plain is a type in SQL without the comments and the NOT NULL of the fields inside it, which say nothing about values.
func plain(sql string) string {
	const comment, required = " COMMENT '", " NOT NULL"
	var out strings.Builder
	for i := 0; i < len(sql); {
		switch rest := sql[i:]; {
		case sql[i] == '`': // a name, which may be any text
			end := strings.IndexByte(rest[1:], '`') + 2
			if end < 2 {
				end = len(rest)
			}
			out.WriteString(rest[:end])
			i += end
		case strings.HasPrefix(rest, comment):
			i += len(comment)
			for ; i < len(sql) && sql[i] != '\''; i++ {
				if sql[i] == '\\' {
					i++
				}
			}
			i++
		case strings.HasPrefix(rest, required):
			i += len(required)
		default:
			out.WriteByte(sql[i])
			i++
		}
	}
	return out.String()
}
