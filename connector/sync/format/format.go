// Package format writes the rows of a table to a part file, as Parquet, NDJSON, CSV or an Arrow file, and reads them back as they were.
// What each type of Databricks becomes in each format stands in Forms; what a format cannot hold is told by Lacks before a run.
package format

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// Format is the form of a part file.
type Format string

// The formats that part files are written in.
const (
	Parquet Format = "parquet"
	NDJSON  Format = "ndjson"
	CSV     Format = "csv"
	Arrow   Format = "arrow"
)

// All are the formats, the default first.
var All = []Format{Parquet, NDJSON, CSV, Arrow}

// Parse gives the format that a person named.
func Parse(text string) (Format, error) {
	if f := Format(strings.ToLower(strings.TrimSpace(text))); slices.Contains(All, f) {
		return f, nil
	}
	return "", fmt.Errorf("%q is no format of files: choose parquet, ndjson, csv or arrow", text)
}

// Extension is the end of the name of a part file, with its dot.
func (f Format) Extension() string { return "." + string(f) }

// Writer writes one part file.
type Writer interface {
	// Write appends the rows of a batch. Nothing of the batch is used after it returns.
	Write(batch columnar.Batch) error
	// Close writes the end of the file. The file below stays open.
	Close() error
}

// How much a writer gathers before it writes, and a reader before it hands out. A row that is larger stands alone.
const (
	mostRows  = 20_000
	mostBytes = 8 << 20
)

// NewWriter begins a part file for rows of a schema. What Lacks refuses for the schema, it refuses.
func NewWriter(f Format, w io.Writer, schema *arrow.Schema) (Writer, error) {
	if err := refusal(f, schema); err != nil {
		return nil, err
	}
	switch f {
	case Parquet:
		return newParquetWriter(w, schema)
	case NDJSON:
		return newLineWriter(w), nil
	case CSV:
		return newCSVWriter(w, schema), nil
	case Arrow:
		return newArrowWriter(w, schema)
	}
	return nil, fmt.Errorf("%q is no format of files", f)
}

// Read gives the rows of a part file that a Writer wrote, in batches of bounded size and in their order. The file is of so many bytes.
func Read(f Format, file io.ReaderAt, size int64, schema *arrow.Schema) columnar.Batches {
	return func(yield func(columnar.Batch, error) bool) {
		err := refusal(f, schema)
		if err == nil {
			give := func(record arrow.Record) bool { return yield(columnar.Batch{Record: record}, nil) }
			err = read(f, io.NewSectionReader(file, 0, size), schema, give)
		}
		if err != nil {
			yield(columnar.Batch{}, err)
		}
	}
}

// read hands out batches until give wants no more. What a damaged file makes of a library is an error as well.
func read(f Format, file *io.SectionReader, schema *arrow.Schema, give func(arrow.Record) bool) (err error) {
	handing := false
	defer func() {
		if wrong := recover(); wrong != nil {
			if handing { // the fault is of who takes the rows
				panic(wrong)
			}
			err = damaged(f, "%v", wrong)
		}
	}()
	hand := func(record arrow.Record) bool {
		handing = true
		more := give(record)
		handing = false
		return more
	}
	switch f {
	case Parquet:
		return readParquet(file, schema, hand)
	case NDJSON:
		return readLines(file, schema, hand)
	case CSV:
		return readCSV(file, schema, hand)
	case Arrow:
		return readArrow(file, schema, hand)
	}
	return fmt.Errorf("%q is no format of files", f)
}

// damaged is the error of a file that no Writer wrote for the schema.
func damaged(f Format, why string, about ...any) error {
	return fmt.Errorf("the %s file is not as it was written: %w; read the table again", f, fmt.Errorf(why, about...))
}
