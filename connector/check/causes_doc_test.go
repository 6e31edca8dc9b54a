package check

import (
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// troubleshooting writes the causes table as a page for people, by cause.
func troubleshooting() string {
	var b strings.Builder
	b.WriteString(`# Troubleshooting

Every cause that ` + "`test`, the wizard and `explain`" + ` name, from the one table that all of them use. ` + "`draftt-databricks explain`" + ` finds the row for an
error that you paste; ` + "`test NAME --json`" + ` gives it as ` + "`pattern`" + `, and ends with the exit code of the first failure.

This page is generated: ` + "`go test ./connector/check -run Troubleshooting -update`" + `.
`)
	for _, cause := range []Cause{AuthenticationFailed, WarehouseAccess, MissingPermissions, WarehouseNotRunning, Unreachable, UnreadableAnswer, NotOffered, AdminRights, BeyondReadOnly} {
		fmt.Fprintf(&b, "\n## %s\n\n| stage | pattern | what it means | what to do | exit |\n|---|---|---|---|---|\n", cause)
		for _, e := range Causes() {
			if e.Cause != cause {
				continue
			}
			fmt.Fprintf(&b, "| %s %s | `%s` | %s | %s | %d |\n", e.Stage, NameOf(e.Stage), e.ID, e.Reason, remedyCell(e), e.Exit)
		}
	}
	b.WriteString("\n## When two causes fit\n\nThe same answer, what it may mean as well, and what to look at to tell the two apart.\n\n| pattern | also | what to look at |\n|---|---|---|\n")
	for _, e := range Causes() {
		for _, also := range e.Also {
			fmt.Fprintf(&b, "| `%s` | `%s` %s | %s |\n", e.ID, also.Pattern, also.Cause, also.Look)
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
	want := troubleshooting()
	golden.Compare(t, filepath.Join("..", "..", "docs", "troubleshooting.md"), want)
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
			literal := patternIn(n)
			if literal == nil {
				return true
			}
			found++
			id, err := strconv.Unquote(literal.Value)
			if err != nil || id != unlisted && !slices.ContainsFunc(Causes(), func(e Entry) bool { return e.ID == id }) {
				t.Errorf("%s names the pattern %s, which is not in the table", name, literal.Value)
			}
			return true
		})
	}
	if found < 10 {
		t.Errorf("stages name %d patterns: the search does not find them", found)
	}
}

// unlisted is the pattern of credentials that have ended, which the page tells under "expiring".
const unlisted = "expired"

// patternIn is the pattern that a piece of code names as text: Pattern: "x", f.Pattern = "x", findingOf("x").
func patternIn(n ast.Node) *ast.BasicLit {
	var key, value ast.Expr
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		key, value = n.Key, n.Value
	case *ast.AssignStmt:
		key, value = n.Lhs[0], n.Rhs[0]
	case *ast.CallExpr:
		if len(n.Args) == 1 {
			key, value = n.Fun, n.Args[0]
		}
	}
	if field, ok := key.(*ast.SelectorExpr); ok {
		key = field.Sel
	}
	name, _ := key.(*ast.Ident)
	literal, _ := value.(*ast.BasicLit)
	if name == nil || literal == nil || name.Name != "Pattern" && name.Name != "findingOf" {
		return nil
	}
	return literal
}
