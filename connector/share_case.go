package connector

import "strings"

// cased reports whether values that differ in their case alone are two. Users, groups, everything in Unity Catalog, secret scopes and hosts are called
// alike in any case; folders, files and notebooks are not, and neither are the values of a table.
func cased(kind Kind, value string) bool {
	switch kind {
	case KindFolder, KindPath, KindValue:
		return true
	}
	return strings.HasPrefix(value, "/")
}

// of is what a text stands for: what is spelt just so, and else what is called so in any case. It needs the lock.
func (r *Registry) of(text string) *thing {
	if t := r.cases[text]; t != nil {
		return t
	}
	return r.things[strings.ToLower(text)]
}

// twin reports whether a value is another one than what is known by its letters: it is spelt in another case, and that counts.
func (t *thing) twin(kind Kind, value string) bool {
	return t.spelt != "" && t.spelt != value && cased(kind, value)
}

// apart keeps a value that differs from a known one in its case alone. It needs the lock.
func (r *Registry) apart(kind Kind, value string) *thing {
	t := &thing{kind: kind, spelt: value}
	drawn := CleanLine(value, lineLimit)
	for _, form := range []string{value, drawn, core(value), core(drawn), PathSegment(value)} {
		if r.cases[form] == nil {
			r.cases[form] = t
		}
	}
	return t
}
