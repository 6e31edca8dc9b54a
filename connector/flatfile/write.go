package flatfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/draftt-io/draftt-databricks/connector"
)

// pairsOf are the version and the keys that have a value, in the order of the table.
func pairsOf[T any](value T, keys []Key[T]) []*yaml.Node {
	pairs := []*yaml.Node{textNode("version"), {Kind: yaml.ScalarNode, Tag: "!!int", Value: version}}
	for _, k := range keys {
		if n := k.Slot(&value).give(); n != nil {
			pairs = append(pairs, textNode(k.Name), n)
		}
	}
	return pairs
}

// YAML writes a file that Read reads. heading is text that becomes comments.
func YAML[T any](value T, keys []Key[T], heading string) ([]byte, error) {
	var b bytes.Buffer
	for line := range strings.Lines(heading) {
		b.WriteString("# " + line)
	}
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(&yaml.Node{Kind: yaml.MappingNode, Content: pairsOf(value, keys)}); err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	return b.Bytes(), nil
}

// JSON is YAML in JSON, with the keys in the same order.
func JSON[T any](value T, keys []Key[T]) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("{")
	pairs := pairsOf(value, keys)
	for i := 0; i < len(pairs); i += 2 {
		if i > 0 {
			b.WriteString(",")
		}
		text, err := jsonOf(pairs[i+1])
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "\n  %q: %s", pairs[i].Value, text)
	}
	b.WriteString("\n}\n")
	return connector.EscapeJSON(b.Bytes()), nil
}

func jsonOf(n *yaml.Node) (text []byte, err error) {
	switch {
	case n.Kind == yaml.SequenceNode:
		list := make([]string, len(n.Content))
		for i, item := range n.Content {
			list[i] = item.Value
		}
		text, err = json.Marshal(list)
	case n.Tag == "!!str":
		text, err = json.Marshal(n.Value)
	default: // a number, true or false, which JSON writes like YAML
		text = []byte(n.Value)
	}
	if err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	return text, nil
}

// Commented is a file with every key explained. What may be left out is commented out.
func Commented[T any](keys []Key[T], heading string) string {
	var b strings.Builder
	for line := range strings.Lines(heading) {
		b.WriteString("# " + line)
	}
	b.WriteString("\nversion: " + version + "\n")
	for _, k := range keys {
		off := ""
		if !k.Needed {
			off = "# "
		}
		fmt.Fprintf(&b, "\n# %s\n", k.About)
		for line := range strings.Lines(k.Name + ":" + k.Example + "\n") {
			b.WriteString(off + line)
		}
	}
	return b.String()
}
