package words

import "testing"

func TestANameIsOneArgumentOfACommandLineOfItsSystem(t *testing.T) {
	for _, c := range []struct{ text, unix, windows string }{
		{"prod", "prod", "prod"},
		{"", "''", `""`},
		{"Größe prod", "'Größe prod'", `"Größe prod"`},
		{`C:\a folder\key.txt`, `'C:\a folder\key.txt'`, `"C:\a folder\key.txt"`},
		{`C:\keys\key.txt`, `'C:\keys\key.txt'`, `C:\keys\key.txt`},
		{`C:\a folder\`, `'C:\a folder\'`, `"C:\a folder\\"`},
		{"it's", `'it'\''s'`, `"it's"`},
		{`the "one"`, `'the "one"'`, `"the \"one\""`},
		{`a\"b`, `'a\"b'`, `"a\\\"b"`},
		{"$HOME", "'$HOME'", "'$HOME'"},
		{"`it's`", "'`it'\\''s`'", "'`it''s`'"},
	} {
		if got := commandArgument("linux", c.text); got != c.unix {
			t.Errorf("%q is %s in a shell, want %s", c.text, got, c.unix)
		}
		if got := commandArgument("windows", c.text); got != c.windows {
			t.Errorf("%q is %s on Windows, want %s", c.text, got, c.windows)
		}
	}
}
