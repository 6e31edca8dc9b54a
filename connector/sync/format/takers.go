package format

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
	"unsafe"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
)

// taker reads one JSON value into a column.
type taker func(c *cursor) error

// fieldTaker reads one field of CSV into a column.
type fieldTaker func(text []byte, quoted bool) error

// look shows bytes as text without a copy, for as long as the text is used and the bytes stay.
func look(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// bareTaker reads a value without quotes around it; nil for STRING and for types that hold others.
func bareTaker(to array.Builder) (take func(text []byte) error, quoted bool) {
	switch b := to.(type) {
	case *array.BooleanBuilder:
		return func(text []byte) error {
			if is := string(text) == "true"; is || string(text) == "false" {
				b.Append(is)
				return nil
			}
			return fmt.Errorf("%.40q is no BOOLEAN", text)
		}, false
	case *array.Int8Builder:
		return whole(8, func(n int64) { b.Append(int8(n)) }), false
	case *array.Int16Builder:
		return whole(16, func(n int64) { b.Append(int16(n)) }), false
	case *array.Int32Builder:
		return whole(32, func(n int64) { b.Append(int32(n)) }), false
	case *array.Int64Builder:
		return whole(64, b.Append), false
	case *array.Decimal128Builder:
		t := b.Type().(*arrow.Decimal128Type)
		return func(text []byte) error {
			n, err := parseDecimal(text, t.Precision, t.Scale)
			if err == nil {
				b.Append(n)
			}
			return err
		}, true
	case *array.Date32Builder:
		return func(text []byte) error {
			days, err := parseDate(text)
			if err == nil && days != int64(int32(days)) {
				err = fmt.Errorf("%.40q is no date", text)
			}
			if err == nil {
				b.Append(arrow.Date32(days))
			}
			return err
		}, true
	case *array.TimestampBuilder:
		zone := zoneOf(b.Type())
		return func(text []byte) error {
			micros, err := parseTime(text, zone)
			if err == nil {
				b.Append(arrow.Timestamp(micros))
			}
			return err
		}, true
	case *array.BinaryBuilder:
		return func(text []byte) error {
			value, err := base64.StdEncoding.Strict().AppendDecode(nil, text)
			if err == nil {
				b.Append(value)
			}
			return err
		}, true
	}
	return nil, false
}

func whole(bits int, add func(int64)) func([]byte) error {
	return func(text []byte) error {
		n, err := strconv.ParseInt(look(text), 10, bits)
		if err != nil {
			return fmt.Errorf("%.40q is no whole number of %d bits", text, bits)
		}
		add(n)
		return nil
	}
}

// number reads what float wrote.
func number(text []byte, bits int) (float64, error) {
	switch string(text) {
	case "NaN":
		return math.NaN(), nil
	case "Infinity":
		return math.Inf(1), nil
	case "-Infinity":
		return math.Inf(-1), nil
	}
	for _, c := range text {
		if (c < '0' || c > '9') && c != '-' && c != '+' && c != '.' && c != 'e' {
			return 0, fmt.Errorf("%.40q is no number", text)
		}
	}
	f, err := strconv.ParseFloat(look(text), bits)
	if err != nil {
		return 0, fmt.Errorf("%.40q is no number", text)
	}
	return f, nil
}

// floatTaker reads a number with a point.
func floatTaker(to array.Builder) func(text []byte) error {
	bits, add := 64, func(float64) {}
	switch b := to.(type) {
	case *array.Float32Builder:
		bits, add = 32, func(f float64) { b.Append(float32(f)) }
	case *array.Float64Builder:
		add = b.Append
	default:
		return nil
	}
	return func(text []byte) error {
		f, err := number(text, bits)
		if err == nil {
			add(f)
		}
		return err
	}
}

func fieldTakerOf(to array.Builder) fieldTaker {
	take, _ := bareTaker(to)
	if take == nil {
		take = floatTaker(to)
	}
	if take == nil {
		if b, is := to.(*array.StringBuilder); is {
			take = func(text []byte) error {
				if !utf8.Valid(text) {
					return fmt.Errorf("%.40q is no UTF-8", text)
				}
				b.Append(string(text))
				return nil
			}
		} else {
			value := takerOf(to)
			take = func(text []byte) error {
				c := &cursor{text: text}
				if err := value(c); err != nil {
					return err
				}
				return c.end()
			}
		}
	}
	return func(text []byte, quoted bool) error {
		if len(text) == 0 && !quoted {
			to.AppendNull()
			return nil
		}
		return take(text)
	}
}

// takerOf reads what the pen of json wrote.
func takerOf(to array.Builder) taker {
	value := validTaker(to)
	return func(c *cursor) error {
		if c.word("null") {
			to.AppendNull()
			return nil
		}
		return value(c)
	}
}

func validTaker(to array.Builder) taker {
	switch b := to.(type) {
	case *array.StringBuilder:
		return func(c *cursor) error {
			text, err := c.string()
			if err == nil {
				b.Append(string(text))
			}
			return err
		}
	case *array.StructBuilder:
		fields := objectTaker(b.Type().(*arrow.StructType).Fields(), b.FieldBuilder)
		return func(c *cursor) error {
			b.Append(true)
			return fields(c)
		}
	case *array.MapBuilder:
		return mapTaker(b)
	case *array.ListBuilder:
		element := takerOf(b.ValueBuilder())
		return func(c *cursor) error {
			b.Append(true)
			return c.each('[', ']', element)
		}
	case *array.NullBuilder:
		return func(c *cursor) error { return c.wrong("null") }
	}
	if take := floatTaker(to); take != nil {
		return func(c *cursor) (err error) {
			quoted := c.at < len(c.text) && c.text[c.at] == '"'
			var text []byte
			if quoted {
				text, err = c.string()
			} else {
				text = c.bare()
			}
			if word := len(text) > 0 && text[len(text)-1] > '9'; err == nil && word != quoted { // words stand in quotes, numbers do not
				err = c.wrong("a number")
			}
			if err != nil {
				return err
			}
			return take(text)
		}
	}
	take, quoted := bareTaker(to)
	return func(c *cursor) error {
		if !quoted {
			return take(c.bare())
		}
		text, err := c.string()
		if err != nil {
			return err
		}
		return take(text)
	}
}

// objectTaker reads an object whose members are those of the fields, in their order.
func objectTaker(fields []arrow.Field, builder func(i int) array.Builder) taker {
	s := &scribe{}
	keys, members := make([]string, len(fields)), make([]taker, len(fields))
	for i, field := range fields {
		keys[i], members[i] = s.key(field.Name, i > 0), takerOf(builder(i))
	}
	return func(c *cursor) error {
		if err := c.must("{"); err != nil {
			return err
		}
		for i, take := range members {
			if err := c.must(keys[i]); err != nil {
				return err
			}
			if err := take(c); err != nil {
				return fmt.Errorf("%q: %w", fields[i].Name, err)
			}
		}
		return c.must("}")
	}
}

func mapTaker(b *array.MapBuilder) taker {
	key, value := validTaker(b.KeyBuilder()), takerOf(b.ItemBuilder())
	if textKeys(b.Type()) {
		return func(c *cursor) error {
			b.Append(true)
			return c.each('{', '}', func(c *cursor) error {
				if err := key(c); err != nil {
					return err
				}
				if err := c.must(":"); err != nil {
					return err
				}
				return value(c)
			})
		}
	}
	return func(c *cursor) error {
		b.Append(true)
		return c.each('[', ']', func(c *cursor) error {
			if err := c.must(`{"key":`); err != nil {
				return err
			}
			if err := key(c); err != nil {
				return err
			}
			if err := c.must(`,"value":`); err != nil {
				return err
			}
			if err := value(c); err != nil {
				return err
			}
			return c.must("}")
		})
	}
}
