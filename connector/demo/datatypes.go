package demo

import (
	"math"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// dataTypes is a table with a column of every type: an ordinary row, the extremes, what is empty but not NULL, and NULLs. It is there
// for clients that want to see how they read each.
func dataTypes() model.Table {
	rows := [][]any{
		{int64(1), true, int64(7), int64(1_200), int64(86_400), int64(9_007_199_254_740_993), 1.5, 2.25, "12345.67",
			"12345678901234567890.123456789012345678", "Zürich 東京 'quoted'", []byte{0x00, 0x7f, 0xff}, time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC),
			time.Date(2024, 2, 29, 13, 14, 15, 123_456_000, time.UTC), `["fan","disk"]`, `[[1,2],[],[3,null]]`, `{"cores":64,"sockets":2}`,
			`{"id":10001,"taken_at":"2024-02-29 13:14:15","readings":[20.5,21.0],"price":99.90}`},
		{int64(2), false, int64(math.MinInt8), int64(math.MinInt16), int64(math.MinInt32), int64(math.MinInt64), -0.0009765625, -math.MaxFloat64,
			"-99999999.99", "-99999999999999999999.999999999999999999", " ", []byte("text"), time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC),
			time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), `[null]`, `[null]`, `{"nothing":null}`, `{"id":null,"taken_at":null,"readings":[null],"price":null}`},
		{int64(3), true, int64(math.MaxInt8), int64(math.MaxInt16), int64(math.MaxInt32), int64(math.MaxInt64), 16_777_216.0, math.SmallestNonzeroFloat64,
			"0.00", "0.000000000000000000", "", []byte{}, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC),
			time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC), `[]`, `[]`, `{}`, `{"id":0,"taken_at":"1970-01-01 00:00:00","readings":[],"price":0.00}`},
		{int64(4)},
	}
	return model.Table{
		Catalog: "inventory", Schema: "reference", Name: "data_types", Owner: governance, Type: model.Managed,
		Comment: "A column of every data type", Columns: dataTypeColumns, RowCount: len(rows),
		Rows: func(i int) []any {
			return append(rows[i][:len(rows[i]):len(rows[i])], make([]any, len(dataTypeColumns)-len(rows[i]))...)
		},
	}
}

var dataTypeColumns = []model.Column{
	{Name: "id", Type: model.BigInt, NotNull: true},
	{Name: "flag", Type: model.Boolean},
	{Name: "tiny", Type: model.TinyInt},
	{Name: "small", Type: model.SmallInt},
	{Name: "whole", Type: model.Int},
	{Name: "big", Type: model.BigInt},
	{Name: "single", Type: model.Float},
	{Name: "ratio", Type: model.Double},
	{Name: "price", Type: model.Decimal, Precision: 10, Scale: 2},
	{Name: "exact", Type: model.Decimal, Precision: 38, Scale: 18},
	{Name: "label", Type: model.String},
	{Name: "raw", Type: model.Binary},
	{Name: "day", Type: model.Date},
	{Name: "moment", Type: model.Timestamp},
	{Name: "tags", Type: model.ArrayOfStrings},
	{Name: "matrix", Type: model.ArrayOfArrays},
	{Name: "counts", Type: model.MapOfNumbers},
	{Name: "reading", Type: model.StructOfReading},
}
