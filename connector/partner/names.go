package partner

import (
	"slices"
	"strings"
	"time"
)

// reminder is the partner whose name stands in a text as whole words, however they are written.
func reminder(text string) (Partner, bool) {
	have := wordsOf(text)
	for _, p := range All() {
		if p.Set != nil && p.Set.Ours {
			continue
		}
		want := wordsOf(p.Name)
		for at := 0; at+len(want) <= len(have); at++ {
			if slices.Equal(have[at:at+len(want)], want) {
				return p, true
			}
		}
	}
	return Partner{}, false
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
}

func day(t time.Time) string {
	if t.IsZero() {
		return "on a day that the workspace does not say"
	}
	return t.UTC().Format(time.DateOnly)
}

func lastUsed(t time.Time) string {
	if t.IsZero() {
		return "not used as far as is shown"
	}
	return "last used " + day(t)
}
