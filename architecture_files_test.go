package main

import (
	"go/ast"
	"testing"
)

// openedBySystem are the files outside infile that read a file under a name that no person chose.
var openedBySystem = map[string]string{
	"connector/admin/journal.go":        "the journal, in the program's own folder",
	"connector/estate/export/layout.go": "files of a run that was laid out, and its manifest, which the program wrote",
	"connector/estate/store/folder.go":  "the rows of an inventory, which the program wrote",
	"connector/estate/store/runs.go":    "the manifest of an inventory, which the program wrote",
	"connector/estate/store/damage.go":  "the header of an inventory, so that what is damaged or newer is not touched",
	"connector/vault/remember_linux.go": "what the kernel tells of the session",
	"connector/sync/changes.go":         "a part of a run, of the size that its manifest names",
	"connector/sync/runs/files.go":      "a folder, to have its names written down",
	"connector/sync/runs/latest.go":     "where latest leads, a file of the program's own",
	"connector/sync/runs/kept.go":       "the plans and the parts of runs, which the program wrote",
	"connector/sync/runs/shards.go":     "the same, for one of several processes",
	"connector/sync/runs/manifest.go":   "the manifest of a run, which the program wrote",
	"connector/sync/runs/sound.go":      "a part of a run, held against its manifest",
	"connector/sync/runs/partial.go":    "the plan and the parts of a run, which the program wrote",
}

// TestFilesThatAPersonNamesAreReadInOnePlace keeps a pipe or a device from being waited for, or read, without an end.
func TestFilesThatAPersonNamesAreReadInOnePlace(t *testing.T) {
	found := 0
	each(t, func(r room, name string, file *ast.File, at func(ast.Node) int) {
		if allowed(append([]string{"infile"}, outside...), r.name()) {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := selector.X.(*ast.Ident)
			if !ok || pkg.Name != "os" || selector.Sel.Name != "Open" && selector.Sel.Name != "ReadFile" {
				return true
			}
			if found++; openedBySystem[name] == "" {
				t.Errorf("%s:%d reads a file past infile", name, at(n))
			}
			return true
		})
	})
	if found == 0 {
		t.Error("nobody reads a file: the search finds nothing")
	}
}
