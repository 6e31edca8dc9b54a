package format

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/bitutil"
	"github.com/apache/arrow/go/v12/arrow/decimal128"
	"github.com/apache/arrow/go/v12/arrow/memory"
	pq "github.com/parquet-go/parquet-go/format"
)

// assembly makes arrays of the levels of pages. Nodes are visited in the order of the leaves.
type assembly struct {
	leaves []*leaf
	parts  []levels
	leaf   int // the next one
}

// assemble makes a record of one page of each column.
func assemble(schema *arrow.Schema, l *layout, parts []levels, rows int) (arrow.Record, error) {
	a := &assembly{leaves: l.leaves, parts: parts}
	columns := make([]arrow.Array, len(schema.Fields()))
	for i, field := range schema.Fields() {
		data, err := a.node(field.Type, 0, 0, 1)
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", field.Name, err)
		}
		if columns[i] = array.MakeFromData(data); data.Len() != rows {
			return nil, fmt.Errorf("column %q has %d rows of %d", field.Name, data.Len(), rows)
		}
	}
	return array.NewRecord(schema, columns, int64(rows)), nil
}

// slots are the places of a node in its array: valid tells which are not NULL.
type slots struct {
	valid  []byte
	length int
	nulls  int
}

func (s *slots) add(valid bool) {
	if s.length%8 == 0 {
		s.valid = append(s.valid, 0)
	}
	if valid {
		bitutil.SetBit(s.valid, s.length)
	} else {
		s.nulls++
	}
	s.length++
}

func (s *slots) bitmap() *memory.Buffer {
	if s.nulls == 0 {
		return nil
	}
	return memory.NewBufferBytes(s.valid)
}

// node makes the array of a node. An entry of its first leaf opens a slot where its repetition is at most rep and its definition at least
// open; the slot is not NULL where the definition is at least def.
func (a *assembly) node(t arrow.DataType, rep, open, def uint8) (arrow.ArrayData, error) {
	if a.leaf >= len(a.parts) {
		return nil, errors.New("a column is missing")
	}
	first := a.parts[a.leaf]
	switch t := t.(type) {
	case *arrow.StructType:
		var s slots
		for i, d := range first.defs {
			if (first.reps == nil || first.reps[i] <= rep) && d >= open {
				s.add(d >= def)
			}
		}
		children := make([]arrow.ArrayData, len(t.Fields()))
		for i, field := range t.Fields() {
			child, err := a.node(field.Type, rep, open, def+1)
			if err != nil {
				return nil, err
			}
			if children[i] = child; child.Len() != s.length {
				return nil, errors.New("the fields of a STRUCT are not of the same length")
			}
		}
		return array.NewData(t, s.length, []*memory.Buffer{s.bitmap()}, children, s.nulls, 0), nil
	case *arrow.MapType:
		s, offsets := lists(first, rep, open, def)
		keys, err := a.node(t.KeyType(), rep+1, def+1, def+1)
		if err != nil {
			return nil, err
		}
		items, err := a.node(t.ItemType(), rep+1, def+1, def+2)
		if err != nil {
			return nil, err
		}
		if keys.Len() != items.Len() {
			return nil, errors.New("a MAP has not as many keys as values")
		}
		pairs := array.NewData(t.ValueType(), keys.Len(), []*memory.Buffer{nil}, []arrow.ArrayData{keys, items}, 0, 0)
		return array.NewData(t, s.length, []*memory.Buffer{s.bitmap(), offsets}, []arrow.ArrayData{pairs}, s.nulls, 0), nil
	case *arrow.ListType:
		s, offsets := lists(first, rep, open, def)
		elements, err := a.node(t.Elem(), rep+1, def+1, def+2)
		if err != nil {
			return nil, err
		}
		return array.NewData(t, s.length, []*memory.Buffer{s.bitmap(), offsets}, []arrow.ArrayData{elements}, s.nulls, 0), nil
	}
	l := a.leaves[a.leaf]
	a.leaf++
	var s slots
	for _, d := range first.defs {
		if d >= open {
			s.add(d >= def)
		}
	}
	return l.array(t, s, first.values)
}

// lists finds where the elements of each list begin and end.
func lists(p levels, rep, open, def uint8) (s slots, offsets *memory.Buffer) {
	ends := make([]byte, 4, 4*(len(p.defs)+1))
	count := uint32(0)
	for i, d := range p.defs {
		if p.reps[i] <= rep && d >= open {
			if s.length > 0 {
				ends = binary.LittleEndian.AppendUint32(ends, count)
			}
			s.add(d >= def)
		}
		if p.reps[i] <= rep+1 && d >= def+1 {
			count++
		}
	}
	if s.length > 0 {
		ends = binary.LittleEndian.AppendUint32(ends, count)
	}
	return s, memory.NewBufferBytes(ends)
}

