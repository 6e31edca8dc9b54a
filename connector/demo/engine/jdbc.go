package engine

import "strings"

// shape is what JDBC and the information schema say of a kind of type.
type shape struct {
	name   string // of the type in SQL, in upper case
	jdbc   int    // java.sql.Types
	size   int    // digits, characters or bytes; of a DECIMAL its precision
	radix  int    // of a number, else 0
	quotes string // around a literal
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

var kindOrder = []Kind{Boolean, TinyInt, SmallInt, Int, BigInt, Float, Double, Decimal, String, Binary, Date, Timestamp, Array, Map, Struct}

// SQLName is the name of the type in SQL without its parameters, in upper
// case, such as "DECIMAL".
func (t Type) SQLName() string { return shapes[t.Kind].name }

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

func (t Type) size() int {
	if t.Kind == Decimal {
		return t.Precision
	}
	return shapes[t.Kind].size
}

// jdbcColumn is a column as GetColumns lists it.
func jdbcColumn(n Name, i int, c Column) []any {
	nullable, word := 1, "YES"
	if !c.Nullable {
		nullable, word = 0, "NO"
	}
	s := shapes[c.Type.Kind]
	row := []any{n.Catalog, n.Schema, n.Table, c.Name, s.jdbc, strings.ToUpper(c.Type.Text), c.Type.size(), nil, nil, nil, nullable, c.Comment,
		nil, nil, nil, nil, i + 1, word, nil, nil, nil, nil, "NO"}
	if s.radix > 0 {
		row[8], row[9] = c.Type.Scale, s.radix
	}
	return row
}

// searchable is DatabaseMetaData.typeSearchable.
const searchable = 3

func (s *survey) listTypes(Metadata) error {
	for _, kind := range kindOrder {
		t := shapes[kind]
		var params any
		scale := 0
		if kind == Decimal {
			params, scale = "precision,scale", 38
		}
		s.add(t.name, t.jdbc, t.size, optional(t.quotes), optional(t.quotes), params, 1, kind == String, searchable,
			t.radix == 0, false, false, nil, 0, scale, nil, nil, t.radix)
	}
	return nil
}
