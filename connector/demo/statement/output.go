package statement

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// inlineLimit is the documented size of a result in bytes beyond which a
// statement with disposition INLINE fails.
const inlineLimit = 25 << 20

// manifest describes a result.
type manifest struct {
	Format     string      `json:"format"`
	Schema     schema      `json:"schema"`
	ChunkCount int         `json:"total_chunk_count"`
	Chunks     []chunkInfo `json:"chunks,omitempty"`
	RowCount   int         `json:"total_row_count"`
	ByteCount  int         `json:"total_byte_count,omitempty"` // of files
	Truncated  bool        `json:"truncated"`

	Compression string `json:"result_compression,omitempty"` // of files, where the client asked for one
}

type schema struct {
	ColumnCount int      `json:"column_count"`
	Columns     []column `json:"columns,omitempty"`
}

type column struct {
	Name      string `json:"name"`
	TypeText  string `json:"type_text"`
	TypeName  string `json:"type_name"`
	Position  int    `json:"position"`
	Precision *int   `json:"type_precision,omitempty"`
	Scale     *int   `json:"type_scale,omitempty"`
}

type chunkInfo struct {
	Index     int `json:"chunk_index"`
	RowOffset int `json:"row_offset"`
	RowCount  int `json:"row_count"`
	ByteCount int `json:"byte_count,omitempty"` // of a file's rows as texts
}

// chunk is a part of a result: rows of texts, in which NULL is null.
type chunk struct {
	chunkInfo
	NextIndex *int        `json:"next_chunk_index,omitempty"`
	NextLink  string      `json:"next_chunk_internal_link,omitempty"`
	Data      [][]*string `json:"data_array"`
}

// output is a result in the form in which it is handed out.
type output struct {
	manifest manifest
	rows     [][]*string
	size     int       // of its texts
	held     int       // in memory
	external *external // in place of rows, of a result that is fetched by links
}

// valueOverhead is about how many bytes a value takes in memory besides its text.
const valueOverhead = 16

// typeNames are the names of types in this API where they are not those of SQL.
var typeNames = map[engine.Kind]string{engine.TinyInt: "BYTE", engine.SmallInt: "SHORT", engine.BigInt: "LONG"}

// newOutput turns a result into texts, up to the request's limits.
func newOutput(ctx context.Context, r *engine.Result, req *request, chunkRows int) (*output, error) {
	out := &output{rows: [][]*string{}}
	out.manifest = manifest{Format: "JSON_ARRAY", Schema: schemaOf(r)}
	for i := range r.Rows {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		row, size := texts(r, i)
		if req.RowLimit > 0 && int64(i) >= req.RowLimit || req.ByteLimit > 0 && int64(out.size+size) > req.ByteLimit {
			out.manifest.Truncated = true
			break
		}
		if out.size += size; out.size > inlineLimit {
			return nil, &engine.Error{Class: "INLINE_BYTE_LIMIT_EXCEEDED", SQLState: "54000", Message: fmt.Sprintf(
				"Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result size of at most %d bytes. "+
					"Please execute the statement with disposition=EXTERNAL_LINKS if you want to download the full result.", inlineLimit)}
		}
		out.rows = append(out.rows, row)
	}
	out.manifest.RowCount = len(out.rows)
	for first := 0; first < len(out.rows); first += chunkRows {
		out.manifest.Chunks = append(out.manifest.Chunks, chunkInfo{Index: len(out.manifest.Chunks), RowOffset: first, RowCount: min(chunkRows, len(out.rows)-first)})
	}
	out.manifest.ChunkCount = len(out.manifest.Chunks)
	out.held = out.size + len(out.rows)*len(r.Columns)*valueOverhead
	return out, nil
}

func schemaOf(r *engine.Result) schema {
	s := schema{ColumnCount: len(r.Columns)}
	for i, c := range r.Columns {
		name, special := typeNames[c.Type.Kind]
		if !special {
			name = c.Type.SQLName()
		}
		col := column{Name: c.Name, Position: i, TypeText: c.Type.SQLText(), TypeName: name}
		if c.Type.Kind == engine.Decimal {
			col.Precision, col.Scale = &c.Type.Precision, &c.Type.Scale
		}
		s.Columns = append(s.Columns, col)
	}
	return s
}

// part is part n of the result, or the link to it.
func (o *output) part(id string, n int) (any, error) {
	switch {
	case o.external == nil:
		return o.chunk(id, n), nil
	case o.external.attached != nil:
		return attachment{o.manifest.Chunks[n], o.external.attached}, nil
	}
	return o.link(id, n), nil
}

// chunk is part n of the result; an empty result has one empty part.
func (o *output) chunk(id string, n int) *chunk {
	if n >= len(o.manifest.Chunks) {
		return &chunk{Data: [][]*string{}}
	}
	info := o.manifest.Chunks[n]
	c := &chunk{chunkInfo: info, Data: o.rows[info.RowOffset : info.RowOffset+info.RowCount]}
	if next := n + 1; next < len(o.manifest.Chunks) {
		c.NextIndex = &next
		c.NextLink = Path + "/" + id + "/result/chunks/" + strconv.Itoa(next) + "?row_offset=" + strconv.Itoa(info.RowOffset+info.RowCount)
	}
	return c
}

// first is the part that comes with the statement: of an empty result, nothing.
func (o *output) first(id string) (any, error) {
	if len(o.manifest.Chunks) == 0 {
		return struct{}{}, nil
	}
	return o.part(id, 0)
}

// texts is one row, and its size in bytes.
func texts(r *engine.Result, i int) (row []*string, size int) {
	row = make([]*string, len(r.Columns))
	for j, c := range r.Columns {
		v := r.Value(i, j)
		if v == nil {
			continue
		}
		text := valueText(v, c.Type)
		row[j] = &text
		size += len(text)
	}
	return row, size
}

// valueText writes a value as the API does: timestamps in ISO 8601, binary
// values in base64, what is inside a nested value as texts, everything else as
// a cast to STRING writes it.
func valueText(v any, t engine.Type) string {
	switch v := v.(type) {
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	case string:
		switch t.Kind {
		case engine.Timestamp:
			return isoTimestamp(v, t.Zoneless())
		case engine.Array, engine.Map, engine.Struct:
			return nestedText(v, t)
		}
	}
	return engine.FormatValue(v, t)
}

// isoTimestamp has milliseconds, whatever more there is, and no zone where the
// type has none.
func isoTimestamp(text string, zoneless bool) string {
	day, clock, _ := strings.Cut(text, " ")
	seconds, fraction, _ := strings.Cut(clock, ".")
	zone := "Z"
	if zoneless {
		zone = ""
	}
	return day + "T" + seconds + "." + (fraction + "000")[:3] + zone
}
