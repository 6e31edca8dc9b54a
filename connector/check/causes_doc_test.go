package check

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/troubleshooting.md anew from the causes table")

// troubleshooting writes the causes table as a page for people, by cause.
func troubleshooting() string {
	var b strings.Builder
	b.WriteString(`# Troubleshooting

Every cause that ` + "`test`, the wizard and `explain`" + ` name, from the one table that all of them use. ` + "`draftt-databricks explain`" + ` finds the row for an
error that you paste; ` + "`test NAME --json`" + ` gives it as ` + "`pattern`" + `, and ends with the exit code of the first failure.

This page is generated: ` + "`go test ./connector/check -run Troubleshooting -update`" + `.
`)
	for _, cause := range []Cause{AuthenticationFailed, WarehouseAccess, MissingPermissions, WarehouseNotRunning, Unreachable, BeyondReadOnly} {
		fmt.Fprintf(&b, "\n## %s\n\n| stage | pattern | what it means | what to do | exit |\n|---|---|---|---|---|\n", cause)
		for _, e := range Causes() {
			if e.Cause != cause {
				continue
			}
			fmt.Fprintf(&b, "| %s %s | `%s` | %s | %s | %d |\n", e.Stage, NameOf(e.Stage), e.ID, e.Reason, remedyCell(e), e.Exit)
		}
	}
	return b.String()
}

// remedyCell is what to do, with the statement that it speaks of.
func remedyCell(e Entry) string {
	if e.Grant == "" {
		return e.Remedy
	}
	return e.Remedy + " `` " + e.Grant + " ``"
}

func TestTheTroubleshootingPageIsThatOfTheTable(t *testing.T) {
	path, want := filepath.Join("..", "..", "docs", "troubleshooting.md"), troubleshooting()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Error("docs/troubleshooting.md is not what the causes table says; run with -update")
	}
	if strings.Contains(want, "| |") || strings.Count(want, "\n| S") != len(Causes()) {
		t.Error("a row is not on the page, or has an empty cell")
	}
}

// A pattern that a stage makes up is one that nobody finds on the page.
func TestEveryPatternOfTheLadderIsInTheTable(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			pair, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			key, _ := pair.Key.(*ast.Ident)
			text, ok := pair.Value.(*ast.BasicLit)
			if key == nil || key.Name != "Pattern" || !ok {
				return true
			}
			found++
			id, err := strconv.Unquote(text.Value)
			if err != nil || id != "unknown" && !slices.ContainsFunc(Causes(), func(e Entry) bool { return e.ID == id }) {
				t.Errorf("%s names the pattern %s, which is not in the table", name, text.Value)
			}
			return true
		})
	}
	if found == 0 {
		t.Error("no stage names a pattern: the search finds nothing")
	}
}
