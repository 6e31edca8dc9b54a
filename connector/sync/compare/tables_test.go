package compare

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/decimal128"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// rows is a table as plain values: nil, bool, integers, floats, decimals, strings, bytes, and []any for lists, maps (of pairs) and structs.
type rows struct {
	fields []arrow.Field
	of     [][]any
}

var flat = []arrow.DataType{
	arrow.FixedWidthTypes.Boolean, arrow.PrimitiveTypes.Int8, arrow.PrimitiveTypes.Int16, arrow.PrimitiveTypes.Int32, arrow.PrimitiveTypes.Int64,
	arrow.PrimitiveTypes.Float32, arrow.PrimitiveTypes.Float64, &arrow.Decimal128Type{Precision: 38, Scale: 4}, arrow.BinaryTypes.String, arrow.BinaryTypes.Binary,
	arrow.PrimitiveTypes.Date32, &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}, &arrow.TimestampType{Unit: arrow.Microsecond}, arrow.Null,
}

func anyType(r *rand.Rand, depth int) arrow.DataType {
	if depth == 0 || r.IntN(3) > 0 {
		return flat[r.IntN(len(flat))]
	}
	switch r.IntN(3) {
	case 0:
		return arrow.ListOf(anyType(r, depth-1))
	case 1:
		return arrow.MapOf(flat[r.IntN(len(flat)-1)], anyType(r, depth-1))
	}
	var of []arrow.Field
	for i := range 1 + r.IntN(3) {
		of = append(of, arrow.Field{Name: fmt.Sprint("f", i), Type: anyType(r, depth-1), Nullable: true})
	}
	return arrow.StructOf(of...)
}

// anyValue is one of few values of a type, so that rows are equal and nearly equal.
func anyValue(r *rand.Rand, t arrow.DataType, nullable bool) any {
	if t.ID() == arrow.NULL || nullable && r.IntN(5) == 0 {
		return nil
	}
	n := r.IntN(4) - 1
	switch t := t.(type) {
	case *arrow.BooleanType:
		return n > 0
	case *arrow.Int8Type:
		return int8(n)
	case *arrow.Int16Type:
		return int16(n)
	case *arrow.Int32Type:
		return int32(n)
	case *arrow.Int64Type:
		return int64(n) << 40
	case *arrow.Float32Type:
		return []float32{0, float32(math.Copysign(0, -1)), float32(math.NaN()), 1.5}[n+1]
	case *arrow.Float64Type:
		return []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1)}[n+1]
	case *arrow.Decimal128Type:
		return decimal128.New(int64(n), uint64(r.IntN(2)))
	case *arrow.StringType:
		return []string{"", "a", "a\x00", strings.Repeat("é", 9)}[n+1]
	case *arrow.BinaryType:
		return [][]byte{{}, {0}, {0, 0}, []byte("12345678")}[n+1]
	case *arrow.Date32Type:
		return arrow.Date32(n)
	case *arrow.TimestampType:
		return arrow.Timestamp(n)
	case *arrow.ListType:
		out := []any{}
		for range n + 1 {
			out = append(out, anyValue(r, t.Elem(), true))
		}
		return out
	case *arrow.MapType:
		out := []any{}
		for range n + 1 {
			out = append(out, []any{anyValue(r, t.KeyType(), false), anyValue(r, t.ItemType(), true)})
		}
		return out
	case *arrow.StructType:
		out := []any{}
		for _, f := range t.Fields() {
			out = append(out, anyValue(r, f.Type, true))
		}
		return out
	}
	panic(t)
}

func put(b array.Builder, v any) {
	if v == nil {
		b.AppendNull()
		return
	}
	switch b := b.(type) {
	case *array.BooleanBuilder:
		b.Append(v.(bool))
	case *array.Int8Builder:
		b.Append(v.(int8))
	case *array.Int16Builder:
		b.Append(v.(int16))
	case *array.Int32Builder:
		b.Append(v.(int32))
	case *array.Int64Builder:
		b.Append(v.(int64))
	case *array.Float32Builder:
		b.Append(v.(float32))
	case *array.Float64Builder:
		b.Append(v.(float64))
	case *array.Decimal128Builder:
		b.Append(v.(decimal128.Num))
	case *array.StringBuilder:
		b.Append(v.(string))
	case *array.BinaryBuilder:
		b.Append(v.([]byte))
	case *array.Date32Builder:
		b.Append(v.(arrow.Date32))
	case *array.TimestampBuilder:
		b.Append(v.(arrow.Timestamp))
	case *array.MapBuilder:
		b.Append(true)
		for _, pair := range v.([]any) {
			put(b.KeyBuilder(), pair.([]any)[0])
			put(b.ItemBuilder(), pair.([]any)[1])
		}
	case *array.ListBuilder:
		b.Append(true)
		for _, e := range v.([]any) {
			put(b.ValueBuilder(), e)
		}
	case *array.StructBuilder:
		b.Append(true)
		for i, e := range v.([]any) {
			put(b.FieldBuilder(i), e)
		}
	default:
		panic(fmt.Sprintf("%T", b))
	}
}

