package check

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

// sample is a text as someone pasted it, with what explain must make of it.
type sample struct {
	title, text, stage, pattern, confidence string
}

// samples reads a page of testdata/explain: a heading, a line of what is expected, and the text between fences.
func samples(t testing.TB, name string) []sample {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("testdata", "explain", name))
	if err != nil {
		t.Fatal(err)
	}
	var list []sample
	for _, section := range strings.Split(string(page), "\n## ")[1:] {
		title, rest, _ := strings.Cut(section, "\n\n")
		expected, rest, _ := strings.Cut(rest, "\n\n```\n")
		text, _, closed := strings.Cut(rest, "\n```")
		s := sample{title: title, text: text, pattern: "unknown", confidence: string(NoIdea)}
		if fields := strings.Split(expected, " · "); expected != "unknown" {
			if len(fields) < 3 {
				t.Fatalf("%s: %s expects %q", name, title, expected)
			}
			s.stage, s.pattern, s.confidence = fields[0], fields[1], fields[2]
		}
		if !closed || strings.TrimSpace(text) == "" {
			t.Fatalf("%s: %s has no text", name, title)
		}
		list = append(list, s)
	}
	return list
}

// explained holds what is made of the text to what its page expects. A text that is known is told in whole, any other not at all.
func (s sample) explained(t *testing.T) Explanation {
	t.Helper()
	got := ExplainText(s.text)
	if string(got.Stage) != s.stage || got.Pattern != s.pattern || string(got.Confidence) != s.confidence {
		t.Errorf("%s %s, %q, %s; decided by %q", got.Stage, got.Pattern, got.Cause, got.Confidence, got.Matched)
	}
	if s.pattern == "unknown" {
		if got.Cause != NotKnown || got.Name != "" || got.Matched != "" || !strings.Contains(got.Remedy.Text, "collect") {
			t.Errorf("unknown, but %+v", got)
		}
	} else if got.Name == "" || got.Reason == "" || got.Remedy.Text == "" || got.Matched == "" {
		t.Errorf("something is missing in %+v", got)
	}
	return got
}

// pages are the known texts, by the cause that they all have.
var pages = map[string]Cause{
	"authentication.md": AuthenticationFailed, "warehouse.md": WarehouseAccess, "running.md": WarehouseNotRunning,
	"permissions.md": MissingPermissions, "reach.md": Unreachable,
}

func TestAPastedErrorIsExplained(t *testing.T) {
	count := 0
	for page, cause := range pages {
		t.Run(string(cause), func(t *testing.T) {
			for _, s := range samples(t, page) {
				count++
				t.Run(s.title, func(t *testing.T) {
					if got := s.explained(t); got.Cause != cause || s.pattern == "unknown" {
						t.Errorf("the cause is %q", got.Cause)
					}
				})
			}
		})
	}
	if count < 70 {
		t.Errorf("only %d texts", count)
	}
}

func TestATextAboutSomethingElseIsNotExplained(t *testing.T) {
	list := samples(t, "not-ours.md")
	if len(list) < 40 {
		t.Errorf("only %d texts", len(list))
	}
	for _, s := range list {
		t.Run(s.title, func(t *testing.T) { s.explained(t) })
	}
}

// The type of an error tells the ladder more than its text tells explain. Where explain is less exact it keeps to the same cause, or says
// that it does not know.
func TestTheLadderAndExplainAgree(t *testing.T) {
	same := 0
	for _, known := range known {
		text := "databricks: " + known.err.Error()
		got, want := ExplainText(text), Explain(known.err)
		if got.Pattern == want.Pattern {
			same++
		}
		if got.Cause != NotKnown && got.Cause != want.Cause {
			t.Errorf("%q is %s for explain and %s for the ladder", text, got.Pattern, want.Pattern)
		}
	}
	if same*10 < len(known)*8 {
		t.Errorf("of %d errors only %d have the same row as text", len(known), same)
	}
}

