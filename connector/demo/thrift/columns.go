package thrift

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// typeIDs names the engine's kinds on the wire.
var typeIDs = map[engine.Kind]wire.TypeID{
	engine.String: wire.TypeString, engine.Boolean: wire.TypeBoolean, engine.TinyInt: wire.TypeTinyint,
	engine.SmallInt: wire.TypeSmallint, engine.Int: wire.TypeInt, engine.BigInt: wire.TypeBigint,
	engine.Float: wire.TypeFloat, engine.Double: wire.TypeDouble, engine.Decimal: wire.TypeDecimal,
	engine.Date: wire.TypeDate, engine.Timestamp: wire.TypeTimestamp, engine.Binary: wire.TypeBinary,
	engine.Array: wire.TypeArray, engine.Map: wire.TypeMap, engine.Struct: wire.TypeStruct,
}

// writeMetadata writes the fields of a TGetResultSetMetadataResp. The server
// chooses how rows are encoded: as Arrow for clients that read it, in columns
// for the others. The Arrow schema of a statement that returns nothing is
// empty, although there is a column: so it is in Databricks.
func writeMetadata(w *wire.Writer, op *operation, r *engine.Result) {
	writeSuccess(w, wire.MetadataStatus)
	w.Begin(wire.MetadataSchema)
	columns := r.Shown()
	w.List(wire.TableSchemaColumns, wire.Struct, len(columns))
	for i, c := range columns {
		w.String(wire.ColumnDescName, c.Name)
		w.Begin(wire.ColumnDescTypeDesc)
		w.List(wire.TypeDescTypes, wire.Struct, 1)
		writeType(w, c.Type)
		w.End()
		w.I32(wire.ColumnDescPosition, int32(i+1))
		w.String(wire.ColumnDescComment, c.Comment)
		w.End()
	}
	w.End()
	if op.arrow {
		w.I32(wire.MetadataResultFormat, op.format())
		w.Bool(wire.MetadataLZ4Compressed, false)
		w.Binary(wire.MetadataArrowSchema, op.native.SchemaBytes(r))
	} else {
		w.I32(wire.MetadataResultFormat, wire.RowSetColumnBased)
		w.Bool(wire.MetadataLZ4Compressed, false)
	}
	w.Bool(wire.MetadataIsStagingOperation, false)
}

// writeType writes a TTypeEntry. Only a DECIMAL has qualifiers.
func writeType(w *wire.Writer, t engine.Type) {
	w.Begin(wire.TypeEntryPrimitive)
	w.I32(wire.PrimitiveType, int32(typeIDs[t.Kind]))
	if t.Kind == engine.Decimal {
		w.Begin(wire.PrimitiveTypeQualifiers)
		w.StringMap(wire.TypeQualifiers, wire.Struct, 2)
		writeQualifier(w, wire.QualifierPrecision, t.Precision)
		writeQualifier(w, wire.QualifierScale, t.Scale)
		w.End()
	}
	w.End()
	w.End()
}

func writeQualifier(w *wire.Writer, key string, v int) {
	w.StringItem(key)
	w.I32(wire.TypeQualifierI32, int32(v))
	w.End()
}

// writePage writes the fields of a TFetchResultsResp.
func writePage(w *wire.Writer, p page, metadata bool) {
	writeSuccess(w, wire.FetchResultsRespStatus)
	w.Bool(wire.FetchResultsRespMoreRows, p.more)
	w.Begin(wire.FetchResultsRespResults)
	w.I64(wire.RowSetStartRowOffset, int64(p.base+p.first))
	w.List(wire.RowSetRows, wire.Struct, 0)
	switch {
	case p.op.links:
		writeLinks(w, p)
	case p.op.arrow:
		writeBatches(w, p)
	default:
		writeColumns(w, p)
	}
	w.End()
	if metadata {
		w.Begin(wire.FetchResultsRespMetadata)
		writeMetadata(w, p.op, p.result)
		w.End()
	}
}

func writeColumns(w *wire.Writer, p page) {
	columns := p.result.Shown()
	w.List(wire.RowSetColumns, wire.Struct, len(columns))
	for i, c := range columns {
		v := &engine.Vector{} // of a statement that returns nothing
		if i < len(p.result.Vectors) {
			v = &p.result.Vectors[i]
		}
		writeColumn(w, c.Type, v, p.first, p.end)
	}
}

// writeColumn writes rows first to end of one column as a TColumn.
func writeColumn(w *wire.Writer, t engine.Type, v *engine.Vector, first, end int) {
	n := end - first
	switch t.Kind {
	case engine.Boolean:
		values(w, wire.ColumnBool, wire.Bool, v.Bools[first:end], w.BoolItem)
	case engine.TinyInt:
		values(w, wire.ColumnByte, wire.Byte, v.Ints[first:end], func(i int64) { w.ByteItem(int8(i)) })
	case engine.SmallInt:
		values(w, wire.ColumnI16, wire.I16, v.Ints[first:end], func(i int64) { w.I16Item(int16(i)) })
	case engine.Int:
		w.Grow(4 * n)
		values(w, wire.ColumnI32, wire.I32, v.Ints[first:end], func(i int64) { w.I32Item(int32(i)) })
	case engine.BigInt:
		w.Grow(8 * n)
		values(w, wire.ColumnI64, wire.I64, v.Ints[first:end], w.I64Item)
	case engine.Float, engine.Double:
		w.Grow(8 * n)
		values(w, wire.ColumnDouble, wire.Double, v.Floats[first:end], w.DoubleItem)
	case engine.Binary:
		values(w, wire.ColumnBinary, wire.String, v.Blobs[first:end], w.BinaryItem)
	default:
		values(w, wire.ColumnString, wire.String, v.Texts[first:end], w.StringItem)
	}
	w.Binary(wire.ColumnNulls, nullBits(v, first, end))
	w.End()
	w.End()
}

// values opens a typed column and writes its values; the caller adds the
// bitmap of NULLs and closes both structs.
func values[T any](w *wire.Writer, column int16, elem wire.Type, list []T, item func(T)) {
	w.Begin(column)
	w.List(wire.ColumnValues, elem, len(list))
	for _, v := range list {
		item(v)
	}
}

// nullBits cuts the bitmap of NULLs for a page: one bit a row, lowest first,
// and nothing at all where no value is NULL.
func nullBits(v *engine.Vector, first, end int) []byte {
	var bits []byte
	for i := first; i < end; i++ {
		if v.Null(i) {
			if bits == nil {
				bits = make([]byte, (end-first+7)/8)
			}
			bits[(i-first)/8] |= 1 << ((i - first) % 8)
		}
	}
	return bits
}
