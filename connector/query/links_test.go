package query

import (
	"errors"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// TestAFileHasAsManyRowsAsItsLinkNames reads files with rows behind those that count, with too few, and with columns of another name.
func TestAFileHasAsManyRowsAsItsLinkNames(t *testing.T) {
	schema := func(name string) *arrow.Schema {
		return arrow.NewSchema([]arrow.Field{{Name: name, Type: arrow.PrimitiveTypes.Int64}}, nil)
	}
	file := func(sizes ...int) columnar.Batches {
		return func(yield func(columnar.Batch, error) bool) {
			next := int64(0)
			for _, size := range sizes {
				b := array.NewInt64Builder(memory.DefaultAllocator)
				for range size {
					b.Append(next)
					next++
				}
				column := b.NewArray()
				if !yield(columnar.Batch{Record: array.NewRecord(schema("stale"), []arrow.Array{column}, int64(size)), Message: []byte{1}}, nil) {
					return
				}
			}
		}
	}
	for _, c := range []struct {
		sizes []int
		rows  int64
		fails bool
	}{{[]int{3, 4}, 7, false}, {[]int{3, 4}, 5, false}, {[]int{3, 4}, 3, false}, {[]int{3, 4}, 0, false}, {[]int{3, 4}, 8, true}, {nil, 1, true}, {nil, 0, false}} {
		var got, last int64
		var failed error
		for batch, err := range counted(schema("id"), file(c.sizes...), c.rows) {
			if failed = err; err != nil {
				break
			}
			got += batch.Record.NumRows()
			last = batch.Record.Column(0).(*array.Int64).Value(int(batch.Record.NumRows()) - 1)
			if batch.Record.Schema().Field(0).Name != "id" || batch.Message != nil {
				t.Errorf("it comes with %s, %v", batch.Record.Schema(), batch.Message)
			}
		}
		if errors.Is(failed, connector.ErrUnreadable) != c.fails || !c.fails && (got != c.rows || got > 0 && last != got-1) {
			t.Errorf("%v of %d: %d rows to %d, %v", c.sizes, c.rows, got, last, failed)
		}
	}
}

func TestOnlyLinksToConfirmedHostsAreFollowed(t *testing.T) {
	l := &Links{Offer: true, Hosts: []string{"store.example.net"}}
	for link, want := range map[string]error{
		"https://store.example.net/x?sig=1": nil, "https://STORE.example.net:443/x": nil, "https://store.example.net:8443/x": ErrHost, "https://other.example.net/x": ErrHost, "https://store.example.net.evil.org/": ErrHost,
		"http://store.example.net/x": connector.ErrUnreadable, "https://u:p@store.example.net/x": connector.ErrUnreadable, "file:///etc/passwd": connector.ErrUnreadable, "": connector.ErrUnreadable, "https://localhost/": connector.ErrUnreadable,
	} {
		if err := l.check([]string{"https://store.example.net/1", link}); !errors.Is(err, want) {
			t.Errorf("%s: %v", link, err)
		}
	}
}
