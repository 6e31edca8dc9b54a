package format

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/ipc"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// arrowMagic stands at both ends of a file of Arrow, padded to eight bytes at the first.
const arrowMagic = "ARROW1"

// block is where a message lies in the file.
type block struct {
	offset int64
	meta   int32
	body   int64
}

// arrowWriter writes the file format of Arrow's IPC. A message that came from the warehouse is copied, what was made here is encoded.
type arrowWriter struct {
	to      *sink
	schema  *arrow.Schema
	encoder *ipc.Writer
	blocks  []block
	footer  []byte // of a file of the same schema that has no rows
}

// sink counts what is written through it and keeps the start of each message.
type sink struct {
	to   io.Writer
	at   int64
	head []byte
}

func (s *sink) Write(p []byte) (int, error) {
	if missing := 8 - len(s.head); missing > 0 {
		s.head = append(s.head, p[:min(missing, len(p))]...)
	}
	n, err := s.to.Write(p)
	s.at += int64(n)
	return n, err
}

// later leaves out the first bytes, which are the schema that the encoder would write once more.
type later struct {
	to   io.Writer
	skip int
}

func (l *later) Write(p []byte) (int, error) {
	left := min(l.skip, len(p))
	l.skip -= left
	n, err := l.to.Write(p[left:])
	return left + n, err
}

func newArrowWriter(w io.Writer, schema *arrow.Schema) (*arrowWriter, error) {
	message, footer, err := emptyFile(schema)
	if err != nil {
		return nil, err
	}
	out := &arrowWriter{to: &sink{to: w}, schema: schema, footer: footer}
	if _, err := out.to.Write(append([]byte(arrowMagic+"\x00\x00"), message...)); err != nil {
		return nil, err
	}
	out.encoder = ipc.NewWriter(&later{to: out.to, skip: len(message)}, ipc.WithSchema(schema))
	return out, nil
}

// emptyFile gives the message of a schema, and the footer of a file that has nothing else.
func emptyFile(schema *arrow.Schema) (message, footer []byte, err error) {
	var stream, file bytes.Buffer
	if err := ipc.NewWriter(&stream, ipc.WithSchema(schema)).Close(); err != nil {
		return nil, nil, err
	}
	message = stream.Bytes()[:stream.Len()-len(endOfStream)]
	empty, err := ipc.NewFileWriter(&seekable{&file}, ipc.WithSchema(schema))
	if err == nil {
		err = empty.Close()
	}
	if err != nil {
		return nil, nil, err
	}
	all := file.Bytes()
	end := len(all) - len(arrowMagic) - 4
	if end < 0 {
		return nil, nil, fmt.Errorf("the encoder of Arrow wrote %d bytes of a file", len(all))
	}
	size := int(binary.LittleEndian.Uint32(all[end:]))
	return message, all[end-size : end], nil
}

// seekable is a buffer as the encoder of files wants it, which seeks for nothing but to learn where it is.
type seekable struct{ *bytes.Buffer }

func (s seekable) Seek(offset int64, whence int) (int64, error) { return int64(s.Len()), nil }

// endOfStream is the message that ends a stream.
const endOfStream = "\xff\xff\xff\xff\x00\x00\x00\x00"

func (w *arrowWriter) Write(batch columnar.Batch) error {
	from := w.to.at
	w.to.head = w.to.head[:0]
	var err error
	switch {
	case batch.Message == nil:
		err = w.encode(batch.Record)
	case len(batch.Message) < 8 || len(batch.Message)%8 != 0:
		err = fmt.Errorf("a message of Arrow has %d bytes and not a multiple of eight; read the table again", len(batch.Message))
	default:
		_, err = w.to.Write(batch.Message)
	}
	if err != nil {
		return err
	}
	meta := int64(binary.LittleEndian.Uint32(w.to.head)) + 4
	if meta == 0xffffffff+4 { // the mark before the length, which older writers left out
		meta = int64(binary.LittleEndian.Uint32(w.to.head[4:])) + 8
	}
	size := w.to.at - from
	if meta%8 != 0 || meta > size {
		return fmt.Errorf("a message of Arrow of %d bytes says that its head has %d; read the table again", size, meta)
	}
	w.blocks = append(w.blocks, block{offset: from, meta: int32(meta), body: size - meta})
	return nil
}

// encode writes a record of which there is no message. A column with BINARY in it is copied before, because the encoder of this version of
// Arrow cannot cut a part of no values out of a BINARY.
func (w *arrowWriter) encode(record arrow.Record) error {
	columns := slices.Clone(record.Columns())
	for i, column := range columns {
		binary := false
		walk(record.Schema().Field(i), "", 0, func(f arrow.Field, _ string, _ int) { binary = binary || f.Type.ID() == arrow.BINARY })
		if !binary {
			continue
		}
		var err error
		if columns[i], err = array.Concatenate([]arrow.Array{column}, memory.DefaultAllocator); err != nil {
			return err
		}
	}
	return w.encoder.Write(array.NewRecord(w.schema, columns, record.NumRows()))
}

func (w *arrowWriter) Close() error {
	footer, err := footerOf(w.footer, w.blocks)
	if err != nil {
		return err
	}
	end := append([]byte(endOfStream), footer...)
	end = binary.LittleEndian.AppendUint32(end, uint32(len(footer)))
	_, err = w.to.Write(append(end, arrowMagic...))
	return err
}

// sparing gives no more memory at once than the values of a file may need. A damaged file asks for any number of bytes.
type sparing struct {
	memory.GoAllocator
	most int64
}

func (s *sparing) Allocate(size int) []byte {
	if int64(size) > s.most {
		panic(fmt.Sprintf("a part of it says that it has %d bytes", size))
	}
	return s.GoAllocator.Allocate(size)
}

func (s *sparing) Reallocate(size int, b []byte) []byte {
	if int64(size) > s.most {
		panic(fmt.Sprintf("a part of it says that it has %d bytes", size))
	}
	return s.GoAllocator.Reallocate(size, b)
}

// readArrow hands out the records of a file, in parts where one is long.
func readArrow(file *io.SectionReader, schema *arrow.Schema, give func(arrow.Record) bool) error {
	reader, err := ipc.NewFileReader(file, ipc.WithSchema(schema), ipc.WithAllocator(&sparing{most: 64<<20 + 64*file.Size()}))
	if err != nil {
		return damaged(Arrow, "%w", err)
	}
	defer reader.Close()
	for i := range reader.NumRecords() {
		record, err := reader.Record(i)
		if err != nil {
			return damaged(Arrow, "%w", err)
		}
		for from := int64(0); from < record.NumRows(); from += mostRows {
			if !give(record.NewSlice(from, min(from+mostRows, record.NumRows()))) {
				return nil
			}
		}
	}
	return nil
}
