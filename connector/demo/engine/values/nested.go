package values

import (
	"fmt"
	"strings"
)

// maxTypeDepth is how deep types may stand in types.
const maxTypeDepth = 16

// parseNested reads array<t>, map<k,v> and struct<name:t,...>.
func parseNested(kind Kind, text string, depth int) (Type, error) {
	word, inside, found := strings.Cut(text, "<")
	inside, closed := strings.CutSuffix(inside, ">")
	if !found || !closed || depth == maxTypeDepth {
		return Type{}, fmt.Errorf("data type %q is not complete", text)
	}
	t := Type{Kind: kind}
	var written []string
	for _, part := range splitTypes(inside) {
		f := Field{}
		if kind == Struct {
			name, rest, found := strings.Cut(part, ":")
			if !found {
				return Type{}, fmt.Errorf("data type %q: a field has no type", text)
			}
			f.Name, part = strings.Trim(strings.TrimSpace(name), "`"), rest
		}
		var err error
		if f.Type, err = parseType(part, depth+1); err != nil {
			return Type{}, err
		}
		t.Fields = append(t.Fields, f)
		if kind == Struct {
			written = append(written, f.Name+":"+f.Type.Text)
		} else {
			written = append(written, f.Type.Text)
		}
	}
	if want := map[Kind]int{Array: 1, Map: 2}[kind]; want > 0 && len(t.Fields) != want {
		return Type{}, fmt.Errorf("data type %q has %d types inside, want %d", text, len(t.Fields), want)
	}
	t.Text = strings.ToLower(strings.TrimSpace(word)) + "<" + strings.Join(written, ",") + ">"
	return t, nil
}

// splitTypes splits at the commas that are not inside brackets.
func splitTypes(text string) []string {
	var parts []string
	depth, start := 0, 0
	for i, r := range text {
		switch r {
		case '<', '(':
			depth++
		case '>', ')':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, text[start:i])
				start = i + 1
			}
		}
	}
	return append(parts, text[start:])
}
