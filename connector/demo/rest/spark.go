package rest

import (
	"cmp"
	"encoding/json"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
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
func sparkField(c unity.Column) string {
	kind, err := values.ParseType(c.TypeText())
	if err != nil {
		kind = values.Type{Text: c.TypeText()} // of a kind that the engine does not know
	}
	field := sparkStructField{Name: c.Name, Type: sparkType(kind), Nullable: !c.NotNull, Metadata: map[string]string{}}
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
func sparkType(t values.Type) any {
	switch t.Kind {
	case values.Array:
		return map[string]any{"type": "array", "elementType": sparkType(t.Fields[0].Type), "containsNull": true}
	case values.Map:
		return map[string]any{"type": "map", "keyType": sparkType(t.Fields[0].Type), "valueType": sparkType(t.Fields[1].Type), "valueContainsNull": true}
	case values.Struct:
		fields := make([]sparkStructField, len(t.Fields))
		for i, f := range t.Fields {
			fields[i] = sparkStructField{Name: f.Name, Type: sparkType(f.Type), Nullable: true, Metadata: map[string]string{}}
		}
		return map[string]any{"type": "struct", "fields": fields}
	}
	return cmp.Or(sparkTypes[t.Text], t.Text)
}
