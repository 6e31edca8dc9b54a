package format

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/decimal128"
	pq "github.com/parquet-go/parquet-go/format"
)

// bounds are the least and the greatest value of a column in a row group, of whichever kind its values are.
type bounds struct {
	some              bool
	least, most       int64
	leastFloat        float64
	mostFloat         float64
	leastNum, mostNum decimal128.Num
	leastText         []byte
	mostText          []byte
}

// longestBound is how long a text may be to stand among the bounds. Only the beginnings of longer ones are compared, and a bound that is
// longer is left out: a shorter one would be a value that the column does not have.
const longestBound = 64

func (b *bounds) whole(least, most int64) {
	if !b.some {
		b.least, b.most = least, most
	}
	b.some, b.least, b.most = true, min(b.least, least), max(b.most, most)
}

func (b *bounds) float(f float64) {
	if f != f {
		return // NaN is beside the order
	}
	if !b.some {
		b.some, b.leastFloat, b.mostFloat = true, f, f
	}
	b.leastFloat, b.mostFloat = min(b.leastFloat, f), max(b.mostFloat, f)
}

func (b *bounds) num(n decimal128.Num) {
	if !b.some {
		b.some, b.leastNum, b.mostNum = true, n, n
	}
	if n.Less(b.leastNum) {
		b.leastNum = n
	} else if b.mostNum.Less(n) {
		b.mostNum = n
	}
}

func (b *bounds) text(value string) {
	start := value[:min(len(value), longestBound+1)]
	if !b.some {
		b.some, b.leastText, b.mostText = true, []byte(start), []byte(start)
		return
	}
	if start < look(b.leastText) {
		b.leastText = append(b.leastText[:0], start...)
	} else if start > look(b.mostText) {
		b.mostText = append(b.mostText[:0], start...)
	}
}

// statistics are the bounds as Parquet writes them.
func (b *bounds) statistics(l *leaf, nulls int64) pq.Statistics {
	s := pq.Statistics{NullCount: nulls}
	if !b.some {
		return s
	}
	one := func(n int64, f float64, num decimal128.Num, text []byte) []byte {
		switch l.physical {
		case pq.Boolean:
			return []byte{byte(n)}
		case pq.Int32:
			return binary.LittleEndian.AppendUint32(nil, uint32(n))
		case pq.Int64:
			return binary.LittleEndian.AppendUint64(nil, uint64(n))
		case pq.Float:
			return binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(f)))
		case pq.Double:
			return binary.LittleEndian.AppendUint64(nil, math.Float64bits(f))
		case pq.FixedLenByteArray:
			return appendBigEndian(nil, num, l.width)
		}
		if len(text) > longestBound {
			return nil
		}
		return bytes.Clone(text)
	}
	least, most := b.leastFloat, b.mostFloat
	if least == 0 { // a zero stands for both
		least = math.Copysign(0, -1)
	}
	if most == 0 {
		most = 0
	}
	s.MinValue, s.MaxValue = one(b.least, least, b.leastNum, b.leastText), one(b.most, most, b.mostNum, b.mostText)
	return s
}

// appendBigEndian appends the last bytes of a number in two's complement, the highest first.
func appendBigEndian(dst []byte, n decimal128.Num, width int) []byte {
	var all [16]byte
	binary.BigEndian.PutUint64(all[:], uint64(n.HighBits()))
	binary.BigEndian.PutUint64(all[8:], n.LowBits())
	return append(dst, all[16-width:]...)
}

type small interface{ ~int8 | ~int16 | ~int32 }

// appendSmall appends the chosen values as INT32.
func appendSmall[T small](dst []byte, b *bounds, from []T, rows []int32) []byte {
	if len(rows) == 0 {
		return dst
	}
	least, most := from[rows[0]], from[rows[0]]
	for _, row := range rows {
		v := from[row]
		least, most = min(least, v), max(most, v)
		dst = binary.LittleEndian.AppendUint32(dst, uint32(int32(v)))
	}
	b.whole(int64(least), int64(most))
	return dst
}

