package format

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// csvWriter writes RFC 4180 with a header. A NULL is an empty field, an empty text is two quotes.
type csvWriter struct {
	lines  lineWriter
	schema *arrow.Schema
	headed bool
}

func newCSVWriter(w io.Writer, schema *arrow.Schema) *csvWriter {
	return &csvWriter{lines: lineWriter{to: w}, schema: schema}
}

// head writes the names of the columns, once.
func (w *csvWriter) head() error {
	if w.headed {
		return nil
	}
	w.headed = true
	var s scribe
	s.format = CSV
	for i, field := range w.schema.Fields() {
		if i > 0 {
			w.lines.buffer = append(w.lines.buffer, ',')
		}
		if !utf8.ValidString(field.Name) {
			s.notText(field.Name)
		}
		w.lines.buffer = appendField(w.lines.buffer, field.Name)
	}
	w.lines.buffer = append(w.lines.buffer, "\r\n"...)
	return s.wrong
}

func (w *csvWriter) Write(batch columnar.Batch) error {
	if err := w.head(); err != nil {
		return err
	}
	s := &scribe{format: CSV}
	pens := make([]pen, len(batch.Record.Columns()))
	for i, column := range batch.Record.Columns() {
		s.column = batch.Record.ColumnName(i)
		pens[i] = s.field(column)
	}
	for row := range int(batch.Record.NumRows()) {
		for i, write := range pens {
			if i > 0 {
				w.lines.buffer = append(w.lines.buffer, ',')
			}
			w.lines.buffer = write(w.lines.buffer, row)
		}
		if w.lines.buffer = append(w.lines.buffer, "\r\n"...); s.wrong != nil {
			return s.wrong
		}
		if len(w.lines.buffer) >= gathered {
			if err := w.lines.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *csvWriter) Close() error {
	if err := w.head(); err != nil {
		return err
	}
	return w.lines.flush()
}

// field is a pen for a column of CSV.
func (s *scribe) field(column arrow.Array) pen {
	write := s.filled(column)
	return func(dst []byte, row int) []byte {
		if column.IsNull(row) {
			return dst
		}
		return write(dst, row)
	}
}

func (s *scribe) filled(column arrow.Array) pen {
	switch c := column.(type) {
	case *array.Float32:
		return float(func(row int) float64 { return float64(c.Value(row)) }, 32, "")
	case *array.Float64:
		return float(c.Value, 64, "")
	case *array.String:
		name := s.column
		return func(dst []byte, row int) []byte {
			text := c.Value(row)
			if !utf8.ValidString(text) {
				s.notText(name)
			}
			return appendField(dst, text)
		}
	case *array.Null:
		return func(dst []byte, _ int) []byte { return dst }
	case *array.Binary:
		write, _ := bare(column)
		return func(dst []byte, row int) []byte {
			if c.ValueLen(row) == 0 {
				return append(dst, `""`...)
			}
			return write(dst, row)
		}
	}
	if write, _ := bare(column); write != nil {
		return write
	}
	write := s.json(column)
	var text []byte
	return func(dst []byte, row int) []byte {
		text = write(text[:0], row)
		return appendField(dst, string(text))
	}
}

// appendField appends a text as a field, in quotes where it is empty or where its end could not be told without. Blanks at its ends are
// quoted for readers that trim.
func appendField(dst []byte, text string) []byte {
	if text != "" && text[0] != ' ' && text[len(text)-1] != ' ' && !strings.ContainsAny(text, ",\"\r\n") {
		return append(dst, text...)
	}
	dst = append(dst, '"')
	for {
		quote := strings.IndexByte(text, '"')
		if quote < 0 {
			return append(append(dst, text...), '"')
		}
		dst = append(append(dst, text[:quote]...), `""`...)
		text = text[quote+1:]
	}
}
