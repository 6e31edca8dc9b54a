package values

import (
	"slices"
	"strings"
)

// shape is what JDBC and the information schema say of a kind of type.
type shape struct {
	Name   string // of the type in SQL, in upper case
	Jdbc   int    // java.sql.Types
	Size   int    // digits, characters or bytes; of a DECIMAL its precision
	Radix  int    // of a number, else 0
	Quotes string // around a literal
}

// shapes are listed by GetTypeInfo in the order of kindOrder.
var shapes = map[Kind]shape{
	Boolean:   {"BOOLEAN", 16, 1, 0, ""},
	TinyInt:   {"TINYINT", -6, 3, 10, ""},
	SmallInt:  {"SMALLINT", 5, 5, 10, ""},
	Int:       {"INT", 4, 10, 10, ""},
	BigInt:    {"BIGINT", -5, 19, 10, ""},
	Float:     {"FLOAT", 6, 7, 10, ""},
	Double:    {"DOUBLE", 8, 15, 10, ""},
	Decimal:   {"DECIMAL", 3, 38, 10, ""},
	String:    {"STRING", 12, 255, 0, "'"},
	Binary:    {"BINARY", -2, 32767, 0, ""},
	Date:      {"DATE", 91, 10, 0, "'"},
	Timestamp: {"TIMESTAMP", 93, 29, 0, "'"},
	Array:     {"ARRAY", 2003, 255, 0, ""},
	Map:       {"MAP", 2000, 255, 0, ""},
	Struct:    {"STRUCT", 2002, 255, 0, ""},
}

// Shape returns what drivers are told of the kind.
func (k Kind) Shape() shape { return shapes[k] }

var kindOrder = []Kind{Boolean, TinyInt, SmallInt, Int, BigInt, Float, Double, Decimal, String, Binary, Date, Timestamp, Array, Map, Struct}

// KindsInOrder lists the kinds as drivers list them.
func KindsInOrder() []Kind { return slices.Clone(kindOrder) }

// SQLName is the name of the type in SQL without its parameters, in upper
// case, such as "DECIMAL".
func (t Type) SQLName() string {
	if t.Zoneless() {
		return "TIMESTAMP_NTZ"
	}
	return shapes[t.Kind].Name
}

// SQLText is the type as SQL writes it in full, in upper case but for the names
// of fields, such as "DECIMAL(10,2)" or "STRUCT<city: STRING>".
func (t Type) SQLText() string {
	if len(t.Fields) == 0 {
		return strings.ToUpper(t.Text)
	}
	parts := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		parts[i] = f.Type.SQLText()
		if t.Kind == Struct {
			parts[i] = f.Name + ": " + parts[i]
		}
	}
	return t.SQLName() + "<" + strings.Join(parts, ", ") + ">"
}

// Size returns the digits, characters or bytes that a value has.
func (t Type) Size() int {
	if t.Kind == Decimal {
		return t.Precision
	}
	return shapes[t.Kind].Size
}
