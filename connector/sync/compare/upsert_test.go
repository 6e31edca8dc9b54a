package compare

import (
	"context"
	"errors"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// pairs are rows of two columns, in one batch.
func pairs(values ...[2]int64) columnar.Batches {
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{{Name: "id", Type: arrow.PrimitiveTypes.Int64}, {Name: "n", Type: arrow.PrimitiveTypes.Int64}}, nil))
	for _, v := range values {
		b.Field(0).(*array.Int64Builder).Append(v[0])
		b.Field(1).(*array.Int64Builder).Append(v[1])
	}
	rec := b.NewRecord()
	return func(yield func(columnar.Batch, error) bool) { yield(columnar.Batch{Record: rec}, nil) }
}

func TestRowsTakeThePlaceOfThoseWithTheSameKey(t *testing.T) {
	schema := arrow.NewSchema([]arrow.Field{{Name: "id", Type: arrow.PrimitiveTypes.Int64}, {Name: "n", Type: arrow.PrimitiveTypes.Int64}}, nil)
	before := func(values ...[2]int64) Side {
		return Side{Schema: schema, Parts: []Part{func(context.Context) columnar.Batches { return pairs(values...) }}}
	}
	old := before([2]int64{1, 10}, [2]int64{2, 20}, [2]int64{3, 30})
	for _, c := range []struct {
		name                    string
		before                  Side
		came                    columnar.Batches
		key                     []string
		limit                   int64
		added, changed, removed int64
		want                    error
	}{
		{"one changed, one as it was, one new", old, pairs([2]int64{1, 11}, [2]int64{2, 20}, [2]int64{4, 40}), []string{"id"}, 9, 1, 1, 0, nil},
		{"none", old, pairs(), []string{"id"}, 9, 0, 0, 0, nil},
		{"a key twice among those that came", old, pairs([2]int64{4, 1}, [2]int64{4, 2}), []string{"id"}, 9, 0, 0, 0, ErrTwice},
		{"a key twice among those before", before([2]int64{1, 10}, [2]int64{1, 11}), pairs([2]int64{1, 12}), []string{"id"}, 9, 0, 0, 0, ErrTwice},
		{"a row twice before, that comes as it was", before([2]int64{1, 10}, [2]int64{1, 10}), pairs([2]int64{1, 10}), []string{"id"}, 9, 0, 0, 0, ErrTwice},
		{"no key", old, pairs([2]int64{1, 11}), nil, 9, 0, 0, 0, ErrKey},
		{"a key that is no column", old, pairs([2]int64{1, 11}), []string{"x"}, 9, 0, 0, 0, ErrKey},
		{"as many as are held", old, pairs([2]int64{1, 11}, [2]int64{2, 21}), []string{"id"}, 2, 0, 2, 0, nil},
		{"one more than is held", old, pairs([2]int64{1, 11}, [2]int64{2, 21}, [2]int64{3, 31}), []string{"id"}, 2, 0, 0, 0, ErrTooManyChanges},
		{"one new more than is held", old, pairs([2]int64{7, 1}, [2]int64{8, 2}, [2]int64{9, 3}), []string{"id"}, 2, 0, 0, 0, ErrTooManyChanges},
	} {
		t.Run(c.name, func(t *testing.T) {
			net, err := Upsert(t.Context(), c.before, c.came, c.key, Limit{Rows: c.limit, Bytes: 1 << 20})
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Fatal(err)
			}
			if err != nil {
				return
			}
			if net.Added != c.added || net.Changed != c.changed || net.Removed != c.removed {
				t.Errorf("%d added, %d changed, %d removed", net.Added, net.Changed, net.Removed)
			}
			kept, err := Apply(t.Context(), c.before, net)
			if err != nil || int64(kept[0].Removed) != c.changed {
				t.Errorf("%d rows go: %v", kept[0].Removed, err)
			}
		})
	}
}
