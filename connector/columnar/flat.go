package columnar

import "encoding/binary"

// table is a place in a text of FlatBuffers, whose offsets are believed only as far as bytes are there. What cannot be read is zero, and
// broken says so.
type table struct {
	text   []byte
	start  int
	broken bool
}

func (t *table) read(at, n int) []byte {
	if t.broken || at < 0 || n < 0 || at > len(t.text)-n {
		t.broken = true
		return make([]byte, max(n, 0))
	}
	return t.text[at : at+n]
}

func (t *table) u32(at int) int { return int(int32(binary.LittleEndian.Uint32(t.read(at, 4)))) }

// at is a table that begins there.
func (t *table) at(start int) table { return table{text: t.text, start: start, broken: t.broken} }

// field is where a field's value lies, 0 where it has its default.
func (t *table) field(number int) int {
	entries := t.start - t.u32(t.start)
	size := int(binary.LittleEndian.Uint16(t.read(entries, 2)))
	entry := 4 + 2*number
	if entry+2 > size {
		return 0
	}
	offset := int(binary.LittleEndian.Uint16(t.read(entries+entry, 2)))
	if offset == 0 || t.broken {
		return 0
	}
	return t.start + offset
}

func (t *table) byte(number int) byte {
	if at := t.field(number); at != 0 {
		return t.read(at, 1)[0]
	}
	return 0
}

func (t *table) i64(number int) int64 {
	if at := t.field(number); at != 0 {
		return int64(binary.LittleEndian.Uint64(t.read(at, 8)))
	}
	return 0
}

func (t *table) table(number int) table {
	at := t.field(number)
	if at == 0 {
		return table{text: t.text, broken: true}
	}
	return t.at(at + t.u32(at))
}

// vector is the structs of a field, each of size bytes.
func (t *table) vector(number, size int) [][]byte {
	at := t.field(number)
	if at == 0 {
		return nil
	}
	at += t.u32(at)
	count := t.u32(at)
	if count < 0 || count > len(t.text)/size {
		t.broken = true
		return nil
	}
	all := make([][]byte, 0, count)
	for i := range count {
		all = append(all, t.read(at+4+i*size, size))
	}
	return all
}

// tables are the tables that a field lists.
func (t *table) tables(number int) []table {
	at := t.field(number)
	if at == 0 {
		return nil
	}
	at += t.u32(at)
	count := t.u32(at)
	if count < 0 || count > len(t.text)/4 {
		t.broken = true
		return nil
	}
	all := make([]table, 0, count)
	for i := range count {
		place := at + 4 + 4*i
		all = append(all, t.at(place+t.u32(place)))
	}
	return all
}
