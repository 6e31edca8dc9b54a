package dialect

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// constructors are the functions that make a value of a nested type. They are
// known in the outermost select list alone, where the text tells the type that
// SQLite has no word for; elsewhere there is no such function.
var constructors = map[string]values.Kind{"ARRAY": values.Array, "MAP": values.Map, "STRUCT": values.Struct, "NAMED_STRUCT": values.Struct}

// PartsFunction gathers the arguments of a constructor in a JSON array.
const PartsFunction = "parts of"

// constructed reads a call of a constructor: what its parts are, and how the
// fields of a struct are called.
func constructed(item []Token) (Hint, bool) {
	n := len(item)
	if n < 4 || item[0].Kind != Word || !item[1].Is("(") || !item[n-1].Is(")") || closing(item, 1, "(", ")") != n {
		return Hint{}, false
	}
	kind, known := constructors[item[0].Value]
	if !known {
		return Hint{}, false
	}
	h := Hint{Nested: kind, at: []int{item[0].pos}}
	args := splitArguments(item[2 : n-1])
	for i, arg := range args {
		if item[0].Is("NAMED_STRUCT") && i%2 == 0 {
			if len(arg) != 1 || arg[0].Kind != Text {
				return Hint{}, false
			}
			h.names, h.skip = append(h.names, arg[0].Value), true
			continue
		}
		part := argumentHint(arg)
		h.at = append(h.at, part.at...)
		h.parts = append(h.parts, part)
		if item[0].Is("STRUCT") {
			h.names = append(h.names, fieldName(arg, i))
		}
	}
	if kind == values.Map && len(h.parts)%2 == 1 || kind == values.Struct && len(h.names) != len(h.parts) {
		return Hint{}, false
	}
	return h, true
}

func argumentHint(arg []Token) Hint {
	n := len(arg)
	switch {
	case n == 1 && arg[0].Is("NULL"):
		return Hint{null: true}
	case n == 1 && arg[0].Kind == Text:
		return Hint{typed: values.StringType, known: true}
	case n == 1 && arg[0].Identifier() && !arg[0].Is("TRUE") && !arg[0].Is("FALSE"), n == 3 && arg[1].Is(".") && arg[2].Identifier():
		return Hint{column: arg[n-1].name()}
	}
	return hint(arg)
}

// fieldName is what STRUCT calls a field: as its column, or col1, col2 and so on.
func fieldName(arg []Token, i int) string {
	if h := argumentHint(arg); h.column != "" {
		return identifierText(arg[len(arg)-1])
	}
	return "col" + strconv.Itoa(i+1)
}

func splitArguments(tokens []Token) [][]Token {
	var args [][]Token
	depth, start := 0, 0
	for i, t := range tokens {
		switch {
		case t.Is("("):
			depth++
		case t.Is(")"):
			depth--
		case t.Is(",") && depth == 0:
			args = append(args, tokens[start:i])
			start = i + 1
		}
	}
	return append(args, tokens[start:])
}

// Resolve finds the type that a hint speaks of; column tells the types of the
// columns of the statement's tables.
func (h Hint) Resolve(column func(string) (values.Type, bool)) (values.Type, bool) {
	switch {
	case h.Nested != values.String:
		return h.resolveNested(column)
	case h.column != "":
		t, found := column(h.column)
		if !found {
			return values.Type{}, false
		}
		return h.of(t)
	}
	return h.typed, h.known
}

func (h Hint) resolveNested(column func(string) (values.Type, bool)) (values.Type, bool) {
	types := make([]values.Type, len(h.parts))
	for i, part := range h.parts {
		var known bool
		if types[i], known = part.Resolve(column); !known && !part.null {
			return values.Type{}, false
		}
	}
	var written string
	switch h.Nested {
	case values.Array:
		element, ok := h.common(types, 0, 1)
		if !ok {
			return values.Type{}, false
		}
		written = "array<" + element.Text + ">"
	case values.Map:
		key, ok1 := h.common(types, 0, 2)
		value, ok2 := h.common(types, 1, 2)
		if !ok1 || !ok2 {
			return values.Type{}, false
		}
		written = "map<" + key.Text + "," + value.Text + ">"
	case values.Struct:
		t := values.Type{Kind: values.Struct}
		for i, name := range h.names {
			if h.parts[i].null {
				return values.Type{}, false
			}
			t.Fields = append(t.Fields, values.Field{Name: name, Type: types[i]})
			if written += name + ":" + types[i].Text; i < len(h.names)-1 {
				written += ","
			}
		}
		t.Text = "struct<" + written + ">"
		return t, true
	}
	t, err := values.ParseType(written)
	return t, err == nil
}

