package rest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// maxFilterNodes is how many comparisons, operators and brackets a filter may have, as documented.
const maxFilterNodes = 200

// scimFilter tells whether a document matches.
type scimFilter func(document) bool

// filterReader reads the filters of RFC 7644.
type filterReader struct {
	tokens []string
	nodes  int
	within *scimAttribute // whose values the filter in brackets is about
	named  map[string]any // the values that the filter asks for by eq, so that one can be made that matches
}

// filterToken is a bracket, text in quotes of either kind, or a word.
var filterToken = pattern.New(`^\s*([()\[\]]|"(?:[^"\\]|\\.)*"|'[^']*'|[^\s()\[\]"']+)`)

func newFilterReader(text string) (*filterReader, error) {
	f := &filterReader{named: map[string]any{}}
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		found := filterToken().FindStringSubmatch(rest)
		if found == nil {
			return nil, badFilter("The filter cannot be read from '%s' on.", rest)
		}
		f.tokens = append(f.tokens, found[1])
		rest = rest[len(found[0]):]
	}
	return f, nil
}

func badFilter(format string, args ...any) error {
	return refuseSCIM("invalidFilter", fmt.Sprintf(format, args...))
}

// parseFilter reads a filter, for example displayName eq "draftt-connector". No filter keeps everybody.
func parseFilter(text string) (scimFilter, error) {
	if text == "" {
		return func(document) bool { return true }, nil
	}
	f, err := newFilterReader(text)
	if err != nil {
		return nil, err
	}
	keep, err := f.either()
	if err == nil && len(f.tokens) > 0 {
		err = badFilter("The filter does not go on with '%s'.", f.tokens[0])
	}
	return keep, err
}

// next takes the next token; it is empty at the end.
func (f *filterReader) next() string {
	if len(f.tokens) == 0 {
		return ""
	}
	token := f.tokens[0]
	f.tokens = f.tokens[1:]
	return token
}

// takes takes the next token if it is this one, in any case.
func (f *filterReader) takes(token string) bool {
	if len(f.tokens) == 0 || !strings.EqualFold(f.tokens[0], token) {
		return false
	}
	f.tokens = f.tokens[1:]
	return true
}

func (f *filterReader) either() (scimFilter, error) {
	return f.joined("or", f.both, func(a, b scimFilter) scimFilter { return func(d document) bool { return a(d) || b(d) } })
}

func (f *filterReader) both() (scimFilter, error) {
	return f.joined("and", f.single, func(a, b scimFilter) scimFilter { return func(d document) bool { return a(d) && b(d) } })
}

func (f *filterReader) joined(word string, read func() (scimFilter, error), join func(a, b scimFilter) scimFilter) (scimFilter, error) {
	keep, err := read()
	for err == nil && f.takes(word) {
		var more scimFilter
		if more, err = read(); err == nil {
			keep = join(keep, more)
		}
	}
	return keep, err
}

// single is a comparison, or a filter in brackets, which may be denied.
func (f *filterReader) single() (scimFilter, error) {
	if f.nodes++; f.nodes > maxFilterNodes {
		return nil, badFilter("The filter has more than %d nodes.", maxFilterNodes)
	}
	deny := f.takes("not")
	if !f.takes("(") {
		if deny {
			return nil, badFilter("After not the filter needs brackets.")
		}
		return f.comparison()
	}
	keep, err := f.either()
	if err == nil && !f.takes(")") {
		err = badFilter("A bracket of the filter is not closed.")
	}
	if err != nil || !deny {
		return keep, err
	}
	return func(d document) bool { return !keep(d) }, nil
}

