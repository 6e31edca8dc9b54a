package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/memory"
)

// lines reads a file line by line, a line of any length.
type lines struct {
	from *bufio.Reader
	long []byte
}

func newLines(file io.Reader) *lines { return &lines{from: bufio.NewReaderSize(file, gathered)} }

// next gives a line without its end, good until the next one is asked for. A last line without an end was not written whole.
func (l *lines) next() ([]byte, error) {
	l.long = l.long[:0]
	for {
		part, err := l.from.ReadSlice('\n')
		switch {
		case err == nil && len(l.long) == 0:
			return part[:len(part)-1], nil
		case err == nil:
			l.long = append(l.long, part[:len(part)-1]...)
			return l.long, nil
		case errors.Is(err, bufio.ErrBufferFull):
			l.long = append(l.long, part...)
		case errors.Is(err, io.EOF) && len(part)+len(l.long) > 0:
			return nil, errors.New("its last line has no end")
		default:
			return nil, err
		}
	}
}

// gatherer makes records of rows.
type gatherer struct {
	builder *array.RecordBuilder
	rows    int
	bytes   int
	give    func(arrow.Record) bool
}

func newGatherer(schema *arrow.Schema, give func(arrow.Record) bool) *gatherer {
	return &gatherer{builder: array.NewRecordBuilder(memory.DefaultAllocator, schema), give: give}
}

// row tells that another row is in the builders, made of so many bytes.
func (g *gatherer) row(size int) (more bool) {
	g.rows, g.bytes = g.rows+1, g.bytes+size
	if g.rows < mostRows && g.bytes < mostBytes {
		return true
	}
	return g.flush()
}

func (g *gatherer) flush() (more bool) {
	if g.rows == 0 {
		return true
	}
	record := g.builder.NewRecord()
	if len(record.Columns()) == 0 {
		record = array.NewRecord(record.Schema(), nil, int64(g.rows))
	}
	g.rows, g.bytes = 0, 0
	return g.give(record)
}

// readLines hands out the rows of NDJSON.
func readLines(file io.Reader, schema *arrow.Schema, give func(arrow.Record) bool) error {
	source, out := newLines(file), newGatherer(schema, give)
	row := objectTaker(schema.Fields(), func(i int) array.Builder { return out.builder.Field(i) })
	for number := 1; ; number++ {
		line, err := source.next()
		switch {
		case errors.Is(err, io.EOF):
			out.flush()
			return nil
		case err != nil:
			return damaged(NDJSON, "line %d: %w", number, err)
		}
		c := &cursor{text: line}
		if err = row(c); err == nil {
			err = c.end()
		}
		if err != nil {
			return damaged(NDJSON, "line %d: %w", number, err)
		}
		if !out.row(len(line)) {
			return nil
		}
	}
}

// readCSV hands out the rows of CSV.
func readCSV(file io.Reader, schema *arrow.Schema, give func(arrow.Record) bool) error {
	source, out := newLines(file), newGatherer(schema, give)
	takers := make([]fieldTaker, len(schema.Fields()))
	for i := range takers {
		takers[i] = fieldTakerOf(out.builder.Field(i))
	}
	heading := func(i int, text []byte, _ bool) error {
		if name := schema.Field(i).Name; string(text) != name {
			return fmt.Errorf("column %d is %.40q and not %q", i+1, text, name)
		}
		return nil
	}
	value := func(i int, text []byte, quoted bool) error { return takers[i](text, quoted) }
	for number := 0; ; number++ {
		line, err := record(source)
		if errors.Is(err, io.EOF) && number > 0 {
			out.flush()
			return nil
		}
		if err == nil {
			if number == 0 {
				err = fields(line, len(takers), heading)
			} else {
				err = fields(line, len(takers), value)
			}
		}
		if err != nil {
			return damaged(CSV, "row %d: %w", number, err)
		}
		if number > 0 && !out.row(len(line)) {
			return nil
		}
	}
}

// record gives the lines of one row of CSV without the end: a line that ends within quotes goes on in the next.
func record(source *lines) ([]byte, error) {
	line, err := source.next()
	if err != nil {
		return nil, err
	}
	if quotes := bytes.Count(line, []byte(`"`)); quotes%2 != 0 {
		whole := bytes.Clone(line)
		for quotes%2 != 0 {
			if line, err = source.next(); errors.Is(err, io.EOF) {
				return nil, errors.New("a quote is not closed")
			} else if err != nil {
				return nil, err
			}
			quotes += bytes.Count(line, []byte(`"`))
			whole = append(append(whole, '\n'), line...)
		}
		line = whole
	}
	if line, ok := bytes.CutSuffix(line, []byte("\r")); ok {
		return line, nil
	}
	return nil, errors.New("a line does not end with CR and LF")
}

// fields takes the fields of a row, which must be as many as there are columns.
func fields(line []byte, columns int, take func(i int, text []byte, quoted bool) error) error {
	if columns == 0 && len(line) == 0 {
		return nil
	}
	rest, more := line, true
	for i := 0; more; i++ {
		if i == columns {
			return fmt.Errorf("it has more than %d fields", columns)
		}
		var text []byte
		quoted := len(rest) > 0 && rest[0] == '"'
		if quoted {
			var err error
			if text, rest, err = unquote(rest[1:]); err != nil {
				return err
			}
			if more = len(rest) > 0; more && rest[0] != ',' {
				return errors.New("text stands behind a closed quote")
			} else if more {
				rest = rest[1:]
			}
		} else if text, rest, more = bytes.Cut(rest, []byte(",")); bytes.IndexByte(text, '"') >= 0 || bytes.IndexByte(text, '\r') >= 0 {
			return errors.New("a quote or line end stands in a field without quotes")
		}
		if err := take(i, text, quoted); err != nil {
			return fmt.Errorf("field %d: %w", i+1, err)
		}
		if !more && i+1 != columns {
			return fmt.Errorf("it has %d fields and not %d", i+1, columns)
		}
	}
	return nil
}

// unquote reads to the quote that closes, where two stand for one.
func unquote(text []byte) (value, rest []byte, err error) {
	for {
		quote := bytes.IndexByte(text, '"')
		switch {
		case quote < 0:
			return nil, nil, errors.New("a quote is not closed")
		case quote+1 < len(text) && text[quote+1] == '"':
			value, text = append(value, text[:quote+1]...), text[quote+2:]
		case value == nil:
			return text[:quote], text[quote+1:], nil
		default:
			return append(value, text[:quote]...), text[quote+1:], nil
		}
	}
}
