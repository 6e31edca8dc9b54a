package main

import (
	"go/ast"
	"testing"
)

// starters are the ways in which Go runs a function on a goroutine of its own, and what stands for each in package contain. A panic there
// ends the program: past the terminal that has to be put in order, past the JSON that has to be complete, past the next connection.
var starters = map[string]string{
	"sync.WaitGroup": "contain.Group", "errgroup.Group": "contain.Group", "errgroup.WithContext": "contain.Group",
	"context.AfterFunc": "contain.After", "time.AfterFunc": "contain.After",
}

func TestEveryGoroutineIsStartedWhereAPanicIsContained(t *testing.T) {
	started := 0
	each(t, func(r room, name string, file *ast.File, at func(ast.Node) int) {
		if allowed(outside, r.name()) {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				if started++; r.name() != "contain" {
					t.Errorf("%s:%d starts a goroutine by itself: use contain.Go, or contain.Ask where somebody waits for it", name, at(n))
				}
			case *ast.SelectorExpr:
				pkg, ok := n.X.(*ast.Ident)
				if !ok || r.name() == "contain" {
					return true
				}
				if instead := starters[pkg.Name+"."+n.Sel.Name]; instead != "" {
					t.Errorf("%s:%d uses %s.%s, which starts goroutines: use %s", name, at(n), pkg.Name, n.Sel.Name, instead)
				}
			}
			return true
		})
	})
	if started == 0 {
		t.Error("nobody starts a goroutine: the search finds nothing")
	}
}
