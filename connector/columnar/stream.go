package columnar

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/ipc"

	"github.com/draftt-io/draftt-databricks/contain"
)

// ErrMalformed is a stream that is not what the format of Arrow says, or that uses what nobody asked for.
var ErrMalformed = errors.New("the rows are not a stream of Apache Arrow")

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, args...))
}

// Read gives the batches of an Arrow stream that is in memory, which they keep. The library that decodes them reserves what a message
// names, and panics where one is not what it takes for granted: every length is held against what is there first. Errors are of kind
// ErrMalformed.
func Read(stream []byte) Batches {
	return func(yield func(Batch, error) bool) {
		messages, err := split(stream)
		if err != nil {
			yield(Batch{}, err)
			return
		}
		if len(messages) == 0 || messages[0].kind != schemaMessage {
			yield(Batch{}, malformed("it does not begin with its columns"))
			return
		}
		for _, m := range messages[1:] {
			if m.kind != batchMessage {
				yield(Batch{}, malformed("it has a message of kind %d", m.kind))
				return
			}
			record, err := decode(messages[0].text, m.text)
			if err != nil {
				yield(Batch{}, err)
				return
			}
			if !yield(Batch{Record: record, Message: m.text}, nil) {
				return
			}
		}
	}
}

// Schema reads the columns that an Arrow stream begins with.
func Schema(stream []byte) (*arrow.Schema, error) {
	messages, err := split(stream)
	if err != nil {
		return nil, err
	}
	if len(messages) == 0 || messages[0].kind != schemaMessage {
		return nil, malformed("it does not begin with its columns")
	}
	var schema *arrow.Schema
	err = guarded(func() error {
		r, err := ipc.NewReader(bytes.NewReader(messages[0].text))
		if err != nil {
			return err
		}
		schema = r.Schema()
		return nil
	})
	return schema, err
}

// decode reads one batch behind its schema.
func decode(schema, batch []byte) (record arrow.Record, err error) {
	err = guarded(func() error {
		r, err := ipc.NewReader(&pair{schema, batch})
		if err != nil {
			return err
		}
		record, err = r.Read()
		return err
	})
	return record, err
}

// guarded runs a call into the library and makes an error of kind ErrMalformed of whatever goes wrong there.
func guarded(call func() error) error {
	var err error
	if fault := contain.Run("reading rows", func() { err = call() }); fault != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, fault)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return nil
}

// pair is two texts behind each other.
type pair struct{ first, then []byte }

func (p *pair) Read(into []byte) (int, error) {
	if len(p.first) == 0 {
		p.first, p.then = p.then, nil
	}
	n := copy(into, p.first)
	p.first = p.first[n:]
	if n == 0 && len(into) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// message is one of a stream, with the head that says how long it is.
type message struct {
	kind byte
	text []byte
}

// The kinds of messages, and the fields of the tables that are looked at, from Arrow's Message.fbs and Schema.fbs.
const (
	schemaMessage = 1
	batchMessage  = 3

	messageKind   = 1 // Message
	messageHeader = 2
	messageBody   = 3

	batchRows        = 0 // RecordBatch
	batchBuffers     = 2
	batchCompression = 3

	schemaFields    = 1 // Schema
	fieldDictionary = 4 // Field
	fieldChildren   = 5

	mostBatchRows = 1 << 20 // a column of type VOID has no bytes that would bound them

	mostFields = 100_000 // of a schema, those inside others included
	mostDepth  = 100

	headLength = 8  // the mark and the length of the metadata
	bufferSize = 16 // of a Buffer: where it begins in the body, and its length
)

// split takes a stream apart, up to the mark of its end or the end of the text.
func split(stream []byte) (messages []message, err error) {
	for len(stream) > 0 {
		if len(stream) < headLength || binary.LittleEndian.Uint32(stream) != 0xffffffff {
			return nil, malformed("a message has no head")
		}
		size := int(int32(binary.LittleEndian.Uint32(stream[4:])))
		if size == 0 {
			return messages, nil
		}
		if size < 0 || size%8 != 0 || size > len(stream)-headLength {
			return nil, malformed("a message names more than there is")
		}
		m := table{text: stream[headLength : headLength+size]}
		root := m.at(m.u32(0))
		kind, body := root.byte(messageKind), root.i64(messageBody)
		rest := len(stream) - headLength - size
		if m.broken || root.broken || body < 0 || body%8 != 0 || body > int64(rest) {
			return nil, malformed("a message names more than there is")
		}
		end := headLength + size + int(body)
		switch kind {
		case batchMessage:
			err = checkBuffers(root.table(messageHeader), body)
		case schemaMessage:
			left := mostFields
			err = checkFields(root.table(messageHeader), schemaFields, &left, 0)
		}
		if err != nil {
			return nil, err
		}
		messages = append(messages, message{kind, stream[:end:end]})
		stream = stream[end:]
	}
	return messages, nil
}

// checkBuffers holds what a batch says of its buffers against the body they lie in.
func checkBuffers(batch table, body int64) error {
	if batch.field(batchCompression) != 0 {
		return malformed("its rows are compressed, which was not asked for")
	}
	if rows := batch.i64(batchRows); rows < 0 || rows > mostBatchRows {
		return malformed("a batch has %d rows", rows)
	}
	all := int64(0) // the library copies each of them, so that none may be named twice
	for _, b := range batch.vector(batchBuffers, bufferSize) {
		at, length := int64(binary.LittleEndian.Uint64(b)), int64(binary.LittleEndian.Uint64(b[8:]))
		if at < 0 || length < 0 || at > body || length > body-at || length > body-all {
			return malformed("a column names more than there is")
		}
		all += length
	}
	if batch.broken {
		return malformed("a message ends within a value")
	}
	return nil
}

// checkFields walks through the columns of a schema and what is inside them. A field can name one around it as its own part, and the library
// would follow it until there is no stack any more.
func checkFields(of table, number int, left *int, depth int) error {
	places := of.tables(number)
	if *left -= len(places); *left < 0 || depth > mostDepth {
		return malformed("it has more columns than a table can have")
	}
	for _, field := range places {
		if field.field(fieldDictionary) != 0 {
			return malformed("a column is in a form that was not asked for")
		}
		if err := checkFields(field, fieldChildren, left, depth+1); err != nil {
			return err
		}
	}
	if of.broken {
		return malformed("a message ends within a value")
	}
	return nil
}
