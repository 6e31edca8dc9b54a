package format

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/decimal128"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

var utc = &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}
var local = &arrow.TimestampType{Unit: arrow.Microsecond}

func decimal(p, s int32) arrow.DataType { return &arrow.Decimal128Type{Precision: p, Scale: s} }

func field(name string, t arrow.DataType) arrow.Field {
	return arrow.Field{Name: name, Type: t, Nullable: true}
}

// simple are the types that hold no others.
var simple = []arrow.DataType{
	arrow.FixedWidthTypes.Boolean, arrow.PrimitiveTypes.Int8, arrow.PrimitiveTypes.Int16, arrow.PrimitiveTypes.Int32, arrow.PrimitiveTypes.Int64,
	arrow.PrimitiveTypes.Float32, arrow.PrimitiveTypes.Float64, decimal(1, 0), decimal(9, 9), decimal(10, 2), decimal(18, 0), decimal(19, 4), decimal(38, 0), decimal(38, 38),
	arrow.BinaryTypes.String, arrow.BinaryTypes.Binary, arrow.FixedWidthTypes.Date32, utc, local, arrow.Null,
}

// every is a schema with every type and nesting.
func every() *arrow.Schema {
	var fields []arrow.Field
	for i, t := range simple {
		fields = append(fields, field(fmt.Sprintf("s%d_%s", i, t.Name()), t), field(fmt.Sprintf("list%d", i), arrow.ListOf(t)))
		if t.ID() != arrow.NULL {
			fields = append(fields, field(fmt.Sprintf("keys%d", i), arrow.MapOf(t, arrow.PrimitiveTypes.Int32)))
		}
		fields = append(fields, field(fmt.Sprintf("map%d", i), arrow.MapOf(arrow.BinaryTypes.String, t)))
	}
	inner := arrow.StructOf(field("a", arrow.PrimitiveTypes.Int32), field("b", arrow.ListOf(arrow.BinaryTypes.String)), field("c", arrow.StructOf(field("d", utc), field("e", decimal(38, 10)))))
	fields = append(fields,
		field("struct", inner), field("list of struct", arrow.ListOf(inner)), field("map of struct", arrow.MapOf(inner, inner)), field("list of list of list", arrow.ListOf(arrow.ListOf(arrow.ListOf(arrow.PrimitiveTypes.Int64)))),
		field("map of list of map", arrow.MapOf(arrow.PrimitiveTypes.Int64, arrow.ListOf(arrow.MapOf(arrow.BinaryTypes.String, arrow.ListOf(inner))))),
		field("keys of list", arrow.MapOf(arrow.ListOf(arrow.BinaryTypes.String), arrow.BinaryTypes.String)),
		columnar.Named(field("variant", arrow.BinaryTypes.String), "VARIANT"), columnar.Named(field("interval", arrow.BinaryTypes.String), "INTERVAL DAY TO SECOND"),
		field(`na"me, with`+"\r\n"+`all.of it ☃ 'x'`, arrow.BinaryTypes.String), field("", arrow.PrimitiveTypes.Int32), field("\x00\x1f\t\\", arrow.PrimitiveTypes.Int32),
	)
	return arrow.NewSchema(fields, nil)
}

// maker fills builders with what is likely to be lost.
type maker struct{ *rand.Rand }

func chosen[T any](m maker, of ...T) T { return of[m.IntN(len(of))] }