// get reads a value back, by other ways than the hash does.
func get(arr arrow.Array, i int) any {
	if arr.DataType().ID() == arrow.NULL || arr.IsNull(i) {
		return nil
	}
	switch a := arr.(type) {
	case *array.Boolean:
		return a.Value(i)
	case *array.Int8:
		return a.Value(i)
	case *array.Int16:
		return a.Value(i)
	case *array.Int32:
		return a.Value(i)
	case *array.Int64:
		return a.Value(i)
	case *array.Float32:
		return a.Value(i)
	case *array.Float64:
		return a.Value(i)
	case *array.Decimal128:
		return a.Value(i)
	case *array.String:
		return a.Value(i)
	case *array.Binary:
		return a.Value(i)
	case *array.Date32:
		return a.Value(i)
	case *array.Timestamp:
		return a.Value(i)
	case array.ListLike:
		out := []any{}
		for from, to := a.ValueOffsets(i); from < to; from++ {
			out = append(out, get(a.ListValues(), int(from)))
		}
		return out
	case *array.Struct:
		out := []any{}
		for f := range a.NumField() {
			out = append(out, get(a.Field(f), i))
		}
		return out
	}
	panic(arr)
}

// canon is a value as a text that no other value has.
func canon(v any) string {
	switch v := v.(type) {
	case float32:
		return fmt.Sprintf("f%x", math.Float32bits(v))
	case float64:
		return fmt.Sprintf("d%x", math.Float64bits(v))
	case []byte:
		return fmt.Sprintf("b%x", v)
	case []any:
		out := "["
		for _, e := range v {
			out += canon(e) + ","
		}
		return out + "]"
	case decimal128.Num:
		return fmt.Sprintf("n%d:%d", v.HighBits(), v.LowBits())
	}
	return fmt.Sprintf("%T%#v", v, v)
}

// record makes a record, now and then a stretch of a longer one.
func (t *rows) record(r *rand.Rand, from, to int) arrow.Record {
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(t.fields, nil))
	low, high := max(0, from-r.IntN(4)), min(len(t.of), to+r.IntN(4))
	for _, row := range t.of[low:high] {
		for i, v := range row {
			put(b.Field(i), v)
		}
	}
	return b.NewRecord().NewSlice(int64(from-low), int64(to-low))
}

// side lays the rows into parts and batches.
func (t *rows) side(r *rand.Rand) Side {
	s := Side{Schema: arrow.NewSchema(t.fields, nil)}
	for from := 0; from < len(t.of); {
		var batches []columnar.Batch
		for range r.IntN(3) {
			to := min(len(t.of), from+r.IntN(9))
			batches = append(batches, columnar.Batch{Record: t.record(r, from, to)})
			from = to
		}
		s.Parts = append(s.Parts, part(batches...))
	}
	return s
}

func part(batches ...columnar.Batch) Part {
	return func(context.Context) columnar.Batches {
		return func(yield func(columnar.Batch, error) bool) {
			for _, b := range batches {
				if !yield(b, nil) {
					return
				}
			}
		}
	}
}

// text is a row over some columns, by their names.
func text(fields []arrow.Field, value func(int) any, names []string) string {
	out := ""
	for _, name := range names {
		at := slices.IndexFunc(fields, func(f arrow.Field) bool { return f.Name == name })
		out += canon(value(at)) + "|"
	}
	return out
}

func (t *rows) texts(names []string) []string {
	var out []string
	for _, row := range t.of {
		out = append(out, text(t.fields, func(i int) any { return row[i] }, names))
	}
	return out
}

func told(c Change, names []string) string {
	return text(c.Record.Schema().Fields(), func(i int) any { return get(c.Record.Column(i), c.Index) }, names)
}

// random is a table with a column id of few values and some of any type.
func random(r *rand.Rand) *rows {
	t := &rows{fields: []arrow.Field{{Name: "id", Type: flat[r.IntN(len(flat)-1)], Nullable: true}}}
	for i := range r.IntN(6) {
		t.fields = append(t.fields, arrow.Field{Name: fmt.Sprint("c", i), Type: anyType(r, 3), Nullable: true})
	}
	for range r.IntN(60) {
		t.of = append(t.of, t.row(r))
	}
	return t
}

func (t *rows) row(r *rand.Rand) []any {
	var out []any
	for _, f := range t.fields {
		out = append(out, anyValue(r, f.Type, true))
	}
	return out
}

// later is the table after some changes of rows, in another order.
func (t *rows) later(r *rand.Rand) *rows {
	out := &rows{fields: slices.Clone(t.fields)}
	for _, row := range t.of {
		switch r.IntN(8) {
		case 0:
			continue
		case 1:
			row = slices.Clone(row)
			at := r.IntN(len(row))
			row[at] = anyValue(r, t.fields[at].Type, true)
		case 2:
			out.of = append(out.of, row)
		case 3:
			out.of = append(out.of, t.row(r))
		}
		out.of = append(out.of, row)
	}
	r.Shuffle(len(out.of), func(i, j int) { out.of[i], out.of[j] = out.of[j], out.of[i] })
	return out
}

// drifted is the table with other columns, never another id.
func (t *rows) drifted(r *rand.Rand) *rows {
	out := &rows{of: make([][]any, len(t.of))}
	for _, at := range r.Perm(len(t.fields)) {
		f, change := t.fields[at], r.IntN(5)
		if f.Name != "id" && change == 0 {
			continue
		}
		if f.Name != "id" && change == 1 {
			f.Type = flat[r.IntN(len(flat))]
		}
		out.fields = append(out.fields, f)
		for i, row := range t.of {
			v := row[at]
			if !arrow.TypeEqual(f.Type, t.fields[at].Type) {
				v = anyValue(r, f.Type, true)
			}
			out.of[i] = append(out.of[i], v)
		}
	}
	if r.IntN(2) == 0 {
		out.fields = append(out.fields, arrow.Field{Name: "new", Type: arrow.BinaryTypes.String, Nullable: true})
		for i := range out.of {
			out.of[i] = append(out.of[i], anyValue(r, arrow.BinaryTypes.String, true))
		}
	}
	return out
}

func seeded(n int) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(n), 14))
}
