package query

import (
	"encoding/binary"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
)

// The types of the Thrift binary protocol, and the fewest bytes that a value of each takes. A length in an answer is believed only as far
// as bytes are there for it.
const (
	typeBool   = 2
	typeByte   = 3
	typeDouble = 4
	typeI16    = 6
	typeI32    = 8
	typeI64    = 10
	typeString = 11
	typeStruct = 12
	typeMap    = 13
	typeSet    = 14
	typeList   = 15
)

var leastBytes = map[byte]int{
	typeBool: 1, typeByte: 1, typeDouble: 8, typeI16: 2, typeI32: 4, typeI64: 8, typeString: 4, typeStruct: 1, typeMap: 6, typeSet: 5, typeList: 5,
}

const (
	mostParts = 100_000 // of an answer: each becomes some hundred bytes in the driver
	mostDepth = 24
)

// part is a value of an answer, without what is of no interest for its shape.
type part struct {
	kind   byte
	at     int // of its first byte
	size   int // elements of a list, a set or a map; the value of an i32 or a bool
	fields map[int16]*part
	items  []*part // of a list of structs
}

// field is a part of a struct, nil where it is missing. It is safe on nil.
func (p *part) field(path ...int16) *part {
	for _, id := range path {
		if p == nil {
			return nil
		}
		p = p.fields[id]
	}
	return p
}

func (p *part) len() int {
	if p == nil {
		return 0
	}
	return p.size
}

// reader walks through an answer. The first error sticks.
type reader struct {
	text  []byte
	at    int
	parts int
	depth int
	err   error
}

// malformed says what is odd about an answer.
func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: %s", connector.ErrUnreadable, fmt.Sprintf(format, args...))
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = malformed(format, args...)
	}
	r.at = len(r.text)
}

// skip goes on by n bytes and gives them, or nil where there are fewer.
func (r *reader) skip(n int) []byte {
	if n < 0 || n > len(r.text)-r.at {
		r.fail("it ends within a value")
		return nil
	}
	r.at += n
	return r.text[r.at-n : r.at]
}

func (r *reader) number() int {
	if b := r.skip(4); b != nil {
		return int(int32(binary.BigEndian.Uint32(b)))
	}
	return 0
}

// elements reads how many elements there are of types that take least bytes together.
func (r *reader) elements(least int) int {
	n := r.number()
	switch {
	case r.err == nil && n > 0 && least == 0:
		r.fail("it has a value of an unknown type")
	case r.err == nil && (n < 0 || n > 0 && n > (len(r.text)-r.at)/least):
		r.fail("it names more values than it has")
	}
	if r.err != nil {
		return 0
	}
	return n
}

// value reads a value of a type. Every one that the driver makes an object of counts as a part.
func (r *reader) value(kind byte) *part {
	r.depth++
	defer func() { r.depth-- }()
	p := &part{kind: kind, at: r.at}
	if r.depth > mostDepth {
		r.fail("it nests deeper than any result")
	}
	switch kind {
	case typeString:
		r.skip(r.number())
	case typeI32:
		p.size = r.number()
	case typeBool:
		if b := r.skip(1); b != nil {
			p.size = int(b[0])
		}
	case typeStruct:
		r.fieldsOf(p)
	case typeList, typeSet:
		r.itemsOf(p)
	case typeMap:
		r.entriesOf(p)
	default:
		if leastBytes[kind] == 0 {
			r.fail("it has a value of an unknown type")
		}
		r.skip(leastBytes[kind])
	}
	return p
}

func (r *reader) count() bool {
	if r.parts++; r.parts > mostParts {
		r.fail("it has more parts than any result")
	}
	return r.err == nil
}

func (r *reader) fieldsOf(p *part) {
	p.fields = map[int16]*part{}
	for r.count() {
		kind := r.skip(1)
		if kind == nil || kind[0] == 0 {
			return
		}
		if id := r.skip(2); id != nil {
			p.fields[int16(binary.BigEndian.Uint16(id))] = r.value(kind[0])
		}
	}
}

func (r *reader) itemsOf(p *part) {
	kind := r.skip(1)
	if kind == nil {
		return
	}
	p.size = r.elements(leastBytes[kind[0]])
	for i := 0; i < p.size && r.err == nil; i++ {
		item := r.item(kind[0])
		if kind[0] == typeStruct {
			p.items = append(p.items, item)
		}
	}
}

// item reads an element. The values of a column are many, and need no object each.
func (r *reader) item(kind byte) *part {
	switch kind {
	case typeString:
		r.skip(r.number())
		return nil
	case typeStruct, typeMap, typeSet, typeList:
		return r.value(kind)
	}
	r.skip(leastBytes[kind])
	return nil
}

func (r *reader) entriesOf(p *part) {
	kinds := r.skip(2)
	if kinds == nil {
		return
	}
	least := leastBytes[kinds[0]] + leastBytes[kinds[1]]
	if leastBytes[kinds[0]] == 0 || leastBytes[kinds[1]] == 0 {
		least = 0
	}
	p.size = r.elements(least)
	for i := 0; i < p.size && r.count(); i++ {
		r.item(kinds[0])
		r.item(kinds[1])
	}
}
