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
