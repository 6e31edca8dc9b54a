package rest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// patchOperation is one change of a PATCH, as RFC 7644 has it.
type patchOperation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

const (
	opAdd     = "add"
	opReplace = "replace"
	opRemove  = "remove"
)

// apply makes the change in a document. Without a path its value has the attributes.
func (o patchOperation) apply(doc document) error {
	op := strings.ToLower(o.Op)
	if op != opAdd && op != opReplace && op != opRemove {
		return refuseSCIM("invalidSyntax", "Operation '"+o.Op+"' is not supported.")
	}
	if o.Path != "" {
		return change(doc, op, o.Path, o.Value)
	}
	fields, ok := o.Value.(document)
	switch {
	case op == opRemove:
		return refuseSCIM("noTarget", "To remove something needs a path.")
	case !ok:
		return refuseSCIM("invalidValue", "An operation needs a path, or a value with attributes.")
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if err := change(doc, op, name, fields[name]); err != nil {
			return err
		}
	}
	return nil
}

// patchPath is what an operation changes: an attribute, some of its values, or a part of either.
type patchPath struct {
	attributePath
	text  string
	keep  scimFilter     // which values; nil for all
	named map[string]any // what a value has that the filter asks for
}

func parsePatchPath(text string) (patchPath, error) {
	name, condition, some := strings.Cut(text, "[")
	p := patchPath{text: text}
	var ok bool
	if p.attributePath, ok = pathOf(strings.TrimSpace(name)); !ok {
		return p, refuseSCIM("invalidPath", "Attribute "+name+" cannot be changed.")
	}
	if !some {
		return p, nil
	}
	if !p.many || p.part != "" {
		return p, refuseSCIM("invalidPath", "Attribute "+name+" does not have many values.")
	}
	f, err := newFilterReader(condition)
	if err != nil {
		return p, err
	}
	f.within = &p.scimAttribute
	if p.keep, err = f.either(); err != nil {
		return p, err
	}
	p.named = f.named
	closed := f.takes("]")
	if part, deep := strings.CutPrefix(f.next(), "."); deep {
		if p.part, ok = p.knows(part); !ok {
			return p, refuseSCIM("invalidPath", "Attribute "+p.name+" has no part '"+part+"'.")
		}
	}
	if !closed || len(f.tokens) > 0 {
		return p, refuseSCIM("invalidPath", "Path '"+text+"' is not supported.")
	}
	return p, nil
}

// change makes one operation at a path.
func change(doc document, op, path string, value any) error {
	p, err := parsePatchPath(path)
	if !p.many {
		value = alone(value)
	}
	switch {
	case err != nil:
		return err
	case p.fixed && (op == opRemove || !same(doc[p.name], value)):
		return refuseSCIM("mutability", "Attribute "+p.name+" cannot be changed.")
	case p.fixed:
		return nil
	case p.many:
		return p.changeValues(doc, op, value)
	case p.part != "":
		whole, _ := doc[p.name].(document)
		whole = maps.Clone(whole)
		if whole == nil {
			whole = document{}
		}
		set(whole, op, p.part, value)
		doc[p.name] = whole
	case op == opAdd && len(p.parts) > 0:
		whole, _ := doc[p.name].(document)
		parts, _ := value.(document)
		merged := document{}
		maps.Copy(merged, whole)
		maps.Copy(merged, parts)
		doc[p.name] = merged
	default:
		set(doc, op, p.name, value)
	}
	return nil
}

// alone takes a value out of the list of one that Terraform's provider sends also for an attribute with one value.
func alone(value any) any {
	list, _ := value.([]any)
	if len(list) != 1 {
		return value
	}
	only, _ := list[0].(document)
	if inside, ok := only["value"]; ok && len(only) == 1 {
		return inside
	}
	return value
}

func set(in document, op, name string, value any) {
	if op == opRemove || value == nil {
		delete(in, name)
		return
	}
	in[name] = value
}

// same compares what JSON can hold.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// changeValues makes an operation on an attribute with many values.
func (p patchPath) changeValues(doc document, op string, value any) error {
	now, _ := doc[p.name].([]any)
	var out []any
	var err error
	switch {
	case p.keep != nil:
		out, err = p.changeSome(now, op, value)
	case p.part != "":
		out = p.changePart(now, op, value, func(document) bool { return true })
	case op == opReplace:
		out = complexValues(value)
	case op == opAdd:
		out = union(now, complexValues(value))
	default:
		out = difference(now, complexValues(value))
	}
	doc[p.name] = out
	return err
}

// changeSome makes an operation on the values that the path's filter keeps.
func (p patchPath) changeSome(now []any, op string, value any) ([]any, error) {
	chosen := func(v any) bool {
		object, ok := v.(document)
		return ok && p.keep(object)
	}
	found := slices.ContainsFunc(now, chosen)
	switch {
	case op == opRemove && p.part == "":
		return slices.DeleteFunc(slices.Clone(now), chosen), nil
	case op == opAdd && p.part == "":
		return nil, refuseSCIM("invalidPath", "Path '"+p.text+"' is not supported for add.")
	case op == opAdd && !found:
		made := maps.Clone(p.named)
		made[p.part] = value
		return union(now, []any{made}), nil
	case op == opReplace && !found:
		return nil, refuseSCIM("noTarget", "No value is there at '"+p.text+"'.")
	case p.part != "":
		return p.changePart(now, op, value, p.keep), nil
	}
	return union(slices.DeleteFunc(slices.Clone(now), chosen), complexValues(value)), nil
}

// changePart sets or removes a part of each value that is chosen.
func (p patchPath) changePart(now []any, op string, value any, chosen scimFilter) []any {
	var out []any
	for _, v := range now {
		if object, ok := v.(document); ok && chosen(object) {
			object = maps.Clone(object)
			set(object, op, p.part, value)
			v = object
		}
		out = append(out, v)
	}
	return out
}

// complexValues reads values in the forms that clients send: one or several, as text or as {"value": ...}.
func complexValues(value any) []any {
	list, many := value.([]any)
	if !many && value != nil {
		list = []any{value}
	}
	out := make([]any, 0, len(list))
	for _, v := range list {
		if _, complex := v.(document); !complex {
			v = document{"value": v}
		}
		out = append(out, v)
	}
	return out
}

// union adds what is not there yet.
func union(now, more []any) []any {
	out, there := slices.Clone(now), keysOf(now)
	for _, v := range more {
		if key := keyOf(v); !there[key] {
			there[key] = true
			out = append(out, v)
		}
	}
	return out
}

// difference leaves out what is in drop; without anything to drop, all of it goes.
func difference(now, drop []any) []any {
	gone := keysOf(drop)
	return slices.DeleteFunc(slices.Clone(now), func(v any) bool { return len(drop) == 0 || gone[keyOf(v)] })
}

func keysOf(list []any) map[string]bool {
	keys := make(map[string]bool, len(list))
	for _, v := range list {
		keys[keyOf(v)] = true
	}
	return keys
}

// keyOf is what values are compared by: what they are the values of.
func keyOf(v any) string {
	object, _ := v.(document)
	return fmt.Sprint(object["value"])
}
