package main

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// faces are the rooms that a person sees. A sentence that two of them say is data of the engine, or stands in assets.
var faces = []string{"cmd", "steps", "steps/plain", "screens/", "panels", "panels/lines"}

// helps are the fields of a command that its help shows, which every command words for itself.
var helps = []string{"Use", "Short", "Long", "Example"}

// TestNoTwoFacesSayTheSameSentence holds every sentence of more than four words against those of the other faces.
func TestNoTwoFacesSayTheSameSentence(t *testing.T) {
	places := map[string][]string{} // where each is said, a place for each face
	each(t, func(r room, name string, file *ast.File, at func(ast.Node) int) {
		if !allowed(faces, r.name()) {
			return
		}
		for literal := range sentences(file) {
			sentence, long := said(literal)
			if long && !slices.ContainsFunc(places[sentence], func(place string) bool { return path.Dir(place) == r.name() }) {
				places[sentence] = append(places[sentence], name+":"+strconv.Itoa(at(literal)))
			}
		}
	})
	for sentence, at := range places {
		if len(at) > 1 {
			t.Errorf("%q is said in %s", sentence, strings.Join(at, " and in "))
		}
	}
}

var verbs = regexp.MustCompile(`%[-+# 0]*[0-9.*]*(\[\d+\])?[a-zA-Z]`)

// said is a literal as it is heard: without the verbs of formats, and without blanks and stops around it. long tells that it is a sentence.
func said(literal *ast.BasicLit) (sentence string, long bool) {
	text, err := strconv.Unquote(literal.Value)
	if err != nil {
		return "", false
	}
	words := strings.Fields(verbs.ReplaceAllString(text, "…"))
	spoken := 0
	for _, word := range words {
		if strings.ContainsFunc(word, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }) {
			spoken++
		}
	}
	return strings.Trim(strings.Join(words, " "), " .,:;"), spoken > 4
}

// sentences are the text literals of a file that are not the help of a command.
func sentences(file *ast.File) map[*ast.BasicLit]bool {
	found := map[*ast.BasicLit]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && slices.Contains(helps, key.Name) {
				return false
			}
		case *ast.CallExpr: // flags.StringVar(&f.level, "level", "local", "what it is for")
			if function, ok := n.Fun.(*ast.SelectorExpr); ok && strings.HasSuffix(strings.TrimSuffix(function.Sel.Name, "P"), "Var") {
				return false
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				found[n] = true
			}
		}
		return true
	})
	return found
}

var stageID = regexp.MustCompile(`^"S[0-9][0-9]"$`)

// knowsStages are the files in which the ID of a stage may stand as text: where the stages are, how the scenarios of the demo end, and which
// requests the relay takes for those of a stage. The demo stands below the ladder and cannot ask it.
var knowsStages = []string{"connector/check/stages.go", "connector/demo/scenario_stages.go", "connector/demo/relay/stages.go"}

func TestAStageIsCalledByItsConstant(t *testing.T) {
	met := map[string]bool{}
	each(t, func(_ room, name string, file *ast.File, at func(ast.Node) int) {
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING && stageID.MatchString(literal.Value) {
				if met[name] = true; !slices.Contains(knowsStages, name) {
					t.Errorf("%s:%d: %s is text, not the constant of package check", name, at(n), literal.Value)
				}
			}
			return true
		})
	})
	for _, name := range knowsStages {
		if !met[name] {
			t.Errorf("%s names no stage: the search finds nothing, or the file is gone", name)
		}
	}
}
