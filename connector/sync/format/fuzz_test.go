package format

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// again writes what a reader took and reads it once more: rows that a text gives are rows that can be written, and the same ones.
func again(t *testing.T, f Format, text []byte) {
	schema := every()
	var records []arrow.Record
	for batch, err := range Read(f, bytes.NewReader(text), int64(len(text)), schema) {
		if err != nil {
			return
		}
		records = append(records, batch.Record)
	}
	var file bytes.Buffer
	w, err := NewWriter(f, &file, schema)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if err := w.Write(columnar.Batch{Record: r}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	same(t, f, records, readBack(t, f, file.Bytes(), schema))
}

func FuzzNDJSON(f *testing.F) { fuzz(f, NDJSON) }

func FuzzCSV(f *testing.F) { fuzz(f, CSV) }

func fuzz(f *testing.F, format Format) {
	for seed := range uint64(3) {
		f.Add(written(f, format, every(), maker{rand.New(rand.NewPCG(20, seed))}.record(every(), 2, 0.3)))
	}
	f.Fuzz(func(t *testing.T, text []byte) { again(t, format, text) })
}