// widening lists the numeric kinds, each of which holds those before it.
var widening = []values.Kind{values.TinyInt, values.SmallInt, values.Int, values.BigInt, values.Decimal, values.Float, values.Double}

// common is the one type of every part that starts at first and comes each
// step. Parts of one kind, or numbers, have one; the engine bends no others.
func (h Hint) common(types []values.Type, first, step int) (values.Type, bool) {
	var found values.Type
	any := false
	for i := first; i < len(types); i += step {
		switch {
		case h.parts[i].null:
		case !any:
			found, any = types[i], true
		case types[i].Text == found.Text:
		case slices.Contains(widening, types[i].Kind) && slices.Contains(widening, found.Kind) && (types[i].Kind == values.Decimal) == (found.Kind == values.Decimal):
			if slices.Index(widening, types[i].Kind) > slices.Index(widening, found.Kind) {
				found = types[i]
			}
		default:
			return values.Type{}, false
		}
	}
	return found, any
}

// build turns gathered parts into the JSON text of a value of type t.
func (h Hint) build(t values.Type, gathered string) (string, error) {
	var parts []json.RawMessage
	if err := json.Unmarshal([]byte(gathered), &parts); err != nil {
		return "", fmt.Errorf("read the parts of a value: %w", err)
	}
	if h.skip {
		for i := range h.parts {
			parts[i] = parts[2*i+1]
		}
		parts = parts[:len(h.parts)]
	}
	var b bytes.Buffer
	brackets := map[values.Kind]string{values.Array: "[]", values.Map: "{}", values.Struct: "{}"}[t.Kind]
	b.WriteByte(brackets[0])
	keys := map[string]bool{}
	for i, raw := range parts {
		if i > 0 && (t.Kind != values.Map || i%2 == 0) {
			b.WriteByte(',')
		}
		element := t.Fields[0].Type
		switch {
		case t.Kind == values.Struct:
			element = t.Fields[i].Type
			name, _ := values.Marshal(t.Fields[i].Name)
			b.Write(append(name, ':'))
		case t.Kind == values.Map && i%2 == 1:
			element = t.Fields[1].Type
		}
		text, err := h.parts[i].part(element, raw)
		if err != nil {
			return "", err
		}
		if t.Kind == values.Map && i%2 == 0 {
			if text, err = mapKey(text, keys); err != nil {
				return "", err
			}
			text += ":"
		}
		b.WriteString(text)
	}
	b.WriteByte(brackets[1])
	return b.String(), nil
}

func mapKey(written string, seen map[string]bool) (string, error) {
	switch {
	case written == "null":
		return "", &values.Error{Class: "NULL_MAP_KEY", SQLState: "2200E", Message: "Cannot use null as map key."}
	case seen[written]:
		return "", &values.Error{Class: "DUPLICATED_MAP_KEY", SQLState: "23505", Message: "Duplicate map key " + written +
			" was found, please check the input data. If you want to remove the duplicated keys, you can set \"spark.sql.mapKeyDedupPolicy\" to \"LAST_WIN\" so that the key inserted at last takes precedence."}
	}
	seen[written] = true
	if written[0] != '"' {
		written = strconv.Quote(written)
	}
	return written, nil
}

// part writes one part as JSON of its type.
func (h Hint) part(t values.Type, raw json.RawMessage) (string, error) {
	var inner string
	isText := json.Unmarshal(raw, &inner) == nil && raw[0] == '"'
	switch {
	case string(raw) == "null":
		return "null", nil
	case h.Nested != values.String && isText:
		return h.build(t, inner)
	case (t.Kind == values.Array || t.Kind == values.Map || t.Kind == values.Struct) && isText:
		return inner, nil
	case t.Kind == values.Boolean && !isText:
		return strconv.FormatBool(string(raw) != "0" && string(raw) != "false"), nil
	case t.Kind == values.Decimal && isText:
		return inner, nil
	case t.Kind == values.Decimal:
		f, err := strconv.ParseFloat(string(raw), 64)
		return values.FormatDecimal(f, t.Scale), err
	}
	return string(raw), nil
}
