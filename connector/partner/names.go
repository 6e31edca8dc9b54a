package partner

import (
	"slices"
	"strings"
	"time"
)

// reminder is the partner of whom a name, any that people know it by, stands in a text as whole words, however they are written. The longest name counts:
// Qlik Replicate is not Qlik.
func reminder(text string) (found Partner, reminds bool) {
	have, longest := wordsOf(text), 0
	for _, p := range All() {
		if p.Set != nil && p.Set.Ours {
			continue
		}
		for _, name := range append([]string{p.Name}, p.Also...) {
			if want := wordsOf(name); len(want) > longest && within(have, want) {
				found, longest = p, len(want)
			}
		}
	}
	return found, longest > 0
}

// within reports whether words stand among others, one behind the other.
func within(have, want []string) bool {
	for at := 0; at+len(want) <= len(have); at++ {
		if slices.Equal(have[at:at+len(want)], want) {
			return true
		}
	}
	return false
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
