package ipc

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/decimal128"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// appendColumn appends rows first to end of a column to a builder of the type
// that Native gives it.
func appendColumn(b array.Builder, t engine.Type, v *engine.Vector, first, end int) {
	valid := validity(v, first, end)
	switch b := b.(type) {
	case *array.BooleanBuilder:
		b.AppendValues(v.Bools[first:end], valid)
	case *array.Int8Builder:
		b.AppendValues(narrow[int8](v.Ints[first:end]), valid)
	case *array.Int16Builder:
		b.AppendValues(narrow[int16](v.Ints[first:end]), valid)
	case *array.Int32Builder:
		b.AppendValues(narrow[int32](v.Ints[first:end]), valid)
	case *array.Int64Builder:
		b.AppendValues(v.Ints[first:end], valid)
	case *array.Float32Builder:
		b.AppendValues(narrow[float32](v.Floats[first:end]), valid)
	case *array.Float64Builder:
		b.AppendValues(v.Floats[first:end], valid)
	case *array.BinaryBuilder:
		b.AppendValues(v.Blobs[first:end], valid)
	case *array.StringBuilder:
		b.AppendValues(v.Texts[first:end], valid)
	default:
		for i := first; i < end; i++ {
			if v.Null(i) {
				b.AppendNull()
			} else {
				appendText(b, t, v.Texts[i])
			}
		}
	}
}

// validity is the opposite of a vector's NULLs, nil where there are none.
func validity(v *engine.Vector, first, end int) []bool {
	var valid []bool
	for i := first; i < end; i++ {
		if !v.Null(i) {
			continue
		}
		if valid == nil {
			valid = make([]bool, end-first)
			for j := range valid {
				valid[j] = true
			}
		}
		valid[i-first] = false
	}
	return valid
}

func narrow[To int8 | int16 | int32 | float32, From int64 | float64](values []From) []To {
	out := make([]To, len(values))
	for i, v := range values {
		out[i] = To(v)
	}
	return out
}

// appendText appends a value that the engine keeps as text. The engine gives a
// column such a type only if all its texts are of that form.
func appendText(b array.Builder, t engine.Type, text string) {
	switch b := b.(type) {
	case *array.Date32Builder:
		days, _ := engine.ParseDate(text)
		b.Append(arrow.Date32(days))
	case *array.TimestampBuilder:
		micros, _ := engine.ParseTimestamp(text)
		b.Append(arrow.Timestamp(micros))
	case *array.Decimal128Builder:
		b.Append(decimal(text, t.Scale))
	default:
		dec := json.NewDecoder(strings.NewReader(text))
		dec.UseNumber()
		appendJSON(b, t, dec)
	}
}

// decimal is a decimal in plain notation with at most scale digits after the
// point, as a whole number of its smallest unit.
func decimal(text string, scale int) decimal128.Num {
	whole, fraction, _ := strings.Cut(text, ".")
	if len(fraction) == scale && len(text) < 19 { // it fits into 64 bits
		n, err := strconv.ParseInt(whole+fraction, 10, 64)
		if err == nil {
			return decimal128.FromI64(n)
		}
	}
	fraction += strings.Repeat("0", max(0, scale-len(fraction)))
	n, _ := new(big.Int).SetString(whole+fraction[:scale], 10)
	if n == nil {
		n = new(big.Int)
	}
	return decimal128.FromBigInt(n)
}

// appendJSON reads one value and appends it. It goes by the type: what does not
// fit becomes NULL.
func appendJSON(b array.Builder, t engine.Type, dec *json.Decoder) {
	token, err := dec.Token()
	if err != nil {
		b.AppendNull()
		return
	}
	opening, nested := token.(json.Delim)
	if !nested {
		appendScalar(b, t, token)
		return
	}
	switch b := b.(type) {
	case *array.ListBuilder:
		if opening == '[' {
			b.Append(true)
			for dec.More() {
				appendJSON(b.ValueBuilder(), t.Fields[0].Type, dec)
			}
			_, _ = dec.Token()
			return
		}
	case *array.MapBuilder:
		if opening == '{' {
			b.Append(true)
			for dec.More() {
				key, _ := dec.Token()
				appendScalar(b.KeyBuilder(), t.Fields[0].Type, key)
				appendJSON(b.ItemBuilder(), t.Fields[1].Type, dec)
			}
			_, _ = dec.Token()
			return
		}
	case *array.StructBuilder:
		if opening == '{' {
			appendStruct(b, t, dec)
			return
		}
	}
	b.AppendNull()
	skipJSON(dec)
}

// appendStruct reads the fields in any order; those that are missing are NULL.
func appendStruct(b *array.StructBuilder, t engine.Type, dec *json.Decoder) {
	values := map[string]json.RawMessage{}
	for dec.More() {
		key, _ := dec.Token()
		name, _ := key.(string)
		var raw json.RawMessage
		_ = dec.Decode(&raw)
		values[name] = raw
	}
	_, _ = dec.Token()
	b.Append(true)
	for i, f := range t.Fields {
		inner := json.NewDecoder(strings.NewReader(string(values[f.Name])))
		inner.UseNumber()
		appendJSON(b.FieldBuilder(i), f.Type, inner)
	}
}

// skipJSON reads to the end of an object or array whose opening was read.
func skipJSON(dec *json.Decoder) {
	for depth := 1; depth > 0; {
		token, err := dec.Token()
		if err != nil {
			return
		}
		switch token {
		case json.Delim('['), json.Delim('{'):
			depth++
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
	}
}

// appendScalar appends a value out of JSON, also of a map's key, which is
// always a string there.
func appendScalar(b array.Builder, t engine.Type, token json.Token) {
	var text string
	switch v := token.(type) {
	case string:
		text = v
	case json.Number:
		text = v.String()
	case bool:
		text = "false"
		if v {
			text = "true"
		}
	default:
		b.AppendNull()
		return
	}
	switch b := b.(type) {
	case *array.BinaryBuilder:
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			b.AppendNull()
			return
		}
		b.Append(raw)
	case *array.Date32Builder, *array.TimestampBuilder, *array.Decimal128Builder:
		appendText(b, t, text)
	default:
		if err := b.AppendValueFromString(text); err != nil {
			b.AppendNull()
		}
	}
}
