package format

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/ipc"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

func TestEveryTypeIsReadBackAsItWasWritten(t *testing.T) {
	schema := every()
	for seed := range uint64(8) {
		m := maker{rand.New(rand.NewPCG(14, seed))}
		var records []arrow.Record
		for _, rows := range []int{0, 1, 7, 100, 1} {
			records = append(records, m.record(schema, rows, []float64{0, 0.1, 0.5, 1}[seed%4]))
		}
		for _, f := range All {
			same(t, f, records, readBack(t, f, written(t, f, schema, records...), schema))
		}
	}
}

func TestManyRowsComeInBoundedBatches(t *testing.T) {
	schema := arrow.NewSchema([]arrow.Field{field("id", arrow.PrimitiveTypes.Int64), field("many", arrow.ListOf(arrow.BinaryTypes.String)), field("text", arrow.BinaryTypes.String)}, nil)
	m := maker{rand.New(rand.NewPCG(1, 2))}
	records := []arrow.Record{m.record(schema, 25_000, 0.1), m.record(schema, 3, 0), m.record(schema, 10_000, 0.1)}
	for _, f := range All {
		got := readBack(t, f, written(t, f, schema, records...), schema)
		same(t, f, records, got)
		for _, r := range got {
			if r.NumRows() > mostRows {
				t.Errorf("%s: a batch of %d rows", f, r.NumRows())
			}
		}
	}
}

func TestNoRowsAndNoColumns(t *testing.T) {
	for _, schema := range []*arrow.Schema{every(), arrow.NewSchema(nil, nil), arrow.NewSchema([]arrow.Field{field("only", arrow.BinaryTypes.String)}, nil)} {
		for _, f := range All {
			if got := readBack(t, f, written(t, f, schema), schema); len(got) != 0 {
				t.Errorf("%s: %d batches of no rows", f, len(got))
			}
		}
	}
	none := arrow.NewSchema(nil, nil)
	for _, f := range All {
		got := readBack(t, f, written(t, f, none, array.NewRecord(none, nil, 3), array.NewRecord(none, nil, 2)), none)
		same(t, f, []arrow.Record{array.NewRecord(none, nil, 5)}, got)
	}
}

