package thrift_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

func TestHandlesAreRandomUUIDs(t *testing.T) {
	c := newClient(t, nil)
	s := c.open()
	_, op := c.execute(s, "SELECT 1", 0)
	for _, h := range []id{s, op} {
		for _, b := range []string{h.guid, h.secret} {
			u, err := uuid.FromBytes([]byte(b))
			if err != nil || u.Version() != 4 || u.Variant() != uuid.RFC4122 {
				t.Errorf("%x: %v, version %d", b, err, u.Version())
			}
		}
	}
}

func TestASmallResultComesWithTheReplyAndIsClosed(t *testing.T) {
	c := newClient(t, nil)
	reply, op := c.execute(c.open(), "SELECT 1", 100)
	direct, _ := reply[wire.ExecuteStatementRespDirectResults].(tree)
	if direct.at(wire.DirectResultsOperationStatus, wire.OperationStatusState) != state(wire.StateFinished) {
		t.Errorf("status %v", direct[wire.DirectResultsOperationStatus])
	}
	if direct.at(wire.DirectResultsResultSet, wire.FetchResultsRespMoreRows) != false || direct[wire.DirectResultsCloseOperation] == nil {
		t.Errorf("direct results %v", direct)
	}
	if code := c.state(op).at(1, wire.StatusCode); code != int32(wire.StatusError) {
		t.Errorf("the operation is still there: %v", code)
	}
}

func TestAFailedStatementStaysQueryableUntilItIsClosed(t *testing.T) {
	c := newClient(t, nil)
	reply, op := c.execute(c.open(), "SELECT * FROM main.sales.nothing", 100)
	if reply.at(1, wire.StatusCode) != int32(wire.StatusSuccess) {
		t.Error("the call itself failed")
	}
	if reply.at(wire.ExecuteStatementRespOperationHandle, wire.OperationHandleHasResultSet) != true {
		t.Error("the operation has no result set")
	}
	for range 2 {
		st := c.state(op)
		text, _ := st[wire.OperationStatusDisplayMessage].(string)
		if st[wire.OperationStatusState] != state(wire.StateError) || st[wire.OperationStatusSQLState] != "42P01" || !strings.Contains(text, "TABLE_OR_VIEW_NOT_FOUND") {
			t.Errorf("status %v", st)
		}
	}
	for _, method := range []string{"GetResultSetMetadata", "FetchResults"} {
		if got := c.call(method, op.write).at(1, wire.StatusCode); got != int32(wire.StatusError) {
			t.Errorf("%s: status %v", method, got)
		}
	}
	c.call("CloseOperation", op.write)
	if st := c.state(op); st.at(1, wire.StatusCode) != int32(wire.StatusError) || st.at(1, wire.StatusSQLState) != "08000" {
		t.Errorf("still there after closing: %v", st)
	}
}

func TestPagesFollowAndRepeat(t *testing.T) {
	c := newClient(t, nil)
	_, op := c.execute(c.open(), "SELECT id FROM main.sales.big LIMIT 25", 0)
	fetch := func(orientation int32) (first int64, more bool) {
		reply := c.call("FetchResults", func(w *wire.Writer) {
			op.write(w)
			w.I32(wire.FetchResultsReqOrientation, orientation)
			w.I64(wire.FetchResultsReqMaxRows, 10)
			w.Bool(wire.FetchResultsReqIncludeMetadata, true)
		})
		if reply.at(wire.FetchResultsRespMetadata, wire.MetadataSchema) == nil {
			t.Error("no metadata")
		}
		first, _ = reply.at(wire.FetchResultsRespResults, wire.RowSetStartRowOffset).(int64)
		more, _ = reply[wire.FetchResultsRespMoreRows].(bool)
		return first, more
	}
	for i, step := range []struct {
		orientation int32
		first       int64
		more        bool
	}{
		{wire.FetchNext, 0, true}, {wire.FetchNext, 10, true}, {wire.FetchPrior, 0, true}, {wire.FetchNext, 10, true},
		{wire.FetchNext, 20, false}, {wire.FetchNext, 25, false}, {wire.FetchPrior, 15, false}, {wire.FetchFirst, 0, true},
	} {
		if first, more := fetch(step.orientation); first != step.first || more != step.more {
			t.Errorf("step %d: page at %d, more %v, want %d, %v", i, first, more, step.first, step.more)
		}
	}
}

