package format

import (
	"fmt"
	"io"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/decimal128"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// ten is a schema of ten flat columns, as the figures of the design have them.
func ten() *arrow.Schema {
	return arrow.NewSchema([]arrow.Field{
		field("id", arrow.PrimitiveTypes.Int64), field("count", arrow.PrimitiveTypes.Int32), field("ratio", arrow.PrimitiveTypes.Float64), field("name", arrow.BinaryTypes.String),
		field("place", arrow.BinaryTypes.String), field("is", arrow.FixedWidthTypes.Boolean), field("day", arrow.FixedWidthTypes.Date32), field("at", utc), field("price", decimal(12, 2)), field("note", arrow.BinaryTypes.String),
	}, nil)
}

func tenRows(rows, from int) arrow.Record {
	b := array.NewRecordBuilder(memory.DefaultAllocator, ten())
	seed := uint64(from)*2862933555777941757 + 3037000493
	for i := range rows {
		seed = seed*6364136223846793005 + 1442695040888963407
		n := from + i
		b.Field(0).(*array.Int64Builder).Append(int64(n))
		b.Field(1).(*array.Int32Builder).Append(int32(seed >> 40))
		b.Field(2).(*array.Float64Builder).Append(float64(seed>>11) / 1e9)
		b.Field(3).(*array.StringBuilder).Append(fmt.Sprintf("component-%d", seed>>44))
		b.Field(4).(*array.StringBuilder).Append([]string{"eu-west-1", "us-east-1", "ap-south-1"}[seed>>60%3])
		b.Field(5).(*array.BooleanBuilder).Append(seed>>50&1 == 1)
		b.Field(6).(*array.Date32Builder).Append(arrow.Date32(18000 + seed>>52))
		b.Field(7).(*array.TimestampBuilder).Append(arrow.Timestamp(1.7e15 + int64(n)*1000))
		b.Field(8).(*array.Decimal128Builder).Append(decimal128.FromI64(int64(seed >> 34)))
		if n%10 == 0 {
			b.Field(9).AppendNull()
		} else {
			b.Field(9).(*array.StringBuilder).Append(fmt.Sprintf("seen by scan %d of the estate", seed>>54))
		}
	}
	return b.NewRecord()
}

// BenchmarkWrite gives rows per second on one core, with the bytes of a row in the file.
func BenchmarkWrite(b *testing.B) {
	var batches []columnar.Batch
	for i := range 4 {
		record := tenRows(25_000, i*25_000)
		batches = append(batches, columnar.Batch{Record: record, Message: messageOf(b, record)})
	}
	for _, f := range All {
		b.Run(string(f), func(b *testing.B) {
			var size counted
			w, err := NewWriter(f, &size, ten())
			if err != nil {
				b.Fatal(err)
			}
			rows := 0
			for b.Loop() {
				for _, batch := range batches {
					if err := w.Write(batch); err != nil {
						b.Fatal(err)
					}
					rows += int(batch.Record.NumRows())
				}
			}
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(size)/float64(rows), "B/row")
		})
	}
}

// BenchmarkRead gives the rows per second of reading back.
func BenchmarkRead(b *testing.B) {
	record := tenRows(100_000, 0)
	for _, f := range All {
		file := written(b, f, ten(), record)
		b.Run(string(f), func(b *testing.B) {
			rows := 0
			for b.Loop() {
				for _, r := range readBack(b, f, file, ten()) {
					rows += int(r.NumRows())
				}
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

type counted int64

func (c *counted) Write(p []byte) (int, error) {
	*c += counted(len(p))
	return len(p), nil
}

var _ io.Writer = (*counted)(nil)
