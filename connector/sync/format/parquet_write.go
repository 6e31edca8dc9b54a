package format

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"slices"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/rle"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	pq "github.com/parquet-go/parquet-go/format"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

const (
	parquetMagic = "PAR1"
	// A row group stays in memory, compressed, until it is written, because the pages of a column lie together. It has some 100,000 rows of ten
	// columns, as many as engines want to share out among their threads.
	mostOfGroup     = 6 << 20
	mostRowsOfGroup = 1 << 20
	// chunk is how many rows are taken from a batch at once: their levels fit the cache.
	chunk = 4096
	// window is how far back a page is compared with itself. The library's own holds 8 MiB for each file, and finds little more in a page.
	window = 256 << 10
)

// compact is how Parquet writes its own structures.
var compact thrift.CompactProtocol

// parquetWriter writes a Parquet file column by column. The pages of all columns are cut at the same rows, so that a reader that takes a
// page of each has whole rows.
type parquetWriter struct {
	to              io.Writer
	at              int64
	schema          *arrow.Schema
	layout          *layout
	columns         []*chunkWriter
	groups          []pq.RowGroup
	codec           *zstd.Encoder
	trail           trail
	scratch, packed []byte

	rows, weight int // since the last cut
	groupRows    int64
	groupBytes   int64
	allRows      int64
}

// chunkWriter gathers one column of a row group.
type chunkWriter struct {
	*leaf
	defs, reps, values   []byte
	rows                 []int32 // of the values that are not NULL, for each chunk anew
	bounds               bounds
	pages                [][]byte
	entries, nulls       int64
	pageNulls            int64
	plainSize, totalSize int64
}

func newParquetWriter(w io.Writer, schema *arrow.Schema) (*parquetWriter, error) {
	codec, err := zstd.NewWriter(nil,
		zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window), zstd.WithLowerEncoderMem(true),
		zstd.WithEncoderCRC(false), zstd.WithZeroFrames(true),
	)
	if err != nil {
		return nil, err
	}
	out := &parquetWriter{to: w, schema: schema, layout: layoutOf(schema), codec: codec}
	for _, l := range out.layout.leaves {
		out.columns = append(out.columns, &chunkWriter{leaf: l})
	}
	return out, out.write([]byte(parquetMagic))
}

func (w *parquetWriter) write(p []byte) error {
	n, err := w.to.Write(p)
	w.at += int64(n)
	return err
}

func (w *parquetWriter) Write(batch columnar.Batch) error {
	record := batch.Record
	if len(record.Columns()) != len(w.schema.Fields()) {
		return fmt.Errorf("a batch has %d columns and the table %d; read the table again", len(record.Columns()), len(w.schema.Fields()))
	}
	end := int(record.NumRows())
	for from := 0; from < end; {
		to := min(end, from+chunk, from+mostRows-w.rows)
		size := 0
		for {
			size = 0
			for _, column := range record.Columns() {
				size += weight(column, from, to)
			}
			if size <= mostBytes/2 || to-from == 1 {
				break
			}
			to = from + (to-from)/2
		}
		if w.rows > 0 && w.weight+size > mostBytes {
			if err := w.cut(); err != nil {
				return err
			}
		}
		for _, c := range w.columns {
			if err := c.take(&w.trail, record.Column(c.column), from, to); err != nil {
				return err
			}
		}
		w.rows, w.weight, from = w.rows+to-from, w.weight+size, to
		if w.rows >= mostRows {
			if err := w.cut(); err != nil {
				return err
			}
		}
	}
	return nil
}

// take appends the rows [from,to) of a column of the table.
func (c *chunkWriter) take(t *trail, column arrow.Array, from, to int) error {
	c.rows = c.rows[:0]
	if len(c.steps) == 0 {
		isNull := column.DataType().ID() == arrow.NULL
		noNull := column.NullN() == 0
		for i := from; i < to; i++ {
			def := byte(1)
			if noNull && !isNull || !isNull && column.IsValid(i) {
				c.rows = append(c.rows, int32(i))
			} else {
				def = 0
			}
			c.defs = append(c.defs, def)
		}
		return c.keep(column, to-from)
	}
	values, err := t.follow(c.leaf, column, from, to)
	if err != nil {
		return err
	}
	for _, p := range t.places {
		c.defs = append(c.defs, p.def)
		if c.maxRep > 0 {
			c.reps = append(c.reps, p.rep)
		}
		if p.index >= 0 {
			c.rows = append(c.rows, p.index)
		}
	}
	return c.keep(values, len(t.places))
}

// keep appends the values of a chunk that are not NULL.
func (c *chunkWriter) keep(values arrow.Array, entries int) (err error) {
	c.entries += int64(entries)
	c.pageNulls += int64(entries - len(c.rows))
	c.values, err = c.appendValues(c.values, &c.bounds, values, c.rows)
	return err
}

