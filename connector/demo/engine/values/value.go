package values

import (
	"database/sql/driver"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The layouts in which dates and timestamps travel; a timestamp's fraction is
// left out when it is zero.
const (
	dateLayout      = "2006-01-02"
	timestampLayout = "2006-01-02 15:04:05.999999"
)

// Stored turns a value of a table's row into what SQLite computes with. A
// decimal becomes a number, so that it compares and sums as one, unless it has
// more digits than a number can hold: then it stays text.
func Stored(t Type, v any) (driver.Value, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case bool:
		return v, nil
	case int:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case int64:
		return v, nil
	case float64:
		return v, nil
	case []byte:
		return v, nil
	case time.Time:
		if t.Kind == Date {
			return v.UTC().Format(dateLayout), nil
		}
		return v.UTC().Format(timestampLayout), nil
	case string:
		if t.Kind == Decimal {
			return storedDecimal(t, v)
		}
		return v, nil
	}
	return nil, fmt.Errorf("a value of type %T cannot be stored as %s", v, t)
}

func storedDecimal(t Type, v string) (driver.Value, error) {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return nil, fmt.Errorf("%q cannot be stored as %s", v, t)
	}
	if FormatDecimal(f, t.Scale) == v {
		return f, nil
	}
	return v, nil
}

// Given turns a value into what a result holds of it, without computing with it in between: a decimal that is written as its type says stays so.
func Given(t Type, v any) (driver.Value, error) {
	if text, is := v.(string); is && t.Kind == Decimal && IsDecimal(text) {
		if _, fraction, _ := strings.Cut(text, "."); len(fraction) == t.Scale {
			return text, nil
		}
	}
	return Stored(t, v)
}

// FormatDecimal writes a number with so many digits after the point.
func FormatDecimal(f float64, scale int) string { return strconv.FormatFloat(f, 'f', scale, 64) }

// AsInt reads a value as a whole number, 0 if it is none.
func AsInt(v driver.Value) int64 {
	switch v := v.(type) {
	case int64:
		return v
	case float64:
		return int64(v)
	case bool:
		if v {
			return 1
		}
	case string:
		n, _ := strconv.ParseInt(v, 10, 64)
		return n
	}
	return 0
}

// AsFloat reads a value as a number, 0 if it is none.
func AsFloat(v driver.Value) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case int64:
		return float64(v)
	case string:
		f, _ := strconv.ParseFloat(v, 64)
		return f
	}
	return 0
}

func asBytes(v driver.Value) []byte {
	switch v := v.(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	}
	return nil
}

// AsText writes a value of type t as text.
func AsText(v driver.Value, t Type) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		if t.Kind == Decimal && t.Scale > 0 {
			return FormatDecimal(float64(v), t.Scale)
		}
		return strconv.FormatInt(v, 10)
	case float64:
		if t.Kind == Decimal {
			return FormatDecimal(v, t.Scale)
		}
		return formatFloat(v, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// FormatValue writes a value of [Result.Value] as a cast to STRING does.
func FormatValue(v any, t Type) string {
	if f, ok := v.(float64); ok && t.Kind == Float {
		return formatFloat(f, 32)
	}
	return AsText(v, t)
}

// formatFloat writes a number the way Databricks turns a DOUBLE, or with 32
// bits a FLOAT, into a string: always with a point, so that 2 is "2.0", and
// with an exponent where it is large or small.
func formatFloat(f float64, bits int) string {
	switch {
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case math.IsNaN(f):
		return "NaN"
	}
	form, size := byte('f'), math.Abs(f)
	if size != 0 && (size < 1e-3 || size >= 1e7) {
		form = 'E'
	}
	digits, exponent, scientific := strings.Cut(strconv.FormatFloat(f, form, -1, bits), "E")
	if !strings.Contains(digits, ".") {
		digits += ".0"
	}
	if !scientific {
		return digits
	}
	n, _ := strconv.Atoi(exponent)
	return digits + "E" + strconv.Itoa(n)
}
