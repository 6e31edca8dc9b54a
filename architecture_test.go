package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/draftt-io/draftt-databricks"

// house says which rooms of the module each room may use. A trailing slash stands for every room below, on either side.
var house = map[string][]string{
	"":            {"cmd/"},
	"cmd":         {"steps/", "screens/", "panels/", "ui/", "connector/", "cmd/"},
	"cmd/":        {"connector/", "ui/console", "ui/link"}, // what the command line stands on; they do not know each other
	"steps":       {"panels", "ui", "connector/"},
	"steps/plain": {"panels/lines", "panels", "ui", "ui/prompt", "connector/"},
	"screens/":    {"panels/", "ui/", "connector/"}, // they do not know each other

	"panels":       {"ui", "ui/link", "ui/phrase", "connector/"}, // what may stand open over a step and over a screen alike
	"panels/lines": {"panels", "ui", "ui/prompt", "connector/"},
	"ui":           {"ui/sift", "ui/clip", "ui/link", "ui/phrase"},
	"ui/link":      {"ui/phrase"},
	"ui/phrase":    {},
	"ui/clip":      {},
	"ui/prompt":    {"ui", "ui/sift"},
	"ui/console":   {"ui"},
	"ui/sift":      {},
	"ui/tty":       {},
	"redact":       {},
	"ui/script":    {},
	"words":        {},
	"assets":       {},
	"outfile":      {},
	"contain":      {},

	"connector/setup": {
		"connector", "connector/workspace", "connector/query", "connector/check", "connector/grants", "connector/lint", "connector/vault", "connector/audit",
		"connector/admin", "connector/flatfile", "connector/contract", "connector/breadth", "connector/place",
	},
	"connector/saved":     {"connector", "connector/setup", "connector/check", "connector/grants", "connector/bundle", "connector/workspace", "connector/admin"},
	"connector/flatfile":  {"connector"},
	"connector/contract":  {"connector", "connector/check", "connector/flatfile"},
	"connector":           {},
	"connector/workspace": {"connector"},
	"connector/query":     {"connector"},
	"connector/grants":    {"connector"},
	"connector/lint":      {"connector"},
	"connector/vault":     {"connector"},
	"connector/clue":      {},
	"connector/place":     {"connector"},
	"connector/glossary":  {},
	"connector/check":     {"connector", "connector/clue", "connector/workspace", "connector/query", "connector/grants"},
	"connector/bundle":    {"connector", "connector/check", "connector/workspace"},
	"connector/audit":     {"connector", "connector/workspace", "connector/grants"},
	"connector/breadth":   {"connector", "connector/check", "connector/grants", "connector/audit"},
	"connector/admin":     {"connector", "connector/workspace", "connector/grants", "connector/audit"},
	"connector/story":     {"connector", "connector/setup", "connector/check", "connector/vault", "connector/demo"}, // the one room above both
	"connector/demo":      {"connector", "connector/workspace", "connector/demo/"},
	"connector/demo/":     {"connector/demo/"},

	"connector/demo/relay": {"connector", "connector/flatfile", "connector/demo/wire"}, // its rules are a file that a person writes

	"connector/demo/engine":          {"connector/demo/engine/"},
	"connector/demo/engine/values":   {},
	"connector/demo/engine/dialect":  {"connector/demo/engine/values"},
	"connector/demo/engine/objects":  {"connector/demo/engine/values", "connector/demo/engine/dialect"},
	"connector/demo/engine/run":      {"connector/demo/engine/values", "connector/demo/engine/dialect", "connector/demo/engine/objects"},
	"connector/demo/engine/commands": {"connector/demo/engine/values", "connector/demo/engine/dialect", "connector/demo/engine/objects"},
}

// everywhere are rooms that know nothing and that everybody may use.
var everywhere = []string{"words", "assets", "outfile", "contain", "redact"}

// outside are what stands outside the house and looks at it: tools, and tests of the whole program. Nothing in the house uses them.
var outside = []string{"tools/", "scripts/", "journeys/", "torture/", "screentest"}

// revealing are the only files that may read the bytes of a secret, and why.
var revealing = map[string]string{
	"connector/workspace/token.go":       "signing in",
	"connector/vault/record.go":          "sealing a connection",
	"connector/vault/connections.go":     "telling whether a sealed secret was replaced",
	"connector/vault/passphrase.go":      "sealing the key",
	"connector/vault/passphrase_form.go": "giving a passphrase its one form",
	"connector/demo/handout.go":          "handing out the throw-away secrets of a demo to other clients",
	"steps/protection.go":                "showing a passphrase that was just made",
	"steps/plain/review.go":              "showing it where nothing is redrawn",
}

// room is a package of the module as the go command sees it on this machine.
type room struct {
	Dir, ImportPath, Name string
	GoFiles               []string
	IgnoredGoFiles        []string // for other systems
	Imports               []string
}

// name is the import path within the module, empty for the module's own package.
func (r room) name() string {
	return strings.TrimPrefix(strings.TrimPrefix(r.ImportPath, module), "/")
}

// list asks the go command once.
var list = sync.OnceValues(func() ([]room, error) {
	var wrong bytes.Buffer
	command := exec.Command("go", "list", "-json=Dir,ImportPath,Name,GoFiles,IgnoredGoFiles,Imports", "./...")
	command.Stderr = &wrong
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, wrong.String())
	}
	var all []room
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var r room
		if err := decoder.Decode(&r); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		if len(r.GoFiles) > 0 {
			all = append(all, r)
		}
	}
})

func rooms(t *testing.T) []room {
	t.Helper()
	all, err := list()
	if err != nil || len(all) < 10 {
		t.Fatalf("the module has %d packages: %v", len(all), err)
	}
	return all
}

// rulesFor gives the rules of a room, or those of the rooms below one.
func rulesFor(name string) ([]string, bool) {
	if rules, known := house[name]; known {
		return rules, true
	}
	rules, known := house[path.Dir(name)+"/"]
	return rules, known
}

// each parses every file of the module that is not a test.
func each(t *testing.T, do func(r room, name string, file *ast.File, at func(ast.Node) int)) {
	t.Helper()
	for _, r := range rooms(t) {
		for _, base := range append(slices.Clone(r.GoFiles), r.IgnoredGoFiles...) {
			if strings.HasSuffix(base, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, filepath.Join(r.Dir, base), nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			do(r, path.Join(r.name(), base), file, func(n ast.Node) int { return set.Position(n.Pos()).Line })
		}
	}
}

func allowed(rules []string, name string) bool {
	return slices.ContainsFunc(rules, func(rule string) bool {
		below, isTree := strings.CutSuffix(rule, "/")
		return name == below || isTree && strings.HasPrefix(name, rule)
	})
}

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
		if allowed(append([]string{"cmd", "cmd/", "steps/", "screens/", "panels/", "connector/setup", "connector/saved", "connector/admin"}, outside...), r.name()) {
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
