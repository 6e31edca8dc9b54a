package keys

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms are the folders in which screens and panels live.
var rooms = []string{"ui", "panels", "steps", "screens/home", "screens/bundle", "screens/stories", "screens/tokens", "screens/partners", "screens/inventory", "screens/access"}

// code is what the code has of screens and panels.
type code struct {
	kinds  map[string]bool // types that are a step or a panel, as kindOf names them
	makers map[string]bool // functions that make a panel, by room and name
}

// found reads the code: whatever closes something by Escape, or has within it what does, is a screen or a panel; whatever calls a
// constructor of one, or writes one down as a literal, makes one.
func found(t *testing.T) code {
	t.Helper()
	s := code{map[string]bool{}, map[string]bool{}}
	files := map[string][]*ast.File{}
	for _, room := range rooms {
		paths, err := filepath.Glob(filepath.Join(root, "..", "..", filepath.FromSlash(room), "*.go"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s has no files: %v", room, err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files[filepath.Base(room)] = append(files[filepath.Base(room)], file)
		}
	}
	for before := -1; before < len(s.kinds); { // a type may embed one that is found later
		before = len(s.kinds)
		eachDeclaration(files, s.noteKind)
	}
	kit := map[string]bool{} // what the kit and the shared panels offer to make one of
	eachDeclaration(files, func(room string, d ast.Decl) {
		if f, ok := d.(*ast.FuncDecl); ok && (room == "ui" || room == "panels") && ast.IsExported(f.Name.Name) && s.constructs(room, f) {
			kit[room+"."+f.Name.Name] = true
		}
	})
	eachDeclaration(files, func(room string, d ast.Decl) {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil && room != "ui" && !kit[room+"."+f.Name.Name] && calls(room, f, kit) {
			s.makers[fullName(room, f)] = true
		}
	})
	return s
}

func eachDeclaration(files map[string][]*ast.File, do func(room string, d ast.Decl)) {
	for _, room := range slices.Sorted(maps.Keys(files)) {
		for _, file := range files[room] {
			for _, d := range file.Decls {
				do(room, d)
			}
		}
	}
}

// noteKind notes a type that has Escape and Update of its own, or embeds one that has.
func (s code) noteKind(room string, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil && d.Name.Name == "Update" && d.Type.Results != nil && len(d.Type.Results.List) == 2 && strings.HasSuffix(nameOf(room, d.Type.Results.List[0].Type), ".Move") {
			s.kinds[nameOf(room, d.Recv.List[0].Type)] = true
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			of, isType := spec.(*ast.TypeSpec)
			fields, isStruct := (*ast.StructType)(nil), false
			if isType {
				fields, isStruct = of.Type.(*ast.StructType)
			}
			for i := 0; isStruct && i < len(fields.Fields.List); i++ {
				if field := fields.Fields.List[i]; len(field.Names) == 0 && s.kinds[nameOf(room, field.Type)] {
					s.kinds[room+"."+of.Name.Name] = true
				}
			}
		}
	}
}

// constructs reports that a function gives a panel of a certain type.
func (s code) constructs(room string, f *ast.FuncDecl) bool {
	results := f.Type.Results
	return f.Recv == nil && results != nil && len(results.List) == 1 && s.kinds[nameOf(room, results.List[0].Type)]
}

// calls reports that a function calls one of others.
func calls(room string, f *ast.FuncDecl, others map[string]bool) (does bool) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			does = does || others[nameOf(room, call.Fun)]
		}
		return true
	})
	return does
}

// fullName is the name of a function with its room and its receiver.
func fullName(room string, f *ast.FuncDecl) string {
	if f.Recv != nil {
		return nameOf(room, f.Recv.List[0].Type) + "." + f.Name.Name
	}
	return room + "." + f.Name.Name
}

// nameOf is a name with its room, of a pointer to it and of one with type arguments too.
func nameOf(room string, of ast.Expr) string {
	switch of := of.(type) {
	case *ast.StarExpr:
		return nameOf(room, of.X)
	case *ast.IndexExpr:
		return nameOf(room, of.X)
	case *ast.Ident:
		return room + "." + of.Name
	case *ast.SelectorExpr:
		if in, ok := of.X.(*ast.Ident); ok {
			return in.Name + "." + of.Sel.Name
		}
	}
	return ""
}
