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
	"":               {"cmd/"},
	"cmd":            {"steps/", "screens/", "panels/", "ui/", "connector/", "cmd/"},
	"cmd/tokens":     {"connector/", "ui/console", "ui/link", "cmd/desk"},
	"cmd/partners":   {"connector/", "ui/console", "ui/link", "cmd/desk", "cmd/accounts"},
	"cmd/demos":      {"connector/", "ui/console", "cmd/desk"},
	"cmd/reference":  {"connector/", "ui/console", "ui/link", "cmd/desk"},
	"cmd/inventory":  {"cmd/desk", "cmd/exits", "cmd/accounts", "cmd/scheduling", "connector/", "ui/console"}, // a room with a face of its own
	"cmd/scheduling": {"connector/", "cmd/desk"},
	"cmd/":           {"connector/", "ui/console", "ui/link"}, // what the command line stands on; they do not know each other
	"steps":          {"panels", "ui", "connector/"},
	"steps/plain":    {"panels/lines", "panels", "ui", "ui/prompt", "connector/"},
	"screens/":       {"panels/", "ui/", "connector/"}, // they do not know each other

	"panels":       {"ui", "ui/link", "ui/phrase", "connector/"}, // what may stand open over a step and over a screen alike
	"panels/lines": {"panels", "ui", "ui/prompt", "connector/"},
	"ui":           {"ui/fold", "ui/sift", "ui/clip", "ui/link", "ui/phrase", "ui/jobs"},
	"ui/link":      {"ui/phrase"},
	"ui/phrase":    {},
	"ui/clip":      {},
	"ui/prompt":    {"ui", "ui/sift", "ui/jobs"},
	"ui/console":   {"ui"},
	"ui/fold":      {},
	"ui/sift":      {},
	"ui/tty":       {},
	"ui/jobs":      {},
	"redact":       {},
	"ui/script":    {},
	"words":        {},
	"letters":      {},
	"assets":       {},
	"infile":       {},
	"outfile":      {},
	"contain":      {},
	"pattern":      {},
	"sockets":      {},

	"connector/setup": {
		"connector", "connector/workspace", "connector/query", "connector/check", "connector/grants", "connector/lint", "connector/vault", "connector/audit",
		"connector/admin", "connector/flatfile", "connector/contract", "connector/breadth", "connector/trust", "connector/place", "connector/prerequisites",
	},
	"connector/saved":          {"connector", "connector/setup", "connector/check", "connector/grants", "connector/bundle", "connector/workspace", "connector/admin", "connector/trust", "connector/sync"},
	"connector/flatfile":       {"connector"},
	"connector/trust":          {"connector", "connector/flatfile", "connector/workspace"},
	"connector/contract":       {"connector", "connector/check", "connector/flatfile"},
	"connector":                {},
	"connector/workspace":      {"connector", "connector/pasted"},
	"connector/query":          {"connector", "connector/columnar"},
	"connector/columnar":       {},
	"connector/grants":         {"connector", "connector/access"},
	"connector/lint":           {"connector"},
	"connector/vault":          {"connector"},
	"connector/clue":           {},
	"connector/pasted":         {},
	"connector/place":          {"connector"},
	"connector/glossary":       {},
	"connector/check":          {"connector", "connector/clue", "connector/pasted", "connector/workspace", "connector/query", "connector/grants"},
	"connector/bundle":         {"connector", "connector/check", "connector/workspace"},
	"connector/audit":          {"connector", "connector/workspace", "connector/access", "connector/grants"},
	"connector/prerequisites":  {"connector", "connector/grants"},
	"connector/breadth":        {"connector", "connector/check", "connector/grants", "connector/audit"},
	"connector/query/granting": {"connector", "connector/grants"},
	"connector/authorization":  {"connector", "connector/partner/called"},
	"connector/admin":          {"connector", "connector/workspace", "connector/grants", "connector/audit", "connector/authorization", "connector/query/granting"},
	"connector/partner":        {"connector", "connector/workspace", "connector/account", "connector/grants", "connector/audit", "connector/admin", "connector/authorization", "connector/query/granting", "connector/flatfile", "connector/partner/called"},
	"connector/partner/called": {"connector"},
	"connector/sync":           {"connector", "connector/columnar", "connector/query", "connector/workspace", "connector/sync/"},
	"connector/sync/format":    {"connector/columnar"},
	"connector/sync/compare":   {"connector/columnar"},
	"connector/sync/runs":      {"connector"},
	"connector/schedule":       {},
	"connector/access":         {"connector"},
	"connector/access/stored":  {"connector", "connector/access", "connector/estate", "connector/estate/store"},
	"connector/findings":       {"connector", "connector/access", "connector/estate", "connector/estate/store"},
	"connector/account":        {"connector", "connector/workspace"},
	"connector/estate":         {"connector", "connector/workspace", "connector/estate/store"},
	"connector/estate/bulk":    {"connector", "connector/estate", "connector/query", "connector/workspace"},
	"connector/estate/store":   {"connector"},
	"connector/estate/export":  {"connector", "connector/columnar", "connector/estate", "connector/estate/store", "connector/sync/format"},

	"connector/story": {"connector", "connector/setup", "connector/check", "connector/vault", "connector/demo"}, // the one room above both
	"connector/demo":  {"connector", "connector/workspace", "connector/demo/"},
	"connector/demo/": {"connector/demo/"},

	"connector/demo/unity":    {}, // rows and words, on which all the others stand
	"connector/demo/registry": {},
	"connector/demo/rows":     {},
	"connector/demo/pace":     {},
	"connector/demo/recent":   {},
	"connector/demo/settings": {},
	"connector/demo/compute":  {"connector/demo/registry"},

	"connector/demo/relay": {"connector", "connector/flatfile", "connector/demo/wire"}, // its rules are a file that a person writes

	"connector/demo/engine":          {"connector/demo/engine/"},
	"connector/demo/engine/values":   {},
	"connector/demo/engine/dialect":  {"connector/demo/engine/values"},
	"connector/demo/engine/objects":  {"connector/demo/engine/values", "connector/demo/engine/dialect"},
	"connector/demo/engine/run":      {"connector/demo/engine/values", "connector/demo/engine/dialect", "connector/demo/engine/objects"},
	"connector/demo/engine/commands": {"connector/demo/engine/values", "connector/demo/engine/dialect", "connector/demo/engine/objects"},
}

// everywhere are rooms that know nothing and that everybody may use.
var everywhere = []string{"words", "letters", "assets", "infile", "outfile", "contain", "redact", "pattern", "sockets"}

// outside are what stands outside the house and looks at it: tools, and tests of the whole program. Nothing in the house uses them.
var outside = []string{"tools/", "scripts/", "journeys/", "torture/", "screentest/"}

// revealing are the only files that may read the bytes of a secret, and why.
var revealing = map[string]string{
	"connector/workspace/token.go":       "signing in",
	"connector/workspace/proxy_given.go": "signing in to a proxy that was given beside it",
	"connector/vault/record.go":          "sealing a connection",
	"connector/vault/connections.go":     "telling whether a sealed secret was replaced",
	"connector/vault/passphrase.go":      "sealing the key",
	"connector/vault/passphrase_form.go": "giving a passphrase its one form",
	"connector/demo/handout.go":          "handing out the throw-away secrets of a demo to other clients",
	"cmd/tokens/value.go":                "writing a token that was just made into the file that was named for it",
	"screens/tokens/value.go":            "copying a token that was just made, and writing it into a file",
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
