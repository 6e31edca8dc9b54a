package thrift_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// listing calls for metadata and returns the names of the columns and the rows.
func (c *client) listing(method string, s id, body func(*wire.Writer)) (names, rows string) {
	c.t.Helper()
	reply := c.call(method, func(w *wire.Writer) {
		s.write(w)
		body(w)
		w.Begin(wire.MetadataReqGetDirectResults)
		w.I64(wire.GetDirectResultsMaxRows, 1000)
		w.End()
		w.Bool(wire.MetadataReqRunAsync, true)
	})
	direct, _ := reply[wire.ExecuteStatementRespDirectResults].(tree)
	described, _ := direct.at(wire.DirectResultsResultSetMetadata, wire.MetadataSchema, wire.TableSchemaColumns).([]tree)
	var all []string
	for _, d := range described {
		name, _ := d[wire.ColumnDescName].(string)
		all = append(all, name)
	}
	columns, _ := direct.at(wire.DirectResultsResultSet, wire.FetchResultsRespResults, wire.RowSetColumns).([]tree)
	return strings.Join(all, " "), strings.Join(table(columns), "\n")
}

func TestMetadataCallsAnswerAsJDBCDriversExpect(t *testing.T) {
	c := newClient(t, nil)
	s := c.open()
	nothing := func(*wire.Writer) {}
	for _, step := range []struct {
		method      string
		body        func(*wire.Writer)
		names, rows string
	}{
		{"GetCatalogs", nothing, "TABLE_CAT", "main"},
		{"GetSchemas", func(w *wire.Writer) {
			w.String(wire.MetadataReqCatalogName, "main")
			w.String(wire.MetadataReqSchemaName, "%")
		}, "TABLE_SCHEM TABLE_CATALOG", "sales|main"},
		{"GetTables", func(w *wire.Writer) {
			w.String(wire.MetadataReqSchemaName, "sales")
			w.String(wire.MetadataReqTableName, "%t%")
			w.List(wire.MetadataReqTableTypes, wire.String, 2)
			w.StringItem("VIEW")
			w.StringItem("LOCAL TEMPORARY")
		}, "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME SELF_REFERENCING_COL_NAME REF_GENERATION",
			"main|sales|totals|VIEW||<nil>|<nil>|<nil>|<nil>|<nil>"},
		{"GetTableTypes", nothing, "TABLE_TYPE", "TABLE\nVIEW"},
		{"GetColumns", func(w *wire.Writer) {
			w.String(wire.MetadataReqCatalogName, "main")
			w.String(wire.MetadataReqTableName, "big")
			w.String(wire.MetadataReqColumnName, "amou__")
		}, "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH DECIMAL_DIGITS NUM_PREC_RADIX NULLABLE " +
			"REMARKS COLUMN_DEF SQL_DATA_TYPE SQL_DATETIME_SUB CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE " +
			"SOURCE_DATA_TYPE IS_AUTO_INCREMENT",
			"main|sales|big|amount|3|DECIMAL(12,2)|12|<nil>|2|10|0||<nil>|<nil>|<nil>|<nil>|2|NO|<nil>|<nil>|<nil>|<nil>|NO"},
		{"GetFunctions", func(w *wire.Writer) {
			w.String(wire.MetadataReqSchemaName, "sal%")
			w.String(wire.MetadataReqFunctionName, `mask\_%`)
		}, "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE SPECIFIC_NAME", "main|sales|mask_email|Hides it|1|mask_email"},
		{"GetPrimaryKeys", func(w *wire.Writer) { w.String(4, "big") }, "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEQ_SEQ PK_NAME", ""},
	} {
		t.Run(step.method, func(t *testing.T) {
			names, rows := c.listing(step.method, s, step.body)
			if names != step.names || rows != step.rows {
				t.Errorf("columns %s\nrows:\n%s", names, rows)
			}
		})
	}
	names, rows := c.listing("GetTypeInfo", s, nothing)
	if !strings.HasPrefix(names, "TYPE_NAME DATA_TYPE PRECISION") || strings.Count(rows, "\n") != 14 || !strings.Contains(rows, "DECIMAL|3|38|") {
		t.Errorf("types: %s\n%s", names, rows)
	}
}

func TestMetadataNeedsNoRunningWarehouse(t *testing.T) {
	c := newClient(t, func(o *thrift.Options) { o.Ready = func(string, string) (bool, error) { return false, nil } })
	if _, rows := c.listing("GetCatalogs", c.open(), func(*wire.Writer) {}); rows != "main" {
		t.Errorf("got %q", rows)
	}
}

func TestGetInfoNamesTheServer(t *testing.T) {
	c := newClient(t, nil)
	s := c.open()
	ask := func(kind int32) tree {
		return c.call("GetInfo", func(w *wire.Writer) {
			s.write(w)
			w.I32(wire.GetInfoReqInfoType, kind)
		})
	}
	if got := ask(wire.InfoDBMSName); got.at(wire.GetInfoRespValue, wire.GetInfoValueString) != "Spark SQL" {
		t.Errorf("got %v", got)
	}
	if got := ask(10_005); got.at(wire.GetInfoRespStatus, wire.StatusCode) != int32(wire.StatusError) {
		t.Errorf("an unknown kind: %v", got)
	}
}

func TestClosingTwiceIsNoFailure(t *testing.T) {
	c := newClient(t, nil)
	s := c.open()
	_, op := c.execute(s, "SELECT 1", 0)
	for range 2 {
		if got := c.call("CloseOperation", op.write).at(1, wire.StatusCode); got != int32(wire.StatusSuccess) {
			t.Errorf("closing the operation: %v", got)
		}
	}
	for range 2 {
		if got := c.call("CloseSession", s.write).at(1, wire.StatusCode); got != int32(wire.StatusSuccess) {
			t.Errorf("closing the session: %v", got)
		}
	}
	never := uuid.New()
	if got := c.call("FetchResults", id{string(never[:]), string(never[:])}.write).at(1, wire.StatusCode); got != int32(wire.StatusError) {
		t.Errorf("fetching from nothing: %v", got)
	}
}

func TestAnOperationEndsWithItsIdleSession(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c := newClient(t, func(o *thrift.Options) { o.Now = func() time.Time { return now } })
	_, op := c.execute(c.open(), "SELECT 1", 0)
	now = now.Add(29 * time.Minute)
	if got := c.state(op)[wire.OperationStatusState]; got != state(wire.StateFinished) {
		t.Errorf("after 29 minutes: %v", got)
	}
	now = now.Add(31 * time.Minute)
	if got := c.state(op).at(1, wire.StatusCode); got != int32(wire.StatusError) {
		t.Errorf("31 minutes later: %v", got)
	}
}

func TestASynchronousCallWaitsForTheEnd(t *testing.T) {
	c := newClient(t, func(o *thrift.Options) { o.Hold = time.Nanosecond })
	s := c.open()
	reply := c.call("ExecuteStatement", func(w *wire.Writer) {
		s.write(w)
		w.String(wire.ExecuteStatementReqStatement, "SELECT count(*) FROM main.sales.big")
		w.Bool(wire.ExecuteStatementReqRunAsync, false)
		w.Begin(wire.ExecuteStatementReqGetDirectResults)
		w.I64(wire.GetDirectResultsMaxRows, 10)
		w.End()
	})
	if got := reply.at(wire.ExecuteStatementRespDirectResults, wire.DirectResultsOperationStatus, wire.OperationStatusState); got != state(wire.StateFinished) {
		t.Errorf("state %v", got)
	}
}
