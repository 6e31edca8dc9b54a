package compare

import (
	"slices"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

func TestDriftIsSaidColumnByColumn(t *testing.T) {
	f := func(name string, typ arrow.DataType, sql ...string) arrow.Field {
		out := arrow.Field{Name: name, Type: typ, Nullable: true}
		if len(sql) > 0 {
			out = columnar.Named(out, sql[0])
		}
		return out
	}
	number, text := arrow.PrimitiveTypes.Int64, arrow.BinaryTypes.String
	in := func(typ arrow.DataType, sql ...string) arrow.DataType { return arrow.StructOf(f("x", typ, sql...)) }
	must := f("a", number)
	must.Nullable = false
	for name, c := range map[string]struct {
		before, after []arrow.Field
		want          []ColumnChange
	}{
		"nothing":                  {[]arrow.Field{f("a", number)}, []arrow.Field{f("a", number)}, nil},
		"another order":            {[]arrow.Field{f("a", number), f("b", text)}, []arrow.Field{f("b", text), f("a", number)}, nil},
		"what may be NULL":         {[]arrow.Field{f("a", number)}, []arrow.Field{must}, nil},
		"new and gone":             {[]arrow.Field{f("a", number), f("b", text)}, []arrow.Field{f("c", number), f("a", number)}, []ColumnChange{{"b", "STRING", ""}, {"c", "", "BIGINT"}}},
		"another name":             {[]arrow.Field{f("a", number)}, []arrow.Field{f("A", number)}, []ColumnChange{{"a", "BIGINT", ""}, {"A", "", "BIGINT"}}},
		"wider":                    {[]arrow.Field{f("a", arrow.PrimitiveTypes.Int32)}, []arrow.Field{f("a", number)}, []ColumnChange{{"a", "INT", "BIGINT"}}},
		"more digits":              {[]arrow.Field{f("a", &arrow.Decimal128Type{Precision: 10, Scale: 2})}, []arrow.Field{f("a", &arrow.Decimal128Type{Precision: 12, Scale: 2})}, []ColumnChange{{"a", "DECIMAL(10,2)", "DECIMAL(12,2)"}}},
		"no zone":                  {[]arrow.Field{f("a", arrow.FixedWidthTypes.Timestamp_us)}, []arrow.Field{f("a", &arrow.TimestampType{Unit: arrow.Microsecond})}, []ColumnChange{{"a", "TIMESTAMP", "TIMESTAMP_NTZ"}}},
		"the zone of a session":    {[]arrow.Field{f("a", arrow.FixedWidthTypes.Timestamp_us)}, []arrow.Field{f("a", &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "Europe/Berlin"})}, nil},
		"another unit":             {[]arrow.Field{f("a", arrow.FixedWidthTypes.Timestamp_us)}, []arrow.Field{f("a", arrow.FixedWidthTypes.Timestamp_ms)}, []ColumnChange{{"a", "TIMESTAMP as timestamp[us, tz=UTC]", "TIMESTAMP as timestamp[ms, tz=UTC]"}}},
		"both are texts":           {[]arrow.Field{f("a", text, "STRING")}, []arrow.Field{f("a", text, "VARIANT")}, []ColumnChange{{"a", "STRING", "VARIANT"}}},
		"nobody said":              {[]arrow.Field{f("a", text)}, []arrow.Field{f("a", text, "VARIANT")}, nil},
		"two forms of VOID":        {[]arrow.Field{f("a", arrow.Null)}, []arrow.Field{f("a", text, "VOID")}, nil},
		"no VOID any more":         {[]arrow.Field{f("a", arrow.Null)}, []arrow.Field{f("a", text)}, []ColumnChange{{"a", "VOID", "STRING"}}},
		"one type in two forms":    {[]arrow.Field{f("a", text, "DECIMAL(4,1)")}, []arrow.Field{f("a", &arrow.Decimal128Type{Precision: 4, Scale: 1}, "DECIMAL(4,1)")}, []ColumnChange{{"a", "DECIMAL(4,1) as utf8", "DECIMAL(4,1) as decimal(4, 1)"}}},
		"within":                   {[]arrow.Field{f("a", arrow.ListOf(in(number)))}, []arrow.Field{f("a", arrow.ListOf(in(text)))}, []ColumnChange{{"a", "ARRAY<STRUCT<x: BIGINT>>", "ARRAY<STRUCT<x: STRING>>"}}},
		"within a map":             {[]arrow.Field{f("a", arrow.MapOf(text, number))}, []arrow.Field{f("a", arrow.MapOf(text, text))}, []ColumnChange{{"a", "MAP<STRING, BIGINT>", "MAP<STRING, STRING>"}}},
		"how entries are called":   {[]arrow.Field{f("a", arrow.ListOfField(f("element", number)))}, []arrow.Field{f("a", arrow.ListOfField(f("item", number)))}, nil},
		"a comment within":         {[]arrow.Field{f("a", in(number), "STRUCT<x: BIGINT>")}, []arrow.Field{f("a", in(number), `STRUCT<x: BIGINT NOT NULL COMMENT 'it\'s > this'>`)}, nil},
		"a name that is a comment": {[]arrow.Field{f("a", text, "STRUCT<` COMMENT 'a`: INT>")}, []arrow.Field{f("a", text, "STRUCT<` COMMENT 'b`: INT>")}, []ColumnChange{{"a", "STRUCT<` COMMENT 'a`: INT>", "STRUCT<` COMMENT 'b`: INT>"}}},
	} {
		if got := Drift(arrow.NewSchema(c.before, nil), arrow.NewSchema(c.after, nil)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	for _, broken := range []string{"STRUCT<`a", "STRUCT<a: INT COMMENT 'b", `STRUCT<a: INT COMMENT 'b\`, "`"} {
		plain(broken)
	}
}
