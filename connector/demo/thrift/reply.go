package thrift

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

func writeSuccess(w *wire.Writer, id int16) {
	w.Begin(id)
	w.I32(wire.StatusCode, wire.StatusSuccess)
	w.End()
}

// writeFailure writes the status of a response whose call failed. All such
// responses have their status in the same field.
func writeFailure(w *wire.Writer, e *engine.Error) {
	w.Begin(wire.SimpleRespStatus)
	w.I32(wire.StatusCode, wire.StatusError)
	w.String(wire.StatusSQLState, e.SQLState)
	w.String(wire.StatusErrorMessage, e.Error())
	w.String(wire.StatusDisplay, e.Error())
	w.End()
}

// writeInvalidHandle answers for an operation that is closed or that never was.
// Databricks does so with an error, and not with the code that is for handles.
func writeInvalidHandle(w *wire.Writer, h handle) {
	w.Begin(wire.SimpleRespStatus)
	w.I32(wire.StatusCode, wire.StatusError)
	w.String(wire.StatusSQLState, "08000")
	w.String(wire.StatusErrorMessage, "Invalid OperationHandle: OperationHandle ["+h.guid.String()+"]")
	w.End()
}

func writeHandle(w *wire.Writer, id int16, h handle) {
	w.Begin(id)
	w.Binary(wire.HandleGUID, h.guid[:])
	w.Binary(wire.HandleSecret, h.secret[:])
	w.End()
}

// writeOperationHandle says that there is a result set even for statements
// that failed: some clients would not ask for the error otherwise.
func writeOperationHandle(w *wire.Writer, id int16, op *operation) {
	w.Begin(id)
	writeHandle(w, wire.OperationHandleOperationID, op.handle)
	w.I32(wire.OperationHandleOperationType, int32(op.kind))
	w.Bool(wire.OperationHandleHasResultSet, true)
	w.End()
}

func writeNamespace(w *wire.Writer, s *engine.Session) {
	catalog, schema := s.Namespace()
	w.Begin(wire.OpenSessionRespInitialNamespace)
	w.String(wire.NamespaceCatalogName, catalog)
	w.String(wire.NamespaceSchemaName, schema)
	w.End()
}

// writeOperationStatus writes the fields of a TGetOperationStatusResp. A
// statement's error is here and not in the status of the call, which
// succeeded; drivers show the display message.
func writeOperationStatus(w *wire.Writer, st status) {
	writeSuccess(w, wire.OperationStatusStatus)
	w.I32(wire.OperationStatusState, int32(st.state))
	if st.failure != nil {
		w.String(wire.OperationStatusSQLState, st.failure.SQLState)
		w.String(wire.OperationStatusErrorMessage, st.failure.Error())
	}
	w.I64(wire.OperationStatusStarted, st.started.UnixMilli())
	if !st.completed.IsZero() {
		w.I64(wire.OperationStatusCompleted, st.completed.UnixMilli())
	}
	w.Bool(wire.OperationStatusHasResultSet, true)
	if st.failure != nil {
		w.String(wire.OperationStatusDisplayMessage, st.failure.Error())
	}
}
