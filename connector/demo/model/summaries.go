package model

import (
	"regexp"
	"slices"
	"strings"
)

// Pattern is a pattern of LIKE, in any case. The zero Pattern matches everything.
type Pattern struct{ compiled *regexp.Regexp }

// Like reads a pattern in which % stands for any text, _ for one character, and a backslash takes the meaning from the next. An empty
// one matches everything.
func Like(text string) Pattern {
	if text == "" {
		return Pattern{}
	}
	var b strings.Builder
	b.WriteString(`(?is)\A`)
	escaped := false
	for _, r := range text {
		switch {
		case escaped:
			b.WriteString(regexp.QuoteMeta(string(r)))
			escaped = false
		case r == '\\':
			escaped = true
		case r == '%':
			b.WriteString(`.*`)
		case r == '_':
			b.WriteString(`.`)
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	b.WriteString(`\z`)
	compiled, err := regexp.Compile(b.String())
	if err != nil {
		return Pattern{} // quoted text always compiles
	}
	return Pattern{compiled}
}

// Match reports whether the pattern matches the whole text.
func (p Pattern) Match(text string) bool { return p.compiled == nil || p.compiled.MatchString(text) }

// Summaries lists the tables of a catalog that a principal sees and whose schema and own name match. Places of the window are those of
// all tables in matching schemas. It returns an *Error when the catalog does not exist or does not let the principal in.
func (w *World) Summaries(who *Principal, catalog string, schemas, tables Pattern, win Window) (Page[Table], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	on := OnCatalog(catalog)
	c, err := w.enter(who, on, win.Browse)
	if err != nil {
		return Page[Table]{}, err
	}
	node, _ := w.catalog(on.Catalog)
	var list []*schemaNode
	var inside []schemaAccess
	ends := []int{} // how many tables there are up to the end of each schema
	total := 0
	for _, s := range node.schemas {
		if !schemas.Match(s.Name) {
			continue
		}
		total += s.size()
		list, inside, ends = append(list, s), append(inside, c.inside(OnSchema(s.Catalog, s.Name), TableKind)), append(ends, total)
	}
	return collect(total, win, func(i int) (Table, Visibility) {
		k, _ := slices.BinarySearch(ends, i+1) // the first schema that ends after i
		t := list[k].at(i - (ends[k] - list[k].size()))
		if !tables.Match(t.Name) {
			return t, Hidden
		}
		return t, inside[k].object(t.Securable(), t.Owner)
	}), nil
}
