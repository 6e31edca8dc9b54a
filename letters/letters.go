// Package letters is the one table of characters that draw nothing, draw an empty space, or steer what shows them, and of the encodings that
// a text may come in. Who cleans, compares or refuses a text chooses among these sets, so that all mean the same characters by the same name.
package letters

import "unicode"

// ByteOrderMark is what some editors put before a text.
const ByteOrderMark = "\ufeff"

// joiner is a mark that draws nothing and counts as a letter's.
const joiner = '\u034f'

// noBreak are blanks that text programs put where a person pressed the space bar, and that no line is broken at.
var noBreak = table(0x00a0, 0x2007, 0x202f)

// blank are letters and marks by category, and empty space on the screen.
var blank = table(joiner, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0)

// turning are the marks that make a text run the other way.
var turning = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x202a, Hi: 0x202e, Stride: 1}, {Lo: 0x2066, Hi: 0x2069, Stride: 1}}}

func table(letters ...uint16) *unicode.RangeTable {
	t := &unicode.RangeTable{}
	for _, r := range letters {
		t.R16 = append(t.R16, unicode.Range16{Lo: r, Hi: r, Stride: 1})
	}
	return t
}

// Unseen reports what draws nothing at all and only says how the letters beside it are set: zero-width characters, a byte order mark, a soft
// hyphen, marks of direction, a selector of a letter's variant.
func Unseen(r rune) bool { return unicode.In(r, unicode.Cf, unicode.Variation_Selector) }

// Variant reports a selector of the variant in which the letter before it is drawn.
func Variant(r rune) bool { return unicode.Is(unicode.Variation_Selector, r) }

// Turns reports the marks among the unseen that make a text run the other way, which are there to mislead.
func Turns(r rune) bool { return unicode.Is(turning, r) }

// Hyphen reports a hyphen of a text program, which a person and a program read as the plain one.
func Hyphen(r rune) bool { return r == 0x2010 || r == 0x2011 }

// NoBreak reports a blank that is not the one of the space bar, and that typing would not have made.
func NoBreak(r rune) bool { return unicode.Is(noBreak, r) }

// Blank reports a letter or a mark that draws empty space, and so can hide or shift a text.
func Blank(r rune) bool { return unicode.Is(blank, r) }

// Steers reports what a terminal or a program obeys instead of drawing it: controls, the unseen that set a text, and the separators of lines
// and paragraphs.
func Steers(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }

// Hides reports whatever has no place in a text that is shown: what steers, what draws empty space, and what means nothing outside the
// program that it is from.
func Hides(r rune) bool { return Steers(r) || Blank(r) || unicode.In(r, unicode.Co, unicode.Cs) }

// Seen is what a person sees of a letter: nothing, as -1, of one that draws nothing, and the plain form of a full-width one.
func Seen(r rune) rune {
	switch {
	case Unseen(r), r == joiner:
		return -1
	case 0xff01 <= r && r <= 0xff5e:
		return r - 0xff01 + '!'
	}
	return r
}