func TestLargeValues(t *testing.T) {
	schema := arrow.NewSchema([]arrow.Field{field("id", arrow.PrimitiveTypes.Int32), field("text", arrow.BinaryTypes.String), field("list", arrow.ListOf(arrow.BinaryTypes.Binary))}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	large := strings.Repeat("0123456789abcd\"\n", 1<<20)
	for i, text := range []string{"", large, "x", large[1:]} {
		b.Field(0).(*array.Int32Builder).Append(int32(i))
		b.Field(1).(*array.StringBuilder).Append(text)
		list := b.Field(2).(*array.ListBuilder)
		list.Append(true)
		list.ValueBuilder().(*array.BinaryBuilder).Append([]byte(text))
		list.ValueBuilder().AppendNull()
	}
	record := b.NewRecord()
	for _, f := range All {
		file := written(t, f, schema, record)
		got := readBack(t, f, file, schema)
		same(t, f, []arrow.Record{record}, got)
		if f == Parquet {
			if tail := file[len(file)-8:]; uint32(tail[0])|uint32(tail[1])<<8|uint32(tail[2])<<16 > 4096 {
				t.Error("a bound of a large text stands in the footer")
			}
			if len(got) < 3 {
				t.Errorf("rows of 32 MB came in %d batches", len(got))
			}
		}
	}
}

// TestAMessageIsCopied passes what no decoder would: the bytes of the message are those of the file.
func TestAMessageIsCopied(t *testing.T) {
	schema := every()
	record := maker{rand.New(rand.NewPCG(3, 4))}.record(schema, 50, 0.2)
	for _, option := range []ipc.Option{ipc.WithZstd(), ipc.WithLZ4(), ipc.WithAllocator(memory.DefaultAllocator)} {
		message := messageOf(t, record, option)
		var file bytes.Buffer
		w, err := NewWriter(Arrow, &file, schema)
		if err != nil {
			t.Fatal(err)
		}
		unread := array.NewRecord(schema, record.Columns(), record.NumRows())
		for _, batch := range []columnar.Batch{{Message: message}, {Record: unread}, {Record: unread, Message: message}} {
			if err := w.Write(batch); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(file.Bytes(), message); n < 2 {
			t.Errorf("the message is %d times in the file", n)
		}
		same(t, Arrow, []arrow.Record{record, record, record}, readBack(t, Arrow, file.Bytes(), schema))
	}
}

// messageOf is the message of a record in a stream, as a warehouse sends it.
func messageOf(t testing.TB, record arrow.Record, options ...ipc.Option) []byte {
	var schema, stream bytes.Buffer
	options = append(options, ipc.WithSchema(record.Schema()))
	if err := ipc.NewWriter(&schema, options...).Close(); err != nil {
		t.Fatal(err)
	}
	w := ipc.NewWriter(&stream, options...)
	if err := w.Write(record); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return stream.Bytes()[schema.Len()-8 : stream.Len()-8]
}

func TestWhatAFormatDoesNotHold(t *testing.T) {
	twice := arrow.NewSchema([]arrow.Field{field("a", arrow.PrimitiveTypes.Int32), field("a", arrow.PrimitiveTypes.Int32)}, nil)
	inside := arrow.NewSchema([]arrow.Field{field("s", arrow.ListOf(arrow.StructOf(field("x", utc)))), field("n", arrow.PrimitiveTypes.Uint8)}, nil)
	deep := arrow.DataType(utc)
	for range 40 {
		deep = arrow.ListOf(deep)
	}
	for _, c := range []struct {
		schema  *arrow.Schema
		refused []Format
		column  string
	}{
		{twice, []Format{Parquet, NDJSON}, "a"},
		{arrow.NewSchema([]arrow.Field{field("s", arrow.StructOf())}, nil), []Format{Parquet}, "s"},
		{inside, All, "n"},
		{arrow.NewSchema([]arrow.Field{field("l", arrow.ListOf(arrow.FixedWidthTypes.Timestamp_ns))}, nil), All, "l.element"},
		{arrow.NewSchema([]arrow.Field{field("d", decimal(39, 0))}, nil), All, "d"},
		{arrow.NewSchema([]arrow.Field{field("deep", deep)}, nil), All, "deep"},
		{every(), nil, ""},
	} {
		for _, f := range All {
			var refused []string
			for _, lack := range Lacks(f, c.schema) {
				if lack.Why == "" || lack.Remedy == "" || lack.Type == "" {
					t.Errorf("%s: %+v says too little", f, lack)
				}
				if lack.Refused {
					refused = append(refused, lack.Column)
				}
			}
			wanted := strings.Contains(fmt.Sprint(c.refused), string(f))
			_, err := NewWriter(f, new(bytes.Buffer), c.schema)
			if wanted != (len(refused) > 0) || wanted != (err != nil) || wanted && !strings.HasPrefix(refused[0], c.column) {
				t.Errorf("%s of %s: %v, %v", f, c.schema, refused, err)
			}
		}
	}
	for _, f := range []Format{CSV, Arrow} {
		record := maker{rand.New(rand.NewPCG(5, 6))}.record(twice, 20, 0.5)
		same(t, f, []arrow.Record{record}, readBack(t, f, written(t, f, twice, record), twice))
	}
}

func TestBytesThatAreNoTextAreKeptOrRefused(t *testing.T) {
	schema := arrow.NewSchema([]arrow.Field{field("word", arrow.BinaryTypes.String), field("list", arrow.ListOf(arrow.BinaryTypes.String))}, nil)
	for _, bad := range []string{"\xff", "a\xc3", "\xed\xa0\x80", "\xc0\x80"} {
		for column := range 2 {
			b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
			if column == 0 {
				b.Field(0).(*array.StringBuilder).Append(bad)
				b.Field(1).AppendNull()
			} else {
				b.Field(0).AppendNull()
				b.Field(1).(*array.ListBuilder).Append(true)
				b.Field(1).(*array.ListBuilder).ValueBuilder().(*array.StringBuilder).Append(bad)
			}
			record := b.NewRecord()
			for _, f := range []Format{Parquet, Arrow} {
				same(t, f, []arrow.Record{record}, readBack(t, f, written(t, f, schema, record), schema))
			}
			for _, f := range []Format{NDJSON, CSV} {
				w, err := NewWriter(f, new(bytes.Buffer), schema)
				if err != nil {
					t.Fatal(err)
				}
				if err = w.Write(columnar.Batch{Record: record}); err == nil || !strings.Contains(err.Error(), schema.Field(column).Name) || !strings.Contains(err.Error(), "choose parquet") {
					t.Errorf("%s of %q: %v", f, bad, err)
				}
			}
		}
	}
}

func TestADamagedFileIsAnError(t *testing.T) {
	schema := every()
	m := maker{rand.New(rand.NewPCG(7, 8))}
	record := m.record(schema, 40, 0.2)
	for _, f := range All {
		file := written(t, f, schema, record)
		ends := 0
		for range 30 {
			cut := file[:m.IntN(len(file))]
			for _, err := range Read(f, bytes.NewReader(cut), int64(len(cut)), schema) {
				if err != nil {
					ends++
				}
			}
			bad := bytes.Clone(file)
			bad[m.IntN(len(bad))] ^= byte(1 + m.IntN(255))
			for range Read(f, bytes.NewReader(bad), int64(len(bad)), schema) { // which may be another value, and no end of the program
			}
		}
		if ends < 25 {
			t.Errorf("%s: %d of 30 files that were cut short were errors", f, ends)
		}
		other := arrow.NewSchema([]arrow.Field{field("another", utc)}, nil)
		met := error(nil)
		for _, err := range Read(f, bytes.NewReader(file), int64(len(file)), other) {
			met = err
		}
		if met == nil {
			t.Errorf("%s: rows of another schema are read", f)
		}
	}
}

func TestWhoTakesTheRowsMayEndThem(t *testing.T) {
	schema := every()
	record := maker{rand.New(rand.NewPCG(9, 9))}.record(schema, 10, 0.2)
	for _, f := range All {
		file := written(t, f, schema, record, record)
		for range Read(f, bytes.NewReader(file), int64(len(file)), schema) {
			break
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: the fault of who takes the rows was swallowed", f)
				}
			}()
			for range Read(f, bytes.NewReader(file), int64(len(file)), schema) {
				panic("no room")
			}
		}()
	}
}

func TestNamesOfFormats(t *testing.T) {
	for _, f := range All {
		if got, err := Parse(" " + strings.ToUpper(string(f))); err != nil || got != f || f.Extension() != "."+string(f) {
			t.Errorf("%s: %s, %v", f, got, err)
		}
	}
	if _, err := Parse("avro"); err == nil || !strings.Contains(err.Error(), "parquet") {
		t.Error(err)
	}
	for _, form := range Forms() {
		for _, f := range All {
			if form.In(f) == "" {
				t.Errorf("%s has no form in %s", form.Type, f)
			}
		}
	}
}
