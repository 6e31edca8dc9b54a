package thrift

import (
	"cmp"
	"strconv"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/ipc"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// handle identifies a session or an operation. The secret keeps others from
// guessing it.
type handle struct {
	guid, secret uuid.UUID
}

func newHandle() handle { return handle{guid: uuid.New(), secret: uuid.New()} }

// request calls field for every field of a call's argument.
func request(in *wire.Reader, field func(wire.Field)) {
	in.Struct(func(f wire.Field) {
		if f.ID == wire.ArgsReq {
			in.StructField(f, field)
		} else {
			in.Skip(f)
		}
	})
}

// readHandle reads a TSessionHandle or TOperationHandle: both keep their
// identifier in their first field.
func readHandle(in *wire.Reader, f wire.Field) (h handle) {
	in.StructField(f, func(f wire.Field) {
		if f.ID != wire.SessionHandleSessionID {
			in.Skip(f)
			return
		}
		in.StructField(f, func(f wire.Field) {
			switch f.ID {
			case wire.HandleGUID:
				copy(h.guid[:], in.Bytes(f))
			case wire.HandleSecret:
				copy(h.secret[:], in.Bytes(f))
			default:
				in.Skip(f)
			}
		})
	})
	return h
}

// onlyHandle reads a request of which only the handle in its first field
// matters.
func onlyHandle(in *wire.Reader) (h handle) {
	request(in, func(f wire.Field) {
		if f.ID == wire.CloseOperationReqOperationHandle {
			h = readHandle(in, f)
		} else {
			in.Skip(f)
		}
	})
	return h
}

type openSession struct {
	protocol        int64
	catalog, schema string
}

func readOpenSession(in *wire.Reader) (req openSession) {
	request(in, func(f wire.Field) {
		switch f.ID {
		case wire.OpenSessionReqClientProtocol:
			req.protocol = max(req.protocol, int64(in.I32(f)))
		case wire.OpenSessionReqClientProtocolI64:
			req.protocol = max(req.protocol, in.I64(f))
		case wire.OpenSessionReqInitialNamespace:
			in.StructField(f, func(f wire.Field) {
				switch f.ID {
				case wire.NamespaceCatalogName:
					req.catalog = in.String(f)
				case wire.NamespaceSchemaName:
					req.schema = in.String(f)
				default:
					in.Skip(f)
				}
			})
		default:
			in.Skip(f)
		}
	})
	return req
}

// submission is what requests that start an operation have in common.
type submission struct {
	session    handle
	async      bool // the reply does not wait for the end
	direct     bool // the client takes results in the reply
	directRows int64
	timeout    int64 // seconds; zero is none
	rowLimit   int64 // zero is none
	arrow      bool  // the client reads Arrow
	native     ipc.Native
	download   bool // the client takes results by links
}

func (s *submission) readDirect(in *wire.Reader, f wire.Field) {
	s.direct = true
	in.StructField(f, func(f wire.Field) {
		if f.ID == wire.GetDirectResultsMaxRows {
			s.directRows = in.I64(f)
		} else {
			in.Skip(f)
		}
	})
}

type executeStatement struct {
	submission
	sql    string
	params []engine.Sent
}

func readExecuteStatement(in *wire.Reader) (req executeStatement) {
	request(in, func(f wire.Field) {
		switch f.ID {
		case wire.ExecuteStatementReqSessionHandle:
			req.session = readHandle(in, f)
		case wire.ExecuteStatementReqStatement:
			req.sql = in.String(f)
		case wire.ExecuteStatementReqQueryTimeout:
			req.timeout = in.I64(f)
		case wire.ExecuteStatementReqGetDirectResults:
			req.readDirect(in, f)
		case wire.ExecuteStatementReqRunAsync:
			req.async = in.Bool(f)
		case wire.ExecuteStatementReqCanReadArrow:
			req.arrow = in.Bool(f)
		case wire.ExecuteStatementReqCanDownload:
			req.download = in.Bool(f)
		case wire.ExecuteStatementReqArrowNativeTypes:
			req.native = readNativeTypes(in, f)
		case wire.ExecuteStatementReqResultRowLimit:
			req.rowLimit = in.I64(f)
		case wire.ExecuteStatementReqParameters:
			in.Each(f, wire.Struct, func(int) { req.params = append(req.params, readParameter(in)) })
		default:
			in.Skip(f)
		}
	})
	return req
}

func readNativeTypes(in *wire.Reader, f wire.Field) (native ipc.Native) {
	in.StructField(f, func(f wire.Field) {
		switch f.ID {
		case wire.ArrowTypesTimestamp:
			native.Timestamps = in.Bool(f)
		case wire.ArrowTypesDecimal:
			native.Decimals = in.Bool(f)
		case wire.ArrowTypesComplex:
			native.Complex = in.Bool(f)
		default:
			in.Skip(f)
		}
	})
	return native
}

// readParameter reads a TSparkParameter: text, mostly, with the name of its
// type. A value of another kind says its type itself.
func readParameter(in *wire.Reader) engine.Sent {
	var p engine.Sent
	value := func(kind, text string) {
		p.Value = &text
		p.Kind = cmp.Or(p.Kind, kind)
	}
	in.Struct(func(f wire.Field) {
		switch f.ID {
		case wire.ParameterOrdinal:
			p.Ordinal = int(in.I32(f))
		case wire.ParameterName:
			p.Name = in.String(f)
		case wire.ParameterType:
			p.Kind = in.String(f)
		case wire.ParameterValue:
			in.StructField(f, func(f wire.Field) {
				switch f.ID {
				case wire.ParameterValueString:
					value("", in.String(f))
				case wire.ParameterValueDouble:
					value("DOUBLE", strconv.FormatFloat(in.Double(f), 'g', -1, 64))
				case wire.ParameterValueBoolean:
					value("BOOLEAN", strconv.FormatBool(in.Bool(f)))
				default:
					in.Skip(f)
				}
			})
		default:
			in.Skip(f)
		}
	})
	return p
}

type fetchResults struct {
	operation   handle
	orientation int32
	maxRows     int64
	start       int64 // -1 where the client names none
	metadata    bool
}

func readFetchResults(in *wire.Reader) fetchResults {
	req := fetchResults{start: -1}
	request(in, func(f wire.Field) {
		switch f.ID {
		case wire.FetchResultsReqOperationHandle:
			req.operation = readHandle(in, f)
		case wire.FetchResultsReqOrientation:
			req.orientation = in.I32(f)
		case wire.FetchResultsReqMaxRows:
			req.maxRows = in.I64(f)
		case wire.FetchResultsReqStartRowOffset:
			req.start = in.I64(f)
		case wire.FetchResultsReqIncludeMetadata:
			req.metadata = in.Bool(f)
		default:
			in.Skip(f)
		}
	})
	return req
}
