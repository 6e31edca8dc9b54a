// Package columnar is the form in which the rows of a table travel: batches of Apache Arrow, as a SQL warehouse hands them out. It knows
// no warehouse and no file.
package columnar

import (
	"bytes"
	"fmt"
	"iter"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/ipc"
)

// sqlName is the key under which Databricks names the SQL type of a field. A decimal or an interval that travels as text would lose it.
const sqlName = "Spark:DataType:SqlName"

// Batch is a part of the rows of a result.
type Batch struct {
	// Record has the rows. Its memory is the garbage collector's, nobody releases it.
	Record arrow.Record
	// Message is the encapsulated message of the Arrow stream that the record was read from, padded to eight bytes; nil where it was made
	// or read otherwise. An Arrow file takes it as it is.
	Message []byte
}

// Batches are the parts of a result, in order. The first error ends them.
type Batches = iter.Seq2[Batch, error]

// SQLType is the type of a field in Databricks' own words, in upper case ("DECIMAL(10,2)", "INTERVAL DAY TO SECOND"), empty where nobody said.
func SQLType(f arrow.Field) string {
	at := f.Metadata.FindKey(sqlName)
	if at < 0 {
		return ""
	}
	return f.Metadata.Values()[at]
}

// Named is a field with the name of its SQL type.
func Named(f arrow.Field, sqlType string) arrow.Field {
	f.Metadata = arrow.NewMetadata([]string{sqlName}, []string{sqlType})
	return f
}

// SchemaMessage is a schema as the first message of an Arrow stream. The same schema gives the same bytes.
func SchemaMessage(schema *arrow.Schema) ([]byte, error) {
	var out bytes.Buffer
	if err := ipc.NewWriter(&out, ipc.WithSchema(schema)).Close(); err != nil {
		return nil, fmt.Errorf("write the columns: %w", err)
	}
	return out.Bytes()[:out.Len()-headLength], nil // without the mark of the end
}

// Project leaves the columns of those names of each batch, in the order of the names. What a batch has no column of is left out.
func Project(batches Batches, names []string) Batches {
	return func(yield func(Batch, error) bool) {
		for batch, err := range batches {
			if err == nil {
				batch = Batch{Record: project(batch.Record, names)}
			}
			if !yield(batch, err) {
				return
			}
		}
	}
}

func project(record arrow.Record, names []string) arrow.Record {
	var fields []arrow.Field
	var columns []arrow.Array
	for _, name := range names {
		for _, i := range record.Schema().FieldIndices(name) {
			fields, columns = append(fields, record.Schema().Field(i)), append(columns, record.Column(i))
		}
	}
	return array.NewRecord(arrow.NewSchema(fields, nil), columns, record.NumRows())
}
