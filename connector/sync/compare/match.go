package compare

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

// match goes over both sides in the order of their hashes.
func (c *Changes) match(before, after *merger, of *hashing) error {
	keyed := of.key != nil
	hash := of.words() - 1 // the words before the position
	b, more, err := before.next()
	if err != nil {
		return err
	}
	a, also, err := after.next()
	if err != nil {
		return err
	}
	var key entry // of what is pending
	for more || also {
		first := 0
		switch {
		case !also:
			first = -1
		case !more:
			first = 1
		default:
			first = order(&b, &a, hash)
		}
		if first == 0 {
			c.Same++
		} else {
			e, gone := a, first < 0
			if gone {
				e = b
			}
			if keyed && (e[0] != key[0] || e[1]>>32 != key[1]>>32) {
				if err := c.alone(); err != nil {
					return err
				}
				key = e
			}
			if err := c.unmatched(e[hash], gone, keyed); err != nil {
				return err
			}
		}
		if first <= 0 {
			if b, more, err = before.next(); err != nil {
				return err
			}
		}
		if first >= 0 {
			if a, also, err = after.next(); err != nil {
				return err
			}
		}
	}
	return c.alone()
}

func order(a, b *entry, words int) int {
	x, y := *a, *b
	for i := words; i < len(x); i++ {
		x[i], y[i] = 0, 0
	}
	return x.compare(&y)
}

// unmatched is a row that has no equal on the other side. Under a key it waits for one of the other side.
func (c *Changes) unmatched(at uint64, gone, keyed bool) error {
	if !keyed {
		return c.one(at, gone)
	}
	if c.pending.gone == gone || c.pending.empty() {
		c.pending.gone = gone
		return c.pending.push(at)
	}
	other, err := c.pending.pop()
	if err != nil {
		return err
	}
	if gone {
		at, other = other, at
	}
	c.Changed++
	if err := c.tell(Preimage, other); err != nil {
		return err
	}
	return c.tell(Postimage, at)
}

// alone tells of the rows of a key that no other side had rows for.
func (c *Changes) alone() error {
	for !c.pending.empty() {
		at, err := c.pending.pop()
		if err != nil {
			return err
		}
		if err := c.one(at, c.pending.gone); err != nil {
			return err
		}
	}
	return nil
}

func (c *Changes) one(at uint64, gone bool) error {
	if gone {
		c.Removed++
		return c.tell(Delete, at)
	}
	c.Added++
	return c.tell(Insert, at)
}

// tell keeps a change in a word: side, part, row and type, so that those of a part come in the order of its rows.
func (c *Changes) tell(t Type, at uint64) error {
	for i, known := range types {
		if known == t {
			return c.found.add(entry{t.side()<<63 | at<<2 | uint64(i)})
		}
	}
	return fmt.Errorf("a change of a row of the unknown type %q", string(t))
}

// stack holds the rows of one key that wait, all of one side. There may be millions: what is too much is in a file.
type stack struct {
	scratch *scratch
	gone    bool // whose side they are
	most    int
	held    []uint64
	file    *os.File
	full    int64 // blocks in the file
}

func (s *stack) empty() bool { return len(s.held) == 0 && s.full == 0 }

func (s *stack) size() int64 { return int64(s.most)*8 + 8 }

func (s *stack) push(at uint64) error {
	if len(s.held) == s.most {
		if s.file == nil {
			f, err := s.scratch.file("waiting")
			if err != nil {
				return err
			}
			s.file = f
		}
		pack := make([]byte, 0, s.size())
		for _, w := range s.held {
			pack = binary.LittleEndian.AppendUint64(pack, w)
		}
		pack = binary.LittleEndian.AppendUint64(pack, check(s.full, pack))
		if _, err := s.file.WriteAt(pack, s.full*s.size()); err != nil {
			return fmt.Errorf("write which rows of a key are compared: %w", err)
		}
		s.held, s.full = s.held[:0], s.full+1
	}
	s.held = append(s.held, at)
	return nil
}

func (s *stack) pop() (uint64, error) {
	if len(s.held) == 0 {
		s.full--
		pack := make([]byte, s.size())
		if _, err := s.file.ReadAt(pack, s.full*s.size()); err != nil && err != io.EOF {
			return 0, fmt.Errorf("%w (%w)", ErrScratch, err)
		}
		body := pack[:len(pack)-8]
		if binary.LittleEndian.Uint64(pack[len(body):]) != check(s.full, body) {
			return 0, ErrScratch
		}
		for ; len(body) > 0; body = body[8:] {
			s.held = append(s.held, binary.LittleEndian.Uint64(body))
		}
	}
	at := s.held[len(s.held)-1]
	s.held = s.held[:len(s.held)-1]
	return at, nil
}
