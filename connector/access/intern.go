package access

import "hash/maphash"

// arena keeps many short texts in few large pieces, each behind its length.
type arena struct{ pages [][]byte }

const pageSize = 1 << 20

// firstPage is how large the first page is at first. It grows, as facts may be as few as one look at a table gives.
const firstPage = 1 << 8

// add keeps a text, at most 64 KiB of it, and tells where.
func (a *arena) add(text string) uint32 {
	const longest = 1<<16 - 1
	if len(text) > longest {
		text = text[:longest]
	}
	last := len(a.pages) - 1
	switch {
	case last < 0:
		a.pages = append(a.pages, make([]byte, 0, firstPage))
		last++
	case len(a.pages[last])+len(text)+2 > pageSize:
		a.pages = append(a.pages, make([]byte, 0, pageSize))
		last++
	}
	at := len(a.pages[last])
	a.pages[last] = append(append(a.pages[last], byte(len(text)>>8), byte(len(text))), text...)
	return uint32(last)<<20 | uint32(at) //nolint:gosec // 4096 pages are 4 GiB of names
}

func (a *arena) at(ref uint32) []byte {
	page := a.pages[ref>>20]
	from := int(ref & (pageSize - 1))
	long := int(page[from])<<8 | int(page[from+1])
	return page[from+2 : from+2+long]
}

// index finds objects by their place, kind and key. It is a hash table of numbers: a map of a million strings would cost several times as much.
type index struct {
	slots []uint32 // numbers of objects; 0 is free
	used  int
	seed  maphash.Seed
}

func newIndex() index { return index{slots: make([]uint32, 1<<4), seed: maphash.MakeSeed()} }

func (x *index) hash(place Place, kind uint8, key string) uint64 {
	return maphash.String(x.seed, key) ^ (uint64(place)<<8|uint64(kind))*0x9e3779b97f4a7c15
}

// find gives the slot of a key: one that has it, or the free one that it goes into.
func (x *index) find(hash uint64, same func(uint32) bool) *uint32 {
	last := uint64(len(x.slots) - 1)
	for i := hash & last; ; i = (i + 1) & last {
		if x.slots[i] == 0 || same(x.slots[i]) {
			return &x.slots[i]
		}
	}
}

// grow makes room for one more.
func (x *index) grow(hashOf func(uint32) uint64) {
	if x.used*4 < len(x.slots)*3 {
		return
	}
	old := x.slots
	x.slots = make([]uint32, 2*len(old))
	for _, slot := range old {
		if slot != 0 {
			*x.find(hashOf(slot), func(uint32) bool { return false }) = slot
		}
	}
}
