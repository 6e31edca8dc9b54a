package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// ErrMalformed is wrapped by every error of a [Reader].
var ErrMalformed = errors.New("malformed Thrift message")

// maxDepth is how deep structs and containers may nest. No message of the
// service comes near it.
const maxDepth = 32

// Field is the head of one field of a struct.
type Field struct {
	ID   int16
	Type Type
}

// Reader decodes one message held in memory. The first error sticks: every
// later call returns a zero value, so callers check [Reader.Err] once at the
// end. No length in the input is believed beyond the bytes that are there, so
// what a Reader allocates is at most proportional to its input.
type Reader struct {
	buf   []byte
	depth int
	err   error
}

// NewReader reads from b, which must not change meanwhile.
func NewReader(b []byte) *Reader { return &Reader{buf: b} }

// Err returns the first error, nil when everything decoded so far was sound.
func (r *Reader) Err() error { return r.err }

// Remaining returns how many bytes have not been read.
func (r *Reader) Remaining() int { return len(r.buf) }

func (r *Reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, args...))
	}
	r.buf = nil
}

// take returns the next n bytes, or nil and an error when there are fewer.
func (r *Reader) take(n int) []byte {
	if n < 0 || n > len(r.buf) {
		r.fail("need %d bytes, have %d", n, len(r.buf))
		return nil
	}
	b := r.buf[:n]
	r.buf = r.buf[n:]
	return b
}

func (r *Reader) u32() uint32 {
	if b := r.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (r *Reader) bytes() []byte {
	n := int32(r.u32())
	return r.take(int(n))
}

// MessageBegin reads the envelope. Only the strict form is accepted.
func (r *Reader) MessageBegin() Message {
	head := r.u32()
	if r.err == nil && head&0xffff_0000 != versionOne {
		r.fail("not a strict binary message")
	}
	name := r.bytes()
	seq := int32(r.u32())
	if r.err != nil {
		return Message{}
	}
	return Message{Name: string(name), Type: MessageType(head & 0xff), Seq: seq}
}

// Struct reads a struct and calls field for each of its fields. The function
// must consume the value, with one of the reading methods or with
// [Reader.Skip].
func (r *Reader) Struct(field func(Field)) {
	if !r.enter() {
		return
	}
	defer r.leave()
	for r.err == nil {
		b := r.take(1)
		if b == nil || Type(b[0]) == Stop {
			return
		}
		f := Field{Type: Type(b[0])}
		if _, known := minSize[f.Type]; !known {
			r.fail("unknown type %d", f.Type)
			return
		}
		id := r.take(2)
		if id == nil {
			return
		}
		f.ID = int16(binary.BigEndian.Uint16(id))
		field(f)
	}
}

// StructField is [Reader.Struct] for a field that must be a struct.
func (r *Reader) StructField(f Field, field func(Field)) {
	if r.expect(f, Struct) {
		r.Struct(field)
	}
}

// Each reads a list field whose elements have type elem and calls item for
// each element, with the number of elements; item must consume one element.
func (r *Reader) Each(f Field, elem Type, item func(n int)) {
	if !r.expect(f, List) || !r.enter() {
		return
	}
	defer r.leave()
	got, n := r.listBegin()
	if n > 0 && got != elem {
		r.fail("list of type %d, want %d", got, elem)
	}
	for i := 0; i < n && r.err == nil; i++ {
		item(n)
	}
}

// Bool reads a boolean field.
func (r *Reader) Bool(f Field) bool {
	if !r.expect(f, Bool) {
		return false
	}
	b := r.take(1)
	return b != nil && b[0] != 0
}

// I32 reads a 32-bit field, also used for enumerations.
func (r *Reader) I32(f Field) int32 {
	if !r.expect(f, I32) {
		return 0
	}
	return int32(r.u32())
}

// I64 reads a 64-bit field.
func (r *Reader) I64(f Field) int64 {
	if !r.expect(f, I64) {
		return 0
	}
	return int64(r.u64())
}

// Double reads a floating point field.
func (r *Reader) Double(f Field) float64 {
	if !r.expect(f, Double) {
		return 0
	}
	return math.Float64frombits(r.u64())
}

// String reads a string field. Its bytes are not checked to be UTF-8.
func (r *Reader) String(f Field) string { return string(r.Bytes(f)) }

// Bytes reads a binary field. The bytes are part of the Reader's input.
func (r *Reader) Bytes(f Field) []byte {
	if !r.expect(f, String) {
		return nil
	}
	return r.bytes()
}

// Skip reads over the value of a field nobody asked for.
func (r *Reader) Skip(f Field) {
	if !r.enter() {
		return
	}
	defer r.leave()
	switch f.Type {
	case String:
		r.bytes()
	case Struct:
		r.Struct(r.Skip)
	case List, Set:
		elem, n := r.listBegin()
		for i := 0; i < n && r.err == nil; i++ {
			r.Skip(Field{Type: elem})
		}
	case Map:
		key, val, n := r.mapBegin()
		for i := 0; i < n && r.err == nil; i++ {
			r.Skip(Field{Type: key})
			r.Skip(Field{Type: val})
		}
	default:
		r.take(minSize[f.Type])
	}
}

func (r *Reader) u64() uint64 {
	if b := r.take(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

func (r *Reader) expect(f Field, want Type) bool {
	if r.err == nil && f.Type != want {
		r.fail("field %d has type %d, want %d", f.ID, f.Type, want)
	}
	return r.err == nil
}

func (r *Reader) enter() bool {
	if r.depth++; r.depth > maxDepth {
		r.fail("nested deeper than %d", maxDepth)
	}
	return r.err == nil
}

func (r *Reader) leave() { r.depth-- }

func (r *Reader) listBegin() (elem Type, n int) {
	head := r.take(1)
	size := int(int32(r.u32()))
	if r.err != nil {
		return 0, 0
	}
	elem = Type(head[0])
	r.checkSize(size, minSize[elem], elem)
	return elem, r.sized(size)
}

func (r *Reader) mapBegin() (key, val Type, n int) {
	head := r.take(2)
	size := int(int32(r.u32()))
	if r.err != nil {
		return 0, 0, 0
	}
	key, val = Type(head[0]), Type(head[1])
	r.checkSize(size, minSize[key], key)
	r.checkSize(size, minSize[val], val)
	return key, val, r.sized(size)
}

// checkSize refuses a container that cannot fit in what is left, and element
// types that do not exist. An empty container may name any type.
func (r *Reader) checkSize(size, elemSize int, elem Type) {
	switch {
	case size < 0:
		r.fail("negative length %d", size)
	case size > 0 && elemSize == 0:
		r.fail("unknown type %d", elem)
	case size > 0 && size > len(r.buf)/elemSize:
		r.fail("length %d in %d bytes", size, len(r.buf))
	}
}

func (r *Reader) sized(n int) int {
	if r.err != nil {
		return 0
	}
	return n
}
