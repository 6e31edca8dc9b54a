// Package values is what a command prints for other programs: one piece of JSON, whose order is kept. It can be written as YAML, and single
// values can be picked out of it, and flags say which of that is asked for.
package values

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Value is one piece of JSON. Make one with Read.
type Value struct{ raw json.RawMessage }

// Read takes encoded JSON, which must be one whole value.
func Read(encoded []byte) (Value, error) {
	encoded = bytes.TrimSpace(encoded)
	if !json.Valid(encoded) {
		return Value{}, fmt.Errorf("%d bytes are no JSON", len(encoded))
	}
	return Value{encoded}, nil
}

// JSON is the value with an indentation of two blanks, and a line break at its end.
func (v Value) JSON() ([]byte, error) {
	var out bytes.Buffer
	if err := json.Indent(&out, v.raw, "", "  "); err != nil {
		return nil, fmt.Errorf("indent: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// YAML is the value as YAML, in the same order. Characters that a terminal would obey are written out, as they are in JSON.
func (v Value) YAML() ([]byte, error) {
	node, err := v.node()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	to := yaml.NewEncoder(&out)
	to.SetIndent(2)
	if err := to.Encode(node); err != nil {
		return nil, fmt.Errorf("encode as YAML: %w", err)
	}
	return out.Bytes(), nil
}

func (v Value) node() (*yaml.Node, error) {
	switch v.raw[0] {
	case '{':
		members, err := v.members()
		node := &yaml.Node{Kind: yaml.MappingNode}
		for _, m := range members {
			below, belowErr := m.value.node()
			if belowErr != nil {
				return nil, belowErr
			}
			node.Content = append(node.Content, textNode(m.name), below)
		}
		return node, err
	case '[':
		items, err := v.items()
		node := &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range items {
			below, belowErr := item.node()
			if belowErr != nil {
				return nil, belowErr
			}
			node.Content = append(node.Content, below)
		}
		return node, err
	case '"':
		text, err := v.text()
		return textNode(text), err
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: string(v.raw)}, nil
}

func textNode(text string) *yaml.Node {
	node := &yaml.Node{}
	node.SetString(string(connector.EscapeJSON([]byte(text))))
	return node
}

// Text is the value on its own, without quotes and safe for a terminal, where it is neither an object nor a list.
func (v Value) Text() (text string, single bool) {
	switch v.raw[0] {
	case '{', '[':
		return "", false
	case '"':
		text, err := v.text()
		if err != nil {
			return "", false
		}
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			lines[i] = connector.CleanLine(line, len(line))
		}
		return strings.Join(lines, "\n"), true
	}
	return string(v.raw), true
}

func (v Value) text() (text string, err error) {
	if err = json.Unmarshal(v.raw, &text); err != nil {
		err = fmt.Errorf("decode a text: %w", err)
	}
	return text, err
}

// Pick is the value at a path of names and of places in lists, counted from 0: stages.3.state. The error is a *connector.Error that says
// what there is instead.
func (v Value) Pick(path string) (Value, error) {
	at, way := v, ""
	for _, step := range strings.Split(path, ".") {
		next, there, err := at.step(step)
		if err != nil {
			return Value{}, err
		}
		if next.raw == nil {
			return Value{}, notThere(path, way, step, there)
		}
		at, way = next, strings.TrimPrefix(way+"."+step, ".")
	}
	return at, nil
}

// step is the value below this one, zero where there is none, and the names of those that there are.
func (v Value) step(name string) (next Value, there []string, err error) {
	switch v.raw[0] {
	case '{':
		members, err := v.members()
		for _, m := range members {
			if m.name == name {
				return m.value, nil, err
			}
			there = append(there, m.name)
		}
		return Value{}, there, err
	case '[':
		items, err := v.items()
		if i, wrong := strconv.Atoi(name); wrong == nil && i >= 0 && i < len(items) {
			return items[i], nil, err
		}
		if len(items) > 0 {
			there = []string{fmt.Sprintf("0 to %d", len(items)-1)}
		}
		return Value{}, there, err
	}
	return Value{}, nil, nil
}

func notThere(path, way, step string, there []string) error {
	holds := "there is nothing below it"
	if len(there) > 0 {
		holds = "there is " + strings.Join(there, ", ")
	}
	if way != "" {
		holds = "in " + way + " " + holds
	}
	remedy := "-o json shows all of it."
	if near := connector.Nearest(step, there, 1); len(near) > 0 {
		remedy = fmt.Sprintf("Did you mean %q? ", near[0]) + remedy
	}
	return &connector.Error{
		Kind: connector.ErrInput, What: fmt.Sprintf("There is no %q here: %s.", connector.CleanLine(path, 120), holds), Remedy: remedy,
	}
}

// member is one entry of an object.
type member struct {
	name  string
	value Value
}

// members are the entries of an object, in the order of the text.
func (v Value) members() (all []member, err error) {
	from := json.NewDecoder(bytes.NewReader(v.raw))
	if _, err := from.Token(); err != nil {
		return nil, fmt.Errorf("decode an object: %w", err)
	}
	for from.More() {
		name, err := from.Token()
		if err != nil {
			return nil, fmt.Errorf("decode a name: %w", err)
		}
		text, _ := name.(string)
		var raw json.RawMessage
		if err := from.Decode(&raw); err != nil {
			return nil, fmt.Errorf("decode %s: %w", text, err)
		}
		all = append(all, member{text, Value{raw}})
	}
	return all, nil
}

func (v Value) items() (all []Value, err error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(v.raw, &raw); err != nil {
		return nil, fmt.Errorf("decode a list: %w", err)
	}
	for _, item := range raw {
		all = append(all, Value{item})
	}
	return all, nil
}
