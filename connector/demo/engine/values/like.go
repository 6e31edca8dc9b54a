package values

import (
	"context"
	"unicode/utf8"
)

// Like is a pattern of LIKE. What it takes to match a text grows with the text times what stands between two % at most, however many % there are.
type Like struct{ parts []rune }

// The parts of a pattern that are no character of their own.
const (
	anyText rune = -1
	anyRune rune = -2
)

// NewLike reads a pattern, in which % stands for any text, _ for one character, and the escape takes their meaning away. The pattern can be used
// even if there is an error, which says that the escape stands before something else: what it stands before is then itself.
func NewLike(pattern string, escape rune) (l Like, err error) {
	special, escaped := map[rune]rune{'%': anyText, '_': anyRune}, false
	for _, r := range pattern {
		part, means := special[r]
		switch {
		case escaped:
			if part, escaped = r, false; !means && r != escape {
				err = misplacedEscape("ESC_IN_THE_MIDDLE", pattern, "The escape character is not allowed to precede '"+string(r)+"'.")
			}
		case r == escape:
			escaped = true
			continue
		case !means:
			part = r
		}
		if n := len(l.parts); part != anyText || n == 0 || l.parts[n-1] != anyText {
			l.parts = append(l.parts, part)
		}
	}
	if escaped {
		l.parts = append(l.parts, escape)
		err = misplacedEscape("ESC_AT_THE_END", pattern, "The escape character is not allowed to end with.")
	}
	return l, err
}

func misplacedEscape(kind, pattern, why string) *Error {
	return &Error{Class: "INVALID_FORMAT." + kind, SQLState: "42601", Message: "The format is invalid: '" + repeated(pattern) + "'. " + why}
}

// lookAfter is how many steps of a match pass between looks at the context.
const lookAfter = 1 << 20

// Match reports whether the pattern matches the whole text. The error is that of the context.
func (l Like) Match(ctx context.Context, text string) (bool, error) {
	at, i := 0, 0        // in the parts and in the text
	again, from := -1, 0 // where both go on when what follows the last % does not match: one character further on
	for steps := 1; ; steps++ {
		if steps%lookAfter == 0 && ctx.Err() != nil {
			return false, ctx.Err()
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case at < len(l.parts) && l.parts[at] == anyText:
			at++
			again, from = at, i
		case at < len(l.parts) && size > 0 && (l.parts[at] == anyRune || l.parts[at] == r):
			at, i = at+1, i+size
		case at == len(l.parts) && size == 0:
			return true, nil
		case again < 0 || from == len(text):
			return false, nil
		case again == len(l.parts):
			return true, nil
		default:
			_, size = utf8.DecodeRuneInString(text[from:])
			from += size
			at, i = again, from
		}
	}
}
