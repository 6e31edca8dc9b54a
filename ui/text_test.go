package ui

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/words"
)

func TestWrapBreaksAtBlanks(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"short", "one two", "one two"},
		{"at a blank", "one two three", "one two\nthree"},
		{"no blank is left at the start", "1234567 9012", "1234567\n9012"},
		{"names with hyphens stay whole", "see adb-123", "see\nadb-123"},
		{"a word wider than the line", "abcdefghijkl", "abcdefgh\nijkl"},
		{"line breaks are kept", "a\n\nb", "a\n\nb"},
		{"blanks in front are kept", "  a b", "  a b"},
		{"blanks at the end make no line", "12345678   ", "12345678"},
		{"wide characters", "日本語日本語", "日本語日\n本語"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Wrap(test.text, 8); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAStyleDoesNotReachBesideItsLines(t *testing.T) {
	theme := NewTheme(true)
	for _, line := range strings.Split(Wrap(theme.Bad.Render("one two three four"), 8), "\n") {
		if !strings.HasPrefix(line, "\x1b[") || !strings.HasSuffix(line, "\x1b[m") {
			t.Errorf("line %q does not open and close its style", line)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("one two \x1b[1mthree\x1b[m", 4)
	f.Add("日本語 e\u0301", 1)
	f.Fuzz(func(t *testing.T, text string, width int) {
		text, width = cleanLines(text), 2+(width&127)
		for _, line := range strings.Split(Wrap(text, width), "\n") {
			if ansi.StringWidth(line) > width {
				t.Fatalf("%q is wider than %d", line, width)
			}
		}
	})
}

func FuzzClean(f *testing.F) {
	f.Add(hostile)
	f.Add("e\u0301\u0301\u0301\u0301\u0301\u0301\ufe0f")
	f.Fuzz(func(t *testing.T, text string) {
		cleaned := Clean(text)
		for _, r := range cleaned {
			if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
				t.Fatalf("%U is left in %q", r, cleaned)
			}
		}
		if Clean(cleaned) != cleaned && len(cleaned) <= cleanLimit {
			t.Fatalf("cleaning %q twice differs", text)
		}
	})
}

func TestDurationsReadAsPeopleSayThem(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "", 400 * time.Microsecond: "1 ms", 12 * time.Millisecond: "12 ms",
		2150 * time.Millisecond: "2.1 s", 59990 * time.Millisecond: "59.9 s", 100 * time.Second: "1:40",
	} {
		if got := words.Took(d); got != want {
			t.Errorf("words.Took(%v) is %q, want %q", d, got, want)
		}
	}
	if got := words.Seconds(4900 * time.Millisecond); got != "4 s" {
		t.Errorf("Seconds gives %q", got)
	}
	if got := words.Thousands(-1234567); got != "-1,234,567" {
		t.Errorf("Thousands gives %q", got)
	}
}

func TestWorkingShowsASpinnerLateAndSecondsLater(t *testing.T) {
	start := time.Now()
	for elapsed, want := range map[time.Duration]string{
		100 * time.Millisecond: "  Listing\n",
		time.Second:            "⠇ Listing\n",
		4 * time.Second:        "⠹ Listing  4 s\n",
	} {
		theme := NewTheme(true)
		theme.ReducedMotion = false
		theme.clock = func() time.Time { return start.Add(elapsed) }
		if got := plainText(Working("Listing", start).View(&theme, 40)); got != want {
			t.Errorf("after %v: %q, want %q", elapsed, got, want)
		}
	}
}

func TestATableNeverExceedsItsRoom(t *testing.T) {
	theme := NewTheme(true)
	headers := []string{"id", "name", "kind", "a very long header indeed", "last_seen"}
	rows := [][]string{
		{"10001", "edge-router-07", "router", strings.Repeat("x", 300), "2026-11-20"},
		{"10002", hostile, "日本語", "", "2026-11-20"},
		{"10003"},
		{"10004", "b", "c", "d", "e", "one too many"},
	}
	for width := range 130 {
		for height := range 8 {
			table := DataTable(&theme, headers, rows, width, height)
			lines := strings.Split(table, "\n")
			if len(lines) > max(1, height) {
				t.Fatalf("%d lines in a height of %d", len(lines), height)
			}
			for _, line := range lines {
				if ansi.StringWidth(line) > width {
					t.Fatalf("a line of %d cells in a width of %d", ansi.StringWidth(line), width)
				}
			}
		}
	}
}

func TestATableSaysWhatItDoesNotShow(t *testing.T) {
	theme := NewTheme(true)
	headers := []string{"alpha_one", "beta_two", "gamma_three", "delta_four", "epsilon_five"}
	rows := [][]string{{"1", "2", "3", "4", "5"}, {"6", "7", "8", "9", "10"}, {"11", "12", "13", "14", "15"}}
	want := "alpha_one  beta_two\n1          2\n2 more rows, 3 more columns\n"
	if got := plainText(DataTable(&theme, headers, rows, 29, 3)); got != want {
		t.Errorf("narrow table %q", got)
	}
	want = "alpha_one  beta_two\n1          2\n6          7\n11         12\n"
	for i := range rows {
		rows[i] = rows[i][:2]
	}
	if got := plainText(DataTable(&theme, headers[:2], rows, 40, 4)); got != want {
		t.Errorf("whole table %q", got)
	}
}
