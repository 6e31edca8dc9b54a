package setup

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/draftt-io/draftt-databricks/connector"
)

// pairsOf are the version and the keys that have a value, in the order of the table.
func pairsOf[T any](value T, keys []fileKey[T]) []*yaml.Node {
	pairs := []*yaml.Node{textNode("version"), {Kind: yaml.ScalarNode, Tag: "!!int", Value: fileVersion}}
	for _, k := range keys {
		if n := k.slot(&value).give(); n != nil {
			pairs = append(pairs, textNode(k.name), n)
		}
	}
	return pairs
}

// writeYAML writes a file that readKeys reads.
func writeYAML[T any](value T, keys []fileKey[T], heading string) ([]byte, error) {
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

// writeJSON is writeYAML in JSON, with the keys in the same order.
func writeJSON[T any](value T, keys []fileKey[T]) ([]byte, error) {
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

// example is a file with every key explained. What may be left out is commented out.
func example[T any](keys []fileKey[T], heading string) string {
	var b strings.Builder
	for line := range strings.Lines(heading) {
		b.WriteString("# " + line)
	}
	b.WriteString("\nversion: " + fileVersion + "\n")
	for _, k := range keys {
		off := ""
		if !k.needed {
			off = "# "
		}
		fmt.Fprintf(&b, "\n# %s\n", k.about)
		for line := range strings.Lines(k.name + ":" + k.example + "\n") {
			b.WriteString(off + line)
		}
	}
	return b.String()
}
