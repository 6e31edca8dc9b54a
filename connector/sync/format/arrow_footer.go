package format

import (
	"encoding/binary"
	"errors"
)

// The table Footer of Arrow's File.fbs: where its fields lie in the table that footerOf writes.
const (
	footerVersion = 4 + iota*4
	footerSchema
	footerDictionaries
	footerBatches
	footerEnd
)

// footerOf is the footer of a file with such blocks, whose schema is that of the footer of an empty one. A table of flatbuffers points to
// what belongs to it by distances, so the empty footer is kept as it is and a new root is put before it, which points into it. Arrow has
// the schema's own encoder inside a room that nobody else may use, and this way needs none.
//
//	0   where the root is        4   its list of fields (vtable)        16  the root        40  the blocks        …  the empty footer
func footerOf(empty []byte, blocks []block) ([]byte, error) {
	schema, version, err := partsOf(empty)
	if err != nil {
		return nil, err
	}
	const fieldList, root, dictionaries, batches = 4, 20, 44, 52 // batches is where the count stands, just before a multiple of eight
	out := make([]byte, batches+4)
	put16 := func(at int, n int) { binary.LittleEndian.PutUint16(out[at:], uint16(n)) }
	put32 := func(at int, n int) { binary.LittleEndian.PutUint32(out[at:], uint32(n)) }

	put32(0, root)
	put16(fieldList, 4+2*4)       // its own size: two sizes and four fields
	put16(fieldList+2, footerEnd) // that of the root
	put16(fieldList+4, footerVersion)
	put16(fieldList+6, footerSchema)
	put16(fieldList+8, footerDictionaries)
	put16(fieldList+10, footerBatches)

	start := batches + 4 + len(blocks)*24 // of the empty footer
	put32(root, root-fieldList)
	put16(root+footerVersion, int(version))
	put32(root+footerSchema, start+schema-(root+footerSchema))
	put32(root+footerDictionaries, dictionaries-(root+footerDictionaries))
	put32(root+footerBatches, batches-(root+footerBatches))
	put32(dictionaries, 0)
	put32(batches, len(blocks))
	for _, b := range blocks {
		out = binary.LittleEndian.AppendUint64(out, uint64(b.offset))
		out = binary.LittleEndian.AppendUint64(out, uint64(uint32(b.meta)))
		out = binary.LittleEndian.AppendUint64(out, uint64(b.body))
	}
	return append(out, empty...), nil
}

// partsOf finds the schema in a footer, and the version of the format.
func partsOf(footer []byte) (schema int, version uint16, err error) {
	wrong := errors.New("the encoder of Arrow wrote a footer that cannot be read")
	at := func(i int) int {
		if i < 0 || i+4 > len(footer) {
			err = wrong
			return 0
		}
		return int(int32(binary.LittleEndian.Uint32(footer[i:])))
	}
	root := at(0)
	list := root - at(root)
	field := func(i int) int { return root + at(list+4+2*i)&0xffff }
	pointer := field(1)
	schema = pointer + at(pointer)
	if at(schema); err != nil || pointer == root || list < 0 {
		return 0, 0, wrong
	}
	if place := field(0); place != root {
		version = uint16(at(place) & 0xffff)
	}
	return schema, version, err
}
