package main

import (
	"go/ast"
	"testing"
)

// TestNoExpressionIsCompiledBeforeItIsUsed keeps what a start costs from growing with the number of expressions that the program knows.
func TestNoExpressionIsCompiledBeforeItIsUsed(t *testing.T) {
	compiled := 0
	each(t, func(r room, name string, file *ast.File, at func(ast.Node) int) {
		if allowed(outside, r.name()) {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			selected, ok := n.(*ast.SelectorExpr)
			if !ok || selected.Sel.Name != "MustCompile" {
				return true
			}
			if pkg, ok := selected.X.(*ast.Ident); ok && pkg.Name == "regexp" {
				if compiled++; r.name() != "pattern" {
					t.Errorf("%s:%d compiles an expression by itself: use pattern.New", name, at(n))
				}
			}
			return true
		})
	})
	if compiled == 0 {
		t.Error("nobody compiles an expression: the search finds nothing")
	}
}
