package statement

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// nestedText writes a value of a nested type, in which the API writes every
// number and boolean as text. A value that is no JSON stays as it is.
func nestedText(value string, t engine.Type) string {
	var b bytes.Buffer
	if writeNested(&b, json.RawMessage(value), t) != nil {
		return value
	}
	return b.String()
}

func writeNested(b *bytes.Buffer, raw json.RawMessage, t engine.Type) error {
	if string(raw) == "null" {
		b.WriteString("null")
		return nil
	}
	switch t.Kind {
	case engine.Array:
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return err
		}
		b.WriteByte('[')
		for i, item := range list {
			comma(b, i)
			if err := writeNested(b, item, t.Fields[0].Type); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case engine.Map, engine.Struct:
		return writeObject(b, raw, t)
	}
	return writeLeaf(b, raw, t)
}

// writeObject keeps the fields in their order.
func writeObject(b *bytes.Buffer, raw json.RawMessage, t engine.Type) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		return err
	}
	b.WriteByte('{')
	for i := 0; d.More(); i++ {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		name, _ := key.(string)
		comma(b, i)
		writeText(b, name)
		b.WriteByte(':')
		if err := writeNested(b, value, fieldType(t, i)); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

func fieldType(t engine.Type, i int) engine.Type {
	if t.Kind == engine.Map {
		return t.Fields[1].Type
	}
	if i < len(t.Fields) {
		return t.Fields[i].Type
	}
	return engine.Type{}
}

// writeLeaf writes what has nothing inside, as it would stand in a column.
func writeLeaf(b *bytes.Buffer, raw json.RawMessage, t engine.Type) error {
	text := string(raw)
	if raw[0] == '"' {
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
		if t.Kind == engine.Timestamp {
			text = valueText(text, t)
		}
	} else if f, err := strconv.ParseFloat(text, 64); err == nil && (t.Kind == engine.Double || t.Kind == engine.Float) {
		text = engine.FormatValue(f, t)
	}
	writeText(b, text)
	return nil
}

func writeText(b *bytes.Buffer, text string) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text)      // a text always encodes
	b.Truncate(b.Len() - 1) // the line end
}

func comma(b *bytes.Buffer, i int) {
	if i > 0 {
		b.WriteByte(',')
	}
}