func (f *filterReader) comparison() (scimFilter, error) {
	path, err := f.path()
	if err != nil {
		return nil, err
	}
	if f.takes("[") {
		return f.values(path)
	}
	word := strings.ToLower(f.next())
	if word == "pr" {
		return func(d document) bool { return isPresent(path.values(d)) }, nil
	}
	compare, ok := comparisons[word]
	if !ok {
		return nil, badFilter("'%s' is not an operator of filters.", word)
	}
	want, err := literal(f.next())
	if err != nil {
		return nil, err
	}
	if path.truth {
		if want, ok = truthOf(want); !ok || word != "eq" && word != "ne" {
			return nil, badFilter("Attribute %s is true or false.", path.name)
		}
	}
	if (want == "" || want == nil) && word != "eq" && word != "ne" {
		return nil, badFilter("The filter has a comparison without a value.")
	}
	if word == "eq" {
		f.named[path.name] = want
	}
	return matching(path, word, compare, want), nil
}

// matching keeps what has a value that compares. With ne, what has none that is equal.
func matching(path attributePath, word string, compare func(have, want string) bool, want any) scimFilter {
	if want == nil {
		return func(d document) bool { return isPresent(path.values(d)) == (word == "ne") }
	}
	text := strings.ToLower(fmt.Sprint(want))
	return func(d document) bool {
		for _, have := range path.values(d) {
			if _, complex := have.(document); !complex && compare(strings.ToLower(fmt.Sprint(have)), text) {
				return word != "ne"
			}
		}
		return word == "ne"
	}
}

func isPresent(values []any) bool {
	for _, v := range values {
		if v != "" {
			return true
		}
	}
	return false
}

// path reads the attribute that a comparison is about, which within brackets is a part of the one before them.
func (f *filterReader) path() (attributePath, error) {
	text := f.next()
	if f.within != nil {
		if part, ok := f.within.knows(text); ok {
			return attributePath{scimAttribute: scimAttribute{name: part}}, nil
		}
		return attributePath{}, badFilter("Attribute %s has no part '%s'.", f.within.name, text)
	}
	p, ok := pathOf(text)
	if !ok {
		return p, badFilter("'%s' is not an attribute that a filter can name.", text)
	}
	return p, nil
}

// values reads the filter in brackets after an attribute: one of its values matches all of it.
func (f *filterReader) values(path attributePath) (scimFilter, error) {
	if !path.many || path.part != "" {
		return nil, badFilter("Attribute %s does not have many values.", path.name)
	}
	f.within = &path.scimAttribute
	keep, err := f.either()
	f.within = nil
	if err == nil && !f.takes("]") {
		err = badFilter("A bracket of the filter is not closed.")
	}
	return func(d document) bool {
		list, _ := d[path.name].([]any)
		for _, item := range list {
			if object, ok := item.(document); ok && keep(object) {
				return true
			}
		}
		return false
	}, err
}

// comparisons are the operators of filters, over text in lower case. That of ne is the one that it denies.
var comparisons = map[string]func(have, want string) bool{
	"eq": func(have, want string) bool { return have == want },
	"ne": func(have, want string) bool { return have == want },
	"co": strings.Contains,
	"sw": strings.HasPrefix,
	"ew": strings.HasSuffix,
	"gt": func(have, want string) bool { return have > want },
	"ge": func(have, want string) bool { return have >= want },
	"lt": func(have, want string) bool { return have < want },
	"le": func(have, want string) bool { return have <= want },
}

// literal reads the value of a comparison: text in quotes of either kind, null, or a word.
func literal(token string) (any, error) {
	switch {
	case token == "", strings.ContainsAny(token, "()[]") && !strings.ContainsAny(token[:1], `"'`):
		return nil, badFilter("The filter has a comparison without a value.")
	case token[0] == '\'':
		return token[1 : len(token)-1], nil
	case token[0] == '"':
		var text string
		if json.Unmarshal([]byte(token), &text) != nil {
			return nil, badFilter("%s is not a text.", token)
		}
		return text, nil
	case strings.EqualFold(token, "null"):
		return nil, nil
	}
	return token, nil
}

// truthOf reads true or false, which clients also send as text.
func truthOf(want any) (any, bool) {
	text, _ := want.(string)
	on, err := strconv.ParseBool(strings.ToLower(text))
	return on, err == nil
}
