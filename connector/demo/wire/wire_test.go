package wire

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
)

// sample is a message with a field of every type.
func sample() []byte {
	w := &Writer{}
	w.MessageBegin(Message{Name: "Call", Type: Call, Seq: 7})
	w.Bool(1, true)
	w.I32(2, -5)
	w.I64(3, math.MinInt64)
	w.String(4, "naïve")
	w.Binary(5, []byte{0, 255})
	w.Begin(6)
	w.I32(1281, 9)
	w.End()
	w.List(7, Double, 2)
	w.DoubleItem(1.5)
	w.DoubleItem(math.Inf(1))
	w.StringMap(8, String, 1)
	w.StringItem("key")
	w.StringItem("value")
	w.List(9, Struct, 1)
	w.Bool(1, false)
	w.End()
	w.List(10, I16, 1)
	w.I16Item(3)
	w.List(11, Byte, 1)
	w.ByteItem(-1)
	w.End()
	return w.Bytes()
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	r := NewReader(sample())
	if m := r.MessageBegin(); m != (Message{Name: "Call", Type: Call, Seq: 7}) {
		t.Errorf("envelope %+v", m)
	}
	seen := 0
	r.Struct(func(f Field) {
		seen++
		ok := true
		switch f.ID {
		case 1:
			ok = r.Bool(f)
		case 2:
			ok = r.I32(f) == -5
		case 3:
			ok = r.I64(f) == math.MinInt64
		case 4:
			ok = r.String(f) == "naïve"
		case 5:
			ok = bytes.Equal(r.Bytes(f), []byte{0, 255})
		case 6:
			r.StructField(f, func(f Field) { ok = f.ID == 1281 && r.I32(f) == 9 })
		case 7:
			sum := 0.0
			r.Each(f, Double, func(n int) { sum += r.Double(Field{Type: Double}) })
			ok = math.IsInf(sum, 1)
		default:
			r.Skip(f)
		}
		if !ok {
			t.Errorf("field %d came back wrong", f.ID)
		}
	})
	if r.Err() != nil || r.Remaining() != 0 || seen != 11 {
		t.Errorf("%d fields, %d bytes left, %v", seen, r.Remaining(), r.Err())
	}
}

func TestEveryFieldCanBeSkipped(t *testing.T) {
	r := NewReader(sample())
	r.MessageBegin()
	r.Struct(r.Skip)
	if r.Err() != nil || r.Remaining() != 0 {
		t.Errorf("%d bytes left, %v", r.Remaining(), r.Err())
	}
}

func TestEveryTruncationIsAnError(t *testing.T) {
	whole := sample()
	for n := range whole {
		r := NewReader(whole[:n])
		r.MessageBegin()
		r.Struct(r.Skip)
		if !errors.Is(r.Err(), ErrMalformed) {
			t.Fatalf("%d of %d bytes: %v", n, len(whole), r.Err())
		}
	}
}

func TestMalformedMessagesAreErrors(t *testing.T) {
	field := func(b ...byte) string { return string(b) }
	for name, input := range map[string]string{
		"a list longer than the message": field(15, 0, 1, 11, 0x7f, 0xff, 0xff, 0xff),
		"a list of negative length":      field(15, 0, 1, 11, 0xff, 0xff, 0xff, 0xff),
		"a list of an unknown type":      field(15, 0, 1, 99, 0, 0, 0, 1, 0, 0),
		"a map longer than the message":  field(13, 0, 1, 11, 11, 0x10, 0, 0, 0),
		"a string of negative length":    field(11, 0, 1, 0xff, 0xff, 0xff, 0xff),
		"a field of an unknown type":     field(99, 0, 1),
		"structs nested without end":     strings.Repeat(field(12, 0, 1), 100),
		"lists nested without end":       field(15, 0, 1) + strings.Repeat(field(15, 0, 0, 0, 1), 100),
		"a struct that does not end":     field(2, 0, 1, 1),
		"no field at all":                "",
	} {
		r := NewReader([]byte(input))
		r.Struct(r.Skip)
		if !errors.Is(r.Err(), ErrMalformed) {
			t.Errorf("%s: %v", name, r.Err())
		}
	}
}

func TestAFieldOfTheWrongTypeIsAnError(t *testing.T) {
	w := &Writer{}
	w.I32(1, 5)
	w.End()
	for name, read := range map[string]func(*Reader, Field){
		"string": func(r *Reader, f Field) { r.String(f) },
		"i64":    func(r *Reader, f Field) { r.I64(f) },
		"bool":   func(r *Reader, f Field) { r.Bool(f) },
		"struct": func(r *Reader, f Field) { r.StructField(f, r.Skip) },
		"list":   func(r *Reader, f Field) { r.Each(f, I32, func(int) {}) },
	} {
		r := NewReader(w.Bytes())
		r.Struct(func(f Field) { read(r, f) })
		if r.Err() == nil {
			t.Errorf("a number was read as a %s", name)
		}
	}
}

func TestOnlyTheStrictFormIsRead(t *testing.T) {
	r := NewReader([]byte{0, 0, 0, 4, 'C', 'a', 'l', 'l', 1, 0, 0, 0, 0})
	r.MessageBegin()
	if !errors.Is(r.Err(), ErrMalformed) {
		t.Errorf("got %v", r.Err())
	}
}

// FuzzReader reads arbitrary bytes as a message. It must neither panic nor
// reserve much more memory than it was given bytes.
func FuzzReader(f *testing.F) {
	f.Add(sample())
	f.Add([]byte{0x80, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 13, 0, 1, 11, 11, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		r := NewReader(b)
		r.MessageBegin()
		fields := 0
		r.Struct(func(f Field) {
			fields++
			switch {
			case f.Type == List && f.ID%2 == 0:
				r.Each(f, String, func(n int) {
					if n > len(b) {
						t.Errorf("a list of %d in %d bytes", n, len(b))
					}
					r.String(Field{Type: String})
				})
			default:
				r.Skip(f)
			}
		})
		if fields > len(b) {
			t.Errorf("%d fields in %d bytes", fields, len(b))
		}
	})
}
