package glossary

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheGlossaryIsReadAsItIsWritten(t *testing.T) {
	chapters, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if len(chapters) < 4 || len(Words()) < 40 {
		t.Errorf("%d chapters, %d words", len(chapters), len(Words()))
	}
	for _, w := range Words() {
		page, ours := strings.CutPrefix(w.Read, "docs/")
		if !ours {
			continue
		}
		if _, err := os.Stat(filepath.Join("..", "..", "docs", page)); err != nil {
			t.Errorf("%s leads to a page that is not there: %v", w.Word, err)
		}
	}
}

func TestAWordThatIsExplainedBadlyIsRefused(t *testing.T) {
	good := Word{Word: "bean", Means: "What coffee is made of.", Read: "docs/admin.md"}
	if err := good.check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(w *Word){
		"no word":             func(w *Word) { w.Word = "" },
		"a blank too many":    func(w *Word) { w.Word = "coffee  bean" },
		"no meaning":          func(w *Word) { w.Means = "" },
		"no full stop":        func(w *Word) { w.Means = "what coffee is made of" },
		"too long a meaning":  func(w *Word) { w.Means = strings.Repeat("long ", 40) + "." },
		"several lines":       func(w *Word) { w.Means = "What coffee\nis made of." },
		"nowhere to read on":  func(w *Word) { w.Read = "" },
		"anywhere to read on": func(w *Word) { w.Read = "https://coffee.example/" },
	} {
		w := good
		spoil(&w)
		if w.check() == nil {
			t.Errorf("%s is taken: %+v", name, w)
		}
	}
}
