package check

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the tree of which all texts are collected.
const root = "../.."

// Texts of other worlds have no answer of the ladder, and those of this room are compared where they are labelled.
var elsewhere = []string{"connector/check/testdata", "connector/check/explain_text_test.go", ".git", "torture/mutants", "tools"}

// verbs are what a format puts in; any name will do for what they stand for.
var verbs = regexp.MustCompile(`%[-+#0-9.]*(?:\[\d+\])?[svqd]`)

// errorTexts are all texts of the tree that could be what an error says, with the place where each stands: the literals of the embedded
// workspace and of all tests, and the lines and the values of all test data.
func errorTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	note := func(path, text string) {
		if text = strings.TrimSpace(text); len(text) >= shortestText && len(text) <= longestText {
			texts[verbs.ReplaceAllString(text, "main")] = path
		}
	}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
		switch {
		case slices.Contains(elsewhere, name) && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir(), slices.Contains(elsewhere, name):
		case strings.HasSuffix(name, "_test.go"), strings.HasPrefix(name, "connector/demo/") && strings.HasSuffix(name, ".go"):
			literals(t, path, func(text string) { note(name, text) })
		case strings.Contains(name, "/testdata/"):
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			stringsOf(data, func(text string) { note(name, text) })
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

const shortestText, longestText = 12, 4000

// literals gives the strings of a Go file, those that are put together of several as one.
func literals(t *testing.T, path string, note func(string)) {
	t.Helper()
	file, err := parser.ParseFile(gotoken.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		text := joined(e)
		note(text)
		return text == ""
	})
}

// joined is the text of an expression of literals, with "main" for what is no literal, or nothing.
func joined(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == gotoken.STRING {
			return text
		}
	case *ast.BinaryExpr:
		left, right := joined(e.X), joined(e.Y)
		if e.Op == gotoken.ADD && left+right != "" {
			return or(left, "main") + or(right, "main")
		}
	}
	return ""
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// stringsOf gives the strings of a JSON file, and the lines of any other.
func stringsOf(data []byte, note func(string)) {
	var tree any
	if json.Unmarshal(data, &tree) != nil {
		for line := range strings.Lines(string(data)) {
			note(line)
		}
		return
	}
	for list := []any{tree}; len(list) > 0; list = list[1:] {
		switch v := list[0].(type) {
		case string:
			note(v)
		case []any:
			list = append(list, v...)
		case map[string]any:
			for _, value := range v {
				list = append(list, value)
			}
		}
	}
}

// openings say of whom a text is. The ladder knows what it asked for; a text that does not say it is asked about both.
var openings = []string{"databricks: ", "databricks, SQL warehouse Finance: "}

// Whatever text of the tree the ladder knows in an error, explain knows as the same as soon as it is told who said it.
func TestNoTextOfTheTreeHasTwoAnswers(t *testing.T) {
	known := 0
	for text, path := range errorTexts(t) {
		var said []Explanation
		for as, err := range dressed(text) {
			met := Explain(err)
			if met.Pattern == UnknownPattern {
				continue
			}
			known++
			for _, opening := range openings[min(len(said), len(openings)):] {
				said = append(said, ExplainText(opening+text))
			}
			same := false
			for _, e := range said {
				fits := e.Cause == met.Cause || slices.ContainsFunc(e.Also, func(a Alternative) bool { return a.Cause == met.Cause })
				if same = same || fits; !fits && e.Cause != NotKnown {
					t.Errorf("%s: %q\n is %s to explain and, as %s, %s to the ladder", path, text, e.Pattern, as, met.Pattern)
				}
			}
			if !same {
				t.Errorf("%s: %q\n is unknown to explain and, as %s, %s to the ladder", path, text, as, met.Pattern)
			}
		}
	}
	t.Logf("the ladder knows %d errors", known)
	if known < 300 {
		t.Errorf("only %d errors are known to the ladder", known)
	}
}
