package flatfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Value is a slot for any value, kept as JSON with its keys in their order.
func Value(at *json.RawMessage) Slot { return valueSlot{at} }

type valueSlot struct{ at *json.RawMessage }

func (s valueSlot) take(n *yaml.Node) error {
	var out bytes.Buffer
	if err := writeValue(&out, n, 0); err != nil {
		return err
	}
	*s.at = out.Bytes()
	return nil
}

func (s valueSlot) give() *yaml.Node {
	if len(*s.at) == 0 {
		return nil
	}
	var document yaml.Node
	if yaml.Unmarshal(*s.at, &document) != nil || len(document.Content) != 1 {
		return textNode(string(*s.at))
	}
	return document.Content[0] // JSON is YAML
}

// deepest is how deep values may nest.
const deepest = 60

func writeValue(out *bytes.Buffer, n *yaml.Node, depth int) error {
	if depth > deepest || n.Kind == yaml.AliasNode {
		return errors.New("nests too deep, or has an alias")
	}
	switch n.Kind {
	case yaml.MappingNode, yaml.SequenceNode:
		return writeContent(out, n, depth)
	}
	switch n.Tag {
	case "!!null":
		out.WriteString("null")
		return nil
	case "!!bool":
		var b bool
		if err := n.Decode(&b); err != nil {
			return errNotFlag
		}
		out.WriteString(strconv.FormatBool(b))
		return nil
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) { // a number as JSON writes it; any other is a text
			out.WriteString(n.Value)
			return nil
		}
	}
	text, err := json.Marshal(n.Value)
	out.Write(text)
	return err
}

func writeContent(out *bytes.Buffer, n *yaml.Node, depth int) error {
	brackets, per := "[]", 1
	if n.Kind == yaml.MappingNode {
		brackets, per = "{}", 2
	}
	out.WriteByte(brackets[0])
	for i, item := range n.Content {
		switch {
		case per == 2 && i%2 == 1:
			out.WriteByte(':')
		case i > 0:
			out.WriteByte(',')
		}
		if per == 2 && i%2 == 0 {
			name, err := json.Marshal(item.Value)
			if err != nil || item.Kind != yaml.ScalarNode {
				return errNotPairs
			}
			out.Write(name)
			continue
		}
		if err := writeValue(out, item, depth+1); err != nil {
			return err
		}
	}
	out.WriteByte(brackets[1])
	return nil
}
