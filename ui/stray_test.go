package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// typist is a widget that takes text.
type typist interface {
	Paste(text string)
	View(width int) string
}

// TestNoWidgetThatTakesTextDrawsASecret holds for every type of the kit that can be pasted into; one that is missing here fails it.
func TestNoWidgetThatTakesTextDrawsASecret(t *testing.T) {
	theme := NewTheme(true)
	var text string
	picker := NewPicker(&theme)
	widgets := map[string]typist{
		"Field": NewField(&theme, "Host", "a host"), "SecretField": NewSecretField(&theme, "Secret", "paste it"), "Huh": NewHuhText(&theme, "Name", "a name", &text),
		"Form": NewForm(FormField{Input: NewField(&theme, "Host", "a host")}), "Picker": listed{picker},
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			if method, ok := declared.(*ast.FuncDecl); ok && method.Recv != nil && method.Name.Name == "Paste" {
				if star, ok := method.Recv.List[0].Type.(*ast.StarExpr); ok && widgets[star.X.(*ast.Ident).Name] == nil {
					t.Errorf("%s takes text and is not looked at here", star.X.(*ast.Ident).Name)
				}
			}
		}
	}
	const secret = "dapic0ffee00112233445566778899aabbcc"
	for name, widget := range widgets {
		if input, ok := widget.(Input); ok {
			input.Focus()
		}
		widget.Paste("x " + secret)
		for width := 12; width < 100; width += 7 {
			if drawn := ansi.Strip(widget.View(width)); strings.Contains(drawn, secret[4:16]) || strings.Contains(drawn, secret[24:]) {
				t.Errorf("%s at %d cells: %q", name, width, drawn)
			}
		}
	}
}

// listed is a picker of a fixed height.
type listed struct{ *Picker }

func (l listed) View(width int) string { return l.Picker.View(width, 6) }
