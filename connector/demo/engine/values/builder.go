package values

import (
	"database/sql/driver"
	"encoding/json"
	"math"
	"strings"
)

// Builder collects one column of a result. It starts with the type that the
// statement tells, or none. SQLite does not hold values to a column's type, as
// when a UNION mixes two, so a value that does not fit changes the type of the
// whole column rather than being bent.
type Builder struct {
	Typed   Type
	storage Storage
	decided bool // typed is more than a guess
	Vector  Vector
	n       int
}

// NewBuilder makes a builder of a column of type t, which known says is more
// than a guess.
func NewBuilder(t Type, known bool) *Builder {
	if !known {
		t = StringType
	}
	return &Builder{Typed: t, storage: t.Storage(), decided: known}
}

// Reserve makes room for so many values.
func (b *Builder) Reserve(n int) {
	switch b.storage {
	case Bools:
		b.Vector.Bools = make([]bool, 0, n)
	case Ints:
		b.Vector.Ints = make([]int64, 0, n)
	case Floats:
		b.Vector.Floats = make([]float64, 0, n)
	case Blobs:
		b.Vector.Blobs = make([][]byte, 0, n)
	default:
		b.Vector.Texts = make([]string, 0, n)
	}
}

// Add appends the next value that SQLite gave.
func (b *Builder) Add(v driver.Value) {
	if v == nil {
		b.Vector.SetNull(b.n)
	} else if !b.decided || !b.fits(v) {
		b.become(b.widened(v))
		b.decided = true
	}
	switch b.storage {
	case Bools:
		b.Vector.Bools = append(b.Vector.Bools, AsInt(v) != 0)
	case Ints:
		b.Vector.Ints = append(b.Vector.Ints, AsInt(v))
	case Floats:
		b.Vector.Floats = append(b.Vector.Floats, AsFloat(v))
	case Blobs:
		b.Vector.Blobs = append(b.Vector.Blobs, asBytes(v))
	default:
		b.Vector.Texts = append(b.Vector.Texts, AsText(v, b.Typed))
	}
	b.n++
}

// ranges are the whole numbers that the narrower kinds hold.
var ranges = map[Kind]int64{TinyInt: math.MaxInt8, SmallInt: math.MaxInt16, Int: math.MaxInt32}

// fits reports whether the column's type holds the value as it is.
func (b *Builder) fits(v driver.Value) bool {
	switch v := v.(type) {
	case int64:
		if limit, narrow := ranges[b.Typed.Kind]; narrow {
			return v <= limit && v >= -limit-1
		}
		return b.storage == Ints || b.storage == Floats || b.Typed.Kind == Decimal || b.storage == Bools && (v == 0 || v == 1)
	case float64:
		return b.storage == Floats || b.Typed.Kind == Decimal
	case []byte:
		return b.storage == Blobs
	case string:
		return b.storage == Texts && b.Typed.holds(v)
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
		ok = IsDecimal(text)
	case Array, Map, Struct:
		ok = json.Valid([]byte(text))
	default:
		ok = true
	}
	return ok
}

// IsDecimal reports whether a text is a number in plain notation.
func IsDecimal(text string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	_, ok1 := digits(whole)
	_, ok2 := digits(fraction)
	return ok1 && ok2 && whole != "" && (!point || fraction != "")
}

// widened returns the type that holds what there is and v as well.
func (b *Builder) widened(v driver.Value) Type {
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
func (b *Builder) become(t Type) {
	old := Result{Columns: []Column{{Type: b.Typed}}, Vectors: []Vector{b.Vector}, Rows: b.n}
	*b = *NewBuilder(t, true)
	for i := range old.Rows {
		b.Add(old.Value(i, 0))
	}
}
