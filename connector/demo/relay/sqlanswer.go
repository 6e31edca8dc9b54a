package relay

import (
	"bytes"
	"io"
	"net/http"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// SQLChange is a way in which the answer of a SQL warehouse to a driver is not as it should be. An answer that has nothing of the kind
// stays as it is.
type SQLChange string

// The changes.
const (
	FewerColumns  SQLChange = "fewer-columns"  // the rows have one column less than their schema
	NoColumns     SQLChange = "no-columns"     // the rows have none
	RaggedColumns SQLChange = "ragged-columns" // the last column has a value less than the others
	NoSchema      SQLChange = "no-schema"      // nothing says what the columns are
	NoTypes       SQLChange = "no-types"       // the columns have names and no types
	BadArrow      SQLChange = "bad-arrow"      // rows that are not what they should be byte by byte
	NoHandle      SQLChange = "no-handle"      // what was opened has no handle to ask for it by
	StillPending  SQLChange = "still-pending"  // the statement waits for the warehouse, however often one asks
	StillRunning  SQLChange = "still-running"  // it runs, however often one asks
	MoreRows      SQLChange = "more-rows"      // there are always more rows to come
	LargeCells    SQLChange = "large-cells"    // every text of the first column of texts has 4 MiB
	HugeCell      SQLChange = "huge-cell"      // the first text has 90 MiB
	NotThrift     SQLChange = "exception"      // the call could not be answered, which Thrift has a message of its own for
)

// sqlChanges says what each change does to an answer.
var sqlChanges = map[SQLChange]func(answer *wire.Value){
	FewerColumns: func(a *wire.Value) {
		inRows(a, func(rows *wire.Value) {
			if columns := rows.At(wire.RowSetColumns); columns != nil && len(columns.Items) > 0 {
				columns.Items = columns.Items[:len(columns.Items)-1]
			}
		})
		inSchema(a, wire.MetadataArrowSchema, func(schema *wire.Value) { schema.Drop(wire.MetadataArrowSchema) })
	},
	NoColumns: func(a *wire.Value) {
		inRows(a, func(rows *wire.Value) {
			rows.Drop(wire.RowSetArrowBatches)
			rows.Put(wire.RowSetColumns, wire.Value{Type: wire.List, Elem: [2]wire.Type{wire.Struct}})
		})
	},
	RaggedColumns: func(a *wire.Value) {
		inRows(a, func(rows *wire.Value) {
			columns := rows.At(wire.RowSetColumns)
			if columns == nil || len(columns.Items) == 0 {
				return
			}
			last := columns.Items[len(columns.Items)-1]
			for _, typed := range last.Fields {
				if values := typed.Value.At(wire.ColumnValues); values != nil && len(values.Items) > 0 {
					values.Items = values.Items[:len(values.Items)-1]
				}
			}
		})
	},
	NoSchema: func(a *wire.Value) {
		inSchema(a, wire.MetadataSchema, func(m *wire.Value) {
			m.Drop(wire.MetadataSchema)
			m.Drop(wire.MetadataArrowSchema)
		})
	},
	NoTypes: func(a *wire.Value) {
		inSchema(a, wire.MetadataSchema, func(m *wire.Value) {
			m.Drop(wire.MetadataArrowSchema)
			if columns := m.At(wire.MetadataSchema, wire.TableSchemaColumns); columns != nil {
				for i := range columns.Items {
					columns.Items[i].Put(wire.ColumnDescTypeDesc, wire.Value{Type: wire.Struct, Fields: []wire.Entry{
						{ID: wire.TypeDescTypes, Value: wire.Value{Type: wire.List, Elem: [2]wire.Type{wire.Struct}}},
					}})
				}
			}
		})
	},
	BadArrow: func(a *wire.Value) {
		inRows(a, func(rows *wire.Value) {
			batches := rows.At(wire.RowSetArrowBatches)
			if batches == nil {
				return
			}
			for i := range batches.Items {
				if b := batches.Items[i].At(wire.ArrowBatchBytes); b != nil {
					b.Plain = bytes.Repeat([]byte{0xff, 0x7f}, len(b.Plain)/2)
				}
			}
		})
	},
	LargeCells: func(a *wire.Value) { inTexts(a, func(texts []wire.Value) { enlarge(texts, 4<<20) }) },
	HugeCell:   func(a *wire.Value) { inTexts(a, func(texts []wire.Value) { enlarge(texts[:1], 90<<20) }) },
	NoHandle: func(a *wire.Value) {
		a.Drop(wire.ExecuteStatementRespOperationHandle)
		a.Drop(wire.OpenSessionRespSessionHandle)
	},
	StillPending: func(a *wire.Value) { inState(a, wire.StatePending) },
	StillRunning: func(a *wire.Value) { inState(a, wire.StateRunning) },
	MoreRows: func(a *wire.Value) {
		for _, fetched := range []*wire.Value{a, a.At(wire.ExecuteStatementRespDirectResults, wire.DirectResultsResultSet)} {
			if fetched == nil {
				continue
			}
			if more := fetched.At(wire.FetchResultsRespMoreRows); more != nil && more.Type == wire.Bool && fetched.At(wire.FetchResultsRespResults, wire.RowSetStartRowOffset) != nil {
				fetched.Put(wire.FetchResultsRespMoreRows, wire.BoolValue(true))
			}
		}
	},
}

// ofColumns reports whether the change is one to rows that come in columns.
func (c SQLChange) ofColumns() bool {
	return slices.Contains([]SQLChange{FewerColumns, NoColumns, RaggedColumns, NoTypes, LargeCells, HugeCell}, c)
}

// askForColumns has a statement ask for its rows in columns, for a driver that would rather have Arrow.
func askForColumns(q *http.Request) {
	body := bodyOf(q)
	in := wire.NewReader(body)
	head := in.MessageBegin()
	args := in.Value(wire.Struct)
	request := args.At(wire.ArgsReq)
	if in.Err() != nil || head.Name != "ExecuteStatement" || request == nil {
		return
	}
	request.Put(wire.ExecuteStatementReqCanReadArrow, wire.BoolValue(false))
	out := &wire.Writer{}
	out.MessageBegin(head)
	out.Value(args)
	q.Body, q.ContentLength = io.NopCloser(bytes.NewReader(out.Bytes())), int64(len(out.Bytes()))
}

// inRows finds the rows of an answer, which come along with the statement or when they are fetched.
func inRows(a *wire.Value, change func(rows *wire.Value)) {
	for _, path := range [][]int16{
		{wire.ExecuteStatementRespDirectResults, wire.DirectResultsResultSet, wire.FetchResultsRespResults}, {wire.FetchResultsRespResults},
	} {
		if rows := a.At(path...); rows != nil && rows.At(wire.RowSetStartRowOffset) != nil {
			change(rows)
		}
	}
}

// inTexts finds the first column of texts that has any.
func inTexts(a *wire.Value, change func(texts []wire.Value)) {
	inRows(a, func(rows *wire.Value) {
		columns := rows.At(wire.RowSetColumns)
		if columns == nil {
			return
		}
		for i := range columns.Items {
			if texts := columns.Items[i].At(wire.ColumnString, wire.ColumnValues); texts != nil && len(texts.Items) > 0 {
				change(texts.Items)
				return
			}
		}
	})
}

func enlarge(texts []wire.Value, size int) {
	for i := range texts {
		texts[i].Plain = bytes.Repeat([]byte("x"), size)
	}
}

// inSchema finds what describes the columns, if it has the field.
func inSchema(a *wire.Value, field int16, change func(metadata *wire.Value)) {
	for _, path := range [][]int16{{wire.ExecuteStatementRespDirectResults, wire.DirectResultsResultSetMetadata}, {wire.FetchResultsRespMetadata}, {}} {
		if m := a.At(path...); m != nil && m.At(field) != nil && m.At(wire.MetadataResultFormat) != nil {
			change(m)
		}
	}
}

// inState says that a statement is in a state, with none of what comes at its end.
func inState(a *wire.Value, state wire.OperationState) {
	if direct := a.At(wire.ExecuteStatementRespDirectResults); direct != nil {
		direct.Drop(wire.DirectResultsResultSetMetadata)
		direct.Drop(wire.DirectResultsResultSet)
		direct.Drop(wire.DirectResultsCloseOperation)
	}
	if status := operationStatus(a); status != nil {
		status.Put(wire.OperationStatusState, wire.NumberValue(int32(state)))
		status.Drop(wire.OperationStatusCompleted)
	}
}

// operationStatus is where an answer says how far a statement is, or nil.
func operationStatus(a *wire.Value) *wire.Value {
	if s := a.At(wire.ExecuteStatementRespDirectResults, wire.DirectResultsOperationStatus); s != nil {
		return s
	}
	if s := a.At(wire.OperationStatusState); s != nil && s.Type == wire.I32 && a.At(wire.OperationStatusStarted) != nil {
		return a
	}
	return nil
}

// inSQL changes the answer to a driver's call. What is no such answer stays as it is.
func (r Rule) inSQL(body []byte) []byte {
	in := wire.NewReader(body)
	head := in.MessageBegin()
	whole := in.Value(wire.Struct)
	answer := whole.At(wire.ResultSuccess)
	if in.Err() != nil || head.Type != wire.Reply || answer == nil {
		return body
	}
	if r.SQL == NotThrift {
		head.Type = wire.Exception
		whole = wire.Value{Type: wire.Struct, Fields: []wire.Entry{
			{ID: wire.ExceptionMessage, Value: wire.TextValue("Internal error processing " + head.Name)},
			{ID: wire.ExceptionType, Value: wire.NumberValue(wire.ExceptionProtocolError)},
		}}
	}
	if state := waits[r.SQL]; head.Name == "GetOperationStatus" && state != 0 {
		answer.Fields = stateOnly(state) // the workspace may have ended and forgotten the statement
	} else if change := sqlChanges[r.SQL]; change != nil {
		change(answer)
	}
	if r.SQLError != "" {
		r.fail(answer)
	}
	out := &wire.Writer{}
	out.MessageBegin(head)
	out.Value(whole)
	return out.Bytes()
}

// waits are the changes by which a statement does not end, and its state then.
var waits = map[SQLChange]wire.OperationState{StillPending: wire.StatePending, StillRunning: wire.StateRunning}

// stateOnly is an answer that tells the state of a statement and nothing else.
func stateOnly(state wire.OperationState) []wire.Entry {
	fine := wire.Value{Type: wire.Struct}
	fine.Put(wire.StatusCode, wire.NumberValue(0))
	return []wire.Entry{{ID: wire.SimpleRespStatus, Value: fine}, {ID: wire.OperationStatusState, Value: wire.NumberValue(int32(state))}}
}

// fail has the statement fail, or the call where it is about no statement.
func (r Rule) fail(answer *wire.Value) {
	if operationStatus(answer) != nil {
		inState(answer, wire.StateError)
		status := operationStatus(answer)
		status.Put(wire.OperationStatusErrorMessage, wire.TextValue(r.SQLError))
		status.Put(wire.OperationStatusDisplayMessage, wire.TextValue(r.SQLError))
		if r.SQLState != "" {
			status.Put(wire.OperationStatusSQLState, wire.TextValue(r.SQLState))
		}
		return
	}
	status := wire.Value{Type: wire.Struct}
	status.Put(wire.StatusCode, wire.NumberValue(wire.StatusError))
	if r.SQLState != "" {
		status.Put(wire.StatusSQLState, wire.TextValue(r.SQLState))
	}
	status.Put(wire.StatusErrorMessage, wire.TextValue(r.SQLError))
	status.Put(wire.StatusDisplay, wire.TextValue(r.SQLError))
	answer.Fields = []wire.Entry{{ID: wire.SimpleRespStatus, Value: status}}
}
