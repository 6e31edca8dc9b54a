package tty

import (
	"strings"
	"testing"
	"time"
)

// answers are what terminals answer to the questions that are asked, and to some that are not.
var answers = []string{
	"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b]11;rgb:1e1e/1e1e/1e1e\x07", "\x1b]10;rgba:00/00/00/ff\x07", "\x1b]4;12;rgb:aa/bb/cc\x1b\\",
	"\x1b[?2026;2$y", "\x1b[?2027;0$y", "\x1b[?1;2c", "\x1b[?62;1;4;22c", "\x1b[>41;354;0c", "\x1b[?0u", "\x1b[?31u",
	"\x1b[12;40R", "\x1b[?12;40;1R", "\x1b[?997;1n", "\x1b[8;24;80t", "\x1bP>|tmux 3.3a\x1b\\", "\x1bP1+r524742=38\x1b\\", "\x1b_Gi=31;OK\x1b\\",
}

// keyboard are keys as terminals write them.
var keyboard = []string{
	"r", "é", "漢", "😀", "\r", "\t", "\x7f", "\x03", "\x1b[A", "\x1bOP", "\x1bOA", "\x1b[1;5C", "\x1b[1;2R", "\x1b[15~", "\x1b[Z", "\x1b[H", "\x1b[97;5u", "\x1b[27u",
	"\x1b[27;5;109~", "\x1b[[A", "\x1b[7$", "\x1b[7^", "\x1bx", "\x1bé", "\x1b\x7f", "\x1b\x1b[A", "\x1b[I",
}

// line is a terminal's line with a clock of its own.
type line struct {
	sieve
	now time.Time
}

func newLine() *line { return &line{now: time.Unix(1_700_000_000, 0)} }

// come lets pieces come, each so long after the one before.
func (l *line) come(apart time.Duration, parts ...string) *line {
	for _, part := range parts {
		l.now = l.now.Add(apart)
		l.feed([]byte(part), l.now)
	}
	return l
}

// rest lets time pass.
func (l *line) rest(d time.Duration) *line {
	l.now = l.now.Add(d)
	l.pass(l.now)
	return l
}

// read empties the line and leaves answers out.
func (l *line) read() string {
	out := string(l.out)
	l.out = nil
	for _, answer := range answers {
		out = strings.ReplaceAll(out, answer, "")
	}
	return out
}

func TestAnAnswerInTwoPiecesIsNeitherTypedNorAKey(t *testing.T) {
	for _, answer := range answers {
		for at := 2; at < len(answer); at++ {
			for _, apart := range []time.Duration{0, time.Millisecond, 300 * time.Millisecond, 2 * time.Second} {
				l := newLine().come(apart, "adb-1", answer[:at], answer[at:], "234")
				if got := l.rest(time.Minute).read(); got != "adb-1234" {
					t.Errorf("%q cut at %d, %v apart: %q is typed", answer, at, apart, got)
				}
			}
		}
	}
}

func TestAnAnswerByteByByteIsNeitherTypedNorAKey(t *testing.T) {
	for _, answer := range answers {
		l := newLine()
		l.ask(l.now)
		if got := l.come(40*time.Millisecond, strings.Split(answer, "")...).come(0, "x", "\x1b[?1;2c").read(); got != "x" {
			t.Errorf("%q: %q is typed", answer, got)
		}
	}
}

func TestAnAnswerCutBehindItsFirstByteIsTakenForEscOnlyOnceNobodyWaitsForIt(t *testing.T) {
	for _, answer := range answers {
		l := newLine()
		l.ask(l.now)
		l.come(0, "a", answer[:1]).come(900*time.Millisecond, answer[1:], "b")
		if got := l.rest(time.Minute).read(); got != "ab" {
			t.Errorf("%q, which was waited for: %q is typed", answer, got)
		}
		l = newLine().come(0, answer[:1]).rest(escAlone).come(100*time.Millisecond, answer[1:])
		if got := l.rest(time.Minute).read(); answer[1] != '_' && got != escKey {
			t.Errorf("%q, which was not: %q is typed", answer, got)
		}
	}
}

