package main

import (
	"bytes"
	"go/ast"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A package of more files or lines than these is a crowd, and a file of more lines has more than one subject.
const (
	mostFiles       = 45
	mostLines       = 5500
	mostLinesOfFile = 300
)

func TestNoPackageIsACrowd(t *testing.T) {
	for _, r := range rooms(t) {
		files, lines := 0, 0
		for _, base := range append(slices.Clone(r.GoFiles), r.IgnoredGoFiles...) {
			if strings.HasSuffix(base, "_test.go") {
				continue
			}
			content, err := os.ReadFile(filepath.Join(r.Dir, base))
			if err != nil {
				t.Fatal(err)
			}
			long := bytes.Count(content, []byte("\n"))
			if long > mostLinesOfFile {
				t.Errorf("%s/%s has %d lines", r.name(), base, long)
			}
			files, lines = files+1, lines+long
		}
		if files > mostFiles || lines > mostLines {
			t.Errorf("%s has %d files and %d lines", r.name(), files, lines)
		}
	}
}

// terminals are what only a face may stand on, however indirectly.
var terminals = []string{
	module + "/ui", module + "/panels", module + "/steps", module + "/screens", module + "/cmd", "charm.land/", "github.com/charmbracelet/", "golang.org/x/term",
	"github.com/spf13/cobra", "github.com/atotto/clipboard",
}

// TestNothingBelowTheEngineHasHeardOfATerminal looks at everything that the engine is linked with, whoever asked for it.
func TestNothingBelowTheEngineHasHeardOfATerminal(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./connector/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, module+"/connector/setup") || !slices.Contains(deps, "github.com/databricks/databricks-sdk-go/client") {
		t.Fatalf("the engine stands on %d packages, and not on what it must: the search finds nothing", len(deps))
	}
	for _, dep := range deps {
		for _, terminal := range terminals {
			if strings.HasPrefix(dep+"/", strings.TrimSuffix(terminal, "/")+"/") {
				t.Errorf("the engine is linked with %s", dep)
			}
		}
	}
}

// explained are the rooms besides the engine of which every exported name has a comment.
var explained = []string{"panels/", "screens/", "steps/plain", "screentest", "words", "infile", "outfile", "assets"}

func TestEveryExportedNameThatOthersUseIsExplained(t *testing.T) {
	each(t, func(r room, name string, file *ast.File, at func(ast.Node) int) {
		if !allowed(explained, r.name()) {
			return
		}
		for _, n := range unexplained(file) {
			t.Errorf("%s:%d: %s has no comment", name, at(n), n.Name)
		}
	})
}
