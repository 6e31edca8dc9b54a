package main

import (
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// lies says what files lie where, by their names. A trailing slash stands for every folder below as well; the root has these alone.
var lies = map[string][]string{
	"":                          {".gitignore", "LICENSE", "Makefile", "README.md", "go.mod", "go.sum"},
	".ci":                       {"run"},
	"assets":                    {"*.yaml"},
	"scripts":                   {"[a-z]*"},
	"docs":                      {"*.md"},
	"docs/scripts/":             {"*.script"},
	"docs/shots":                {"*.png", "*.svg"},
	"tools/":                    {"go.mod", "go.sum"},
	"journeys/script":           {"go.mod", "go.sum"},
	"journeys/script/testdata":  {"*.txtar"},
	"cmd/testdata":              {"*.txt", "*.json"},
	"connector/check/testdata/": {"*.jsonl", "*.md"},
	"connector/vault":           {"words.txt"},
	"connector/vault/testdata/": {"*.age", "*.json"},
	"screentest/testdata/":      {"*.age", "*.json"},
	"torture/answers":           {"*.yaml"},
	"torture/testdata":          {"*.yaml"},
	"torture/clients":           {"*.py", "*.cjs", "*.java"},
	"torture/clients/world":     {"*.py", "*.tsv"},
	"torture/windows/testdata":  {"*.c"},
}

// belongs reports a file that has a place in the tree. Code lies anywhere, frames in any folder of test data, and what a fuzz test found
// under its number.
func belongs(name string) bool {
	folder, base := path.Split(name)
	is := func(pattern string) bool {
		matches, err := path.Match(pattern, base)
		return err == nil && matches && path.Ext(base) == path.Ext(pattern)
	}
	data := strings.Contains("/"+folder, "/testdata/")
	if is("*.go") || data && is("*.golden") || data && strings.Contains(folder, "/fuzz/Fuzz") && is(strings.Repeat("[0-9a-f]", 16)) {
		return true
	}
	for where, patterns := range lies {
		here := strings.TrimSuffix(folder, "/") == where || strings.HasSuffix(where, "/") && strings.HasPrefix(folder, where)
		if here && slices.ContainsFunc(patterns, is) {
			return true
		}
	}
	return false
}

// TestNothingLiesInTheTreeThatARunSaved looks at all that is committed, or would be with everything else.
func TestNothingLiesInTheTreeThatARunSaved(t *testing.T) {
	out, err := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Skip("this is no tree of git: ", err)
	}
	names := strings.Split(strings.TrimSpace(string(out)), "\n")
	if !slices.Contains(names, "main.go") {
		t.Fatalf("%d files, and not the first of them: the search finds nothing", len(names))
	}
	for _, name := range names {
		if !belongs(name) {
			t.Errorf("%s has no place in the tree", name)
		}
	}
}

func TestWhatARunSavesHasNoPlace(t *testing.T) {
	for _, name := range []string{
		"connection.txt", "requests-2.txt", "steps/seen-certificates.pem", "steps/connection-test.txt", "cmd/connection.txt", "cmd/testdata/shown.pem", "grants.sql",
		"bundle.zip", "docs/record.jsonl", "steps/plain/testdata/ca.pem", "answers.yaml", "connector/vault/secret.txt", "tools/shot/out.png", "draft.age",
		"scripts/connection.txt", "ui/testdata/fuzz/notes", "words.txt", "steps/frame.golden",
	} {
		if belongs(name) {
			t.Errorf("%s has a place in the tree", name)
		}
	}
}
