package format

import (
	"encoding/json"
	"math"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	pq "github.com/parquet-go/parquet-go/format"
)

// step is one node of the schema on the way from a column to its values.
type step struct {
	kind     stepKind
	child    int  // of a struct
	required bool // the node itself is the key of a map
}

type stepKind int

const (
	intoStruct stepKind = iota
	intoList
	intoKey
	intoValue
)

// leaf is one column of values in a Parquet file. A column of the table has as many as it has values of simple types below it.
type leaf struct {
	column         int
	steps          []step
	path           []string
	field          arrow.Field
	required       bool // the keys of a map
	maxDef, maxRep uint8
	physical       pq.Type
	width          int // of a FIXED_LEN_BYTE_ARRAY
}

// layout is a schema as Parquet has it.
type layout struct {
	elements []pq.SchemaElement
	leaves   []*leaf
}

func layoutOf(schema *arrow.Schema) *layout {
	l := &layout{}
	l.elements = append(l.elements, pq.SchemaElement{Name: "schema", NumChildren: thrift.New(int32(len(schema.Fields())))})
	for i, field := range schema.Fields() {
		l.add(field, &leaf{column: i}, pq.Optional)
	}
	return l
}

// add adds a field below what above went through. The levels of above are those of the node that holds the field.
func (l *layout) add(field arrow.Field, above *leaf, repetition pq.FieldRepetitionType) {
	element := pq.SchemaElement{Name: field.Name, RepetitionType: thrift.New(repetition)}
	here := &leaf{column: above.column, maxDef: above.maxDef, maxRep: above.maxRep, steps: above.steps, path: append(above.path[:len(above.path):len(above.path)], field.Name)}
	if repetition == pq.Optional {
		here.maxDef++
	}
	below := func(kind stepKind, child int, names ...string) *leaf {
		next := *here
		next.steps = append(here.steps[:len(here.steps):len(here.steps)], step{kind, child, repetition == pq.Required})
		next.path = append(here.path[:len(here.path):len(here.path)], names...)
		if kind != intoStruct {
			next.maxDef, next.maxRep = next.maxDef+1, next.maxRep+1
		}
		return &next
	}
	named := func(f arrow.Field, name string) arrow.Field { f.Name = name; return f }
	repeated := func(name string, children int32) pq.SchemaElement {
		return pq.SchemaElement{Name: name, RepetitionType: thrift.New(pq.Repeated), NumChildren: thrift.New(children)}
	}
	switch t := field.Type.(type) {
	case *arrow.StructType:
		element.NumChildren = thrift.New(int32(len(t.Fields())))
		l.elements = append(l.elements, element)
		for i, child := range t.Fields() {
			l.add(child, below(intoStruct, i), pq.Optional)
		}
	case *arrow.ListType:
		element.NumChildren, element.ConvertedType, element.LogicalType.Value = thrift.New(int32(1)), thrift.New(deprecated.List), &pq.ListType{}
		l.elements = append(l.elements, element, repeated("list", 1))
		l.add(named(t.ElemField(), "element"), below(intoList, 0, "list"), pq.Optional)
	case *arrow.MapType:
		element.NumChildren, element.ConvertedType, element.LogicalType.Value = thrift.New(int32(1)), thrift.New(deprecated.Map), &pq.MapType{}
		l.elements = append(l.elements, element, repeated("key_value", 2))
		l.add(named(t.KeyField(), "key"), below(intoKey, 0, "key_value"), pq.Required)
		l.add(named(t.ItemField(), "value"), below(intoValue, 0, "key_value"), pq.Optional)
	default:
		here.field, here.required = field, repetition == pq.Required
		here.describe(&element)
		l.elements, l.leaves = append(l.elements, element), append(l.leaves, here)
	}
}

// describe names the physical and the logical type of a leaf.
func (l *leaf) describe(e *pq.SchemaElement) {
	logical := func(physical pq.Type, converted deprecated.ConvertedType, value pq.LogicalTypeValue) {
		l.physical, e.ConvertedType, e.LogicalType.Value = physical, thrift.New(converted), value
	}
	switch t := l.field.Type.(type) {
	case *arrow.BooleanType:
		l.physical = pq.Boolean
	case *arrow.Int8Type:
		logical(pq.Int32, deprecated.Int8, &pq.IntType{BitWidth: 8, IsSigned: true})
	case *arrow.Int16Type:
		logical(pq.Int32, deprecated.Int16, &pq.IntType{BitWidth: 16, IsSigned: true})
	case *arrow.Int32Type:
		l.physical = pq.Int32
	case *arrow.Int64Type:
		l.physical = pq.Int64
	case *arrow.Float32Type:
		l.physical = pq.Float
	case *arrow.Float64Type:
		l.physical = pq.Double
	case *arrow.Date32Type:
		logical(pq.Int32, deprecated.Date, &pq.DateType{})
	case *arrow.TimestampType:
		zoned := t.TimeZone != ""
		l.physical = pq.Int64
		if e.LogicalType.Value = (&pq.TimestampType{IsAdjustedToUTC: zoned, Unit: pq.TimeUnit{Value: &pq.MicroSeconds{}}}); zoned {
			e.ConvertedType = thrift.New(deprecated.TimestampMicros)
		}
	case *arrow.Decimal128Type:
		logical(pq.FixedLenByteArray, deprecated.Decimal, &pq.DecimalType{Precision: t.Precision, Scale: t.Scale})
		e.Precision, e.Scale = thrift.New(t.Precision), thrift.New(t.Scale)
		switch {
		case t.Precision <= 9:
			l.physical = pq.Int32
		case t.Precision <= 18:
			l.physical = pq.Int64
		default:
			l.width = bytesOfDecimal(t.Precision)
			e.TypeLength = thrift.New(int32(l.width))
		}
	case *arrow.BinaryType:
		l.physical = pq.ByteArray
	default: // STRING, and VOID, which older readers of Parquet have no type for
		logical(pq.ByteArray, deprecated.UTF8, &pq.StringType{})
	}
	e.Type = thrift.New(l.physical)
}

// bytesOfDecimal is the least number of bytes that hold so many digits and a sign.
func bytesOfDecimal(precision int32) int {
	bits := 1 + float64(precision)*math.Log2(10)
	return int(math.Ceil(bits / 8))
}

// sqlTypes is the entry of the file's metadata that names the types of the columns as Databricks does.
func sqlTypes(schema *arrow.Schema) []pq.KeyValue {
	type named struct {
		Name string `json:"name"`
		Type string `json:"type"`
	}
	all := make([]named, 0, len(schema.Fields()))
	for _, field := range schema.Fields() {
		all = append(all, named{field.Name, typeName(field)})
	}
	text, err := json.Marshal(all)
	if err != nil {
		return nil // names and types are text, of which there is always JSON
	}
	return []pq.KeyValue{{Key: sqlTypesKey, Value: string(text)}}
}

const sqlTypesKey = "databricks.sql.types"