func TestNoSecretOfATextIsRepeated(t *testing.T) {
	const pat, oauth, jwt = "dapi0123456789abcdef0123456789abcdef", "dose0123456789abcdef0123456789abcdef", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"
	for secret, places := range map[string][]string{
		pat:   {"catalog %s is not accessible in current workspace", "ServicePrincipalName(%s) does not exist", "Databricks: token %s has expired, HTTP 403"},
		oauth: {"users without the %s databricks-sql-access", "catalog (%s) is not accessible in current workspace"},
		jwt:   {"catalog %s is not accessible in current workspace", "databricks: token %s has expired"},
		"hunter2hunter2": {
			"catalog with password=hunter2hunter2 is not accessible in current workspace", `catalog {"client_secret": "%s"} is not accessible in current workspace`,
			"catalog at https://me:%s@proxy.example is not accessible in current workspace", "catalog for Bearer %s is not accessible in current workspace",
			"catalog jdbc:databricks://h;UID=token;PWD=%s;x=1 is not accessible in current workspace",
		},
		"c2VjcmV0LW9mLWI2NA": {"catalog for Authorization: Basic %s== is not accessible in current workspace"},
	} {
		for _, place := range places {
			text := strings.ReplaceAll(place, "%s", secret)
			got := ExplainText(text)
			if got.Pattern == "unknown" || strings.Contains(got.Matched, secret) {
				t.Errorf("%q gives %s with %q", text, got.Pattern, got.Matched)
			}
		}
	}
}

func TestAHugeTextIsReadAtBothEnds(t *testing.T) {
	var all strings.Builder
	for n := range 60_000 {
		fmt.Fprintf(&all, "INFO  databricks has not stopped, line %d\n", n%9000)
	}
	noise := all.String()
	for _, text := range []string{noise + "User does not have USE CATALOG on Catalog 'main'.", "User does not have USE CATALOG on Catalog 'main'." + noise} {
		if got := ExplainText(text); got.Pattern != "no-use-catalog" {
			t.Errorf("%s", got.Pattern)
		}
	}
}

// safe fails unless an explanation may be printed as it is.
func safe(t *testing.T, text string, e Explanation) {
	t.Helper()
	shown := []string{e.Matched, e.Reason, e.Remedy.Text, e.Remedy.Copy, e.Pattern, e.Name}
	for _, name := range e.Names {
		shown = append(shown, name.Value, string(name.Kind))
	}
	for _, also := range e.Also {
		shown = append(shown, also.Look)
	}
	for _, said := range shown {
		if strings.ContainsFunc(said, func(r rune) bool {
			return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
		}) || !utf8.ValidString(said) {
			t.Errorf("%q gives %q", text, said)
		}
	}
	if utf8.RuneCountInString(e.Matched) > 5*(matchedLimit+1) {
		t.Errorf("%d characters are repeated", utf8.RuneCountInString(e.Matched))
	}
	if e.Cause != NotKnown && !slices.ContainsFunc(Causes(), func(c Entry) bool { return c.ID == e.Pattern && c.Cause == e.Cause }) {
		t.Errorf("%q is not in the table", e.Pattern)
	}
}

func FuzzExplain(f *testing.F) {
	for page := range pages {
		for _, s := range samples(f, page) {
			f.Add(s.text)
		}
	}
	f.Add("\x1b]0;x\a\u202e\u009b31m blocked by Databricks IP ACL \xff\x00")
	f.Add("catalog \u202e\x1b[2J" + strings.Repeat("ਾ", 200) + " is not accessible in current workspace")
	for _, l := range labelledTexts(f, "labelled.jsonl") {
		f.Add(l.Text)
	}
	f.Add("\xff\xfeu\x00s\x00e\x00r\x00")
	f.Fuzz(func(t *testing.T, text string) {
		safe(t, text, ExplainText(text))
		safe(t, text, ExplainText(pasted.Decode([]byte(text))))
	})
}

// BenchmarkAMegabyte is the longest text that explain reads, with the words of all rows on every line.
func BenchmarkAMegabyte(b *testing.B) {
	var log strings.Builder
	for n := 0; log.Len() < pasted.Limit; n++ {
		fmt.Fprintf(&log, "%d databricks token connection reset host-%d.example.com:8080 warehouse endpoint is starting, catalog 'c%d' does not have access\n", n, n, n)
	}
	for b.Loop() {
		ExplainText(log.String())
	}
}
