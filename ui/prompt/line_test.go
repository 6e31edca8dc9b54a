package prompt

import "testing"

func TestALineThatIsSeenUnderstandsTheEditingKeys(t *testing.T) {
	for typed, want := range map[string]struct{ line, shown string }{
		"ada":               {"ada", "ada"},
		"saä\x7f\x7f":       {"s", "saä\b \b\b \b"},
		"漢\b":               {"", "漢\b \b\b \b"},
		"no\x15yes":         {"yes", "no\b \b\b \byes"},
		"two words\x17":     {"two ", "two words\b \b\b \b\b \b\b \b\b \b"},
		"\x1b[A":            {"\x1b[A", "^[[A"},
		"\x7f\x15\x17a\x04": {"a", "a"},
		"\xc2\x9b":          {"\u009b", ""},
	} {
		var l line
		shown := ""
		for _, key := range []byte(typed) {
			shown += l.take(key)
		}
		if string(l) != want.line || shown != want.shown {
			t.Errorf("%q is %q, shown as %q", typed, l, shown)
		}
	}
}