// array makes the array of a leaf from its values, which are as many as there are slots that are not NULL.
func (l *leaf) array(t arrow.DataType, s slots, values []byte) (arrow.ArrayData, error) {
	short := errors.New("a page has not as many values as its levels say")
	count := s.length - s.nulls
	fixed := func(size, width int, put func(dst, src []byte)) (arrow.ArrayData, error) {
		if len(values) != count*size {
			return nil, short
		}
		out := make([]byte, s.length*width)
		for i := range s.length {
			if s.nulls == 0 || bitutil.BitIsSet(s.valid, i) {
				put(out[i*width:(i+1)*width], values[:size])
				values = values[size:]
			}
		}
		return array.NewData(t, s.length, []*memory.Buffer{s.bitmap(), memory.NewBufferBytes(out)}, nil, s.nulls, 0), nil
	}
	same := func(dst, src []byte) { copy(dst, src) } // and the lower bytes of what is narrower than an INT32
	switch t := t.(type) {
	case *arrow.NullType:
		if count != 0 {
			return nil, short
		}
		return array.NewData(t, s.length, []*memory.Buffer{nil}, nil, s.length, 0), nil
	case *arrow.BooleanType:
		out := make([]byte, (s.length+7)/8)
		if len(values) != (count+7)/8 {
			return nil, short
		}
		for i, next := 0, 0; i < s.length; i++ {
			if bitutil.BitIsSet(s.valid, i) {
				bitutil.SetBitTo(out, i, bitutil.BitIsSet(values, next))
				next++
			}
		}
		return array.NewData(t, s.length, []*memory.Buffer{s.bitmap(), memory.NewBufferBytes(out)}, nil, s.nulls, 0), nil
	case *arrow.StringType, *arrow.BinaryType:
		return texts(t, s, values)
	case *arrow.Decimal128Type:
		if l.physical == pq.FixedLenByteArray {
			return fixed(l.width, 16, func(dst, src []byte) { putNum(dst, bigEndian(src)) })
		}
		if l.physical == pq.Int32 {
			return fixed(4, 16, func(dst, src []byte) {
				putNum(dst, decimal128.FromI64(int64(int32(binary.LittleEndian.Uint32(src)))))
			})
		}
		return fixed(8, 16, func(dst, src []byte) { putNum(dst, decimal128.FromI64(int64(binary.LittleEndian.Uint64(src)))) })
	case arrow.FixedWidthDataType:
		size := 4
		if l.physical == pq.Int64 || l.physical == pq.Double {
			size = 8
		}
		return fixed(size, t.BitWidth()/8, same)
	}
	return nil, fmt.Errorf("rows of the type %s of Arrow are not known here", t)
}

// texts makes an array of texts, each of which stands behind its length.
func texts(t arrow.DataType, s slots, values []byte) (arrow.ArrayData, error) {
	offsets, out := make([]byte, 4, 4*(s.length+1)), make([]byte, 0, len(values))
	for i := range s.length {
		if bitutil.BitIsSet(s.valid, i) {
			if len(values) < 4 || int64(binary.LittleEndian.Uint32(values)) > int64(len(values)-4) {
				return nil, errors.New("a page ends within a value")
			}
			end := 4 + int(binary.LittleEndian.Uint32(values))
			out, values = append(out, values[4:end]...), values[end:]
		}
		offsets = binary.LittleEndian.AppendUint32(offsets, uint32(len(out)))
	}
	if len(values) != 0 {
		return nil, errors.New("a page has more values than its levels say")
	}
	return array.NewData(t, s.length, []*memory.Buffer{s.bitmap(), memory.NewBufferBytes(offsets), memory.NewBufferBytes(out)}, nil, s.nulls, 0), nil
}

func putNum(dst []byte, n decimal128.Num) {
	binary.LittleEndian.PutUint64(dst, n.LowBits())
	binary.LittleEndian.PutUint64(dst[8:], uint64(n.HighBits()))
}

// bigEndian reads what appendBigEndian wrote.
func bigEndian(text []byte) decimal128.Num {
	var all [16]byte
	if text[0]&0x80 != 0 {
		for i := range all {
			all[i] = 0xff
		}
	}
	copy(all[16-len(text):], text)
	return decimal128.New(int64(binary.BigEndian.Uint64(all[:])), binary.BigEndian.Uint64(all[8:]))
}
