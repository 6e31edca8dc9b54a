package main

import (
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

func TestImportsRunOneWay(t *testing.T) {
	for _, r := range rooms(t) {
		name := r.name()
		if allowed(outside, name) {
			continue
		}
		rules, known := rulesFor(name)
		if !known {
			t.Errorf("%s has no place in the house: say what it may use", name)
			continue
		}
		for _, imported := range r.Imports {
			if inside, ok := strings.CutPrefix(imported, module+"/"); ok && !allowed(append(everywhere, rules...), inside) {
				t.Errorf("%s uses %s", name, inside)
			}
		}
	}
}

// TestNoConnectorCodeReachesTheAdminSession keeps the one room that can write apart: no part of the connector knows it, and only it may
// open a client whose list of requests is not the read-only one.
func TestNoConnectorCodeReachesTheAdminSession(t *testing.T) {
	for _, r := range rooms(t) {
		if allowed(append([]string{"cmd", "cmd/", "steps/", "screens/", "panels/", "connector/setup", "connector/saved", "connector/admin", "connector/partner"}, outside...), r.name()) {
			continue
		}
		for _, imported := range r.Imports {
			if imported == module+"/connector/admin" {
				t.Errorf("%s uses the admin session", r.name())
			}
		}
	}
	opened := 0
	each(t, func(r room, name string, file *ast.File, at func(ast.Node) int) {
		ast.Inspect(file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok || selector.Sel.Name != "Client" {
				return true
			}
			if pkg, ok := selector.X.(*ast.Ident); ok && pkg.Name == "workspace" {
				if opened++; r.name() != "connector/admin" {
					t.Errorf("%s:%d opens a client with a list of its own", name, at(n))
				}
			}
			return true
		})
	})
	if opened == 0 {
		t.Error("nobody opens such a client: the search finds nothing")
	}
}

// TestReadersOfAnInventoryAreOpenedForAdminsAlone keeps the connector identity at its own short list of reads.
func TestReadersOfAnInventoryAreOpenedForAdminsAlone(t *testing.T) {
	opened := 0
	each(t, func(r room, name string, file *ast.File, at func(ast.Node) int) {
		ast.Inspect(file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok || selector.Sel.Name != "OpenReader" {
				return true
			}
			if pkg, ok := selector.X.(*ast.Ident); ok && pkg.Name == "workspace" {
				if opened++; !slices.Contains([]string{"connector/admin", "connector/account"}, r.name()) {
					t.Errorf("%s:%d opens a reader with a list of its own", name, at(n))
				}
			}
			return true
		})
	})
	if opened == 0 {
		t.Error("nobody opens a reader: the search finds nothing")
	}
}

func TestTheEngineHasNeverHeardOfATerminal(t *testing.T) {
	for _, r := range rooms(t) {
		if !strings.HasPrefix(r.name(), "connector") {
			continue
		}
		for _, imported := range r.Imports {
			for _, terminal := range []string{"charm.land/", "github.com/charmbracelet/", "golang.org/x/term", "github.com/spf13/cobra", "github.com/atotto/clipboard"} {
				if strings.HasPrefix(imported, terminal) {
					t.Errorf("%s uses %s", r.name(), imported)
				}
			}
		}
	}
}

func TestNoPackageIsADrawerForEverything(t *testing.T) {
	for _, r := range rooms(t) {
		for _, drawer := range []string{"util", "utils", "common", "helper", "helpers", "misc", "shared", "base"} {
			if r.Name == drawer || path.Base(r.ImportPath) == drawer {
				t.Errorf("%s is named %s", r.ImportPath, drawer)
			}
		}
	}
}

func TestASecretIsReadWhereItMustBeAndNowhereElse(t *testing.T) {
	used := map[string]bool{}
	each(t, func(_ room, name string, file *ast.File, at func(ast.Node) int) {
		ast.Inspect(file, func(n ast.Node) bool {
			// A method value, such as s.Reveal without a call, counts as well: it can be called elsewhere.
			if selector, ok := n.(*ast.SelectorExpr); ok && selector.Sel.Name == "Reveal" {
				if used[name] = true; revealing[name] == "" {
					t.Errorf("%s:%d reads a secret", name, at(n))
				}
			}
			return true
		})
	})
	for name, why := range revealing {
		if !used[name] {
			t.Logf("%s no longer reads a secret for %s", name, why)
		}
	}
	if !used["connector/workspace/token.go"] {
		t.Error("nobody signs in: the search finds nothing")
	}
}

func TestOnlyMainEndsTheProgram(t *testing.T) {
	each(t, func(r room, name string, file *ast.File, at func(ast.Node) int) {
		if !allowed([]string{"connector/", "ui/", "ui", "panels/", "steps/", "screens/"}, r.name()) {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := selector.X.(*ast.Ident); ok && (pkg.Name == "os" && selector.Sel.Name == "Exit" || pkg.Name == "log" && strings.HasPrefix(selector.Sel.Name, "Fatal")) {
				t.Errorf("%s:%d ends the program", name, at(n))
			}
			return true
		})
	})
}

func TestEveryExportedNameOfTheEngineIsExplained(t *testing.T) {
	packages := map[string]bool{}
	each(t, func(r room, name string, file *ast.File, at func(ast.Node) int) {
		if !allowed([]string{"connector/"}, r.name()) {
			return
		}
		packages[r.name()] = packages[r.name()] || file.Doc != nil
		for _, n := range unexplained(file) {
			t.Errorf("%s:%d: %s has no comment", name, at(n), n.Name)
		}
	})
	for name, explained := range packages {
		if !explained {
			t.Errorf("package %s has no comment", name)
		}
	}
}

// unexplained lists the exported names of a file that a reader is told nothing about. The methods of the error and formatting
// interfaces are known to every reader.
func unexplained(file *ast.File) []*ast.Ident {
	var found []*ast.Ident
	check := func(name *ast.Ident, comments ...*ast.CommentGroup) {
		if name.IsExported() && !slices.ContainsFunc(comments, func(c *ast.CommentGroup) bool { return c != nil }) {
			found = append(found, name)
		}
	}
	for _, declared := range file.Decls {
		switch d := declared.(type) {
		case *ast.FuncDecl:
			if !ofHidden(d) && !(d.Recv != nil && slices.Contains([]string{"Error", "Unwrap", "Is", "Timeout"}, d.Name.Name)) {
				check(d.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					check(s.Name, d.Doc, s.Doc, s.Comment)
				case *ast.ValueSpec:
					for _, name := range s.Names {
						check(name, d.Doc, s.Doc, s.Comment)
					}
				}
			}
		}
	}
	return found
}

// ofHidden reports whether a function is the method of a type that is not exported.
func ofHidden(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return false
	}
	hidden := false
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		name, ok := n.(*ast.Ident)
		if ok {
			hidden = !name.IsExported()
		}
		return !ok
	})
	return hidden
}
