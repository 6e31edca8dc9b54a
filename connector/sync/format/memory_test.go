package format

import (
	"io"
	"runtime"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// TestAWriterKeepsNoMoreThanARowGroup writes far more than it may keep, of rows that do not compress.
func TestAWriterKeepsNoMoreThanARowGroup(t *testing.T) {
	wide := make([]arrow.Field, 1000)
	for i := range wide {
		wide[i] = field("c", arrow.BinaryTypes.Binary)
		wide[i].Name += string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
	}
	for _, c := range []struct {
		name                 string
		schema               *arrow.Schema
		rows, bytes, batches int
		most                 uint64
	}{
		{"many rows", arrow.NewSchema([]arrow.Field{field("text", arrow.BinaryTypes.Binary), field("id", arrow.PrimitiveTypes.Int64)}, nil), 20_000, 100, 100, 24 << 20},
		{"rows of 1 MB in 1,000 columns", arrow.NewSchema(wide, nil), 8, 1000, 25, 48 << 20},
		{"values of 16 MB", arrow.NewSchema([]arrow.Field{field("text", arrow.BinaryTypes.Binary), field("id", arrow.PrimitiveTypes.Int64)}, nil), 1, 16 << 20, 12, 48 << 20},
	} {
		record := noise(c.schema, c.rows, c.bytes)
		for _, f := range All {
			w, err := NewWriter(f, io.Discard, c.schema)
			if err != nil {
				t.Fatal(err)
			}
			before, most := inUse(), uint64(0)
			for range c.batches {
				if err := w.Write(columnar.Batch{Record: record}); err != nil {
					t.Fatal(err)
				}
				if now := inUse(); now > before {
					most = max(most, now-before)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if t.Logf("%s, %s: %d MB kept", c.name, f, most>>20); most > c.most {
				t.Errorf("%s, %s: %d MB are kept, which may be %d", c.name, f, most>>20, c.most>>20)
			}
		}
	}
}

// inUse is what is kept, without what nobody uses any more.
func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// noise are rows that do not compress.
func noise(schema *arrow.Schema, rows, size int) arrow.Record {
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	seed := uint64(14)
	value := make([]byte, size)
	for row := range rows {
		for i := range value {
			seed = seed*6364136223846793005 + 1442695040888963407
			value[i] = byte(seed >> 56)
		}
		for i := range schema.Fields() {
			switch to := b.Field(i).(type) {
			case *array.BinaryBuilder:
				to.Append(value)
			case *array.Int64Builder:
				to.Append(int64(row))
			}
		}
	}
	return b.NewRecord()
}
