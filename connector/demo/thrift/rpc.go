package thrift

import (
	"context"
	"errors"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/sessions"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
	"github.com/draftt-io/draftt-databricks/contain"
)

// methods are the calls that are answered. Each writes the fields of its
// response, or returns an error that is answered on the level of HTTP.
var methods = map[string]func(*Handler, *call, *wire.Writer) error{
	"OpenSession":          (*Handler).openSession,
	"CloseSession":         (*Handler).closeSession,
	"ExecuteStatement":     (*Handler).executeStatement,
	"GetOperationStatus":   (*Handler).getOperationStatus,
	"GetResultSetMetadata": (*Handler).getResultSetMetadata,
	"FetchResults":         (*Handler).fetchResults,
	"CloseOperation":       (*Handler).closeOperation,
	"CancelOperation":      (*Handler).cancelOperation,
	"GetInfo":              (*Handler).getInfo,
	"GetTypeInfo":          list(wire.OperationGetTypeInfo, engine.ListTypes),
	"GetCatalogs":          list(wire.OperationGetCatalogs, engine.ListCatalogs),
	"GetSchemas":           list(wire.OperationGetSchemas, engine.ListSchemas),
	"GetTables":            list(wire.OperationGetTables, engine.ListTables),
	"GetTableTypes":        list(wire.OperationGetTableTypes, engine.ListTableTypes),
	"GetColumns":           list(wire.OperationGetColumns, engine.ListColumns),
	"GetFunctions":         list(wire.OperationGetFunctions, engine.ListFunctions),
	"GetPrimaryKeys":       list(wire.OperationUnknown, engine.ListPrimaryKeys),
	"GetCrossReference":    list(wire.OperationUnknown, engine.ListForeignKeys),
}

func (h *Handler) openSession(c *call, w *wire.Writer) error {
	req := readOpenSession(c.in)
	if c.in.Err() != nil {
		return nil
	}
	spoken := protocol(req.protocol)
	s, err := h.store.open(sessions.Ask{Principal: c.principal, Warehouse: c.warehouse, Catalog: req.catalog, Schema: req.schema}, spoken)
	var failed *engine.Error
	switch {
	case errors.As(err, &failed):
		writeFailure(w, failed)
		w.I32(wire.OpenSessionRespServerProtocolVersion, spoken)
		return nil
	case err != nil:
		return err
	}
	writeSuccess(w, wire.OpenSessionRespStatus)
	w.I32(wire.OpenSessionRespServerProtocolVersion, spoken)
	w.Begin(wire.OpenSessionRespSessionHandle)
	writeHandle(w, wire.SessionHandleSessionID, handleOf(s))
	w.End()
	writeNamespace(w, s.SQL)
	w.Bool(wire.OpenSessionRespMultipleCatalogs, true)
	return nil
}

// protocol is the version spoken: the client's, up to the newest known here.
// Clients of the Hive protocol are answered with theirs.
func protocol(client int64) int32 {
	switch {
	case client >= wire.ProtocolV1:
		return int32(min(client, wire.ProtocolV8))
	case client > 0 && client < 10:
		return int32(client)
	}
	return wire.ProtocolV8
}

// closeSession ends a session. One that is gone already is closed all the
// same: a client may repeat a call whose reply was lost.
func (h *Handler) closeSession(c *call, w *wire.Writer) error {
	id := onlyHandle(c.in)
	if c.in.Err() != nil {
		return nil
	}
	if h.store.knows(id) {
		s, err := h.store.session(c, id)
		if err != nil {
			return err
		}
		h.store.sessions.End(s)
	}
	writeSuccess(w, wire.SimpleRespStatus)
	return nil
}

func (h *Handler) executeStatement(c *call, w *wire.Writer) error {
	req := readExecuteStatement(c.in)
	if c.in.Err() != nil {
		return nil
	}
	h.opts.Statement(c.ctx, req.sql)
	return h.submit(c, w, wire.OperationExecuteStatement, req.submission, h.statement(req))
}

