package query

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// Value is a value of a column, as SQL takes it. There is no way to make one but Parse, which knows the column's type.
type Value struct{ sql string }

// ErrUnordered is the error of Parse for a type whose values no statement can be trusted to put in order.
var ErrUnordered = errors.New("the type has no order")

// Ordered reports whether values of a type, as Databricks names it, have an order that is exact: whole numbers, decimals, days, timestamps and
// texts. Numbers with a floating point are rounded when they are written, and a collation has an order of its own.
func Ordered(columnType string) bool {
	_, known := literals[kindOf(columnType)]
	return known
}

// Parse makes a value of the text that a person wrote, or that Highest gave. What it takes depends on the type; Takes says it. The error is
// ErrUnordered, or that the text is no value of the type.
func Parse(columnType, text string) (Value, error) {
	of, known := literals[kindOf(columnType)]
	if !known {
		return Value{}, ErrUnordered
	}
	sql, ok := of.sql(text)
	if !ok {
		return Value{}, fmt.Errorf("it takes %s", of.takes)
	}
	return Value{sql}, nil
}

// Takes says what Parse takes of a type, empty where it takes nothing.
func Takes(columnType string) string { return literals[kindOf(columnType)].takes }

// kindOf is a type without its size: decimal(10,2) is a decimal. One with a collation stays as it is, and none is known.
func kindOf(columnType string) string {
	columnType = strings.ToLower(strings.TrimSpace(columnType))
	if strings.Contains(columnType, " ") {
		return columnType
	}
	name, _, _ := strings.Cut(columnType, "(")
	return name
}

type literalOf struct {
	takes string
	sql   func(text string) (string, bool)
}

var literals = map[string]literalOf{
	"tinyint": wholeNumber, "smallint": wholeNumber, "int": wholeNumber, "integer": wholeNumber, "bigint": wholeNumber, "long": wholeNumber,
	"decimal": {"a number, such as 12.50", func(text string) (string, bool) { return text, decimalText().MatchString(text) }},
	"date": {"a day, such as 2026-11-29", func(text string) (string, bool) {
		_, err := time.Parse(time.DateOnly, text)
		return "DATE'" + text + "'", err == nil
	}},
	"timestamp": {"a time, such as 2026-11-29T02:00:00Z; without a zone it is UTC", func(text string) (string, bool) {
		at, ok := parseTime(text, zoned, zoneless)
		return "TIMESTAMP'" + at.UTC().Format(timestampText) + "Z'", ok && within9999(at.UTC())
	}},
	"timestamp_ntz": {"a time without a zone, such as 2026-11-29T02:00:00", func(text string) (string, bool) {
		at, ok := parseTime(text, zoneless)
		return "TIMESTAMP_NTZ'" + at.Format(timestampText) + "'", ok && within9999(at)
	}},
	"string": {"a text", textLiteral}, "varchar": {"a text", textLiteral},
}

var wholeNumber = literalOf{"a whole number", func(text string) (string, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return strconv.FormatInt(n, 10), err == nil
}}

// decimalText has no more digits than a DECIMAL.
var decimalText = pattern.New(`^-?[0-9]{1,38}(\.[0-9]{1,38})?$`)

const timestampText = "2006-01-02 15:04:05.999999"

var (
	zoned    = []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999Z07:00"}
	zoneless = []string{"2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly}
)

func parseTime(text string, layouts ...[]string) (time.Time, bool) {
	for _, some := range layouts {
		for _, layout := range some {
			if at, err := time.Parse(layout, text); err == nil {
				return at, true
			}
		}
	}
	return time.Time{}, false
}

func within9999(at time.Time) bool { return at.Year() >= 1 && at.Year() <= 9999 }

func textLiteral(text string) (string, bool) {
	return literal(text), utf8.ValidString(text) && !strings.ContainsRune(text, 0)
}

// Floor takes of a table the rows in which a column has a value or a higher one, and those in which it is NULL. The zero Floor takes all.
type Floor struct {
	By   Column
	From Value
}

// Quoted is what a statement says of the value between quotes, empty for a number.
func (v Value) Quoted() string {
	_, text, _ := strings.Cut(strings.TrimSuffix(v.sql, "'"), "'")
	return text
}

func (f Floor) where() string {
	if f.By == "" || f.From.sql == "" {
		return ""
	}
	return "(" + f.By.Quoted() + " >= " + f.From.sql + " OR " + f.By.Quoted() + " IS NULL)"
}

// and joins the condition of a range to that of a floor.
func (f Floor) and(where string) string {
	own := f.where()
	rest, has := strings.CutPrefix(where, " WHERE ")
	switch {
	case own == "":
		return where
	case has:
		return " WHERE (" + rest + ") AND " + own
	}
	return " WHERE " + own
}

// Highest asks for the highest value of a column.
func Highest(table connector.TableName, at Version, by Column) Statement {
	if table.IsZero() || by == "" {
		return Statement{}
	}
	return Statement{fmt.Sprintf("SELECT max(%s) AS high FROM %s%s", by.Quoted(), table.Quoted(), at.as())}
}

// longestValue bounds a text that is kept as the highest. A part of it is lower than the whole, so that nothing is lost.
const longestValue = 1024

// Highest runs the Highest statement and gives the value as Parse takes it; nil where the column has none but NULL, or none that Parse takes.
func (r *Reader) Highest(ctx context.Context, table connector.TableName, at Version, by Column) (*string, error) {
	result, err := r.Read(ctx, Highest(table, at, by), 1)
	if err != nil {
		return nil, err
	}
	defer result.Close()
	var out *string
	for batch, err := range result.Batches() {
		if err != nil {
			return nil, err
		}
		if batch.Record.NumCols() != 1 {
			return nil, malformed("the highest value comes in %d columns", batch.Record.NumCols())
		}
		column := batch.Record.Column(0)
		for i := range column.Len() {
			out = valueText(column, i)
		}
	}
	return out, nil
}

// valueText is a value as Parse takes it, nil for NULL and what it does not take.
func valueText(column arrow.Array, i int) *string {
	if column.IsNull(i) {
		return nil
	}
	var text string
	switch c := column.(type) {
	case *array.Int8:
		text = strconv.FormatInt(int64(c.Value(i)), 10)
	case *array.Int16:
		text = strconv.FormatInt(int64(c.Value(i)), 10)
	case *array.Int32:
		text = strconv.FormatInt(int64(c.Value(i)), 10)
	case *array.Int64:
		text = strconv.FormatInt(c.Value(i), 10)
	case *array.Decimal128:
		of, ok := c.DataType().(*arrow.Decimal128Type)
		if !ok {
			return nil
		}
		text = string(columnar.AppendDecimal(nil, c.Value(i), of.Scale))
	case *array.Date32:
		text = c.Value(i).ToTime().UTC().Format(time.DateOnly)
	case *array.Timestamp:
		of, ok := c.DataType().(*arrow.TimestampType)
		if !ok {
			return nil
		}
		text = c.Value(i).ToTime(of.Unit).UTC().Format("2006-01-02T15:04:05.999999")
		if of.TimeZone != "" {
			text += "Z"
		}
	case *array.String:
		text = c.Value(i)
		if len(text) > longestValue {
			text = strings.ToValidUTF8(text[:longestValue], "")
		}
		text = strings.Clone(text)
	default:
		return nil
	}
	return &text
}
