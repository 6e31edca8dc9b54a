package compare

import (
	"context"
	"encoding/binary"
	"fmt"
)

// source is a run that is read, or what was never written.
type source struct {
	now  entry
	held []entry // what comes next and is in memory

	sorter *sorter
	left   run
	pack   []byte // what is left of the block that was read
	block  []byte
}

// next moves to the next entry.
func (s *source) next() (bool, error) {
	if len(s.held) > 0 {
		s.now, s.held = s.held[0], s.held[1:]
		return true, nil
	}
	if s.sorter == nil {
		return false, nil
	}
	if len(s.pack) == 0 {
		if s.left.entries == 0 {
			return false, nil
		}
		if err := s.load(); err != nil {
			return false, err
		}
	}
	for i := range s.sorter.words {
		s.now[i] = binary.LittleEndian.Uint64(s.pack[i*8:])
	}
	s.pack = s.pack[s.sorter.words*8:]
	return true, nil
}

func (s *source) load() error {
	n := min(s.left.entries, packed)
	size := s.sorter.size(n)
	if s.block == nil {
		s.block = make([]byte, size) // the first is the longest
	}
	pack := s.block[:size]
	if _, err := s.sorter.file.ReadAt(pack, s.left.at); err != nil {
		return fmt.Errorf("%w (%w)", ErrScratch, err)
	}
	body := pack[:size-8]
	if binary.LittleEndian.Uint64(pack[size-8:]) != check(s.left.at, body) {
		return ErrScratch
	}
	s.pack = body
	s.left.at, s.left.entries = s.left.at+size, s.left.entries-n
	return nil
}

// merger gives the entries of several sources in order. They lie in a heap.
type merger struct {
	ctx     context.Context
	heap    []*source
	given   int
	started bool
}

func (s *sorter) merge(ctx context.Context, runs []run, held []entry) (*merger, error) {
	m := &merger{ctx: ctx}
	sources := []*source{{held: held}}
	for _, r := range runs {
		sources = append(sources, &source{sorter: s, left: r})
	}
	for _, from := range sources {
		ok, err := from.next()
		if err != nil {
			return nil, err
		}
		if ok {
			m.heap = append(m.heap, from)
		}
	}
	for i := len(m.heap)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
	return m, nil
}

// next is the next entry, or false at the end. A canceled context ends it within a few thousand.
func (m *merger) next() (entry, bool, error) {
	if m.given++; m.given%4096 == 0 {
		if err := m.ctx.Err(); err != nil {
			return entry{}, false, err
		}
	}
	if m.started && len(m.heap) > 0 {
		ok, err := m.heap[0].next()
		if err != nil {
			return entry{}, false, err
		}
		if !ok {
			last := len(m.heap) - 1
			m.heap[0] = m.heap[last]
			m.heap = m.heap[:last]
		}
		m.sink(0)
	}
	m.started = true
	if len(m.heap) == 0 {
		return entry{}, false, nil
	}
	return m.heap[0].now, true, nil
}

// sink puts a source that may be too high in the heap to its place.
func (m *merger) sink(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m.heap); child++ {
			if m.heap[child].now.compare(&m.heap[least].now) < 0 {
				least = child
			}
		}
		if least == i {
			return
		}
		m.heap[i], m.heap[least] = m.heap[least], m.heap[i]
		i = least
	}
}