// submit starts an operation and waits for its end: a while if the client is
// ready to come back for it, otherwise as long as it takes. A result that fits
// in the reply is sent with it, and the operation closed.
func (h *Handler) submit(c *call, w *wire.Writer, kind wire.OperationType, req submission, work work) error {
	s, err := h.store.session(c, req.session)
	if err != nil {
		return err
	}
	op, err := h.store.begin(s, kind, time.Duration(max(0, min(req.timeout, 1<<31)))*time.Second)
	if err != nil {
		return err
	}
	op.arrow, op.native = req.arrow && s.Own.protocol >= wire.ProtocolV5, req.native
	if req.download && h.opts.Offer != nil {
		op.offer = h.opts.Offer(c.host)
	}
	contain.Go("answering a statement", func() { op.run(h, req, work) })
	var hold <-chan time.Time
	if req.async {
		timer := time.NewTimer(h.opts.Hold)
		defer timer.Stop()
		hold = timer.C
	}
	select {
	case <-op.done:
	case <-hold:
	case <-c.ctx.Done():
		// Nobody was told the handle, so nobody could cancel the statement.
		h.store.end(op)
		return c.ctx.Err()
	}
	writeSuccess(w, wire.ExecuteStatementRespStatus)
	writeOperationHandle(w, wire.ExecuteStatementRespOperationHandle, op)
	if req.direct {
		w.Begin(wire.ExecuteStatementRespDirectResults)
		h.writeDirectResults(w, op, req)
		w.End()
	}
	return nil
}

func (h *Handler) writeDirectResults(w *wire.Writer, op *operation, req submission) {
	st := op.status()
	w.Begin(wire.DirectResultsOperationStatus)
	writeOperationStatus(w, st)
	w.End()
	if st.state != wire.StateFinished {
		return
	}
	p, _ := op.page(context.Background(), fetchResults{maxRows: req.directRows, start: -1}) // nothing is read yet, so it is there
	w.Begin(wire.DirectResultsResultSetMetadata)
	writeMetadata(w, op, p.result)
	w.End()
	w.Begin(wire.DirectResultsResultSet)
	writePage(w, p, false)
	w.End()
	if !p.more {
		w.Begin(wire.DirectResultsCloseOperation)
		writeSuccess(w, wire.SimpleRespStatus)
		w.End()
		h.store.end(op)
	}
}

// withOperation reads a request that is only a handle and calls write with the
// operation, or answers that the handle is invalid.
func (h *Handler) withOperation(c *call, w *wire.Writer, write func(*operation)) {
	id := onlyHandle(c.in)
	if c.in.Err() != nil {
		return
	}
	if op := h.store.operation(c, id); op != nil {
		write(op)
		return
	}
	writeInvalidHandle(w, id)
}

func (h *Handler) getOperationStatus(c *call, w *wire.Writer) error {
	h.withOperation(c, w, func(op *operation) { writeOperationStatus(w, op.status()) })
	return nil
}

// closeOperation forgets an operation. Like a session, one that is gone already
// is closed all the same.
func (h *Handler) closeOperation(c *call, w *wire.Writer) error {
	id := onlyHandle(c.in)
	if c.in.Err() != nil {
		return nil
	}
	op := h.store.operation(c, id)
	if op == nil && h.store.knows(id) {
		writeInvalidHandle(w, id)
		return nil
	}
	if op != nil {
		h.store.end(op)
	}
	writeSuccess(w, wire.SimpleRespStatus)
	return nil
}

func (h *Handler) cancelOperation(c *call, w *wire.Writer) error {
	h.withOperation(c, w, func(op *operation) {
		op.cancel()
		writeSuccess(w, wire.SimpleRespStatus)
	})
	return nil
}

func (h *Handler) getResultSetMetadata(c *call, w *wire.Writer) error {
	h.withOperation(c, w, func(op *operation) {
		if result, ok := finished(w, op); ok {
			writeMetadata(w, op, result)
		}
	})
	return nil
}

func (h *Handler) fetchResults(c *call, w *wire.Writer) error {
	req := readFetchResults(c.in)
	if c.in.Err() != nil {
		return nil
	}
	op := h.store.operation(c, req.operation)
	if op == nil {
		writeInvalidHandle(w, req.operation)
		return nil
	}
	if _, ok := finished(w, op); ok {
		p, err := op.page(c.ctx, req)
		if err != nil {
			writeFailure(w, engine.AsError(err))
			return nil
		}
		writePage(w, p, req.metadata)
	}
	return nil
}

// finished returns the operation's result, or writes the status that says why
// there is none.
func finished(w *wire.Writer, op *operation) (*engine.Result, bool) {
	st := op.status()
	switch {
	case st.state == wire.StateFinished:
		return op.held(), true
	case st.failure != nil:
		writeFailure(w, st.failure)
	default:
		writeFailure(w, &engine.Error{Class: "INVALID_STATE", SQLState: "HY010", Message: "The statement has not finished."})
	}
	return nil, false
}