// cut ends the page of every column, and the row group where it is large.
func (w *parquetWriter) cut() error {
	for _, c := range w.columns {
		if err := w.page(c); err != nil {
			return err
		}
	}
	w.groupRows += int64(w.rows)
	w.rows, w.weight = 0, 0
	if w.groupBytes >= mostOfGroup || w.groupRows >= mostRowsOfGroup {
		return w.group()
	}
	return nil
}

// page encodes what a column gathered.
func (w *parquetWriter) page(c *chunkWriter) error {
	entries := len(c.defs)
	body := w.scratch[:0]
	var err error
	if c.maxRep > 0 {
		if body, err = appendLevels(body, c.reps, c.maxRep); err != nil {
			return err
		}
	}
	if body, err = appendLevels(body, c.defs, c.maxDef); err != nil {
		return err
	}
	if c.physical == pq.Boolean {
		body = appendBits(body, c.values)
	} else {
		body = append(body, c.values...)
	}
	packed := w.codec.EncodeAll(body, w.packed[:0])
	header, err := thrift.Marshal(&compact, pq.PageHeader{
		Type: pq.DataPage, UncompressedPageSize: int32(len(body)), CompressedPageSize: int32(len(packed)),
		DataPageHeader: thrift.New(pq.DataPageHeader{
			NumValues: int32(entries), Encoding: pq.Plain, DefinitionLevelEncoding: pq.RLE, RepetitionLevelEncoding: pq.RLE,
			Statistics: pq.Statistics{NullCount: c.pageNulls},
		}),
	})
	if err != nil {
		return err
	}
	c.pages = append(c.pages, slices.Concat(header, packed))
	c.nulls += c.pageNulls
	c.pageNulls = 0
	c.plainSize += int64(len(header) + len(body))
	c.totalSize += int64(len(header) + len(packed))
	w.groupBytes += int64(len(header) + len(packed))
	w.scratch, w.packed, c.values, c.defs, c.reps = kept(body), kept(packed), kept(c.values), c.defs[:0], c.reps[:0]
	return nil
}

// kept empties a buffer for the next page. One that a large row made is given back.
func kept(buffer []byte) []byte {
	if cap(buffer) > mostBytes {
		return nil
	}
	return buffer[:0]
}

// appendLevels appends levels behind their length.
func appendLevels(dst, levels []byte, most uint8) ([]byte, error) {
	encoding := rle.Encoding{BitWidth: bits.Len8(most)}
	packed, err := encoding.EncodeLevels(nil, levels)
	return append(binary.LittleEndian.AppendUint32(dst, uint32(len(packed))), packed...), err
}

// appendBits packs bytes that are 0 or 1, the lowest bit first.
func appendBits(dst, values []byte) []byte {
	for from := 0; from < len(values); from += 8 {
		packed := byte(0)
		for i, bit := range values[from:min(from+8, len(values))] {
			packed |= bit << i
		}
		dst = append(dst, packed)
	}
	return dst
}

// group writes the row group.
func (w *parquetWriter) group() error {
	if w.groupRows == 0 {
		return nil
	}
	g := pq.RowGroup{NumRows: w.groupRows, FileOffset: w.at, TotalCompressedSize: w.groupBytes, Ordinal: int16(min(len(w.groups), 1<<15-1))}
	for _, c := range w.columns {
		g.Columns = append(g.Columns, pq.ColumnChunk{MetaData: pq.ColumnMetaData{
			Type: c.physical, Encoding: thrift.Slice[pq.Encoding]{pq.Plain, pq.RLE}, PathInSchema: c.path, Codec: pq.Zstd, NumValues: c.entries,
			TotalUncompressedSize: c.plainSize, TotalCompressedSize: c.totalSize, DataPageOffset: w.at, Statistics: c.bounds.statistics(c.leaf, c.nulls),
		}})
		g.TotalByteSize += c.plainSize
		for i, page := range c.pages {
			if err := w.write(page); err != nil {
				return err
			}
			c.pages[i] = nil
		}
		*c = chunkWriter{leaf: c.leaf, defs: c.defs, reps: c.reps, values: c.values, rows: c.rows, pages: c.pages[:0]}
	}
	w.groups = append(w.groups, g)
	w.allRows += w.groupRows
	w.groupRows, w.groupBytes = 0, 0
	return nil
}

func (w *parquetWriter) Close() error {
	if w.rows > 0 {
		if err := w.cut(); err != nil {
			return err
		}
	}
	if err := w.group(); err != nil {
		return err
	}
	meta := pq.FileMetaData{
		Version: 2, Schema: w.layout.elements, NumRows: w.allRows, RowGroups: w.groups, KeyValueMetadata: sqlTypes(w.schema), CreatedBy: "draftt-databricks",
	}
	for range w.layout.leaves {
		meta.ColumnOrders = append(meta.ColumnOrders, pq.ColumnOrder{Value: &pq.TypeDefinedOrder{}})
	}
	footer, err := thrift.Marshal(&compact, meta)
	if err != nil {
		return err
	}
	footer = binary.LittleEndian.AppendUint32(footer, uint32(len(footer)))
	return w.write(append(footer, parquetMagic...))
}