func TestNobodyUsesAnothersHandles(t *testing.T) {
	c := newClient(t, nil)
	s := c.open()
	_, op := c.execute(s, "SELECT 1", 0)
	thief, elsewhere := *c, *c
	thief.who = connector
	elsewhere.path = "/sql/1.0/warehouses/other"
	forged := id{s.guid, op.secret}
	for name, refused := range map[string]*httptest.ResponseRecorder{
		"another principal": thief.send(t.Context(), "ExecuteStatement", statement(s, "SELECT 1", 1)),
		"another warehouse": elsewhere.send(t.Context(), "ExecuteStatement", statement(s, "SELECT 1", 1)),
		"a forged secret":   c.send(t.Context(), "ExecuteStatement", statement(forged, "SELECT 1", 1)),
		"a forged close":    thief.send(t.Context(), "CloseSession", s.write),
	} {
		if refused.Code != http.StatusNotFound || !strings.Contains(refused.Header().Get("X-Thriftserver-Error-Message"), "Invalid SessionHandle") {
			t.Errorf("%s: %d %s", name, refused.Code, refused.Body)
		}
	}
	for _, method := range []string{"GetOperationStatus", "FetchResults", "CancelOperation", "CloseOperation", "GetResultSetMetadata"} {
		if code := thief.call(method, op.write).at(1, wire.StatusCode); code != int32(wire.StatusError) {
			t.Errorf("%s by another principal: status %v", method, code)
		}
	}
	if c.state(op)[wire.OperationStatusState] != state(wire.StateFinished) {
		t.Error("the operation was touched")
	}
}

func TestOtherCallsAreAnsweredWithAnException(t *testing.T) {
	c := newClient(t, nil)
	answer := c.send(t.Context(), "GetDelegationToken", func(*wire.Writer) {})
	r := newDecoder(answer.Body.Bytes())
	if m := r.MessageBegin(); m.Type != wire.Exception || m.Seq != 3 {
		t.Errorf("envelope %+v", m)
	}
	if got := r.tree(); got[wire.ExceptionType] != int32(wire.ExceptionUnknownMethod) {
		t.Errorf("got %v", got)
	}
}

func TestRequestsThatAreNoCallsAreRefused(t *testing.T) {
	c := newClient(t, nil)
	do := func(method, path, who, body string) int {
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		if who != "" {
			r.Header.Set("Authorization", "Bearer "+who)
		}
		w := httptest.NewRecorder()
		c.h.ServeHTTP(w, r)
		return w.Code
	}
	for _, step := range []struct {
		method, path, who, body string
		want                    int
	}{
		{"POST", c.path, admin, "", http.StatusBadRequest},
		{"POST", c.path, admin, "GET / HTTP/1.1", http.StatusBadRequest},
		{"POST", c.path, "", "", http.StatusUnauthorized},
		{"GET", c.path, admin, "", http.StatusMethodNotAllowed},
		{"POST", "/sql/1.0/warehouses/", admin, "", http.StatusNotFound},
		{"POST", "/sql/1.0/warehouses/a/b", admin, "", http.StatusNotFound},
		{"POST", "/sql/2.0/warehouses/a", admin, "", http.StatusNotFound},
		{"POST", "/sql/1.0/endpoints/a", admin, "", http.StatusBadRequest},
	} {
		if got := do(step.method, step.path, step.who, step.body); got != step.want {
			t.Errorf("%s %s: %d, want %d", step.method, step.path, got, step.want)
		}
	}
}

// TestAStatementThatReturnsNothingEnds reads its result as clients do that take Arrow and as those that do not: in both forms there is one
// column, and it has no rows.
func TestAStatementThatReturnsNothingEnds(t *testing.T) {
	c := newClient(t, nil)
	s := c.open()
	for _, arrow := range []bool{false, true} {
		for _, direct := range []int64{0, 100} {
			reply := c.call("ExecuteStatement", func(w *wire.Writer) {
				statement(s, "USE SCHEMA main.sales", direct)(w)
				w.Bool(wire.ExecuteStatementReqCanReadArrow, arrow)
			})
			page, _ := reply.at(wire.ExecuteStatementRespDirectResults, wire.DirectResultsResultSet).(tree)
			metadata, _ := reply.at(wire.ExecuteStatementRespDirectResults, wire.DirectResultsResultSetMetadata).(tree)
			if direct == 0 {
				op := reply.id(wire.ExecuteStatementRespOperationHandle, wire.OperationHandleOperationID)
				page, metadata = c.call("FetchResults", op.write), c.call("GetResultSetMetadata", op.write)
			}
			if page[wire.FetchResultsRespMoreRows] != false {
				t.Errorf("arrow %v: more rows follow: %v", arrow, page)
			}
			columns, _ := metadata.at(wire.MetadataSchema, wire.TableSchemaColumns).([]tree)
			if len(columns) != 1 || columns[0][wire.ColumnDescName] != "Result" {
				t.Errorf("arrow %v: columns %v", arrow, columns)
			}
			sent, _ := page.at(wire.FetchResultsRespResults, wire.RowSetColumns).([]tree)
			if batches, _ := page.at(wire.FetchResultsRespResults, wire.RowSetArrowBatches).([]tree); len(batches) != 0 || len(sent) == 1 == arrow {
				t.Errorf("arrow %v: %d columns and %d batches were sent", arrow, len(sent), len(batches))
			}
		}
	}
}
