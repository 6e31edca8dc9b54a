package recent

import (
	"strings"
	"unicode/utf8"
)

// keptText is how much is remembered of one text that somebody sent, in bytes.
const keptText = 64 << 10

// Excerpt is the beginning of a text, as much as is remembered of it, without the request that it came in.
func Excerpt(text string) string {
	if len(text) <= keptText {
		return strings.Clone(text)
	}
	end := keptText
	for end > keptText-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.Clone(text[:end])
}
