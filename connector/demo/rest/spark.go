package rest

import (
	"encoding/json"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// sparkTypes are the names of types in Spark's JSON where they differ from the type text.
var sparkTypes = map[string]string{"int": "integer", "bigint": "long", "tinyint": "byte", "smallint": "short"}

type sparkStructField struct {
	Name     string            `json:"name"`
	Type     any               `json:"type"`
	Nullable bool              `json:"nullable"`
	Metadata map[string]string `json:"metadata"`
}

// sparkField is a column as a Spark StructField in JSON, which the API carries as text.
func sparkField(c model.Column) string {
	field := sparkStructField{Name: c.Name, Type: sparkType(c.TypeText()), Nullable: !c.NotNull, Metadata: map[string]string{}}
	if c.Comment != "" {
		field.Metadata["comment"] = c.Comment
	}
	text, err := json.Marshal(field)
	if err != nil {
		return "" // strings and booleans always encode
	}
	return string(text)
}

// sparkType is a type as Spark's JSON has it: a word, or an object where there are types inside.
func sparkType(text string) any {
	word, inside, nested := strings.Cut(text, "<")
	if !nested {
		if spark, ok := sparkTypes[text]; ok {
			return spark
		}
		return text
	}
	parts := splitTypes(strings.TrimSuffix(inside, ">"))
	switch {
	case word == "array":
		return map[string]any{"type": "array", "elementType": sparkType(parts[0]), "containsNull": true}
	case word == "map" && len(parts) == 2:
		return map[string]any{"type": "map", "keyType": sparkType(parts[0]), "valueType": sparkType(parts[1]), "valueContainsNull": true}
	}
	fields := make([]sparkStructField, len(parts))
	for i, part := range parts {
		name, kind, _ := strings.Cut(part, ":")
		fields[i] = sparkStructField{Name: strings.TrimSpace(name), Type: sparkType(strings.TrimSpace(kind)), Nullable: true, Metadata: map[string]string{}}
	}
	return map[string]any{"type": "struct", "fields": fields}
}

// splitTypes cuts at the commas that are in no bracket.
func splitTypes(text string) []string {
	var out []string
	depth, from := 0, 0
	for i, r := range text {
		switch r {
		case '<', '(':
			depth++
		case '>', ')':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, strings.TrimSpace(text[from:i]))
				from = i + 1
			}
		}
	}
	return append(out, strings.TrimSpace(text[from:]))
}
