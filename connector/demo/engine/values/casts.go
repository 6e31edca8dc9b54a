package values

import (
	"database/sql/driver"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Cast turns a value into another type by the rules of ANSI mode: what does
// not fit is an error.
func Cast(v driver.Value, t Type) (driver.Value, error) {
	if v == nil {
		return nil, nil
	}
	var ok bool
	var out driver.Value
	switch t.Kind {
	case String:
		return AsText(v, StringType), nil
	case Binary:
		return asBytes(v), nil
	case Boolean:
		out, ok = castBoolean(v)
	case TinyInt, SmallInt, Int, BigInt:
		return castWhole(v, t)
	case Float, Double:
		out, ok = castFloat(v)
	case Decimal:
		return castDecimal(v, t)
	case Date:
		text, isText := v.(string)
		text, _, _ = strings.Cut(strings.Replace(strings.TrimSpace(text), "T", " ", 1), " ")
		_, ok = ParseDate(text)
		out, ok = text, ok && isText
	case Timestamp:
		text, isText := v.(string)
		text, ok = readMoment(strings.TrimSpace(text), t.Zoneless())
		out, ok = text, ok && isText
	default:
		out, ok = v, true
	}
	if !ok {
		return nil, InvalidCast(v, t)
	}
	return out, nil
}

// InvalidCast says that a value cannot be read as one of type t.
func InvalidCast(v driver.Value, t Type) *Error {
	text, from := repeated(AsText(v, StringType)), "STRING"
	switch v.(type) {
	case int64:
		from = "BIGINT"
	case float64:
		from = "DOUBLE"
	case []byte:
		from = "BINARY"
	default:
		text = "'" + text + "'"
	}
	return &Error{Class: "CAST_INVALID_INPUT", SQLState: "22018", Message: fmt.Sprintf(
		"The value %s of the type \"%s\" cannot be cast to \"%s\" because it is malformed. Correct the value as per the syntax, "+
			"or change its target type. Use `try_cast` to tolerate malformed input and return NULL instead.", text, from, strings.ToUpper(t.Text))}
}

func overflow(v driver.Value, t Type) *Error {
	return &Error{Class: "CAST_OVERFLOW", SQLState: "22003", Message: fmt.Sprintf(
		"The value %s cannot be cast to \"%s\" due to an overflow. Use `try_cast` to tolerate overflow and return NULL instead.",
		repeated(AsText(v, StringType)), strings.ToUpper(t.Text))}
}

// LongestNumber is how many characters a number may have that is written out, more than a DOUBLE has: it takes long to read very long ones.
const LongestNumber = 1000

// booleanWords are the texts that mean true or false.
var booleanWords = map[string]int64{
	"true": 1, "t": 1, "yes": 1, "y": 1, "1": 1, "false": 0, "f": 0, "no": 0, "n": 0, "0": 0,
}

func castBoolean(v driver.Value) (driver.Value, bool) {
	switch v := v.(type) {
	case string:
		n, known := booleanWords[strings.ToLower(strings.TrimSpace(v))]
		return n, known
	case int64:
		return min(1, v*v), true
	case float64:
		if v == 0 {
			return int64(0), true
		}
		return int64(1), true
	}
	return nil, false
}

func castWhole(v driver.Value, t Type) (driver.Value, error) {
	var n int64
	switch v := v.(type) {
	case int64:
		n = v
	case float64:
		if math.IsNaN(v) || math.Abs(v) >= math.MaxInt64 {
			return nil, overflow(v, t)
		}
		n = int64(v)
	default:
		var err error
		n, err = strconv.ParseInt(strings.TrimSpace(AsText(v, StringType)), 10, 64)
		if limit, narrow := ranges[t.Kind]; err != nil || narrow && (n > limit || n < -limit-1) {
			return nil, InvalidCast(v, t)
		}
	}
	if limit, narrow := ranges[t.Kind]; narrow && (n > limit || n < -limit-1) {
		return nil, overflow(v, t)
	}
	return n, nil
}

func castFloat(v driver.Value) (driver.Value, bool) {
	if text, isText := v.(string); isText {
		f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		return f, err == nil
	}
	return AsFloat(v), true
}

func castDecimal(v driver.Value, t Type) (driver.Value, error) {
	text := strings.TrimSpace(AsText(v, StringType))
	f, err := strconv.ParseFloat(text[:min(len(text), LongestNumber+1)], 64)
	if len(text) > LongestNumber || err != nil || math.IsNaN(f) || strings.ContainsAny(text, "_xX") {
		return nil, InvalidCast(v, t)
	}
	if math.Abs(f) >= 1e39 {
		return nil, overflow(v, t)
	}
	if strings.ContainsAny(text, "eE") { // written out, so that no exponent makes a number of a billion digits
		text = strconv.FormatFloat(f, 'f', -1, 64)
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, InvalidCast(v, t)
	}
	out := r.FloatString(t.Scale)
	whole, _, _ := strings.Cut(strings.TrimLeft(out, "-0"), ".")
	if len(whole) > t.Precision-t.Scale {
		return nil, &Error{Class: "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", SQLState: "22003", Message: fmt.Sprintf(
			"The %s rounded half up from %s cannot be represented as Decimal(%d, %d).", out, text, t.Precision, t.Scale)}
	}
	return storedDecimal(t, out)
}
