package format

import (
	"fmt"
	"io"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// Rows writes the rows of one record as members of NDJSON objects.
type Rows struct {
	scribe  scribe
	keys    []string
	members []pen
}

// NewRows prepares the rows of a record. It is cheap beside a thousand rows and dear beside one.
func NewRows(record arrow.Record) *Rows {
	r := &Rows{scribe: scribe{format: NDJSON}}
	for i, column := range record.Columns() {
		r.scribe.column = record.ColumnName(i)
		r.keys = append(r.keys, r.scribe.key(record.ColumnName(i), i > 0))
		r.members = append(r.members, r.scribe.json(column))
	}
	return r
}

// Append appends the members of a row, without the braces around them.
func (r *Rows) Append(dst []byte, row int) ([]byte, error) {
	for i, write := range r.members {
		dst = write(append(dst, r.keys[i]...), row)
	}
	return dst, r.scribe.wrong
}

// AppendRow appends one row of a record as the members of an NDJSON object, without the braces around them. For many rows use NewRows.
func AppendRow(dst []byte, record arrow.Record, row int) ([]byte, error) {
	if row < 0 || int64(row) >= record.NumRows() {
		return dst, fmt.Errorf("the batch has %d rows, and none of the number %d", record.NumRows(), row)
	}
	return NewRows(record).Append(dst, row)
}

// gathered is how many bytes of text are written at once.
const gathered = 256 << 10

type lineWriter struct {
	to     io.Writer
	buffer []byte
}

func newLineWriter(w io.Writer) *lineWriter { return &lineWriter{to: w} }

func (w *lineWriter) Write(batch columnar.Batch) error {
	rows := NewRows(batch.Record)
	for row := range int(batch.Record.NumRows()) {
		line, err := rows.Append(append(w.buffer, '{'), row)
		if err != nil {
			return err
		}
		if w.buffer = append(line, '}', '\n'); len(w.buffer) >= gathered {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush writes what was gathered. A buffer that a large row made is given back.
func (w *lineWriter) flush() error {
	_, err := w.to.Write(w.buffer)
	if w.buffer = w.buffer[:0]; cap(w.buffer) > 4*gathered {
		w.buffer = nil
	}
	return err
}

func (w *lineWriter) Close() error { return w.flush() }
