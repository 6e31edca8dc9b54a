package format

import (
	"fmt"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// Form is what a type of Databricks becomes in each format.
type Form struct {
	Type                        string
	Parquet, NDJSON, CSV, Arrow string
}

// In gives the form in one format.
func (f Form) In(format Format) string {
	return map[Format]string{Parquet: f.Parquet, NDJSON: f.NDJSON, CSV: f.CSV, Arrow: f.Arrow}[format]
}

// Forms is the table of types. A rule holds for a type, never for a value: a reader that knows the type of a column knows its form.
func Forms() []Form {
	return []Form{
		{"BOOLEAN", "BOOLEAN", "true, false", "true, false", "bool"},
		{"TINYINT", "INT32, INTEGER(8)", "number", "digits", "int8"},
		{"SMALLINT", "INT32, INTEGER(16)", "number", "digits", "int16"},
		{"INT", "INT32", "number", "digits", "int32"},
		{"BIGINT", "INT64", "number of all its digits (a reader that makes doubles of numbers, such as JavaScript, loses those past 2^53)", "digits", "int64"},
		{"FLOAT", "FLOAT", `shortest number that gives the same FLOAT; "NaN", "Infinity", "-Infinity" as text`, "as in NDJSON, without quotes", "float32"},
		{"DOUBLE", "DOUBLE", `shortest number that gives the same DOUBLE; "NaN", "Infinity", "-Infinity" as text`, "as in NDJSON, without quotes", "float64"},
		{"DECIMAL(p,s)", "INT32 (p ≤ 9), INT64 (p ≤ 18) or FIXED_LEN_BYTE_ARRAY, DECIMAL(p,s)", `text of all its digits, with s of them after the point ("12.50"): readers make doubles of numbers with a point`, "digits, with s of them after the point", "decimal128(p,s)"},
		{"STRING, CHAR, VARCHAR", "BYTE_ARRAY, STRING; bytes that are no UTF-8 are kept", "text; bytes that are no UTF-8 are refused", `text, in quotes where it has a comma, quote or line end; an empty one is ""; bytes that are no UTF-8 are refused`, "utf8; bytes that are no UTF-8 are kept"},
		{"BINARY", "BYTE_ARRAY", "text, base64 (RFC 4648 section 4)", `base64; an empty one is ""`, "binary"},
		{"DATE", "INT32, DATE", `text, ISO 8601 ("2026-11-29"); a year past 9999 or before 0 has its sign ("+12026-01-01")`, "as in NDJSON, without quotes", "date32"},
		{"TIMESTAMP", "INT64, TIMESTAMP(MICROS, adjusted to UTC)", `text, ISO 8601 in UTC with six digits of the second ("2026-11-29T07:00:00.000000Z")`, "as in NDJSON, without quotes", "timestamp(us, UTC)"},
		{"TIMESTAMP_NTZ", "INT64, TIMESTAMP(MICROS, not adjusted)", `text, ISO 8601 without a zone ("2026-11-29T07:00:00.000000")`, "as in NDJSON, without quotes", "timestamp(us)"},
		{"INTERVAL", "STRING, as Databricks words it", "text, as Databricks words it", "text, as Databricks words it", "utf8, as Databricks words it"},
		{"VARIANT", "STRING, JSON text", "text, JSON text within it", "JSON text", "utf8, JSON text"},
		{"GEOGRAPHY, GEOMETRY", "STRING, as Databricks words it", "text, as Databricks words it", "text, as Databricks words it", "utf8, as Databricks words it"},
		{"ARRAY", "LIST of three levels", "array", "JSON text, as in NDJSON", "list"},
		{"MAP", "MAP of three levels", `object where keys are STRING, else array of {"key":…,"value":…}`, "JSON text, as in NDJSON", "map"},
		{"STRUCT", "group", "object, with all its fields", "JSON text, as in NDJSON", "struct"},
		{"VOID", "STRING, all NULL", "null", "empty", "null"},
		{"NULL of any type", "NULL", "null, never left out", "empty, without quotes", "null"},
	}
}

// Lack is what a format does not hold of a column as it is.
type Lack struct {
	Column string
	Type   string
	Why    string
	Remedy string
	// Refused tells that the column cannot be written. Else it is written as Why says.
	Refused bool
}

// Lacks tells what of a schema a format cannot hold, and where a value is written as text whose form is documented, by column.
func Lacks(f Format, schema *arrow.Schema) []Lack {
	var found []Lack
	refuse := func(field arrow.Field, path, why, remedy string) {
		found = append(found, Lack{Column: path, Type: typeName(field), Why: why, Remedy: remedy, Refused: true})
	}
	for i, twice := range repeated(schema.Fields()) {
		if twice && (f == Parquet || f == NDJSON) {
			refuse(schema.Field(i), schema.Field(i).Name, "another column has the same name, and readers of "+string(f)+" find one of them",
				"give one of them another name in a view, or choose csv or arrow")
		}
	}
	for _, field := range schema.Fields() {
		if field.Name == "" || strings.Contains(field.Name, "\x00") {
			found = append(found, Lack{
				Column: field.Name, Type: typeName(field), Why: "the name is kept, but many readers give a column without a name, or with a zero byte in it, another one",
				Remedy: "give the column a name in a view",
			})
		}
		walk(field, field.Name, 0, func(field arrow.Field, path string, depth int) {
			switch t := field.Type.(type) {
			case *arrow.StructType:
				switch {
				case len(t.Fields()) == 0 && f == Parquet:
					refuse(field, path, "a STRUCT without fields has no place in Parquet", "leave the column out, or choose ndjson or arrow")
				case has(repeated(t.Fields()), true) && f != Arrow:
					refuse(field, path, "two fields of the STRUCT have the same name", "give one of them another name in a view, or choose arrow")
				}
			default:
				if !known(field.Type) {
					refuse(field, path, fmt.Sprintf("rows of the type %s of Arrow are not known here", field.Type), "leave the column out, or read it as STRING in a view")
				}
			}
			if depth > deepest {
				refuse(field, path, fmt.Sprintf("it is nested more than %d levels deep", deepest), "leave the column out, or read it as STRING in a view")
			}
		})
		if why := asText(f, field); why != "" {
			found = append(found, Lack{Column: field.Name, Type: typeName(field), Why: why, Remedy: "choose parquet or arrow where readers shall find the type itself"})
		}
	}
	if f == CSV && len(schema.Fields()) == 1 {
		found = append(found, Lack{
			Column: schema.Field(0).Name, Type: typeName(schema.Field(0)),
			Why: "a NULL in the only column of a CSV file is an empty line, which many readers leave out", Remedy: "read a second column beside it, or choose another format",
		})
	}
	return found
}

// deepest is how deep types may be nested. The readers of Arrow end at 64 levels, of which a MAP takes two.
const deepest = 30

// refusal is the first thing of a schema that cannot be written, as an error.
func refusal(f Format, schema *arrow.Schema) error {
	for _, lack := range Lacks(f, schema) {
		if lack.Refused {
			return fmt.Errorf("column %q (%s) cannot be written as %s: %s; %s", lack.Column, lack.Type, f, lack.Why, lack.Remedy)
		}
	}
	return nil
}

// asText says how a text format words a type that it has no own form for.
func asText(f Format, field arrow.Field) string {
	if f != NDJSON && f != CSV {
		return ""
	}
	name, _, _ := strings.Cut(typeName(field), "(")
	name, _, _ = strings.Cut(name, "<")
	for _, form := range Forms() {
		kept, _, _ := strings.Cut(form.Type, "(")
		if kept != name {
			continue
		}
		switch name {
		case "DECIMAL", "BINARY", "DATE", "TIMESTAMP", "TIMESTAMP_NTZ":
			return "written as " + strings.TrimPrefix(form.In(f), "as ")
		case "ARRAY", "MAP", "STRUCT":
			if f == CSV {
				return "written as " + strings.TrimPrefix(form.In(f), "as ")
			}
		}
	}
	return ""
}

// typeName is the SQL type of a field, or what Databricks calls its type.
func typeName(field arrow.Field) string {
	if name := columnar.SQLType(field); name != "" {
		return strings.ToUpper(name)
	}
	switch t := field.Type.(type) {
	case *arrow.Decimal128Type:
		return fmt.Sprintf("DECIMAL(%d,%d)", t.Precision, t.Scale)
	case *arrow.TimestampType:
		if t.TimeZone == "" {
			return "TIMESTAMP_NTZ"
		}
	}
	names := map[arrow.Type]string{
		arrow.BOOL: "BOOLEAN", arrow.INT8: "TINYINT", arrow.INT16: "SMALLINT", arrow.INT32: "INT", arrow.INT64: "BIGINT", arrow.FLOAT32: "FLOAT", arrow.FLOAT64: "DOUBLE",
		arrow.STRING: "STRING", arrow.BINARY: "BINARY", arrow.DATE32: "DATE", arrow.TIMESTAMP: "TIMESTAMP", arrow.LIST: "ARRAY", arrow.MAP: "MAP", arrow.STRUCT: "STRUCT", arrow.NULL: "VOID",
	}
	if name := names[field.Type.ID()]; name != "" {
		return name
	}
	return field.Type.String()
}

// known reports a type that every format writes.
func known(t arrow.DataType) bool {
	switch t := t.(type) {
	case *arrow.Decimal128Type:
		return t.Precision >= 1 && t.Precision <= 38 && t.Scale >= 0 && t.Scale <= t.Precision
	case *arrow.TimestampType:
		return t.Unit == arrow.Microsecond
	}
	switch t.ID() {
	case arrow.BOOL, arrow.INT8, arrow.INT16, arrow.INT32, arrow.INT64, arrow.FLOAT32, arrow.FLOAT64, arrow.STRING, arrow.BINARY, arrow.DATE32, arrow.LIST, arrow.MAP, arrow.STRUCT, arrow.NULL:
		return true
	}
	return false
}

// walk visits a field and all below it.
func walk(field arrow.Field, path string, depth int, do func(field arrow.Field, path string, depth int)) {
	if do(field, path, depth); depth > deepest {
		return
	}
	switch t := field.Type.(type) {
	case *arrow.StructType:
		for _, below := range t.Fields() {
			walk(below, path+"."+below.Name, depth+1, do)
		}
	case *arrow.ListType:
		walk(t.ElemField(), path+".element", depth+1, do)
	case *arrow.MapType:
		walk(t.KeyField(), path+".key", depth+1, do)
		walk(t.ItemField(), path+".value", depth+1, do)
	}
}

// repeated tells of each field whether an earlier one has its name.
func repeated(fields []arrow.Field) []bool {
	met, twice := map[string]bool{}, make([]bool, len(fields))
	for i, field := range fields {
		twice[i], met[field.Name] = met[field.Name], true
	}
	return twice
}

func has(all []bool, wanted bool) bool {
	for _, one := range all {
		if one == wanted {
			return true
		}
	}
	return false
}
