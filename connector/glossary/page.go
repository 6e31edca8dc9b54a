package glossary

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Text is the whole glossary as a help page: a word and what it means on a line, and the pages to read on below each chapter. how says how a face
// explains the words where they stand.
func Text(how string) string {
	widest := 0
	for _, w := range Words() {
		widest = max(widest, utf8.RuneCountInString(w.Word))
	}
	var b strings.Builder
	b.WriteString("The words of Databricks, and of this program, that its screens use. " + how + "\n")
	for _, c := range Chapters() {
		fmt.Fprintf(&b, "\n%s:\n", c.About)
		for _, w := range c.Words {
			fmt.Fprintf(&b, "  %-*s  %s\n", widest, w.Word, w.Means)
		}
		b.WriteString("\n  Read on:\n")
		for _, page := range c.pages() {
			b.WriteString("  " + page + "\n")
		}
	}
	return b.String()
}

// pages are those to read on for the words of a chapter.
func (c Chapter) pages() (all []string) {
	for _, w := range c.Words {
		if !slices.Contains(all, w.Read) {
			all = append(all, w.Read)
		}
	}
	return all
}

// Page is the whole glossary as a page below docs. how is that of Text.
func Page(how string) string {
	var b strings.Builder
	b.WriteString("# Words\n\nThis page is generated from `assets/glossary.yaml`: `go test ./cmd -run WordsPage -update`. " + how + "\n")
	for _, c := range Chapters() {
		fmt.Fprintf(&b, "\n## %s\n\n| word | what it means | read on |\n|---|---|---|\n", c.About)
		for _, w := range c.Words {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", w.Word, w.Means, w.linked())
		}
	}
	return b.String()
}

// linked is where to read on, as a link of a page below docs.
func (w Word) linked() string {
	page, ours := strings.CutPrefix(w.Read, "docs/")
	if !ours {
		return "[Databricks](" + w.Read + ")"
	}
	return "[" + strings.TrimSuffix(page, ".md") + "](" + page + ")"
}