// appendLarge appends the chosen values as INT64.
func appendLarge[T ~int64](dst []byte, b *bounds, from []T, rows []int32) []byte {
	if len(rows) == 0 {
		return dst
	}
	least, most := from[rows[0]], from[rows[0]]
	for _, row := range rows {
		v := from[row]
		least, most = min(least, v), max(most, v)
		dst = binary.LittleEndian.AppendUint64(dst, uint64(v))
	}
	b.whole(int64(least), int64(most))
	return dst
}

// appendValues appends the chosen values of an array in the PLAIN encoding; a BOOLEAN takes a byte until its page is cut.
func (l *leaf) appendValues(dst []byte, b *bounds, values arrow.Array, rows []int32) ([]byte, error) {
	switch c := values.(type) {
	case *array.Boolean:
		for _, row := range rows {
			bit := int64(0)
			if c.Value(int(row)) {
				bit = 1
			}
			b.whole(bit, bit)
			dst = append(dst, byte(bit))
		}
	case *array.Int8:
		dst = appendSmall(dst, b, c.Int8Values(), rows)
	case *array.Int16:
		dst = appendSmall(dst, b, c.Int16Values(), rows)
	case *array.Int32:
		dst = appendSmall(dst, b, c.Int32Values(), rows)
	case *array.Date32:
		dst = appendSmall(dst, b, c.Date32Values(), rows)
	case *array.Int64:
		dst = appendLarge(dst, b, c.Int64Values(), rows)
	case *array.Timestamp:
		dst = appendLarge(dst, b, c.TimestampValues(), rows)
	case *array.Float32:
		for _, row := range rows {
			b.float(float64(c.Value(int(row))))
			dst = binary.LittleEndian.AppendUint32(dst, math.Float32bits(c.Value(int(row))))
		}
	case *array.Float64:
		for _, row := range rows {
			b.float(c.Value(int(row)))
			dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(c.Value(int(row))))
		}
	case *array.Decimal128:
		return l.appendDecimals(dst, b, c.Values(), rows)
	case *array.String:
		for _, row := range rows {
			value := c.Value(int(row))
			b.text(value)
			dst = append(binary.LittleEndian.AppendUint32(dst, uint32(len(value))), value...)
		}
	case *array.Binary:
		for _, row := range rows {
			value := c.ValueString(int(row))
			b.text(value)
			dst = append(binary.LittleEndian.AppendUint32(dst, uint32(len(value))), value...)
		}
	case *array.Null:
	default:
		return dst, fmt.Errorf("column %q came as %s, which is not known here; leave the column out, or read it as STRING in a view", l.path[0], values.DataType())
	}
	return dst, nil
}

func (l *leaf) appendDecimals(dst []byte, b *bounds, from []decimal128.Num, rows []int32) ([]byte, error) {
	t := l.field.Type.(*arrow.Decimal128Type)
	dst = slices.Grow(dst, len(rows)*max(l.width, 8))
	for _, row := range rows {
		n := from[row]
		low := int64(n.LowBits())
		isLow := n.HighBits() == low>>63
		if l.width > 0 && !n.FitsInPrecision(t.Precision) || l.width == 0 && (!isLow || low >= tens[t.Precision] || low <= -tens[t.Precision]) {
			return dst, fmt.Errorf("a value of column %q has more digits than its type %s; read the table again", l.path[0], typeName(l.field))
		}
		switch l.physical {
		case pq.Int32:
			b.whole(low, low)
			dst = binary.LittleEndian.AppendUint32(dst, uint32(low))
		case pq.Int64:
			b.whole(low, low)
			dst = binary.LittleEndian.AppendUint64(dst, uint64(low))
		default:
			b.num(n)
			dst = appendBigEndian(dst, n, l.width)
		}
	}
	return dst, nil
}

// tens are the powers of ten that an INT64 holds.
var tens = func() (all [19]int64) {
	all[0] = 1
	for i := 1; i < len(all); i++ {
		all[i] = 10 * all[i-1]
	}
	return all
}()
