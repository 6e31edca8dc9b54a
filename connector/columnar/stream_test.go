package columnar_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/ipc"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// stream is a stream of batches of numbers and texts, with a list inside a struct beside them.
func stream(t testing.TB, batches int, how ...ipc.Option) []byte {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{
		columnar.Named(arrow.Field{Name: "n", Type: arrow.PrimitiveTypes.Int64, Nullable: true}, "BIGINT"),
		{Name: "s", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "in", Type: arrow.StructOf(arrow.Field{Name: "l", Type: arrow.ListOf(arrow.BinaryTypes.String), Nullable: true}), Nullable: true},
	}, nil)
	var out bytes.Buffer
	w := ipc.NewWriter(&out, append(how, ipc.WithSchema(schema))...)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	for i := range batches {
		b.Field(0).(*array.Int64Builder).AppendValues([]int64{int64(i), 7}, []bool{true, false})
		b.Field(1).(*array.StringBuilder).AppendValues([]string{"", "資"}, nil)
		inner := b.Field(2).(*array.StructBuilder)
		inner.Append(true)
		list := inner.FieldBuilder(0).(*array.ListBuilder)
		list.Append(true)
		list.ValueBuilder().(*array.StringBuilder).Append("x")
		inner.AppendNull()
		if err := w.Write(b.NewRecord()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAStreamIsReadInItsBatches(t *testing.T) {
	text := stream(t, 3)
	schema, err := columnar.Schema(text)
	if err != nil || columnar.SQLType(schema.Field(0)) != "BIGINT" || columnar.SQLType(schema.Field(1)) != "" {
		t.Fatalf("the columns are %v: %v", schema, err)
	}
	var read int64
	for batch, err := range columnar.Read(text) {
		if err != nil {
			t.Fatal(err)
		}
		if n := batch.Record.Column(0).(*array.Int64); n.Value(0) != read || !n.IsNull(1) {
			t.Errorf("batch %d has %v", read, n)
		}
		if len(batch.Message)%8 != 0 || !bytes.Contains(text, batch.Message) {
			t.Errorf("the message of batch %d is none of the stream", read)
		}
		read++
	}
	if read != 3 {
		t.Errorf("%d batches", read)
	}
}

func TestWhatNobodyAskedForIsRefused(t *testing.T) {
	whole := stream(t, 1)
	for odd, text := range map[string][]byte{
		"nothing": {}, "compressed": stream(t, 1, ipc.WithLZ4()), "no columns": whole[len(whole)-8:], "no Arrow": []byte("<html>portal</html>"),
	} {
		if err := firstError(text); !errors.Is(err, columnar.ErrMalformed) {
			t.Errorf("%s: %v", odd, err)
		}
	}
	for n := 1; n < len(whole)-8; n += 3 {
		if err := firstError(whole[:n]); err != nil && !errors.Is(err, columnar.ErrMalformed) {
			t.Fatalf("the first %d bytes: %v", n, err)
		}
	}
}

func firstError(text []byte) error {
	if _, err := columnar.Schema(text); err != nil {
		return err
	}
	for _, err := range columnar.Read(text) {
		if err != nil {
			return err
		}
	}
	return nil
}

// FuzzRead looks for a stream that is not told from a good one: it would end the program, or take all the memory.
func FuzzRead(f *testing.F) {
	f.Add(stream(f, 2))
	f.Add(stream(f, 1, ipc.WithZstd()))
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := firstError(text); err != nil && !errors.Is(err, columnar.ErrMalformed) {
			t.Errorf("%v", err)
		}
	})
}
