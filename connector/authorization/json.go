package authorization

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
)

// deepestJSON is how many brackets of JSON may stand in each other.
const deepestJSON = 100

// noJSON says why a text was not read as JSON, with the line.
func noJSON(text []byte, err error) error {
	var syntax *json.SyntaxError
	var other *json.UnmarshalTypeError
	switch {
	case errors.As(err, &other):
		what := "the list"
		if other.Field != "" {
			what = connector.CleanLine(other.Field, 60)
		}
		return unreadable(lineOf(text, int(other.Offset)), what+" is "+jsonKind(other.Value)+", which it cannot be")
	case tooDeep(text):
		return unreadable(0, "too many brackets stand in each other")
	case endsEarly(text):
		return unreadable(lineOf(text, len(text)), "this is no JSON: it ends before it is whole")
	case !errors.As(err, &syntax):
		return unreadable(0, "this is no JSON")
	}
	sign, _ := utf8.DecodeRune(text[max(0, min(len(text), int(syntax.Offset))-1):])
	return unreadable(lineOf(text, int(syntax.Offset)), "this is no JSON: "+connector.CleanLine(string(sign), 10)+" cannot stand there")
}

func endsEarly(text []byte) bool {
	var whole json.RawMessage
	return errors.Is(json.NewDecoder(bytes.NewReader(text)).Decode(&whole), io.ErrUnexpectedEOF)
}

// jsonKind is a kind of value, as encoding/json names it, in words.
func jsonKind(named string) string {
	first, _, _ := strings.Cut(named, " ")
	known := map[string]string{"string": "a text", "number": "a number", "array": "a list", "object": "an object", "bool": "true or false"}
	if kind := known[first]; kind != "" {
		return kind
	}
	return "something else"
}

// tooDeep reports whether brackets stand in each other deeper than any list has them.
func tooDeep(text []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > deepestJSON {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// keyTwice finds a key that an object of a JSON text has twice, of which encoding/json would take the last, and where the second one stands. It takes those
// of the whole in any case, so that two of them are one as well that differ in that alone.
func keyTwice(text []byte) (key string, at int, found bool) {
	type level struct {
		keys  map[string]bool // nil in a list
		value bool            // what comes next is the value of a key
	}
	var in []level
	tokens := json.NewDecoder(bytes.NewReader(text))
	for {
		token, err := tokens.Token()
		if err != nil {
			return "", 0, false
		}
		switch token {
		case json.Delim('{'):
			in = append(in, level{keys: map[string]bool{}})
			continue
		case json.Delim('['):
			in = append(in, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			in = in[:len(in)-1]
		default:
			if now := &in[len(in)-1]; now.keys != nil && !now.value {
				name, _ := token.(string)
				spelt := name
				if len(in) == 1 {
					spelt = strings.ToLower(name)
				}
				if now.keys[spelt] {
					return name, int(tokens.InputOffset()), true
				}
				now.keys[spelt], now.value = true, true
				continue
			}
		}
		if len(in) > 0 {
			in[len(in)-1].value = false
		}
	}
}
