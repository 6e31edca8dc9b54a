package torture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// objects are everything of a world that has a name of several parts or several names: each list is one object, by all that it is called,
// and each must have one alias.
func objects(w *model.World) (alike [][]string, full []string) {
	admin, _ := w.Principal(demo.AdminID)
	alike = append(alike, []string{demo.HostName, "https://" + demo.HostName, demo.HostName + ":443", strings.ToUpper(demo.HostName)})
	alike = append(alike, []string{demo.ConnectorID, demo.ConnectorName, strings.ToUpper(demo.ConnectorID)})
	for _, c := range w.Catalogs(admin, model.Everything).Items {
		schemas, err := w.Schemas(admin, c.Item.Name, model.Everything)
		if err != nil {
			continue
		}
		for _, s := range schemas.Items {
			full = append(full, c.Item.Name+"."+s.Item.Name)
			tables, err := w.Tables(admin, c.Item.Name, s.Item.Name, model.Window{Size: 40, Browse: true})
			if err != nil {
				continue
			}
			for _, t := range tables.Items {
				full = append(full, c.Item.Name+"."+s.Item.Name+"."+t.Item.Name)
			}
		}
	}
	return alike, full
}

// glued is an alias that something of a name is left at.
var glued = regexp.MustCompile(`(host-[A-Z]{1,2}|(connection|sp|warehouse)-[0-9]+)(\.[\pL\pN_-]+|[a-z_][\pL\pN_]*)`)

var alias = regexp.MustCompile(`(host-[A-Z]{1,3}|[a-z]+-[0-9]+)`)

// oneAlias wants every object that a run told of to have one alias, in whatever way a text writes it.
func (o *onlooker) oneAlias(t *testing.T, where string) {
	t.Helper()
	names := connector.Known()
	for _, called := range o.alike {
		shown := map[string][]string{}
		for _, name := range called {
			if names.Find(name) == "" { // nobody told of it
				continue
			}
			if text := names.Text(name); alias.MatchString(text) {
				key := alias.FindString(text)
				shown[key] = append(shown[key], name)
			}
		}
		o.checked++
		if len(shown) > 1 {
			t.Errorf("%s: one object is %v", where, shown)
		}
	}
	for _, name := range o.full {
		var parts, quoted []string
		for _, part := range strings.Split(name, ".") {
			text := names.Text("`" + part + "`") // as SQL has it
			parts, quoted = append(parts, strings.Trim(text, "`")), append(quoted, text)
		}
		o.checked++
		for _, text := range []string{names.Text(name), names.Name(name), names.Text("on " + name + ",")} {
			text = strings.TrimSuffix(strings.TrimPrefix(text, "on "), ",")
			for i, part := range strings.Split(text, ".") {
				if i >= len(parts) || part != parts[i] && alias.MatchString(part) {
					t.Errorf("%s: %s is %s, and %s in SQL", where, name, text, strings.Join(quoted, "."))
				}
			}
		}
	}
}

// sources is where the program's are, as the tests begin.
var sources, _ = filepath.Abs("..")

// ourWords are the sentences of this program as its sources have them: at least two words, without what is filled in.
var ourWords = sync.OnceValue(func() []string {
	var found []string
	for _, room := range []string{"steps", "panels", "screens", "ui", "connector/setup", "connector/check", "connector/breadth", "connector/lint"} {
		_ = filepath.WalkDir(filepath.Join(sources, room), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					text, _ := strconv.Unquote(lit.Value)
					found = append(found, fragments(text)...)
				}
				return true
			})
			return nil
		})
	}
	slices.Sort(found)
	return slices.Compact(found)
})

var filledIn = regexp.MustCompile(`%[-+#0-9.*]*[a-zA-Z]|\n`)

// fragments are the parts of a text between what is filled in, those that are words of a sentence.
func fragments(text string) (out []string) {
	for _, part := range filledIn.Split(text, -1) {
		words := strings.Fields(part)
		if len(words) >= 2 && len(part) >= 10 && !strings.ContainsAny(part, "`{}<>\\[]*^|") {
			out = append(out, strings.Join(words, " "))
		}
	}
	return out
}

// compare holds a frame while sharing against the same one with real names: our own sentences stand in both. Lines may break elsewhere, and
// what is cut in the one need not be in the other.
func (o *onlooker) compare(real, shared string) {
	ours, theirs := body(real), body(shared)
	o.pairs++
	for _, sentence := range ourWords() {
		if !strings.Contains(ours, sentence) || o.names(sentence) || strings.Contains(sentence, "names become aliases") {
			continue
		}
		if !strings.Contains(theirs, sentence) && strings.Count(theirs, "…") <= strings.Count(ours, "…") {
			o.renamed[sentence] = near(theirs, sentence)
		}
		o.sentences[sentence] = true
	}
}

// rail is how wide the list of steps is that stands beside a step.
const rail = 15

// body is the text of a step in one line.
func body(frame string) string {
	var lines []string
	for line := range strings.SplitSeq(ansi.Strip(frame), "\n") {
		runes := []rune(line)
		lines = append(lines, string(runes[min(rail, len(runes)):]))
	}
	return tidy(strings.Join(lines, "\n"))
}

// near is where the first word of a sentence stands in a text, for a report.
func near(text, sentence string) string {
	word, _, _ := strings.Cut(sentence, " ")
	at := max(0, strings.Index(text, word))
	return text[at:min(len(text), at+len(sentence)+20)]
}

// names reports whether a sentence of our sources has a name of the workspace in it, as an example has, that is more than a word.
func (o *onlooker) names(sentence string) bool {
	for value := range o.values {
		if strings.ContainsAny(value, "_-.0123456789 @") && strings.Contains(strings.ToLower(sentence), value) {
			return true
		}
	}
	return false
}

func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

// wordsAsTheyAre wants our own sentences to be the same while sharing, and nothing of a name to be left at an alias.
func (o *onlooker) wordsAsTheyAre(t *testing.T, where string) {
	t.Helper()
	for sentence, line := range o.renamed {
		t.Errorf("%s: of our own words %q became %q", where, sentence, tidy(line))
	}
	for text, place := range o.left {
		t.Errorf("%s: %q is in %s", where, text, place)
	}
	if o.pairs == 0 {
		t.Errorf("%s: no frame was compared", where)
	}
}
