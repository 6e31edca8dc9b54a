package pasted

import (
	"slices"
	"strings"
	"testing"
)

// said are the lines of each part of a text, with a bar between places that do not follow each other.
func said(text string) []string {
	r := Flatten(text)
	var list []string
	for _, part := range r.Parts() {
		var places []string
		for _, at := range part {
			places = append(places, r.Text[at[0]:at[1]])
		}
		list = append(list, strings.Join(places, "|"))
	}
	return list
}

func TestTheLastErrorOfALogIsReadFirst(t *testing.T) {
	for text, want := range map[string][]string{
		"one\n  two\n": {"one two"},
		"INFO a\nERROR b\n  at c\nINFO d\nERROR e":                          {"ERROR e", "ERROR b at c", "ERROR b at c|ERROR e"},
		"DEBUG a\nINFO b":                                                   {"DEBUG a\nINFO b"},
		"start\nERROR a\nFATAL b":                                           {"ERROR a\nFATAL b", "start\nERROR a\nFATAL b"},
		"retry 1: a\nretry 2: b\nend":                                       {"end", "retry 1: a\nretry 2: b end"},
		`{"level":"info","msg":"a"}` + "\n" + `{"level":"error","msg":"b"}`: {`{"level":"error","msg":"b"}`},
		"2026-10-02T04:00:01Z [main] WARN a\n2026-10-02T04:00:01Z [main] ERROR org.acme.B: c": {"2026-10-02T04:00:01Z [main] ERROR org.acme.B: c", "2026-10-02T04:00:01Z [main] WARN a\n2026-10-02T04:00:01Z [main] ERROR org.acme.B: c"},
		"": nil,
	} {
		if got := said(text); !slices.Equal(got, want) {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

func TestAPartHasWhatStandsInOneOfItsPlaces(t *testing.T) {
	p := Part{{2, 5}, {8, 9}}
	for place, want := range map[[2]int]bool{{2, 5}: true, {3, 4}: true, {1, 3}: false, {4, 6}: false, {4, 9}: false, {8, 9}: true, {9, 10}: false} {
		if p.Has(place[0], place[1]) != want {
			t.Errorf("%v", place)
		}
	}
}

func TestAClauseThatReportsNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"the warehouse is not [stopped]":                               true,
		"the warehouse is [stopped]":                                   false,
		"If the warehouse is [stopped], start it.":                     true,
		"The warehouse is [stopped]. If you like, start it.":           false,
		"When listing tables: [access denied]":                         false,
		"no error: the certificate has [expired]":                      true,
		"the certificate has [expired] was fixed":                      true,
		"the certificate has [expired]; the report was fixed":          false,
		"renewed; the old certificate has [expired]":                   true,
		"select 1 from t where state = '[STOPPED]'":                    true,
		"the state is '[STOPPED]'":                                     false,
		"the token was never [revoked]":                                true,
		"check whether the warehouse is [stopped]":                     true,
		"the check of the warehouse failed: it is [stopped]":           false,
		"warehouse [not found] in the local cache":                     true,
		`fixes "warehouse is [stopped]"`:                               true,
		"next: warehouse is [stopped] in ten minutes":                  true,
		"User does not have [SELECT] on Table 'a.b.c', whatever it is": false,
	} {
		from, to := strings.IndexByte(text, '['), strings.IndexByte(text, ']')-1
		plain := strings.NewReplacer("[", "", "]", "").Replace(text)
		if plain = strings.TrimSpace(plain); Unsaid(plain, from, to) != want {
			t.Errorf("%q: %q", text, plain[from:to])
		}
	}
}

// The bytes that are looked at begin in the middle of a word, at what would begin a condition.
func TestAWordThatIsCutBeginsNoClause(t *testing.T) {
	text := strings.Repeat("x", 300) + "if " + strings.Repeat("é", 96) + "  is stopped"
	from := strings.Index(text, "stopped")
	if !strings.HasPrefix(text[from-deniedWithin:], "if ") {
		t.Fatalf("what is looked at begins with %.9q", text[from-deniedWithin:])
	}
	if Unsaid(text, from, len(text)) {
		t.Error("the end of a word is taken for a condition")
	}
}
