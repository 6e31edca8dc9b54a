package unity

import "testing"

func TestPatternsAreThoseOfLike(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		match         bool
	}{
		{"", "anything", true}, {"%", "", true}, {"a%c", "abbc", true}, {"a%c", "abbd", false}, {"a_c", "abc", true}, {"a_c", "ac", false},
		{"ABC", "abc", true}, {`100\%`, "100%", true}, {`100\%`, "1000", false}, {"a.c", "abc", false}, {"lager%", "lagerbestände", true},
		{"_", "ä", true}, {"a%b", "a\nb", true},
	} {
		if got := Like(test.pattern).Match(test.text); got != test.match {
			t.Errorf("%q matches %q: %t", test.pattern, test.text, got)
		}
	}
}