func (m maker) text() string {
	switch m.IntN(8) {
	case 0:
		return chosen(m, "", " ", "null", "NULL", `""`, `"`, ",", "\n", "\r\n", "\r", "a,b", `\`, `\N`, "\x00", "\u2028\u2029", "😀", "e\u0301", "NaN", "0", "true", "\ufeff", "é\"é,\r\nx", "'", "\t", "=1+1", " x ", "#")
	case 1:
		return strings.Repeat(chosen(m, "x", "ü", `"`, "\n", "😀"), m.IntN(300))
	}
	return fmt.Sprintf("value %d", m.Uint32())
}

func (m maker) fill(b array.Builder, nulls float64) {
	if m.Float64() < nulls || b.Type().ID() == arrow.NULL {
		b.AppendNull()
		return
	}
	edge := m.IntN(3) == 0
	switch b := b.(type) {
	case *array.BooleanBuilder:
		b.Append(m.IntN(2) == 0)
	case *array.Int8Builder:
		b.Append(int8(m.Uint32()))
	case *array.Int16Builder:
		b.Append(int16(m.Uint32()))
	case *array.Int32Builder:
		b.Append(chosen(m, math.MinInt32, math.MaxInt32, 0, -1, int32(m.Uint32())))
	case *array.Int64Builder:
		b.Append(chosen(m, math.MinInt64, math.MaxInt64, 0, -1, 1<<53+1, int64(m.Uint64())))
	case *array.Float32Builder:
		b.Append(chosen(m, float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.Copysign(0, -1)), 0, math.MaxFloat32, math.SmallestNonzeroFloat32, 1, 16777216, 0.1, m.Float32()))
	case *array.Float64Builder:
		b.Append(chosen(m, math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1), 0, math.MaxFloat64, math.SmallestNonzeroFloat64, 1, 1e21, 1e20, 1e-7, 1e-6, -123456789012345680, 0.1, m.NormFloat64()))
	case *array.Decimal128Builder:
		most := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(b.Type().(*arrow.Decimal128Type).Precision)), nil)
		n := new(big.Int).Sub(most, big.NewInt(1))
		if !edge {
			n = new(big.Int).Rem(new(big.Int).Add(new(big.Int).Lsh(new(big.Int).SetUint64(m.Uint64()), 64), new(big.Int).SetUint64(m.Uint64())), most)
			n.Rsh(n, uint(m.IntN(n.BitLen()+1)))
		}
		if m.IntN(2) == 0 {
			n.Neg(n)
		}
		b.Append(decimal128.FromBigInt(n))
	case *array.StringBuilder:
		b.Append(m.text())
	case *array.BinaryBuilder:
		b.Append(chosen(m, []byte{}, []byte{0}, []byte{0xff, 0xfe}, []byte(m.text()), []byte{0xed, 0xa0, 0x80}))
	case *array.Date32Builder:
		b.Append(chosen(m, arrow.Date32(-719162), 2932896, 0, -1, 2932897, -719163, -719528, -719529, math.MinInt32, math.MaxInt32, arrow.Date32(m.IntN(40000)), arrow.Date32(m.Uint32())))
	case *array.TimestampBuilder:
		b.Append(chosen(m, arrow.Timestamp(math.MinInt64), math.MaxInt64, 0, -1, -62135596800000000, 253402300799999999, 253402300800000000, arrow.Timestamp(m.Uint64()), arrow.Timestamp(m.Int64N(1<<51))))
	case *array.StructBuilder:
		b.Append(true)
		for i := range b.NumField() {
			m.fill(b.FieldBuilder(i), nulls)
		}
	case *array.MapBuilder:
		b.Append(true)
		for range m.IntN(4) {
			m.fill(b.KeyBuilder(), 0)
			m.fill(b.ItemBuilder(), nulls)
		}
	case *array.ListBuilder:
		b.Append(true)
		for range m.IntN(4) {
			m.fill(b.ValueBuilder(), nulls)
		}
	default:
		panic(b.Type())
	}
}

// record makes rows of a schema. Each comes as a part of a longer one, as a batch that was cut may.
func (m maker) record(schema *arrow.Schema, rows int, nulls float64) arrow.Record {
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	before, after := m.IntN(12), m.IntN(3)
	for range rows + before + after {
		for i := range schema.Fields() {
			m.fill(b.Field(i), nulls)
		}
	}
	return b.NewRecord().NewSlice(int64(before), int64(before+rows))
}

