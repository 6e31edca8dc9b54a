package engine

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// constructors are the functions that make a value of a nested type. They are
// known in the outermost select list alone, where the text tells the type that
// SQLite has no word for; elsewhere there is no such function.
var constructors = map[string]Kind{"ARRAY": Array, "MAP": Map, "STRUCT": Struct, "NAMED_STRUCT": Struct}

// partsFunction gathers the arguments of a constructor in a JSON array.
const partsFunction = "parts of"

// constructed reads a call of a constructor: what its parts are, and how the
// fields of a struct are called.
func constructed(item []token) (typeHint, bool) {
	n := len(item)
	if n < 4 || item[0].kind != word || !item[1].is("(") || !item[n-1].is(")") || closing(item, 1, "(", ")") != n {
		return typeHint{}, false
	}
	kind, known := constructors[item[0].value]
	if !known {
		return typeHint{}, false
	}
	h := typeHint{nested: kind, at: []int{item[0].pos}}
	args := splitArguments(item[2 : n-1])
	for i, arg := range args {
		if item[0].is("NAMED_STRUCT") && i%2 == 0 {
			if len(arg) != 1 || arg[0].kind != text {
				return typeHint{}, false
			}
			h.names, h.skip = append(h.names, arg[0].value), true
			continue
		}
		part := argumentHint(arg)
		h.at = append(h.at, part.at...)
		h.parts = append(h.parts, part)
		if item[0].is("STRUCT") {
			h.names = append(h.names, fieldName(arg, i))
		}
	}
	if kind == Map && len(h.parts)%2 == 1 || kind == Struct && len(h.names) != len(h.parts) {
		return typeHint{}, false
	}
	return h, true
}

func argumentHint(arg []token) typeHint {
	n := len(arg)
	switch {
	case n == 1 && arg[0].is("NULL"):
		return typeHint{null: true}
	case n == 1 && arg[0].kind == text:
		return typeHint{typed: StringType, known: true}
	case n == 1 && arg[0].identifier() && !arg[0].is("TRUE") && !arg[0].is("FALSE"), n == 3 && arg[1].is(".") && arg[2].identifier():
		return typeHint{column: arg[n-1].name()}
	}
	return hint(arg)
}

// fieldName is what STRUCT calls a field: as its column, or col1, col2 and so on.
func fieldName(arg []token, i int) string {
	if h := argumentHint(arg); h.column != "" {
		return identifierText(arg[len(arg)-1])
	}
	return "col" + strconv.Itoa(i+1)
}

func splitArguments(tokens []token) [][]token {
	var args [][]token
	depth, start := 0, 0
	for i, t := range tokens {
		switch {
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		case t.is(",") && depth == 0:
			args = append(args, tokens[start:i])
			start = i + 1
		}
	}
	return append(args, tokens[start:])
}

// resolve finds the type that a hint speaks of; column tells the types of the
// columns of the statement's tables.
func (h typeHint) resolve(column func(string) (Type, bool)) (Type, bool) {
	switch {
	case h.nested != String:
		return h.resolveNested(column)
	case h.column != "":
		t, found := column(h.column)
		if !found {
			return Type{}, false
		}
		return h.of(t)
	}
	return h.typed, h.known
}

func (h typeHint) resolveNested(column func(string) (Type, bool)) (Type, bool) {
	types := make([]Type, len(h.parts))
	for i, part := range h.parts {
		var known bool
		if types[i], known = part.resolve(column); !known && !part.null {
			return Type{}, false
		}
	}
	var written string
	switch h.nested {
	case Array:
		element, ok := h.common(types, 0, 1)
		if !ok {
			return Type{}, false
		}
		written = "array<" + element.Text + ">"
	case Map:
		key, ok1 := h.common(types, 0, 2)
		value, ok2 := h.common(types, 1, 2)
		if !ok1 || !ok2 {
			return Type{}, false
		}
		written = "map<" + key.Text + "," + value.Text + ">"
	case Struct:
		t := Type{Kind: Struct}
		for i, name := range h.names {
			if h.parts[i].null {
				return Type{}, false
			}
			t.Fields = append(t.Fields, Field{Name: name, Type: types[i]})
			if written += name + ":" + types[i].Text; i < len(h.names)-1 {
				written += ","
			}
		}
		t.Text = "struct<" + written + ">"
		return t, true
	}
	t, err := ParseType(written)
	return t, err == nil
}