func TestTextBetweenThePiecesOfAnAnswerIsTyped(t *testing.T) {
	for _, answer := range answers {
		for at := 3; at < len(answer)-1; at++ {
			l := newLine()
			l.ask(l.now)
			l.come(10*time.Millisecond, answer[:at], "é", answer[at:], "z")
			if got := l.rest(time.Minute).read(); got != "éz" {
				t.Errorf("%q cut at %d: %q is typed", answer, at, got)
			}
		}
	}
}

func TestAnAnswerWithoutAnEndIsDroppedAndNothingTypedBehindItIs(t *testing.T) {
	const host = "adb-7405609.azuredatabricks.net"
	for _, answer := range answers {
		for at := 3; at < len(answer)-1; at++ {
			for name, typed := range map[string][]string{"at once": {host}, "key by key": strings.Split(host, "")} {
				if last := answer[at-1]; last == esc || strings.HasPrefix(answer, "\x1bP") || strings.HasPrefix(answer, "\x1b_") {
					continue // any text may stand in those: they end with the time
				}
				got := newLine().come(0, answer[:at]).come(100*time.Millisecond, typed...).rest(time.Minute).read()
				if got != host && !oneLetterOf(answer[:at], host) {
					t.Errorf("%q, then a host %s: %q is typed", answer[:at], name, got)
				}
				if got := newLine().come(0, answer[:at]).rest(pieces).come(100*time.Millisecond, typed...).rest(time.Minute).read(); got != host {
					t.Errorf("%q, a while, then a host %s: %q is typed", answer[:at], name, got)
				}
			}
		}
	}
}

// oneLetterOf tells whether the first letter typed completes what was cut off, which nobody can tell from its end.
func oneLetterOf(begun, typed string) bool {
	return read([]byte(begun+typed[:1])) != unfinished && read([]byte(begun+typed[:1])) != broken
}

func TestKeysInPiecesStayWhole(t *testing.T) {
	for _, key := range keyboard {
		if got := newLine().come(0, key).rest(time.Minute).read(); got != key {
			t.Errorf("%q comes as %q", key, got)
		}
		for at := 1; at < len(key); at++ {
			l := newLine().come(20*time.Millisecond, "a", key[:at], key[at:], "b")
			if got := l.rest(time.Minute).read(); got != "a"+key+"b" {
				t.Errorf("%q cut at %d comes as %q", key, at, got)
			}
		}
	}
}

func TestEscAloneActsPromptly(t *testing.T) {
	l := newLine().come(0, "\x1b")
	if at, timed := l.wakes(); !timed || at.Sub(l.now) != escAlone {
		t.Fatalf("it waits until %v", at.Sub(l.now))
	}
	if got := l.rest(escAlone).read(); got != escKey {
		t.Fatalf("it comes as %q", got)
	}
	if got := l.come(100*time.Millisecond, "r", "]", "1").rest(time.Minute).read(); got != "r]1" {
		t.Fatalf("behind it comes %q", got)
	}
	if got := newLine().come(0, "\x1b\x1b\x1b").rest(time.Minute).read(); got != escKey+escKey+escKey {
		t.Fatalf("three of them come as %q", got)
	}
	if got := newLine().come(0, "\x1b\r").rest(time.Minute).read(); got != escKey+"\r" {
		t.Fatalf("with enter it comes as %q", got)
	}
	for _, bracket := range []string{"[", "]", "P", "[]", "]1"} {
		if got := newLine().come(0, "\x1b").rest(escAlone).come(escAlone, strings.Split(bracket, "")...).rest(time.Minute).read(); got != escKey+bracket {
			t.Errorf("with %q behind it comes %q", bracket, got)
		}
	}
}

func TestNothingTypedActsBeforeTheAnswersAreIn(t *testing.T) {
	l := newLine()
	l.ask(l.now)
	l.come(10*time.Millisecond, "r", "\x1b]11;rgb:ffff/ff", "ff/ffff\x1b\\", "\x1b[A", "\x1b")
	if string(l.out) != answers[0] {
		t.Fatalf("before the answers are in, %q acts", l.out)
	}
	l.out = nil
	if l.come(10*time.Millisecond, "\x1b[?62;c", "e"); string(l.out) != "r\x1b[A"+escKey+"e" {
		t.Fatalf("after them comes %q", l.out)
	}
}

