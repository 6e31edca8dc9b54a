package ui

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/letters"
	"github.com/draftt-io/draftt-databricks/words"
)

const (
	noticeTrimmed   = "Blanks around it were left out."
	noticeInvisible = "Invisible characters were left out."
)

// CleanSecret gives what to keep of a whole secret that a person typed or
// pasted, with checkSecret's words; blanks allows them between its words.
func CleanSecret(raw []byte, blanks bool) (kept []byte, notice, problem string) {
	return checkSecret(raw, true, blanks)
}

// checkSecret gives what to keep of a secret from outside, in memory of its
// own, and the words for what it dropped or why it refuses. Positions count
// characters from one, after the blanks in front were dropped.
func checkSecret(raw []byte, trim, blanks bool) (kept []byte, notice, problem string) {
	visible := bytes.Map(func(r rune) rune {
		if letters.NoBreak(r) || letters.Unseen(r) {
			return -1
		}
		return r
	}, raw)
	if len(visible) != len(raw) {
		notice = noticeInvisible
	}
	text := visible
	if trim {
		text = bytes.TrimSpace(visible)
	}
	if len(text) != len(visible) && notice == "" {
		notice = noticeTrimmed
	}
	if problem = secretProblem(text, blanks); problem != "" {
		clear(visible)
		return nil, "", problem
	}
	kept = append([]byte(nil), text...)
	clear(visible)
	return kept, notice, ""
}

func secretProblem(text []byte, blanks bool) string {
	if len(text) > SecretLimit {
		return fmt.Sprintf("is longer than %s bytes", words.Thousands(SecretLimit))
	}
	position := 0
	for rest := text; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		position++
		if what := refused(r); what != "" && !(blanks && r == ' ') {
			return fmt.Sprintf("has a %s at position %d", what, position)
		}
	}
	return ""
}

// refused names a character no secret contains, and is empty for others.
func refused(r rune) string {
	switch {
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
		return "line break"
	case r == '\t':
		return "tab"
	case unicode.IsSpace(r):
		return "space"
	case r == utf8.RuneError, letters.Hides(r):
		return "control character"
	}
	return ""
}