// widening lists the numeric kinds, each of which holds those before it.
var widening = []Kind{TinyInt, SmallInt, Int, BigInt, Decimal, Float, Double}

// common is the one type of every part that starts at first and comes each
// step. Parts of one kind, or numbers, have one; the engine bends no others.
func (h typeHint) common(types []Type, first, step int) (Type, bool) {
	var found Type
	any := false
	for i := first; i < len(types); i += step {
		switch {
		case h.parts[i].null:
		case !any:
			found, any = types[i], true
		case types[i].Text == found.Text:
		case slices.Contains(widening, types[i].Kind) && slices.Contains(widening, found.Kind) && (types[i].Kind == Decimal) == (found.Kind == Decimal):
			if slices.Index(widening, types[i].Kind) > slices.Index(widening, found.Kind) {
				found = types[i]
			}
		default:
			return Type{}, false
		}
	}
	return found, any
}

// gather is the constructor as SQLite calls it.
func gather(args []driver.Value) (driver.Value, error) {
	parts := make([]any, len(args))
	for i, v := range args {
		parts[i] = v // a []byte becomes base64, as JSON has it
	}
	out, err := marshal(parts)
	return string(out), err
}

// marshal writes JSON with its letters as they are.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// build turns gathered parts into the JSON text of a value of type t.
func (h typeHint) build(t Type, gathered string) (string, error) {
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
	brackets := map[Kind]string{Array: "[]", Map: "{}", Struct: "{}"}[t.Kind]
	b.WriteByte(brackets[0])
	keys := map[string]bool{}
	for i, raw := range parts {
		if i > 0 && (t.Kind != Map || i%2 == 0) {
			b.WriteByte(',')
		}
		element := t.Fields[0].Type
		switch {
		case t.Kind == Struct:
			element = t.Fields[i].Type
			name, _ := marshal(t.Fields[i].Name)
			b.Write(append(name, ':'))
		case t.Kind == Map && i%2 == 1:
			element = t.Fields[1].Type
		}
		text, err := h.parts[i].part(element, raw)
		if err != nil {
			return "", err
		}
		if t.Kind == Map && i%2 == 0 {
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
		return "", &Error{Class: "NULL_MAP_KEY", SQLState: "2200E", Message: "Cannot use null as map key."}
	case seen[written]:
		return "", &Error{Class: "DUPLICATED_MAP_KEY", SQLState: "23505", Message: "Duplicate map key " + written +
			" was found, please check the input data. If you want to remove the duplicated keys, you can set \"spark.sql.mapKeyDedupPolicy\" to \"LAST_WIN\" so that the key inserted at last takes precedence."}
	}
	seen[written] = true
	if written[0] != '"' {
		written = strconv.Quote(written)
	}
	return written, nil
}

// part writes one part as JSON of its type.
func (h typeHint) part(t Type, raw json.RawMessage) (string, error) {
	var inner string
	isText := json.Unmarshal(raw, &inner) == nil && raw[0] == '"'
	switch {
	case string(raw) == "null":
		return "null", nil
	case h.nested != String && isText:
		return h.build(t, inner)
	case (t.Kind == Array || t.Kind == Map || t.Kind == Struct) && isText:
		return inner, nil
	case t.Kind == Boolean && !isText:
		return strconv.FormatBool(string(raw) != "0" && string(raw) != "false"), nil
	case t.Kind == Decimal && isText:
		return inner, nil
	case t.Kind == Decimal:
		f, err := strconv.ParseFloat(string(raw), 64)
		return formatDecimal(f, t.Scale), err
	}
	return string(raw), nil
}
