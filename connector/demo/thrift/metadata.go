package thrift

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// list answers a call for metadata. It is an operation like a statement, and
// needs no running warehouse. Its result is always in columns: such a call does
// not say that its client reads Arrow.
func list(kind wire.OperationType, what engine.MetadataKind) func(*Handler, *call, *wire.Writer) error {
	return func(h *Handler, c *call, w *wire.Writer) error {
		req := readMetadataRequest(c.in, what)
		if c.in.Err() != nil {
			return nil
		}
		return h.submit(c, w, kind, req.submission, func(op *operation) (*engine.Result, <-chan part, error) {
			op.setState(wire.StateRunning)
			result, err := h.exec.List(op.ctx, op.session.SQL, req.ask)
			return result, nil, err
		})
	}
}

type metadataRequest struct {
	submission
	ask engine.Metadata
}

// readMetadataRequest reads any of the requests for metadata. Those that name
// nothing but a session use no other numbers.
func readMetadataRequest(in *wire.Reader, what engine.MetadataKind) metadataRequest {
	req := metadataRequest{ask: engine.Metadata{Kind: what}}
	named := map[int16]**string{}
	switch what {
	case engine.ListSchemas, engine.ListTables, engine.ListColumns, engine.ListFunctions:
		named[wire.MetadataReqCatalogName] = &req.ask.Catalog
		named[wire.MetadataReqSchemaName] = &req.ask.Schema
		named[wire.MetadataReqTableName] = &req.ask.Table
	}
	switch what { // whose last name is one of their own
	case engine.ListColumns:
		named[wire.MetadataReqColumnName] = &req.ask.Column
	case engine.ListFunctions:
		named[wire.MetadataReqFunctionName] = &req.ask.Function
	}
	request(in, func(f wire.Field) {
		switch {
		case f.ID == wire.MetadataReqSessionHandle:
			req.session = readHandle(in, f)
		case f.ID == wire.MetadataReqGetDirectResults && f.Type == wire.Struct:
			req.readDirect(in, f)
		case f.ID == wire.MetadataReqRunAsync:
			req.async = in.Bool(f)
		case f.ID == wire.MetadataReqTableTypes && what == engine.ListTables:
			in.Each(f, wire.String, func(int) { req.ask.Types = append(req.ask.Types, in.String(wire.Field{Type: wire.String})) })
		case named[f.ID] != nil:
			text := in.String(f)
			*named[f.ID] = &text
		default:
			in.Skip(f)
		}
	})
	return req
}

// infos are the answers of GetInfo, which are those of Spark's own server.
var infos = map[int32]string{
	wire.InfoServerName: "Spark SQL",
	wire.InfoDBMSName:   "Spark SQL",
	wire.InfoDBMSVer:    "4.0.0",
}

func (h *Handler) getInfo(c *call, w *wire.Writer) error {
	var id handle
	var kind int32
	request(c.in, func(f wire.Field) {
		switch f.ID {
		case wire.GetInfoReqSessionHandle:
			id = readHandle(c.in, f)
		case wire.GetInfoReqInfoType:
			kind = c.in.I32(f)
		default:
			c.in.Skip(f)
		}
	})
	if c.in.Err() != nil {
		return nil
	}
	if _, err := h.store.session(c, id); err != nil {
		return err
	}
	value, known := infos[kind]
	if known {
		writeSuccess(w, wire.GetInfoRespStatus)
	} else {
		writeFailure(w, &engine.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "HYC00", Message: "The embedded workspace does not know this kind of information."})
	}
	w.Begin(wire.GetInfoRespValue)
	w.String(wire.GetInfoValueString, value)
	w.End()
	return nil
}
