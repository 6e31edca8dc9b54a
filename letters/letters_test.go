package letters_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/letters"
)

// TestEachSetHasItsLettersAndNoOthers has one letter of every kind, and says which sets it is in.
func TestEachSetHasItsLettersAndNoOthers(t *testing.T) {
	sets := map[byte]func(rune) bool{
		'u': letters.Unseen, 'v': letters.Variant, 't': letters.Turns, 'n': letters.NoBreak, 'b': letters.Blank, 's': letters.Steers, 'h': letters.Hides,
	}
	for r, in := range map[rune]string{
		'a': "", 'ü': "", '資': "", ' ': "", '…': "", '\u3000': "", '\u0301': "",
		'\u200b': "ush", '\ufeff': "ush", '\u00ad': "ush", '\u200e': "ush", '\u202e': "utsh", '\u2066': "utsh", '\U000e0041': "ush",
		'\ufe0f': "uv", '\U000e0100': "uv", '\u00a0': "n", '\u2007': "n", '\u202f': "n",
		'\u3164': "bh", '\u115f': "bh", '\u2800': "bh", '\u034f': "bh", '\u17b4': "bh",
		'\x1b': "sh", '\n': "sh", '\u009b': "sh", '\u2028': "sh", '\u2029': "sh", '\ue000': "h",
	} {
		for name, has := range sets {
			want := false
			for _, letter := range []byte(in) {
				want = want || letter == name
			}
			if has(r) != want {
				t.Errorf("%U in %c: %t", r, name, has(r))
			}
		}
	}
	for r, want := range map[rune]rune{'\u200b': -1, '\u034f': -1, '\ufe0f': -1, 'ｄ': 'd', '！': '!', 'd': 'd', '\u3000': '\u3000'} {
		if got := letters.Seen(r); got != want {
			t.Errorf("%U is seen as %U", r, got)
		}
	}
}

func TestUTF16IsReadWithAMarkAndWithout(t *testing.T) {
	for name, c := range map[string]struct {
		raw, want string
		is        bool
	}{
		"little-endian with a mark": {"\xff\xfed\x00o\x00", "do", true},
		"big-endian with a mark":    {"\xfe\xff\x00d\x00o", "do", true},
		"little-endian":             {"d\x00o\x00s\x00e\x00", "dose", true},
		"big-endian":                {"\x00d\x00o\x00s\x00e", "dose", true},
		"of two halves":             {"\xff\xfe\x3d\xd8\x00\xde", "😀", true},
		"half a letter":             {"\xff\xfed\x00o", "d", true},
		"too short to tell":         {"d\x00o\x00", "", false},
		"plain":                     {"dosedose", "", false},
		"binary":                    {"\x00\x00\x00\x00\x00\x00\x00\x00", "", false},
		"nothing":                   {"", "", false},
	} {
		if got, is := letters.FromUTF16([]byte(c.raw)); got != c.want || is != c.is {
			t.Errorf("%s gives %q, %t", name, got, is)
		}
	}
}
