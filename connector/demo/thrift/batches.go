package thrift

import (
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/ipc"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// batchRows is the most rows in one batch; a page has several.
const batchRows = 10_000

// writeBatches writes a page's list of TSparkArrowBatch: messages without the
// schema in front, which the metadata carries.
func writeBatches(w *wire.Writer, p page) {
	n := (p.end - p.first + batchRows - 1) / batchRows
	w.List(wire.RowSetArrowBatches, wire.Struct, n)
	schema, head := p.op.native.Schema(p.result), len(p.op.native.SchemaBytes(p.result))
	for first := p.first; first < p.end; first += batchRows {
		end := min(first+batchRows, p.end)
		w.Binary(wire.ArrowBatchBytes, ipc.Batch(schema, p.result, first, end)[head:])
		w.I64(wire.ArrowBatchRowCount, int64(end-first))
		w.End()
	}
}

// Offer puts rows of a result on the storage host, for a client that takes them by links, and gives the link.
type Offer func(file []byte) (url string, expires time.Time)

// writeLinks writes a page's list of TSparkArrowResultLink, each to a whole stream of rows.
func writeLinks(w *wire.Writer, p page) {
	n := (p.end - p.first + partRows - 1) / partRows
	w.List(wire.RowSetResultLinks, wire.Struct, n)
	for first := p.first; first < p.end; first += partRows {
		end := min(first+partRows, p.end)
		file := p.op.native.File(p.result, first, end)
		url, expires := p.op.offer(file)
		w.String(wire.ResultLinkURL, url)
		w.I64(wire.ResultLinkExpiry, expires.Unix())
		w.I64(wire.ResultLinkStartRowOffset, int64(p.base+first))
		w.I64(wire.ResultLinkRowCount, int64(end-first))
		w.I64(wire.ResultLinkBytes, int64(len(file)))
		w.End()
	}
}

// isLong reports whether a result is handed out by links to a client that takes them: in Databricks small ones travel inline all the same.
func (op *operation) isLong(r *engine.Result) bool {
	return r != nil && (op.rest != nil || r.Rows >= longResult)
}