// shown is a value as text that differs where the value differs, made without anything of this package.
func shown(column arrow.Array, row int) string {
	if column.IsNull(row) || column.DataType().ID() == arrow.NULL {
		return "NULL"
	}
	all := func(of arrow.Array, start, end int64) string {
		var out []string
		for i := start; i < end; i++ {
			out = append(out, shown(of, int(i)))
		}
		return "[" + strings.Join(out, " ") + "]"
	}
	switch c := column.(type) {
	case *array.Boolean:
		return fmt.Sprint(c.Value(row))
	case *array.Int8:
		return fmt.Sprint(c.Value(row))
	case *array.Int16:
		return fmt.Sprint(c.Value(row))
	case *array.Int32:
		return fmt.Sprint(c.Value(row))
	case *array.Int64:
		return fmt.Sprint(c.Value(row))
	case *array.Float32:
		return fmt.Sprintf("%08x", math.Float32bits(c.Value(row)))
	case *array.Float64:
		return fmt.Sprintf("%016x", math.Float64bits(c.Value(row)))
	case *array.Decimal128:
		return c.Value(row).BigInt().String()
	case *array.String:
		return shownText(c.Value(row))
	case *array.Binary:
		return shownText(string(c.Value(row)))
	case *array.Date32:
		return fmt.Sprint(int32(c.Value(row)))
	case *array.Timestamp:
		return fmt.Sprint(int64(c.Value(row)))
	case *array.Struct:
		var out []string
		for i := range c.NumField() {
			out = append(out, shown(c.Field(i), row))
		}
		return "{" + strings.Join(out, " ") + "}"
	case *array.Map:
		start, end := c.ValueOffsets(row)
		return all(c.Keys(), start, end) + all(c.Items(), start, end)
	case *array.List:
		start, end := c.ValueOffsets(row)
		return all(c.ListValues(), start, end)
	}
	panic(column.DataType())
}

// shownText is a text, or the sum of a long one.
func shownText(text string) string {
	if len(text) > 1000 {
		return fmt.Sprintf("%d bytes %x", len(text), sha256.Sum256([]byte(text)))
	}
	return fmt.Sprintf("%q", text)
}

// same holds rows that were read against those that were written.
func same(t *testing.T, f Format, wanted, got []arrow.Record) {
	t.Helper()
	type at struct {
		record arrow.Record
		row    int
	}
	flat := func(records []arrow.Record) (out []at) {
		for _, r := range records {
			for row := range int(r.NumRows()) {
				out = append(out, at{r, row})
			}
		}
		return out
	}
	a, b := flat(wanted), flat(got)
	if len(a) != len(b) {
		t.Fatalf("%s: %d rows were written and %d read", f, len(a), len(b))
	}
	for i := range a {
		for c, column := range a[i].record.Columns() {
			if x, y := shown(column, a[i].row), shown(b[i].record.Column(c), b[i].row); x != y {
				t.Fatalf("%s: row %d, column %q (%s): %.300s was written and %.300s read", f, i, a[i].record.ColumnName(c), column.DataType(), x, y)
			}
		}
	}
}

// written is a part file of records.
func written(t testing.TB, f Format, schema *arrow.Schema, records ...arrow.Record) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := NewWriter(f, &file, schema)
	if err != nil {
		t.Fatal(f, err)
	}
	for _, r := range records {
		if err := w.Write(columnar.Batch{Record: r}); err != nil {
			t.Fatal(f, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(f, err)
	}
	return file.Bytes()
}

// readBack are the records of a part file.
func readBack(t testing.TB, f Format, file []byte, schema *arrow.Schema) []arrow.Record {
	t.Helper()
	var out []arrow.Record
	for batch, err := range Read(f, bytes.NewReader(file), int64(len(file)), schema) {
		if err != nil {
			t.Fatal(f, err)
		}
		if !batch.Record.Schema().Equal(schema) {
			t.Fatalf("%s: another schema: %s", f, batch.Record.Schema())
		}
		out = append(out, batch.Record)
	}
	return out
}
