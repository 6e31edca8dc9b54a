package relay

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// keyTable is the keys as a table for people, with an example of each.
func keyTable() string {
	var b strings.Builder
	b.WriteString("\n| key | what it does | example |\n|---|---|---|\n")
	for _, k := range keys {
		example := strings.Join(strings.Fields(k.Example), " ")
		if strings.HasPrefix(k.Example, "\n") || strings.HasPrefix(k.Example, " |") {
			example = "see above"
		} else {
			example = "`" + k.Name + ": " + example + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", k.Name, k.About, example)
	}
	b.WriteString("\nAn item of `rewrite`:\n\n| key | what it does | example |\n|---|---|---|\n")
	for _, k := range editKeys {
		fmt.Fprintf(&b, "| `%s` | %s | `%s:%s` |\n", k.Name, k.About, k.Name, k.Example)
	}
	return b.String() + "\n"
}

var betweenMarks = regexp.MustCompile(`(?s)(<!-- The keys[^\n]*-->\n).*(<!-- So far the keys. -->)`)

func page() string { return filepath.Join("..", "..", "..", "docs", "relay.md") }

func TestThePageHasTheKeysOfTheCode(t *testing.T) {
	content, err := os.ReadFile(page())
	if err != nil {
		t.Fatal(err)
	}
	if len(betweenMarks.FindSubmatch(content)) == 0 {
		t.Fatal("the page has no place for the keys")
	}
	want := betweenMarks.ReplaceAllStringFunc(string(content), func(old string) string {
		marks := betweenMarks.FindStringSubmatch(old)
		return marks[1] + keyTable() + marks[2]
	})
	golden.Compare(t, page(), want)
}

func TestTheExampleOfThePageCanBeRead(t *testing.T) {
	content, err := os.ReadFile(page())
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(content)
	if found == nil {
		t.Fatal("the page has no example")
	}
	if rules, err := Read(found[1]); err != nil || len(rules) != 3 || rules[0].Body != "RBAC: access denied\n" || rules[0].Header["Server"] != "envoy" {
		t.Errorf("%+v, %v", rules, err)
	}
}

func TestTheExampleOfEveryKeyCanBeRead(t *testing.T) {
	beside := map[string]string{
		"retry_date": "retry_after: 9s", "sql_state": "sql_error: no", "recorded": "times: 1", "signed": "status: 403", "unsigned": "status: 403",
	}
	for _, k := range keys {
		more := "delay: 1ms"
		if found, ok := beside[k.Name]; ok {
			more = found
		}
		if k.Name == "delay" {
			more = "status: 403"
		}
		path := "  - path: /x\n"
		if k.Name == "path" {
			path = "  - method: GET\n"
		}
		text := "rules:\n" + path + "    " + more + "\n    " + k.Name + ":" + strings.ReplaceAll(k.Example, "\n", "\n  ") + "\n"
		if _, err := Read([]byte(text)); err != nil {
			what, remedy := connector.Words(err)
			t.Errorf("%s: %s %s\n%s", k.Name, what, remedy, text)
		}
		if empty := (Rule{}); k.About == "" || !k.Empty(empty) {
			t.Errorf("%s says nothing of itself", k.Name)
		}
	}
}

func TestAFileThatCannotBeReadSaysTheLineAndWhatIsAllowed(t *testing.T) {
	for name, tt := range map[string]struct{ file, what, remedy string }{
		"nothing":                {"", "is empty", ""},
		"no YAML":                {"rules:\n  - {", "Line 2 cannot be read", ""},
		"no rules":               {"about: x", "has no rules", "rules:"},
		"an empty list":          {"rules: []", "has no rules", "rules:"},
		"a misspelt key":         {"rules:\n  - path: /x\n    stauts: 403", "Line 3 of the file of rules has the unknown key \"stauts\"", `Did you mean "status"?`},
		"an unknown key":         {"rules:\n  - path: /x\n    zzzzzz: 403", "Line 3", "The keys are path, stage,"},
		"a key twice":            {"rules:\n  - path: /x\n    status: 403\n    status: 404", `Line 4 of the file of rules has "status" again`, "Keep one"},
		"a status of no kind":    {"rules:\n  - path: /x\n    status: none", `Line 3 of the file of rules is wrong: "status" needs a whole number`, ""},
		"a status out of range":  {"rules:\n\n  - path: /x\n    status: 99", "Line 3 of the file of rules is wrong: a status is 200 to 599", ""},
		"an unknown stage":       {"rules:\n  - stage: S02\n    close: true", `"stage" needs one of these: S04, S05`, ""},
		"an unknown encoding":    {"rules:\n  - path: /x\n    encode: [zip]", `"encode" needs a list of these: bom`, ""},
		"an unknown SQL change":  {"rules:\n  - path: /x\n    sql: odd", `"sql" needs one of these: fewer-columns`, ""},
		"nothing to match":       {"rules:\n  - status: 403", "neither a path nor a stage", ""},
		"nothing to change":      {"rules:\n  - path: /x", "it changes nothing", ""},
		"a path without a slash": {"rules:\n  - path: x\n    status: 403", "begins with a slash", ""},
		"two bodies":             {"rules:\n  - path: /x\n    body: a\n    page: b", "more than one body", ""},
		"a body and a rewrite":   {"rules:\n  - path: /x\n    body: a\n    replace: {a: b}", "a body of its own", ""},
		"no base64":              {"rules:\n  - path: /x\n    base64: '%'", "its base64 cannot be decoded", ""},
		"no hexadecimal":         {"rules:\n  - path: /x\n    hex: 8", "its hexadecimal digits cannot be decoded", ""},
		"no recording":           {"rules:\n  - path: /x\n    recorded: hello", "does not begin like HTTP/1.1", ""},
		"a recording of 99":      {"rules:\n  - path: /x\n    recorded: HTTP/1.1 99 No", "a status is 200 to 599", ""},
		"a long delay":           {"rules:\n  - path: /x\n    delay: 25h", `"delay" needs a time such as`, ""},
		"a header of two lines":  {"rules:\n  - path: /x\n    header: {A: \"b\\nc: d\"}", "no header of one line", ""},
		"a rewrite without at":   {"rules:\n  - path: /x\n    rewrite:\n      - set: 1", `Line 4 of the file of rules begins an item without "at"`, ""},
		"a rewrite of nothing":   {"rules:\n  - path: /x\n    rewrite:\n      - at: a", "one of set and delete", ""},
		"a rewrite of nowhere":   {"rules:\n  - path: /x\n    rewrite:\n      - at: 'a..b['\n        set: 1", "is no address in JSON", ""},
		"an alias":               {"rules:\n  - path: /x\n    header: &h {A: b}", "has an anchor or an alias", ""},
		"too many repeats":       {"rules:\n  - path: /x\n    body: a\n    repeat: 99999999", "go up to", ""},
		"a secret":               {"rules:\n  - path: /x\n    body: dapi0123456789abcdef0123456789abcdef", "holds a secret", "Take it out"},
	} {
		_, err := Read([]byte(tt.file))
		what, remedy := connector.Words(err)
		if err == nil || !strings.Contains(what, tt.what) || remedy == "" || !strings.Contains(remedy, tt.remedy) {
			t.Errorf("%s: %q %q", name, what, remedy)
		}
	}
}

func FuzzRead(f *testing.F) {
	content, err := os.ReadFile(page())
	if err != nil {
		f.Fatal(err)
	}
	for _, found := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(content, -1) {
		f.Add(string(found[1]))
	}
	f.Add("rules: [{stage: S04, json: {a: [1, .inf, 0x10, ~, {b: !!str 1}]}}]")
	f.Add("rules: [{path: '*', rewrite: [{at: '*[*].a[0]', set: {}}], times: 3, sql: no-types, encode: [gzip, bom]}]")
	f.Fuzz(func(t *testing.T, text string) {
		rules, err := Read([]byte(text))
		if err != nil {
			if what, remedy := connector.Words(err); what == "" || remedy == "" {
				t.Errorf("%q is refused without a word", text)
			}
			return
		}
		for _, r := range rules {
			if r.status() != 0 && (r.status() < 200 || r.status() > 599) || r.Delay < 0 || len(r.Body) > longestBody || r.Path == "" && r.Stage == "" {
				t.Errorf("%q gives %+v", text, r)
			}
		}
		if _, err := flatfile.YAML(file{rules: rules}, fileKeys, ""); err != nil {
			t.Error(err)
		}
	})
}
