package compare

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/bitutil"
	"github.com/apache/arrow/go/v12/arrow/memory"
)

// block is how many rows are hashed at a time: their states stay in the nearest cache while one column after the other goes over them.
const block = 1024

// hasher hashes the rows of records over some of their columns. What it takes in of a row can be read back in one way only: which values are
// NULL, then the bits of those that are not, bytes and lists after their length. So -0.0 is not 0.0, and a map is the list of its entries in
// the order in which they lie.
type hasher struct {
	fields []arrow.Field // in the order of their names, so that a table whose columns were put in another order is the same table
	start  state
	schema *arrow.Schema // the one that at is for
	at     []int
	states [block]state
	nulls  [block]uint64
}

func newHasher(seed Seed, fields []arrow.Field) (*hasher, error) {
	h := &hasher{fields: slices.Clone(fields), start: seed.state()}
	slices.SortStableFunc(h.fields, func(a, b arrow.Field) int { return strings.Compare(a.Name, b.Name) })
	h.start.add(uint64(len(fields)))
	for _, f := range h.fields {
		if unknown := refused(f.Type); unknown != nil {
			return nil, fmt.Errorf("column %s cannot be compared, its type in Arrow is %s: leave it out", f.Name, unknown)
		}
		h.start.text([]byte(f.Name))
	}
	return h, nil
}

// refused is a type, the given one or one inside it, that a warehouse does not hand out.
func refused(t arrow.DataType) arrow.DataType {
	switch t := t.(type) {
	case *arrow.NullType, *arrow.BooleanType, *arrow.Int8Type, *arrow.Int16Type, *arrow.Int32Type, *arrow.Int64Type, *arrow.Float32Type, *arrow.Float64Type,
		*arrow.Decimal128Type, *arrow.StringType, *arrow.BinaryType, *arrow.Date32Type, *arrow.TimestampType:
		return nil
	case *arrow.ListType, *arrow.MapType, *arrow.StructType:
		for _, f := range t.(arrow.NestedType).Fields() {
			if unknown := refused(f.Type); unknown != nil {
				return unknown
			}
		}
		return nil
	}
	return t
}

// look finds the columns in the records of a schema.
func (h *hasher) look(schema *arrow.Schema) error {
	if schema == h.schema {
		return nil
	}
	at := make([]int, len(h.fields))
	for i, f := range h.fields {
		found := schema.FieldIndices(f.Name)
		if len(found) != 1 {
			return fmt.Errorf("column %s is in a part of the rows %d times, it must be in each once: read the table anew", f.Name, len(found))
		}
		if has := schema.Field(found[0]); !alike(f, has) {
			return fmt.Errorf("column %s is %s in a part of the rows, elsewhere it is %s: read the table anew", f.Name, words(has), words(f))
		}
		at[i] = found[0]
	}
	h.schema, h.at = schema, at
	return nil
}

// rows hashes n rows, at most a block, from a row on. The states are good until it is called again.
func (h *hasher) rows(rec arrow.Record, from, n int) ([]state, error) {
	if err := h.look(rec.Schema()); err != nil {
		return nil, err
	}
	states := h.states[:n]
	for i := range states {
		states[i] = h.start
	}
	for first := 0; first < len(h.at); first += 64 {
		group := h.at[first:min(first+64, len(h.at))]
		clear(h.nulls[:n])
		for place, at := range group {
			h.mark(rec.Column(at), from, n, place)
		}
		for i := range states {
			states[i].add(h.nulls[i])
		}
		for _, at := range group {
			absorb(states, rec.Column(at), from)
		}
	}
	return states, nil
}

// mark notes which of the rows have NULL in a column.
func (h *hasher) mark(arr arrow.Array, from, n, place int) {
	if arr.NullN() == 0 {
		return
	}
	for i := range n {
		if null(arr, from+i) {
			h.nulls[i] |= 1 << place
		}
	}
}

// null reports NULL. A column of type VOID has no bitmap to ask.
func null(arr arrow.Array, i int) bool {
	return arr.DataType().ID() == arrow.NULL || arr.IsNull(i)
}

// absorb takes the values of a column into the states of its rows. NULL adds nothing here, it was marked before.
func absorb(states []state, arr arrow.Array, from int) {
	if arr.NullN() == arr.Len() {
		return
	}
	data := arr.Data()
	var valid []byte
	if arr.NullN() > 0 {
		valid = arr.NullBitmapBytes()
	}
	at := data.Offset() + from
	skip := func(i int) bool { return valid != nil && !bitutil.BitIsSet(valid, at+i) }
	switch a := arr.(type) {
	case *array.String:
		texts(states, a.ValueOffsets()[from:], data.Buffers()[2], skip)
	case *array.Binary:
		texts(states, a.ValueOffsets()[from:], data.Buffers()[2], skip)
	case *array.Boolean:
		for i := range states {
			if !skip(i) {
				states[i].add(bit(a.Value(from + i)))
			}
		}
	case array.ListLike, *array.Struct:
		for i := range states {
			if !skip(i) {
				nested(&states[i], arr, from+i)
			}
		}
	default:
		wide := width(arr)
		values := data.Buffers()[1].Bytes()[at*wide:]
		for i := range states {
			if !skip(i) {
				fixed(&states[i], values[i*wide:], wide)
			}
		}
	}
}

func texts(states []state, offsets []int32, buffer *memory.Buffer, skip func(int) bool) {
	values := held(buffer)
	for i := range states {
		if !skip(i) {
			states[i].text(values[offsets[i]:offsets[i+1]])
		}
	}
}

// held are the bytes of a buffer, which is nil where a column has nothing but empty texts.
func held(buffer *memory.Buffer) []byte {
	if buffer == nil {
		return nil
	}
	return buffer.Bytes()
}

func bit(is bool) uint64 {
	if is {
		return 1
	}
	return 0
}

func width(arr arrow.Array) int { return arr.DataType().(arrow.FixedWidthDataType).BitWidth() / 8 }

func fixed(s *state, value []byte, wide int) {
	switch wide {
	case 1:
		s.add(uint64(value[0]))
	case 2:
		s.add(uint64(binary.LittleEndian.Uint16(value)))
	case 4:
		s.add(uint64(binary.LittleEndian.Uint32(value)))
	case 8:
		s.add(binary.LittleEndian.Uint64(value))
	case 16:
		s.add(binary.LittleEndian.Uint64(value))
		s.add(binary.LittleEndian.Uint64(value[8:]))
	}
}

// nested takes in one value, to any depth, each after whether it is NULL.
func nested(s *state, arr arrow.Array, i int) {
	if null(arr, i) {
		s.add(0)
		return
	}
	s.add(1)
	switch a := arr.(type) {
	case *array.Boolean:
		s.add(bit(a.Value(i)))
	case *array.String:
		s.text(held(a.Data().Buffers()[2])[a.ValueOffset(i):a.ValueOffset(i+1)])
	case *array.Binary:
		s.text(a.Value(i))
	case array.ListLike: // a map is a list of its entries
		from, to := a.ValueOffsets(i)
		s.add(uint64(to - from))
		for at := from; at < to; at++ {
			nested(s, a.ListValues(), int(at))
		}
	case *array.Struct:
		for f := range a.NumField() {
			nested(s, a.Field(f), i)
		}
	default:
		wide := width(arr)
		fixed(s, arr.Data().Buffers()[1].Bytes()[(arr.Data().Offset()+i)*wide:], wide)
	}
}
