package tty

import (
	"bytes"
	"time"
	"unicode/utf8"
)

// character completes one of several bytes.
func (s *sieve) character(b byte, now time.Time) {
	if utf8.RuneStart(b) {
		s.typed(s.letGo()...)
		s.take(b, now)
		return
	}
	s.held = append(s.held, b)
	if utf8.FullRune(s.held) {
		s.typed(s.letGo()...)
	}
}

// sequence goes on with an escape sequence.
func (s *sieve) sequence(b byte, now time.Time) {
	seq := append(s.held[:len(s.held):len(s.held)], b)
	switch read(seq) {
	case unfinished:
		s.hold(b, now)
	case aKey:
		s.key(seq)
	case anAnswer:
		s.answered(seq)
	case broken:
		s.breakOff(b)
		s.take(b, now)
	}
}

// key gives a key on. What ends an orphan is dropped where it came in one piece, as the rest of a key does, and was typed otherwise.
func (s *sieve) key(seq []byte) {
	if orphan := s.orphan; orphan {
		together := !s.fresh
		if s.letGo(); !together {
			s.typed(seq[1:]...)
		}
		return
	}
	s.letGo()
	if s.pasting = bytes.HasSuffix(seq, []byte(pasteBegins)); s.pasting && len(seq) > len(pasteBegins) {
		s.typed([]byte(escKey)...)
		seq = seq[1:]
	}
	s.typed(seq...)
}

// answered gives an answer on, before whatever was typed. An ESC in front of it that is not its own was typed.
func (s *sieve) answered(seq []byte) {
	orphan := s.orphan
	s.letGo()
	if seq[1] == esc {
		s.typed([]byte(escKey)...)
		seq = seq[1:]
	}
	switch {
	case s.awaited > 0 && attributes().Match(seq):
		if s.awaited--; s.awaited == 0 {
			s.open()
		}
	case !orphan:
		s.out = append(s.out, seq...)
	}
}

// breakOff gives up what is held because b does not go on with it.
func (s *sieve) breakOff(b byte) {
	if s.held[len(s.held)-1] == esc && !onlyEsc(s.held) {
		// The ESC that would have ended it begins something else.
		s.drop(len(s.held) - 1)
		s.held, s.marks = []byte{esc}, []int{0}
		return
	}
	if len(s.held) == 2 && s.held[1] == esc && b != esc {
		s.typed([]byte(escKey)...)
		s.held, s.marks = []byte{esc}, []int{0}
		return
	}
	s.drop(len(s.held))
}

// giveUp drops what is held because nothing more came.
func (s *sieve) giveUp(now time.Time) {
	if onlyEsc(s.held) {
		s.escaped = now
	}
	s.drop(len(s.held))
}

// drop drops the first n bytes held, and gives on what of them was typed.
func (s *sieve) drop(n int) {
	from, at := min(n, s.typedFrom()), s.last
	if s.orphan && s.piece(1) <= 3 { // too little to tell; nothing that was typed is lost
		from = 1
	}
	held := s.letGo()[:n]
	if onlyEsc(held) {
		s.typed(bytes.Repeat([]byte(escKey), n)...)
		return
	}
	s.lost, s.lostAt = held[:from], at
	s.typed(held[from:]...)
}

// typedFrom is where in held begins what was typed behind an answer that was cut off. The answer comes in pieces of several bytes, a
// person's keys come one by one, and all at once where a program types.
func (s *sieve) typedFrom() int {
	last := len(s.marks) - 1
	if last < 1 {
		return len(s.held)
	}
	from := len(s.held)
	if !s.fresh {
		from = s.marks[last]
		last--
	}
	several := false
	for i := range last + 1 {
		several = several || s.piece(i) > 1
	}
	for i := last; several && i > 0 && s.piece(i) == 1; i-- {
		from = s.marks[i]
	}
	return from
}

// piece is how long a piece of what is held is.
func (s *sieve) piece(i int) int {
	if i+1 < len(s.marks) {
		return s.marks[i+1] - s.marks[i]
	}
	return len(s.held) - s.marks[i]
}

// paste gives pasted text on and looks for its end, which may come in pieces as well.
func (s *sieve) paste(b byte) {
	s.held = append(s.held, b)
	switch {
	case string(s.held) == pasteEnds:
		s.pasting = false
		s.typed(s.letGo()...)
	case bytes.HasPrefix([]byte(pasteEnds), s.held):
	case b == esc:
		held := s.letGo()
		s.typed(held[:len(held)-1]...)
		s.held = []byte{esc}
	case s.held[0] >= utf8.RuneSelf && !utf8.FullRune(s.held):
	default:
		s.typed(s.letGo()...)
	}
}
