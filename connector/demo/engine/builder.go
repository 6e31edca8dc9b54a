package engine

import (
	"database/sql/driver"
	"encoding/json"
	"math"
	"strings"
)

// builder collects one column of a result. It starts with the type that the
// statement tells, or none. SQLite does not hold values to a column's type, as
// when a UNION mixes two, so a value that does not fit changes the type of the
// whole column rather than being bent.
type builder struct {
	typed   Type
	storage Storage
	decided bool // typed is more than a guess
	vector  Vector
	n       int
}

func newBuilder(t Type, known bool) *builder {
	if !known {
		t = StringType
	}
	return &builder{typed: t, storage: t.Storage(), decided: known}
}

// add appends the next value that SQLite gave.
func (b *builder) add(v driver.Value) {
	if v == nil {
		b.vector.setNull(b.n)
	} else if !b.decided || !b.fits(v) {
		b.become(b.widened(v))
		b.decided = true
	}
	switch b.storage {
	case Bools:
		b.vector.Bools = append(b.vector.Bools, asInt(v) != 0)
	case Ints:
		b.vector.Ints = append(b.vector.Ints, asInt(v))
	case Floats:
		b.vector.Floats = append(b.vector.Floats, asFloat(v))
	case Blobs:
		b.vector.Blobs = append(b.vector.Blobs, asBytes(v))
	default:
		b.vector.Texts = append(b.vector.Texts, asText(v, b.typed))
	}
	b.n++
}

// ranges are the whole numbers that the narrower kinds hold.
var ranges = map[Kind]int64{TinyInt: math.MaxInt8, SmallInt: math.MaxInt16, Int: math.MaxInt32}

// fits reports whether the column's type holds the value as it is.
func (b *builder) fits(v driver.Value) bool {
	switch v := v.(type) {
	case int64:
		if limit, narrow := ranges[b.typed.Kind]; narrow {
			return v <= limit && v >= -limit-1
		}
		return b.storage == Ints || b.storage == Floats || b.typed.Kind == Decimal || b.storage == Bools && (v == 0 || v == 1)
	case float64:
		return b.storage == Floats || b.typed.Kind == Decimal
	case []byte:
		return b.storage == Blobs
	case string:
		return b.storage == Texts && b.typed.holds(v)
	case bool:
		return b.storage == Bools
	}
	return false
}

// holds reports whether a text is a value of the type, among those that are
// kept as text.
func (t Type) holds(text string) bool {
	var ok bool
	switch t.Kind {
	case Date:
		_, ok = ParseDate(text)
	case Timestamp:
		_, ok = ParseTimestamp(text)
	case Decimal:
		ok = isDecimal(text)
	case Array, Map, Struct:
		ok = json.Valid([]byte(text))
	default:
		ok = true
	}
	return ok
}

func isDecimal(text string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	_, ok1 := digits(whole)
	_, ok2 := digits(fraction)
	return ok1 && ok2 && whole != "" && (!point || fraction != "")
}

// widened returns the type that holds what there is and v as well.
func (b *builder) widened(v driver.Value) Type {
	switch v.(type) {
	case int64:
		if !b.decided || b.storage == Ints {
			return BigIntType
		}
	case float64:
		if !b.decided || b.storage == Ints {
			return DoubleType
		}
	case []byte:
		if !b.decided {
			return BinaryType
		}
	case bool:
		if !b.decided {
			return BooleanType
		}
	}
	return StringType
}

// become changes the type of what was collected.
func (b *builder) become(t Type) {
	old := Result{Columns: []Column{{Type: b.typed}}, Vectors: []Vector{b.vector}, Rows: b.n}
	*b = *newBuilder(t, true)
	for i := range old.Rows {
		b.add(old.Value(i, 0))
	}
}
