// Package ipc writes results of the engine as streams of Apache Arrow, as the SQL drivers and the statement API hand them out.
package ipc

import (
	"bytes"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/ipc"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// Native are the types that a client takes in Arrow's own form. The others
// travel as strings, in the same form as in column results.
type Native struct {
	Timestamps, Decimals, Complex bool
}

// endOfStream is how many bytes the mark at the end of an Arrow stream has.
const endOfStream = 8

// arrowKinds are the Arrow types of the kinds that have only one.
var arrowKinds = map[engine.Kind]arrow.DataType{
	engine.Boolean: arrow.FixedWidthTypes.Boolean, engine.TinyInt: arrow.PrimitiveTypes.Int8, engine.SmallInt: arrow.PrimitiveTypes.Int16,
	engine.Int: arrow.PrimitiveTypes.Int32, engine.BigInt: arrow.PrimitiveTypes.Int64, engine.Float: arrow.PrimitiveTypes.Float32,
	engine.Double: arrow.PrimitiveTypes.Float64, engine.String: arrow.BinaryTypes.String, engine.Binary: arrow.BinaryTypes.Binary,
	engine.Date: arrow.FixedWidthTypes.Date32,
}

// dataType is the Arrow type in which values of a type travel.
func (n Native) dataType(t engine.Type) arrow.DataType {
	switch t.Kind {
	case engine.Timestamp:
		if n.Timestamps && t.Zoneless() {
			return &arrow.TimestampType{Unit: arrow.Microsecond}
		}
		if n.Timestamps {
			return &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}
		}
	case engine.Decimal:
		if n.Decimals {
			return &arrow.Decimal128Type{Precision: int32(t.Precision), Scale: int32(t.Scale)}
		}
	case engine.Array, engine.Map, engine.Struct:
		if n.Complex {
			return n.nested(t)
		}
	default:
		return arrowKinds[t.Kind]
	}
	return arrow.BinaryTypes.String
}

// nested is the Arrow type of an ARRAY, MAP or STRUCT. Inside, every type has
// its own form.
func (n Native) nested(t engine.Type) arrow.DataType {
	inside := Native{Timestamps: true, Decimals: true, Complex: true}
	switch t.Kind {
	case engine.Array:
		return arrow.ListOf(inside.dataType(t.Fields[0].Type))
	case engine.Map:
		return arrow.MapOf(inside.dataType(t.Fields[0].Type), inside.dataType(t.Fields[1].Type))
	}
	fields := make([]arrow.Field, len(t.Fields))
	for i, f := range t.Fields {
		fields[i] = arrow.Field{Name: f.Name, Type: inside.dataType(f.Type), Nullable: true}
	}
	return arrow.StructOf(fields...)
}

// Schema is the Arrow schema of a result. As in Databricks, each field names
// its SQL type, because a decimal that travels as a string would lose it.
func (n Native) Schema(r *engine.Result) *arrow.Schema {
	fields := make([]arrow.Field, len(r.Columns))
	for i, c := range r.Columns {
		fields[i] = arrow.Field{
			Name: c.Name, Type: n.dataType(c.Type), Nullable: true,
			Metadata: arrow.NewMetadata([]string{"Spark:DataType:SqlName"}, []string{c.Type.SQLText()}),
		}
	}
	return arrow.NewSchema(fields, nil)
}

// SchemaBytes is the schema as the first message of an Arrow stream.
func (n Native) SchemaBytes(r *engine.Result) []byte {
	var b bytes.Buffer
	// Writing to a buffer does not fail.
	_ = ipc.NewWriter(&b, ipc.WithSchema(n.Schema(r))).Close()
	return b.Bytes()[:b.Len()-endOfStream]
}

// Batch is a stream of the schema and one record: rows first to end.
func Batch(schema *arrow.Schema, r *engine.Result, first, end int) []byte {
	columns := make([]arrow.Array, len(r.Columns))
	for i, c := range r.Columns {
		b := array.NewBuilder(memory.DefaultAllocator, schema.Field(i).Type)
		b.Reserve(end - first)
		appendColumn(b, c.Type, &r.Vectors[i], first, end)
		columns[i] = b.NewArray()
		b.Release()
		defer columns[i].Release()
	}
	record := array.NewRecord(schema, columns, int64(end-first))
	defer record.Release()
	var out bytes.Buffer
	_ = ipc.NewWriter(&out, ipc.WithSchema(schema)).Write(record) // to a buffer, of its own schema: it does not fail
	return out.Bytes()
}

// endMark ends a stream: a message that is empty.
var endMark = []byte{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0}

// File is rows first to end as a whole stream.
func (n Native) File(r *engine.Result, first, end int) []byte {
	return append(Batch(n.Schema(r), r, first, end), endMark...)
}
