package wire

import (
	"encoding/binary"
	"math"
	"slices"
)

// Writer encodes one message by appending to a byte slice. Fields are written
// in the order of the calls; a struct ends with [Writer.End]. A Writer makes
// no checks: its callers are this program's own replies.
type Writer struct {
	buf []byte
}

// Bytes returns everything written so far.
func (w *Writer) Bytes() []byte { return w.buf }

// Grow makes room for n more bytes, for callers that know how much follows.
func (w *Writer) Grow(n int) { w.buf = slices.Grow(w.buf, n) }

// MessageBegin writes the envelope of a message.
func (w *Writer) MessageBegin(m Message) {
	w.u32(versionOne | uint32(m.Type))
	w.bytes(m.Name)
	w.u32(uint32(m.Seq))
}

// Begin starts a struct in a field; its own fields follow, then End.
func (w *Writer) Begin(id int16) { w.head(Struct, id) }

// End closes the innermost struct, or the message's outermost one.
func (w *Writer) End() { w.buf = append(w.buf, byte(Stop)) }

// Bool writes a boolean field.
func (w *Writer) Bool(id int16, v bool) {
	w.head(Bool, id)
	w.BoolItem(v)
}

// I32 writes a 32-bit field, also used for enumerations.
func (w *Writer) I32(id int16, v int32) {
	w.head(I32, id)
	w.u32(uint32(v))
}

// I64 writes a 64-bit field.
func (w *Writer) I64(id int16, v int64) {
	w.head(I64, id)
	w.I64Item(v)
}

// String writes a string field.
func (w *Writer) String(id int16, v string) {
	w.head(String, id)
	w.bytes(v)
}

// Binary writes a binary field.
func (w *Writer) Binary(id int16, v []byte) {
	w.head(String, id)
	w.BinaryItem(v)
}

// List starts a list field of n elements; the elements follow, with no end.
func (w *Writer) List(id int16, elem Type, n int) {
	w.head(List, id)
	w.buf = append(w.buf, byte(elem))
	w.u32(uint32(n))
}

// StringMap starts a field that maps n strings to structs; each key is written
// with [Writer.StringItem] and each value as fields closed by End.
func (w *Writer) StringMap(id int16, val Type, n int) {
	w.head(Map, id)
	w.buf = append(w.buf, byte(String), byte(val))
	w.u32(uint32(n))
}

// BoolItem writes one element of a list of booleans.
func (w *Writer) BoolItem(v bool) {
	var b byte
	if v {
		b = 1
	}
	w.buf = append(w.buf, b)
}

// ByteItem writes one element of a list of bytes.
func (w *Writer) ByteItem(v int8) { w.buf = append(w.buf, byte(v)) }

// I16Item writes one element of a list of 16-bit integers.
func (w *Writer) I16Item(v int16) { w.buf = binary.BigEndian.AppendUint16(w.buf, uint16(v)) }

// I32Item writes one element of a list of 32-bit integers.
func (w *Writer) I32Item(v int32) { w.u32(uint32(v)) }

// I64Item writes one element of a list of 64-bit integers.
func (w *Writer) I64Item(v int64) { w.buf = binary.BigEndian.AppendUint64(w.buf, uint64(v)) }

// DoubleItem writes one element of a list of floating point numbers.
func (w *Writer) DoubleItem(v float64) { w.I64Item(int64(math.Float64bits(v))) }

// StringItem writes one element of a list of strings.
func (w *Writer) StringItem(v string) { w.bytes(v) }

// BinaryItem writes one element of a list of binary values.
func (w *Writer) BinaryItem(v []byte) {
	w.u32(uint32(len(v)))
	w.buf = append(w.buf, v...)
}

func (w *Writer) head(t Type, id int16) {
	w.buf = append(w.buf, byte(t))
	w.buf = binary.BigEndian.AppendUint16(w.buf, uint16(id))
}

func (w *Writer) u32(v uint32) { w.buf = binary.BigEndian.AppendUint32(w.buf, v) }

func (w *Writer) bytes(v string) {
	w.u32(uint32(len(v)))
	w.buf = append(w.buf, v...)
}
