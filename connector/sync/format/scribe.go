package format

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// pen appends the value of one row of a column. What cannot be written is told to the scribe.
type pen func(dst []byte, row int) []byte

// scribe makes the pens of a batch, which are bound to its columns once so that a row costs no search for types.
type scribe struct {
	column string // under the pen
	wrong  error  // the first
	format Format
}

// notText tells of a STRING whose bytes no text format holds. Any sign in their place would be a value that the table does not have.
func (s *scribe) notText(column string) {
	if s.wrong == nil {
		s.wrong = fmt.Errorf("a STRING in column %q has bytes that are no UTF-8, and %s holds none such; choose parquet or arrow, which keep them, or read the column as BINARY in a view",
			column, s.format)
	}
}

// bare is a pen for values without quotes around them and without NULL; nil for STRING and for types that hold others. quoted tells that
// JSON puts quotes around them.
func bare(column arrow.Array) (write pen, quoted bool) {
	switch c := column.(type) {
	case *array.Boolean:
		return func(dst []byte, row int) []byte { return strconv.AppendBool(dst, c.Value(row)) }, false
	case *array.Int8:
		return func(dst []byte, row int) []byte { return strconv.AppendInt(dst, int64(c.Value(row)), 10) }, false
	case *array.Int16:
		return func(dst []byte, row int) []byte { return strconv.AppendInt(dst, int64(c.Value(row)), 10) }, false
	case *array.Int32:
		return func(dst []byte, row int) []byte { return strconv.AppendInt(dst, int64(c.Value(row)), 10) }, false
	case *array.Int64:
		return func(dst []byte, row int) []byte { return strconv.AppendInt(dst, c.Value(row), 10) }, false
	case *array.Decimal128:
		scale := c.DataType().(*arrow.Decimal128Type).Scale
		return func(dst []byte, row int) []byte { return columnar.AppendDecimal(dst, c.Value(row), scale) }, true
	case *array.Date32:
		return func(dst []byte, row int) []byte { return appendDate(dst, int64(c.Value(row))) }, true
	case *array.Timestamp:
		zone := zoneOf(c.DataType())
		return func(dst []byte, row int) []byte { return appendTime(dst, int64(c.Value(row)), zone) }, true
	case *array.Binary:
		return func(dst []byte, row int) []byte { return base64.StdEncoding.AppendEncode(dst, c.Value(row)) }, true
	}
	return nil, false
}

// zoneOf is what stands behind a point of time. Databricks hands out every TIMESTAMP in UTC.
func zoneOf(t arrow.DataType) string {
	if t.(*arrow.TimestampType).TimeZone == "" {
		return ""
	}
	return "Z"
}

// appendFloat appends the shortest number that reads as the same one, with a point, so that nobody takes it for a whole one.
func appendFloat(dst []byte, f float64, bits int) []byte {
	size := math.Abs(f)
	if size != 0 && (size < 1e-6 || size >= 1e21) {
		return strconv.AppendFloat(dst, f, 'e', -1, bits)
	}
	from := len(dst)
	dst = strconv.AppendFloat(dst, f, 'f', -1, bits)
	for _, c := range dst[from:] {
		if c == '.' {
			return dst
		}
	}
	return append(dst, ".0"...)
}

// unusual is the word for what is no finite number.
func unusual(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	}
	return ""
}

// float is a pen for numbers with a point. mark stands around what is no finite one.
func float(at func(row int) float64, bits int, mark string) pen {
	return func(dst []byte, row int) []byte {
		f := at(row)
		if word := unusual(f); word != "" {
			return append(append(append(dst, mark...), word...), mark...)
		}
		return appendFloat(dst, f, bits)
	}
}

// json is a pen for a column as JSON.
func (s *scribe) json(column arrow.Array) pen {
	write := s.valid(column)
	if column.NullN() == 0 && column.DataType().ID() != arrow.NULL {
		return write
	}
	return func(dst []byte, row int) []byte {
		if column.IsNull(row) {
			return append(dst, "null"...)
		}
		return write(dst, row)
	}
}

