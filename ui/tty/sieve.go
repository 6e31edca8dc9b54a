package tty

import (
	"bytes"
	"time"
	"unicode/utf8"
)

const (
	// escAlone is how long ESC waits for the rest of a sequence before it is the key.
	escAlone = 50 * time.Millisecond
	// opening is how long keys wait for the terminal's answers at most.
	opening = time.Second
	// pieces is how long the pieces of one sequence may be apart.
	pieces = 3 * time.Second
	// afterEsc is how long what follows the key Esc may still turn out to be an answer whose ESC it was.
	afterEsc = time.Second
)

// escKey is the key Esc as only that key is written, so that nobody takes it for the beginning of something longer.
const escKey = "\x1b[27u"

const (
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
)

// sieve takes what a terminal sends and gives it on: answers at once and whole, what is typed in its order and whole, and nothing of an
// answer that never came to its end.
type sieve struct {
	out  []byte // what can be read now
	kept []byte // typed while answers are awaited

	held  []byte    // the beginning of a sequence or of a character
	marks []int     // where in held each piece began that it came in
	last  time.Time // when the last piece came
	fresh bool      // what comes now begins a new piece

	pasting bool
	escaped time.Time // when the key Esc was last given on for want of more
	orphan  bool      // held begins with an ESC that was given on already

	lost   []byte    // the beginning of an answer that something else broke into
	lostAt time.Time // when its last piece came

	awaited int       // questions that the terminal has not come to yet
	until   time.Time // nobody waits longer
}

// ask says that the terminal was asked something, and was asked for its attributes after that.
func (s *sieve) ask(now time.Time) {
	s.awaited++
	s.until = now.Add(opening)
}

// feed takes a piece of what the terminal sends.
func (s *sieve) feed(piece []byte, now time.Time) {
	s.pass(now)
	s.fresh = true
	for _, b := range piece[s.found(piece, now):] {
		s.take(b, now)
	}
	s.fresh = true
}

// found is how much of a piece is the end of an answer that was given up, because something was typed between its pieces.
func (s *sieve) found(piece []byte, now time.Time) int {
	if len(s.lost) == 0 || len(s.held) > 0 || s.pasting {
		return 0
	}
	if now.Sub(s.lostAt) >= pieces {
		s.lost = nil
		return 0
	}
	seq := bytes.Clone(s.lost)
	for i, b := range piece {
		seq = append(seq, b)
		switch read(seq) {
		case unfinished:
			continue
		case anAnswer:
			if i == 0 && s.awaited == 0 {
				return 0 // a single letter is rather typed
			}
			s.lost = nil
			s.answered(seq)
			return i + 1
		}
		return 0
	}
	return 0
}

// pass gives on or drops what has waited long enough.
func (s *sieve) pass(now time.Time) {
	if s.awaited > 0 && !now.Before(s.until) {
		s.open()
	}
	if at, timed := s.expires(); timed && !now.Before(at) {
		s.giveUp(now)
	}
}

// wakes is when pass has to be called, if nothing else comes before.
func (s *sieve) wakes() (at time.Time, timed bool) {
	at, timed = s.expires()
	if timed && !s.shows() {
		timed = false // nobody waits for what is only to be dropped
	}
	if s.awaited > 0 && len(s.kept) > 0 && (!timed || s.until.Before(at)) {
		at, timed = s.until, true
	}
	return at, timed
}

// expires is when held is given up.
func (s *sieve) expires() (at time.Time, timed bool) {
	switch {
	case len(s.held) == 0 || s.pasting:
		return at, false
	case s.orphan && len(s.held) == 2: // a bracket or a P, most likely typed
		return s.last.Add(5 * escAlone), true
	case s.orphan:
		return s.last.Add(afterEsc), true
	case !onlyEsc(s.held):
		return s.last.Add(pieces), true
	case s.awaited > 0:
		return s.until, true
	}
	return s.last.Add(escAlone), true
}

// shows reports whether giving up would give something on.
func (s *sieve) shows() bool {
	return s.orphan || onlyEsc(s.held) || s.typedFrom() < len(s.held)
}

func onlyEsc(held []byte) bool { return len(bytes.Trim(held, "\x1b")) == 0 }

// size is how much is under way.
func (s *sieve) size() int { return len(s.out) + len(s.kept) + len(s.held) }

// open ends the waiting for answers.
func (s *sieve) open() {
	s.awaited = 0
	s.out = append(s.out, s.kept...)
	s.kept = s.kept[:0]
}

// typed gives on what a person typed.
func (s *sieve) typed(text ...byte) {
	if s.awaited > 0 {
		s.kept = append(s.kept, text...)
		return
	}
	s.out = append(s.out, text...)
}

func (s *sieve) take(b byte, now time.Time) {
	switch {
	case s.pasting:
		s.paste(b)
	case len(s.held) > 0 && s.held[0] != esc:
		s.character(b, now)
	case len(s.held) > 0:
		s.sequence(b, now)
	case b == esc, b >= utf8.RuneSelf && !utf8.FullRune([]byte{b}):
		s.hold(b, now)
	case bytes.IndexByte([]byte("[]P"), b) >= 0 && s.fresh && !s.escaped.IsZero() && now.Sub(s.escaped) < afterEsc:
		s.orphan = true
		s.held, s.marks = append(s.held, esc), append(s.marks, 0)
		s.hold(b, now)
	default:
		s.typed(b)
	}
	s.fresh = false
	if len(s.held) == 0 && b != esc {
		s.escaped = time.Time{}
	}
}

// hold adds to what is held.
func (s *sieve) hold(b byte, now time.Time) {
	if s.fresh || len(s.held) == 0 {
		s.marks = append(s.marks, len(s.held))
	}
	s.held, s.last = append(s.held, b), now
}

// letGo empties what is held and gives it.
func (s *sieve) letGo() []byte {
	held := s.held
	s.held, s.marks, s.orphan = nil, nil, false
	return held
}

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
	case s.awaited > 0 && attributes.Match(seq):
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