func TestATerminalThatDoesNotAnswerIsWaitedForForASecond(t *testing.T) {
	l := newLine()
	l.ask(l.now)
	l.come(10*time.Millisecond, "r", "e")
	if at, timed := l.wakes(); !timed || !at.Equal(l.until) || len(l.out) > 0 {
		t.Fatalf("%q acts, the rest at %v (%v)", l.out, at, timed)
	}
	if got := l.rest(opening).read(); got != "re" {
		t.Fatalf("after a second %q acts", got)
	}
}

func TestAPasteArrivesWhole(t *testing.T) {
	text := "adb-1\r\n\x1bé[201漢\x1b[20"
	whole := pasteBegins + text + pasteEnds
	for at := range len(whole) {
		for _, apart := range []time.Duration{0, 40 * time.Millisecond} {
			if at == 1 && apart > 0 {
				continue // Esc, for all that can be known
			}
			l := newLine().come(apart, whole[:at], whole[at:])
			if got := l.come(0, answers[0][:9], answers[0][9:]).rest(time.Minute).read(); got != whole {
				t.Errorf("cut at %d: %q", at, got)
			}
		}
	}
	l := newLine()
	l.ask(l.now)
	if got := l.come(time.Millisecond, strings.Split(whole, "")...).come(0, "\x1b[?6c").read(); got != whole {
		t.Errorf("byte by byte while answers are awaited: %q", got)
	}
}

func TestTheReadingKnowsEachAnswerAndEachKey(t *testing.T) {
	for want, all := range map[form][]string{anAnswer: answers, aKey: keyboard} {
		for _, seq := range all {
			if seq[0] == esc && read([]byte(seq)) != want {
				t.Errorf("%q is read as %d", seq, read([]byte(seq)))
			}
			for at := 1; at < len(seq) && seq[0] == esc; at++ {
				if got := read([]byte(seq[:at])); got != unfinished {
					t.Errorf("%q, the beginning of %q, is read as %d", seq[:at], seq, got)
				}
			}
		}
	}
}

// FuzzTheSieve sends plain text between answers, cut anywhere: the text arrives, in its order and alone.
func FuzzTheSieve(f *testing.F) {
	f.Add("adb-7405609", uint8(0), uint8(3), uint16(120), false)
	f.Add("é漢😀", uint8(4), uint8(2), uint16(900), true)
	f.Fuzz(func(t *testing.T, text string, which, cut uint8, apart uint16, asked bool) {
		text = strings.Map(func(r rune) rune {
			if r < 0x20 || r == 0x7f || r == 0xfffd {
				return -1
			}
			return r
		}, text)
		answer := answers[int(which)%len(answers)]
		at := 2 + int(cut)%(len(answer)-2)
		half := len(text) / 2
		l := newLine()
		if asked {
			l.ask(l.now)
		}
		l.come(time.Duration(apart%2500)*time.Millisecond, text[:half], answer[:at], answer[at:], text[half:])
		if got := l.rest(time.Minute).read(); got != text {
			t.Errorf("%q with %q cut at %d: %q", text, answer, at, got)
		}
	})
}

// FuzzAnythingIsSurvived sends arbitrary bytes in arbitrary pieces: nothing is held for good, and nothing grows without a bound.
func FuzzAnythingIsSurvived(f *testing.F) {
	for _, seq := range append(answers, keyboard...) {
		f.Add([]byte(seq), uint8(2))
	}
	f.Fuzz(func(t *testing.T, sent []byte, size uint8) {
		l := newLine()
		for rest := sent; len(rest) > 0; {
			n := min(len(rest), 1+int(size)%7)
			l.come(30*time.Millisecond, string(rest[:n]))
			rest = rest[n:]
		}
		l.rest(time.Minute)
		if !l.pasting && len(l.held) > 0 || len(l.held) > longest || len(l.out) > widest*len(sent) {
			t.Errorf("%d bytes are held and %d given of %d", len(l.held), len(l.out), len(sent))
		}
	})
}
