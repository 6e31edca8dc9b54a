package unity

import (
	"fmt"
	"strconv"
	"strings"
)

// ColumnType is a data type in the spelling of SQL, without parameters. REST and SQL spell those with types inside in full.
type ColumnType string

// The data types of this workspace.
const (
	Boolean   ColumnType = "BOOLEAN"
	TinyInt   ColumnType = "TINYINT"
	SmallInt  ColumnType = "SMALLINT"
	Int       ColumnType = "INT"
	BigInt    ColumnType = "BIGINT"
	Float     ColumnType = "FLOAT"
	Double    ColumnType = "DOUBLE"
	Decimal   ColumnType = "DECIMAL"
	String    ColumnType = "STRING"
	Date      ColumnType = "DATE"
	Timestamp ColumnType = "TIMESTAMP"
	Binary    ColumnType = "BINARY"
)

// typeNames has the type_name of the REST API where it is not the SQL spelling.
var typeNames = map[ColumnType]string{BigInt: "LONG", TinyInt: "BYTE", SmallInt: "SHORT"}

var scalarTypes = []ColumnType{Boolean, TinyInt, SmallInt, Int, BigInt, Float, Double, Decimal, String, Date, Timestamp, Binary}

// Column is a column of a table.
type Column struct {
	Name             string
	Type             ColumnType
	Precision, Scale int // of a DECIMAL
	NotNull          bool
	Comment          string
	Mask             string // full name of the function that masks the column, if any
}

// ParseColumnType reads a type as Databricks writes it, such as "decimal(10,2)" or "array<string>", into the fields of a column. It is an
// error for a type that this workspace does not have.
func ParseColumnType(text string) (Column, error) {
	c := Column{Type: ColumnType(strings.ToUpper(text))}
	if inside, ok := strings.CutPrefix(text, "decimal("); ok {
		p, s, _ := strings.Cut(strings.TrimSuffix(inside, ")"), ",")
		var errs [2]error
		c.Type = Decimal
		c.Precision, errs[0] = strconv.Atoi(p)
		c.Scale, errs[1] = strconv.Atoi(s)
		if errs[0] != nil || errs[1] != nil || c.TypeText() != text {
			return Column{}, fmt.Errorf("%q is not a type of a column", text)
		}
		return c, nil
	}
	for _, t := range scalarTypes {
		if c.Type == t && t != Decimal {
			return c, nil
		}
	}
	for _, nested := range []string{"ARRAY<", "MAP<", "STRUCT<"} {
		if strings.HasPrefix(string(c.Type), nested) && strings.HasSuffix(text, ">") {
			return c, nil
		}
	}
	return Column{}, fmt.Errorf("%q is not a type of a column", text)
}

// Nested reports whether there are types inside the type.
func (t ColumnType) Nested() bool { return strings.HasSuffix(string(t), ">") }

// TypeName is the type_name of the REST API, for example "LONG".
func (c Column) TypeName() string {
	if name, ok := typeNames[c.Type]; ok {
		return name
	}
	word, _, _ := strings.Cut(string(c.Type), "<")
	return word
}

// TypeText is the type as Databricks writes it, for example "decimal(10,2)".
func (c Column) TypeText() string {
	if c.Type == Decimal {
		return fmt.Sprintf("decimal(%d,%d)", c.Precision, c.Scale)
	}
	return strings.ToLower(string(c.Type))
}
