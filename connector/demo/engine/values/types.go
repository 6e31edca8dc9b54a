package values

import (
	"fmt"
	"strconv"
	"strings"
)

// Kind is the family a data type belongs to.
type Kind int

// The kinds of data types. Array, Map and Struct travel as JSON text.
const (
	String Kind = iota
	Boolean
	TinyInt
	SmallInt
	Int
	BigInt
	Float
	Double
	Decimal
	Date
	Timestamp
	Binary
	Array
	Map
	Struct
)

// Storage says which slice of a [Vector] holds the values of a kind.
type Storage int

// The representations of values in memory.
const (
	Texts Storage = iota
	Bools
	Ints
	Floats
	Blobs
)

// kinds maps the first word of a type's text to its kind, its representation,
// and the word that makes SQLite compare and sort such values properly.
var kinds = map[string]struct {
	kind     Kind
	storage  Storage
	affinity string
}{
	"boolean":       {Boolean, Bools, "NUMERIC"},
	"tinyint":       {TinyInt, Ints, "INTEGER"},
	"byte":          {TinyInt, Ints, "INTEGER"},
	"smallint":      {SmallInt, Ints, "INTEGER"},
	"short":         {SmallInt, Ints, "INTEGER"},
	"int":           {Int, Ints, "INTEGER"},
	"integer":       {Int, Ints, "INTEGER"},
	"bigint":        {BigInt, Ints, "INTEGER"},
	"long":          {BigInt, Ints, "INTEGER"},
	"float":         {Float, Floats, "REAL"},
	"real":          {Float, Floats, "REAL"},
	"double":        {Double, Floats, "REAL"},
	"decimal":       {Decimal, Texts, "NUMERIC"},
	"numeric":       {Decimal, Texts, "NUMERIC"},
	"dec":           {Decimal, Texts, "NUMERIC"},
	"string":        {String, Texts, "TEXT"},
	"varchar":       {String, Texts, "TEXT"},
	"char":          {String, Texts, "TEXT"},
	"date":          {Date, Texts, "TEXT"},
	"timestamp":     {Timestamp, Texts, "TEXT"},
	"timestamp_ntz": {Timestamp, Texts, "TEXT"},
	"binary":        {Binary, Blobs, "BLOB"},
	"array":         {Array, Texts, "TEXT"},
	"map":           {Map, Texts, "TEXT"},
	"struct":        {Struct, Texts, "TEXT"},
}

// Type is a column's data type.
type Type struct {
	Kind      Kind
	Precision int    // of a Decimal: digits in all, 1 to 38
	Scale     int    // of a Decimal: digits after the point
	Text      string // as DESCRIBE TABLE shows it, such as "decimal(10,2)"

	// Fields are the types inside: of an Array its element, of a Map its key
	// and its value, of a Struct its fields by name.
	Fields []Field
}

// Field is a type inside another.
type Field struct {
	Name string // of a Struct's field, in its own case; empty otherwise
	Type Type
}

// Types without parameters, for callers that build columns.
var (
	StringType    = Type{Kind: String, Text: "string"}
	BooleanType   = Type{Kind: Boolean, Text: "boolean"}
	IntType       = Type{Kind: Int, Text: "int"}
	BigIntType    = Type{Kind: BigInt, Text: "bigint"}
	DoubleType    = Type{Kind: Double, Text: "double"}
	DateType      = Type{Kind: Date, Text: "date"}
	TimestampType = Type{Kind: Timestamp, Text: "timestamp"}
	BinaryType    = Type{Kind: Binary, Text: "binary"}
)

// ParseType reads a type as it is written in SQL, in any case: "BIGINT",
// "decimal(10, 2)", "array<string>", "struct<a:int,b:map<string,date>>". A
// decimal without parameters is decimal(10,0).
func ParseType(text string) (Type, error) {
	return parseType(text, 0)
}

func parseType(text string, depth int) (Type, error) {
	written := strings.TrimSpace(text)
	text = strings.ToLower(written)
	word := text
	if i := strings.IndexAny(text, "(< "); i >= 0 {
		word = text[:i]
	}
	k, ok := kinds[word]
	if !ok {
		return Type{}, fmt.Errorf("unknown data type %q", text)
	}
	switch k.kind {
	case Decimal:
		return parseDecimal(text)
	case Array, Map, Struct:
		return parseNested(k.kind, written, depth)
	}
	return Type{Kind: k.kind, Text: text}, nil
}

func parseDecimal(text string) (Type, error) {
	_, args, found := strings.Cut(text, "(")
	if !found {
		return NewDecimal(10, 0)
	}
	p, s, both := strings.Cut(strings.TrimSuffix(args, ")"), ",")
	if !both {
		s = "0"
	}
	precision, err := strconv.Atoi(strings.TrimSpace(p))
	if err != nil {
		return Type{}, fmt.Errorf("data type %q: %w", text, err)
	}
	scale, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return Type{}, fmt.Errorf("data type %q: %w", text, err)
	}
	return NewDecimal(precision, scale)
}

// NewDecimal is the type of decimals with so many digits in all and after the
// point. It is an error if they are out of range.
func NewDecimal(precision, scale int) (Type, error) {
	t := Type{Kind: Decimal, Precision: precision, Scale: scale, Text: fmt.Sprintf("decimal(%d,%d)", precision, scale)}
	if precision < 1 || precision > 38 || scale < 0 || scale > precision {
		return Type{}, fmt.Errorf("data type %q: precision or scale out of range", t.Text)
	}
	return t, nil
}

// DecimalOf is the type of decimals with as many digits as a number that is
// written in plain notation.
func DecimalOf(text string) (Type, bool) {
	text = strings.TrimLeft(strings.TrimSpace(text), "+")
	if !IsDecimal(text) {
		return Type{}, false
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	figures := strings.TrimLeft(whole+fraction, "0")
	t, err := NewDecimal(max(1, len(fraction), len(figures)), len(fraction))
	return t, err == nil
}

// Storage returns which slice of a [Vector] holds values of this type.
func (t Type) Storage() Storage { return kinds[t.word()].storage }

// Zoneless reports whether the type is a timestamp without a time zone.
func (t Type) Zoneless() bool { return t.Text == "timestamp_ntz" }

// String returns the type as SQL writes it.
func (t Type) String() string { return t.Text }

func (t Type) word() string {
	if i := strings.IndexAny(t.Text, "(< "); i >= 0 {
		return t.Text[:i]
	}
	return t.Text
}

// Declaration is the type under which SQLite knows a column: a word that gives
// it the right affinity, then the whole text, quoted, so that it comes back
// with the result. Bare names such as TIMESTAMP are avoided because the SQLite
// driver would parse such values into times.
func (t Type) Declaration() string {
	return kinds[t.word()].affinity + ` "` + t.Text + `"`
}

// DeclaredType undoes [Type.Declaration]; ok is false for an expression.
func DeclaredType(decl string) (t Type, ok bool) {
	_, text, found := strings.Cut(decl, `"`)
	if !found {
		return Type{}, false
	}
	t, err := ParseType(strings.TrimSuffix(text, `"`))
	return t, err == nil
}
