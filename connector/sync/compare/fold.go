package compare

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// changeType is the column of a change feed that says what became of a row.
const changeType = "_change_type"

// feedColumns are those that a change feed has beside the columns of its table.
var feedColumns = []string{changeType, "_commit_version", "_commit_timestamp"}

var (
	// ErrTooManyChanges says that a change feed is larger than what is held of one.
	ErrTooManyChanges = errors.New("the change feed has more rows than are held in memory: read the whole table and compare")
	// ErrFeed says that a change feed and the rows of before do not fit together.
	ErrFeed = errors.New("the change feed does not fit the rows of the last run: read the whole table and compare")
)

// Limit is how much of a change feed is held: of what it has, not of what stays of it.
type Limit struct{ Rows, Bytes int64 }

// Net is what is left of a change feed over any number of versions: how many of each row to remove and to add.
type Net struct {
	// Added, Changed and Removed are as those of a comparison.
	Added, Changed, Removed int64
	// Schema has the columns of the table alone. It is nil where the feed had no row.
	Schema *arrow.Schema

	hashing *hashing
	rows    []netRow      // in the order in which the feed named them first
	at      map[entry]int // in rows
	pairs   map[entry]int64
}

// netRow is a row, and how many more of it there are than before.
type netRow struct {
	hash   entry
	more   int64
	record arrow.Record
	index  int
}

// Fold reads a change feed to its end: the columns of a table, and those that table_changes adds. Rows are a multiset, so the order of the
// versions says nothing: one that came and went is none, and so is one that was changed and changed back. Of the rows of one key, where a key
// is named, as many as went and came are changed. All of the feed is held in memory, so it ends with ErrTooManyChanges above the limit.
func Fold(ctx context.Context, feed columnar.Batches, key []string, limit Limit) (*Net, error) {
	n := &Net{at: map[entry]int{}}
	var rows, size int64
	for batch, err := range feed {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("read the change feed: %w", err)
		}
		rows += batch.Record.NumRows()
		for _, column := range batch.Record.Columns() {
			size += bytesIn(column.Data())
		}
		if rows > limit.Rows || size > limit.Bytes {
			return nil, ErrTooManyChanges
		}
		if err := n.take(batch.Record, key); err != nil {
			return nil, err
		}
	}
	n.count()
	return n, ctx.Err()
}

// take folds a batch of the feed.
func (n *Net) take(feed arrow.Record, key []string) error {
	found := feed.Schema().FieldIndices(changeType)
	if len(found) != 1 {
		return fmt.Errorf("%w (it has no column %s)", ErrFeed, changeType)
	}
	kinds, ok := feed.Column(found[0]).(*array.String)
	if !ok {
		return fmt.Errorf("%w (its column %s is no text)", ErrFeed, changeType)
	}
	rec := table(feed)
	if n.hashing == nil {
		of, err := newHashing(drawn(), rec.Schema().Fields(), key)
		if err != nil {
			return err
		}
		n.hashing, n.Schema = of, rec.Schema()
	}
	return n.hashing.each(rec, func(row int, hash entry) error {
		if kinds.IsNull(row) {
			return fmt.Errorf("%w (a row of it does not say what became of it)", ErrFeed)
		}
		at, known := n.at[hash]
		if !known {
			at = len(n.rows)
			n.at[hash] = at
			n.rows = append(n.rows, netRow{hash: hash, record: rec, index: row})
		}
		switch t := Type(kinds.Value(row)); t {
		case Insert, Postimage:
			n.rows[at].more++
		case Delete, Preimage:
			n.rows[at].more--
		default:
			return fmt.Errorf("%w (it has a change that is none of insert, delete, update_preimage and update_postimage)", ErrFeed)
		}
		return nil
	})
}

// table is a batch of the feed without the columns that the table does not have.
func table(feed arrow.Record) arrow.Record {
	var fields []arrow.Field
	var columns []arrow.Array
next:
	for i, f := range feed.Schema().Fields() {
		for _, added := range feedColumns {
			if strings.EqualFold(f.Name, added) {
				continue next
			}
		}
		fields, columns = append(fields, f), append(columns, feed.Column(i))
	}
	return array.NewRecord(arrow.NewSchema(fields, nil), columns, feed.NumRows())
}

func bytesIn(data arrow.ArrayData) int64 {
	var size int64
	for _, b := range data.Buffers() {
		size += int64(len(held(b)))
	}
	for _, child := range data.Children() {
		size += bytesIn(child)
	}
	return size
}

// group is the key of a row.
func (r *netRow) group() entry { return entry{r.hash[0], r.hash[1] >> 32} }

// count says of how many rows of each key there are both that went and that came.
func (n *Net) count() {
	type sum struct{ gone, came int64 }
	sums := map[entry]sum{}
	for i := range n.rows {
		r := &n.rows[i]
		n.Added += max(r.more, 0)
		n.Removed += max(-r.more, 0)
		if n.hashing.key != nil && r.more != 0 {
			s := sums[r.group()]
			s.came += max(r.more, 0)
			s.gone += max(-r.more, 0)
			sums[r.group()] = s
		}
	}
	n.pairs = map[entry]int64{}
	for key, s := range sums {
		if pairs := min(s.gone, s.came); pairs > 0 {
			n.pairs[key] = pairs
			n.Changed += pairs
		}
	}
	n.Added -= n.Changed
	n.Removed -= n.Changed
}

// Rows gives the rows that changed over all of the feed, with the columns of the table: of those of a key each that went stands before the one that
// came in its place. It can be asked again.
func (n *Net) Rows() iter.Seq[Change] {
	return func(yield func(Change) bool) {
		both := n.sides()
		for i := range n.rows {
			r := &n.rows[i]
			if key := r.group(); n.pairs[key] > 0 {
				of := both[key]
				delete(both, key) // with the first row of a key all are told
				if of != nil && !of.tell(yield) {
					return
				}
				continue
			}
			t := Insert
			if r.more < 0 {
				t = Delete
			}
			for range max(r.more, -r.more) {
				if !yield(r.as(t)) {
					return
				}
			}
		}
	}
}
