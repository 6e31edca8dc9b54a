package connector_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
)

// FuzzTableName holds every name of three parts that is read to what its SQL and its request path say.
func FuzzTableName(f *testing.F) {
	for _, seed := range append([]string{"a.b.c", "`a.b`.c.d", "a.b", "c", "`a``b`.c.d", "a..b", "`.`.`", "a.b.c.d", " a . b . c "}, hostileNames...) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := connector.ParseTable(text, connector.SchemaName{})
		if err != nil {
			if !table.IsZero() {
				t.Fatalf("%q was refused and still gave %s", text, table.Quoted())
			}
			return
		}
		if tokens := sqlTokens(table.Quoted()); len(tokens) != 5 || tokens[1] != "." || tokens[3] != "." {
			t.Fatalf("%q makes %s, which reads as %q", text, table.Quoted(), tokens)
		}
		if again, err := connector.ParseTable(table.Quoted(), connector.SchemaName{}); err != nil || again != table {
			t.Fatalf("%q, quoted as %s, is read as %s: %v", text, table.Quoted(), again.Quoted(), err)
		}
		if segment := connector.PathSegment(table.Full()); strings.ContainsAny(segment, "/?# \r\n\x00") {
			t.Fatalf("%q makes the path segment %q", text, segment)
		}
	})
}

// FuzzRemoteJSON holds remote text in JSON to carrying the whole text and nothing that a terminal obeys.
func FuzzRemoteJSON(f *testing.F) {
	for _, tt := range hostileText {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		encoded, err := json.Marshal(struct{ Name connector.Remote }{connector.FromRemote(text)})
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range [][]byte{encoded, connector.EscapeJSON(encoded)} {
			var back struct{ Name string }
			if err := json.Unmarshal(form, &back); err != nil || utf8.ValidString(text) && back.Name != text {
				t.Fatalf("%q becomes %s, which reads as %q: %v", text, form, back.Name, err)
			}
			if !safeJSON(string(form)) {
				t.Fatalf("%q becomes %q", text, form)
			}
		}
	})
}

// safeJSON reports that a terminal obeys nothing in an encoded text. Blank and private letters stay: JSON is for programs.
func safeJSON(encoded string) bool {
	for _, r := range encoded {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || strings.ContainsRune("\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad", r) {
			return false
		}
	}
	return true
}
