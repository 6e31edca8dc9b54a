package thrift_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v12/arrow/ipc"
	dbsql "github.com/databricks/databricks-sql-go"

	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// nested has a row for every shape of ARRAY, MAP and STRUCT.
const nested = "SELECT tags, counts, reading FROM main.sales.nested"

var nestedRows = []string{
	`["a","b"]|{"x":1,"y":null}|{"id":7,"at":"2024-02-29 13:14:15","readings":[1.5,null],"price":99.90,"raw":"AAE="}`,
	`<nil>|<nil>|<nil>`,
	`[]|{}|{"id":null,"at":null,"readings":[],"price":null,"raw":null}`,
	`[null]|{"":0}|{"id":-1,"at":null,"readings":null,"price":0.01,"raw":null}`,
}

// arrowStatement asks for Arrow results with the given native types.
func arrowStatement(s id, sql string, rows int64, native ...int16) func(*wire.Writer) {
	return func(w *wire.Writer) {
		statement(s, sql, rows)(w)
		w.Bool(wire.ExecuteStatementReqCanReadArrow, true)
		w.Begin(wire.ExecuteStatementReqArrowNativeTypes)
		for _, n := range native {
			w.Bool(n, true)
		}
		w.End()
	}
}

// records decodes the batches of a page behind the schema of the metadata.
func records(t *testing.T, reply tree) (rows []string, types string, batches int) {
	t.Helper()
	direct, _ := reply[wire.ExecuteStatementRespDirectResults].(tree)
	if got := direct.at(wire.DirectResultsResultSetMetadata, wire.MetadataResultFormat); got != int32(wire.RowSetArrowBased) {
		t.Fatalf("the result is in format %v", got)
	}
	schema, _ := direct.at(wire.DirectResultsResultSetMetadata, wire.MetadataArrowSchema).(string)
	list, _ := direct.at(wire.DirectResultsResultSet, wire.FetchResultsRespResults, wire.RowSetArrowBatches).([]tree)
	r, err := ipc.NewReader(strings.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Schema().Fields() {
		sql, _ := f.Metadata.GetValue("Spark:DataType:SqlName")
		types += fmt.Sprintf("%s:%s ", sql, f.Type.Name())
	}
	for _, b := range list {
		bytesOf, _ := b[wire.ArrowBatchBytes].(string)
		reader, err := ipc.NewReader(bytes.NewBufferString(schema + bytesOf))
		if err != nil {
			t.Fatal(err)
		}
		n := int64(0)
		for reader.Next() {
			record := reader.Record()
			n += record.NumRows()
			for i := range int(record.NumRows()) {
				var cells []string
				for _, c := range record.Columns() {
					cells = append(cells, c.ValueStr(i))
				}
				rows = append(rows, strings.Join(cells, "|"))
			}
		}
		if n != b[wire.ArrowBatchRowCount] {
			t.Errorf("a batch of %d rows says it has %v", n, b[wire.ArrowBatchRowCount])
		}
	}
	return rows, strings.TrimSpace(types), len(list)
}

func TestArrowResultsHaveTheTypesThatTheClientTakes(t *testing.T) {
	c := newClient(t, nil)
	s := c.open()
	const query = "SELECT price, at, day, tags, raw FROM main.sales.types"
	for _, step := range []struct {
		name   string
		native []int16
		types  string
	}{
		{"none", nil, "DECIMAL(38,18):utf8 TIMESTAMP:utf8 DATE:date32 ARRAY<STRING>:utf8 BINARY:binary"},
		{"timestamps", []int16{wire.ArrowTypesTimestamp}, "DECIMAL(38,18):utf8 TIMESTAMP:timestamp DATE:date32 ARRAY<STRING>:utf8 BINARY:binary"},
		{"all", []int16{wire.ArrowTypesTimestamp, wire.ArrowTypesDecimal, wire.ArrowTypesComplex},
			"DECIMAL(38,18):decimal TIMESTAMP:timestamp DATE:date32 ARRAY<STRING>:list BINARY:binary"},
	} {
		t.Run(step.name, func(t *testing.T) {
			rows, types, _ := records(t, c.call("ExecuteStatement", arrowStatement(s, query, 100, step.native...)))
			if types != step.types || len(rows) != 2 {
				t.Errorf("types %s\nrows %q", types, rows)
			}
		})
	}
	t.Run("a client of an older version gets columns", func(t *testing.T) {
		old := c.call("OpenSession", func(w *wire.Writer) { w.I64(wire.OpenSessionReqClientProtocolI64, wire.ProtocolV5-1) })
		reply := c.call("ExecuteStatement", arrowStatement(old.id(wire.OpenSessionRespSessionHandle, wire.SessionHandleSessionID), query, 100))
		direct, _ := reply[wire.ExecuteStatementRespDirectResults].(tree)
		if got := direct.at(wire.DirectResultsResultSetMetadata, wire.MetadataResultFormat); got != int32(wire.RowSetColumnBased) {
			t.Errorf("format %v", got)
		}
	})
	t.Run("a page has several batches", func(t *testing.T) {
		rows, _, batches := records(t, c.call("ExecuteStatement", arrowStatement(s, "SELECT id, maybe FROM main.sales.big", 100_000)))
		if len(rows) != 25_000 || batches != 3 || rows[0] != "0|(null)" || rows[24_999] != "24999|(null)" || rows[20_000] != "20000|20000" {
			t.Errorf("%d rows in %d batches", len(rows), batches)
		}
	})
	t.Run("a result without rows", func(t *testing.T) {
		if rows, types, _ := records(t, c.call("ExecuteStatement", arrowStatement(s, query+" WHERE 1=0", 100))); len(rows) != 0 || types == "" {
			t.Errorf("types %s, rows %q", types, rows)
		}
	})
}

// TestTheDriverReadsNestedTypes reads them as Arrow structures and as text: the
// driver writes both as JSON.
func TestTheDriverReadsNestedTypes(t *testing.T) {
	s := newServer(t, nil)
	want := map[string][]string{
		"native": {
			`["a","b"]|{"x":1,"y":null}|{"id":7,"at":"2024-02-29 13:14:15 +0000 UTC","readings":[1.5,null],"price":99.90,"raw":"AAE="}`, nestedRows[1], nestedRows[2], nestedRows[3],
		},
		"text": nestedRows,
	}
	for name, rows := range want {
		t.Run(name, func(t *testing.T) {
			var got []string
			if name == "native" {
				got = read(t, s, nested)
			} else {
				got = columnTexts(t, nested)
			}
			for i := range rows {
				if i >= len(got) || got[i] != rows[i] {
					t.Errorf("row %d:\n%s\nwant\n%s", i, got, rows[i])
				}
			}
		})
	}
}

// read runs a query through the driver.
func read(t *testing.T, s *server, query string, more ...dbsql.ConnOption) []string {
	t.Helper()
	rows, err := s.open(t, admin, more...).QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		targets := make([]any, len(names))
		for i := range targets {
			targets[i] = new(any)
		}
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, v := range targets {
			cells = append(cells, fmt.Sprint(*v.(*any)))
		}
		all = append(all, strings.Join(cells, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// columnTexts runs a query through a client that reads columns of text.
func columnTexts(t *testing.T, query string) []string {
	t.Helper()
	c := newClient(t, nil)
	reply, _ := c.execute(c.open(), query, 100)
	direct, _ := reply[wire.ExecuteStatementRespDirectResults].(tree)
	columns, _ := direct.at(wire.DirectResultsResultSet, wire.FetchResultsRespResults, wire.RowSetColumns).([]tree)
	return table(columns)
}

// table is the rows of columns, of any type.
func table(columns []tree) []string {
	var rows []string
	for j, c := range columns {
		for _, content := range c {
			column, _ := content.(tree)
			nulls, _ := column[wire.ColumnNulls].(string)
			values, _ := column[wire.ColumnValues].([]any)
			for i, v := range values {
				if j == 0 {
					rows = append(rows, "")
				} else {
					rows[i] += "|"
				}
				if i/8 < len(nulls) && nulls[i/8]&(1<<(i%8)) != 0 {
					v = nil
				}
				rows[i] += fmt.Sprint(v)
			}
		}
	}
	return rows
}