func (s *scribe) valid(column arrow.Array) pen {
	switch c := column.(type) {
	case *array.Float32:
		return float(func(row int) float64 { return float64(c.Value(row)) }, 32, `"`)
	case *array.Float64:
		return float(c.Value, 64, `"`)
	case *array.String:
		name := s.column
		return func(dst []byte, row int) []byte {
			out, whole := appendString(dst, c.Value(row))
			if !whole {
				s.notText(name)
			}
			return out
		}
	case *array.Struct:
		return s.object(c)
	case *array.Map: // before the list that it stands on
		return s.pairs(c)
	case *array.List:
		element := s.json(c.ListValues())
		return func(dst []byte, row int) []byte {
			dst = append(dst, '[')
			start, end := c.ValueOffsets(row)
			for i := int(start); i < int(end); i++ {
				if i > int(start) {
					dst = append(dst, ',')
				}
				dst = element(dst, i)
			}
			return append(dst, ']')
		}
	case *array.Null:
		return func(dst []byte, _ int) []byte { return append(dst, "null"...) }
	}
	write, quoted := bare(column)
	if !quoted {
		return write
	}
	return func(dst []byte, row int) []byte { return append(write(append(dst, '"'), row), '"') }
}

func (s *scribe) object(c *array.Struct) pen {
	fields := c.DataType().(*arrow.StructType).Fields()
	members := make([]pen, len(fields))
	keys := make([]string, len(fields))
	for i := range fields {
		members[i], keys[i] = s.json(c.Field(i)), s.key(fields[i].Name, i > 0)
	}
	return func(dst []byte, row int) []byte {
		dst = append(dst, '{')
		for i, write := range members {
			dst = write(append(dst, keys[i]...), row)
		}
		return append(dst, '}')
	}
}

// key is a name as the member of an object, behind a comma where another is before it.
func (s *scribe) key(name string, comma bool) string {
	var out []byte
	if comma {
		out = append(out, ',')
	}
	out, whole := appendString(out, name)
	if !whole {
		s.notText(name)
	}
	return string(append(out, ':'))
}

// pairs writes a map: with keys of text as an object, else as an array of pairs, because a key of an object is a text.
func (s *scribe) pairs(c *array.Map) pen {
	key, value := s.json(c.Keys()), s.json(c.Items())
	isObject := textKeys(c.DataType())
	return func(dst []byte, row int) []byte {
		start, end := c.ValueOffsets(row)
		if isObject {
			dst = append(dst, '{')
		} else {
			dst = append(dst, '[')
		}
		for i := int(start); i < int(end); i++ {
			if i > int(start) {
				dst = append(dst, ',')
			}
			if isObject {
				dst = value(append(key(dst, i), ':'), i)
				continue
			}
			dst = key(append(dst, `{"key":`...), i)
			dst = append(value(append(dst, `,"value":`...), i), '}')
		}
		if isObject {
			return append(dst, '}')
		}
		return append(dst, ']')
	}
}

func textKeys(t arrow.DataType) bool { return t.(*arrow.MapType).KeyType().ID() == arrow.STRING }

// plain are the bytes that stand in a JSON text as they are.
var plain = func() (is [256]bool) {
	for c := range is {
		is[c] = c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\'
	}
	return is
}()

// appendString appends a JSON text. whole is false where it is not UTF-8.
func appendString(dst []byte, text string) (out []byte, whole bool) {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(text); {
		c := text[i]
		if plain[c] {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && size == 1 {
				return append(dst, '"'), false
			}
			i += size
			continue
		}
		dst = append(dst, text[from:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\t':
			dst = append(dst, `\t`...)
		default:
			dst = append(dst, `\u00`...)
			dst = append(dst, hex[c>>4], hex[c&15])
		}
		i++
		from = i
	}
	return append(append(dst, text[from:]...), '"'), true
}
