package screentest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// takeText are what makes a widget that a person can type into. A page is one because it can be searched.
var takeText = []string{"NewField", "NewSecretField", "NewHuhText", "NewPicker", "NewPage", "NewChoicePanel"}

// Fields lists what can be typed into on the screens of a folder, as the sources make it: the file, and the label that the field is made
// with, or what makes it. A test that puts something into each holds its own list against this one.
func Fields(t testing.TB, folder string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if made, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains(takeText, made.Sel.Name) {
				found = append(found, filepath.Base(path)+": "+label(made.Sel.Name, call.Args))
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// label is the text that a widget is made with, or what makes it.
func label(maker string, args []ast.Expr) string {
	for _, arg := range args {
		if text, ok := arg.(*ast.BasicLit); ok && text.Kind == token.STRING {
			if value, err := strconv.Unquote(text.Value); err == nil {
				return value
			}
		}
	}
	return strings.TrimPrefix(maker, "New")
}

// Strays are secrets as people put them where they do not belong, by the middle of which they are recognised wherever they turn up.
var Strays = []string{
	"dosec0ffee00112233445566778899aabbcc", "dapic0ffee00112233445566778899aabbcc", "https://token:dapic0ffee00112233445566778899aabbcc@h.example",
	"client_secret = dosec0ffee00112233445566778899aabbcc",
}

// StrayMiddle is in each of Strays, and in nothing else.
const StrayMiddle = "0011223344556677"

// Focused reports whether a text has the focus.
func (w *Walk) Focused() bool {
	all := w.Standing()
	return all[len(all)-1].Typing()
}

// PutStray types or pastes a stray where the cursor is, at several sizes, and has it taken where the text would be. Every frame is looked
// at, and so is what then says why it was not taken.
func (w *Walk) PutStray(stray string) {
	w.T.Helper()
	if !w.Focused() {
		w.T.Fatalf("nothing can be typed into:\n%s", w.Screen())
	}
	before := len(w.Seen)
	w.Seen = append(w.Seen, func(frame string) {
		if strings.Contains(strings.Join(strings.Fields(PlainText(frame)), ""), StrayMiddle) {
			w.T.Errorf("a stray secret is drawn:\n%s", PlainText(frame))
		}
	})
	w.Press("ctrl+u")
	if strings.Contains(stray, " ") {
		w.Paste(stray)
	} else {
		w.Write(stray)
	}
	w.Resize(60, 18)
	w.Resize(120, 40)
	w.Press("enter")
	w.Calm()
	w.Resize(80, 24)
	w.Seen = w.Seen[:before]
}
