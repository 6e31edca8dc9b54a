package phrase

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// places are what a menu of a café calls its shelves.
var shelves = []string{"Cellar › left shelf", "Cellar › left shelf › Beans", "till"}

func TestPhrasesAreFoundAsTheyWereLaidOut(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string // each phrase as it stands, its parts parted by a stroke
	}{
		"on one line":                            {[]string{"Look in Cellar › left shelf › Beans, then pay."}, "Cellar › left shelf › Beans"},
		"the longest of several":                 {[]string{"Cellar › left shelf", "Cellar › left shelf › Beans"}, "Cellar › left shelf; Cellar › left shelf › Beans"},
		"broken between words":                   {[]string{"Look in Cellar › left", "shelf › Beans."}, "Cellar › left|shelf › Beans"},
		"over three lines":                       {[]string{"x Cellar ›", "  left", "  shelf › Beans"}, "Cellar ›|left|shelf › Beans"},
		"set in":                                 {[]string{"  Next: look in Cellar › left", "        shelf › Beans."}, "Cellar › left|shelf › Beans"},
		"in the column on the right":             {[]string{"› Coffee        Look in Cellar › left", "  Tea           shelf › Beans."}, "Cellar › left|shelf › Beans"},
		"in the column on the left":              {[]string{"Look in Cellar › left  │ a price", "shelf › Beans now      │ of shelf"}, "Cellar › left|shelf › Beans"},
		"not where the line goes on":             {[]string{"Cellar › left or", "shelf › Beans"}, ""},
		"not in another column":                  {[]string{"Cellar › left", "               shelf › Beans"}, ""},
		"not within a word":                      {[]string{"until the tiller, tills and till_2; till."}, "till"},
		"under styles":                           {[]string{"\x1b[1mNext:\x1b[m Cellar › \x1b[31mleft\x1b[m", "\x1b[31mshelf\x1b[m"}, "Cellar › left|shelf"},
		"behind letters that are two cells wide": {[]string{"日本 Cellar › left", "日本 shelf"}, "Cellar › left|shelf"},
	} {
		var got []string
		for _, hit := range Find(c.lines, shelves) {
			var parts []string
			for _, p := range hit.Parts {
				parts = append(parts, ansi.Strip(c.lines[p.Line][p.From:p.To]))
			}
			got = append(got, strings.Join(parts, "|"))
			if joined := strings.Join(parts, " "); joined != shelves[hit.Phrase] {
				t.Errorf("%s: %q stands for %q", name, joined, shelves[hit.Phrase])
			}
		}
		if all := strings.Join(got, "; "); all != c.want {
			t.Errorf("%s: found %q, want %q", name, all, c.want)
		}
	}
}

// TestALongLineCostsWhatItIsLong, in one column, in many, and where every place may go on in the line below.
func TestALongLineCostsWhatItIsLong(t *testing.T) {
	for name, of := range map[string]func(n int) []string{
		"many hits":       func(n int) []string { return []string{strings.Repeat("till, ", n)} },
		"many beginnings": func(n int) []string { return []string{strings.Repeat("Cellar › ", n)} },
		"many columns": func(n int) []string {
			return []string{strings.Repeat("Cellar ›  ", n), strings.Repeat("left shelf  ", n)}
		},
		"many that do not go on": func(n int) []string {
			return []string{strings.Repeat("Cellar ›  ", n), strings.Repeat("left out ", n)}
		},
		"many that break, thrice": func(n int) []string {
			return []string{strings.Repeat("Cellar ›  ", n), strings.Repeat("left  ", n), strings.Repeat("hut  ", n)}
		},
		"styled": func(n int) []string {
			return []string{strings.Repeat("\x1b[1mtill\x1b[m, Cellar ›  ", n), "left shelf"}
		},
	} {
		_, few := find(of(1000), shelves)
		_, many := find(of(8000), shelves)
		if few == 0 || many > 9*few {
			t.Errorf("%s: %d for 1000, %d for 8000", name, few, many)
		}
	}
}

func BenchmarkALongLine(b *testing.B) {
	lines := []string{strings.Repeat("Cellar ›  till ", 20_000), strings.Repeat("left shelf  ", 20_000)}
	for b.Loop() {
		Find(lines, shelves)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Cellar › left\nshelf › Beans", "Cellar › left shelf")
	f.Add("\x1b]8;;x\x1b\\a\x1b[31m b\x1b[m", "a b")
	f.Add("a \x9b \xff", "\xff")
	f.Fuzz(func(t *testing.T, text, phrase string) {
		lines := strings.Split(text, "\n")
		for _, hit := range Find(lines, []string{phrase}) {
			for _, p := range hit.Parts {
				if p.From >= p.To || p.To > len(lines[p.Line]) {
					t.Fatalf("%+v is no part of %q", p, lines)
				}
			}
		}
	})
}
