package compare

import (
	"context"
	"errors"
	"fmt"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// ErrTwice says that several rows have the same key, so that it cannot be said which of them another replaces.
var ErrTwice = errors.New("several rows have the same key: name another key, or read the whole table and compare")

// Upsert says what changes where rows take the place of those of before that have the same key, and the others come to them. A row that is as it
// was changes nothing. All of the rows and those that they replace are held in memory, so it ends with ErrTooManyChanges where either are above
// the limit. It ends with ErrKey without a key, with ErrTwice where a key of the rows is in several of them or of before, and with ErrFeed where their columns
// are not those of before.
func Upsert(ctx context.Context, before Side, rows columnar.Batches, key []string, limit Limit) (*Net, error) {
	n := &Net{at: map[entry]int{}}
	came := map[entry]bool{} // the keys, and whether before has a row of each
	newer, replaced := holding{limit: limit}, holding{limit: limit}
	if len(key) == 0 {
		return nil, fmt.Errorf("the key %w", ErrKey)
	}
	for batch, err := range rows {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = newer.add(batch.Record)
		}
		if err == nil {
			err = n.come(before.Schema, batch.Record, key, came)
		}
		if err != nil {
			return nil, fmt.Errorf("read the newer rows: %w", err)
		}
	}
	if n.Schema != nil {
		if err := n.leave(ctx, before, came, &replaced); err != nil {
			return nil, fmt.Errorf("read the rows that newer ones replace: %w", err)
		}
	}
	n.count()
	return n, ctx.Err()
}

// holding is what is held in memory of the rows of one side.
type holding struct {
	limit Limit
	sum   Limit
}

func (h *holding) add(rec arrow.Record) error {
	h.sum.Rows += rec.NumRows()
	for _, column := range rec.Columns() {
		h.sum.Bytes += bytesIn(column.Data())
	}
	if h.sum.Rows > h.limit.Rows || h.sum.Bytes > h.limit.Bytes {
		return ErrTooManyChanges
	}
	return nil
}

// come adds rows that take the place of others.
func (n *Net) come(before *arrow.Schema, rec arrow.Record, key []string, came map[entry]bool) error {
	if n.hashing == nil {
		if drift := Drift(before, rec.Schema()); len(drift) > 0 {
			return fmt.Errorf("%w (column %s is not in both, or not of one type)", ErrFeed, drift[0].Column)
		}
		of, err := newHashing(drawn(), rec.Schema().Fields(), key)
		if err != nil {
			return err
		}
		n.hashing, n.Schema = of, rec.Schema()
	}
	return n.hashing.each(rec, func(row int, hash entry) error {
		group := entry{hash[0], hash[1] >> 32}
		if _, twice := came[group]; twice {
			return ErrTwice
		}
		came[group] = false
		n.at[hash] = len(n.rows)
		n.rows = append(n.rows, netRow{hash: hash, more: 1, record: rec, index: row})
		return nil
	})
}

// leave takes the rows of before away that have a key of those that came. Of each batch only these are kept.
func (n *Net) leave(ctx context.Context, before Side, came map[entry]bool, held *holding) error {
	for _, open := range before.Parts {
		for batch, err := range open(ctx) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return err
			}
			var hashes []entry
			var rows []int
			if err := n.hashing.each(batch.Record, func(row int, hash entry) error {
				group := entry{hash[0], hash[1] >> 32}
				had, replaced := came[group]
				if had {
					return ErrTwice
				}
				if !replaced {
					return nil
				}
				came[group] = true
				if at, same := n.at[hash]; same { // it came as it was
					n.rows[at].more--
					return nil
				}
				hashes, rows = append(hashes, hash), append(rows, row)
				return nil
			}); err != nil {
				return err
			}
			if len(rows) == 0 {
				continue
			}
			copied, err := copyOf(batch.Record, rows)
			if err == nil {
				err = held.add(copied)
			}
			if err != nil {
				return err
			}
			for i, hash := range hashes {
				n.at[hash] = len(n.rows)
				n.rows = append(n.rows, netRow{hash: hash, more: -1, record: copied, index: i})
			}
		}
	}
	return nil
}

// copyOf is a record of some rows of another, without the memory of that.
func copyOf(rec arrow.Record, rows []int) (arrow.Record, error) {
	columns := make([]arrow.Array, rec.NumCols())
	for i := range columns {
		each := make([]arrow.Array, len(rows))
		for j, row := range rows {
			each[j] = array.NewSlice(rec.Column(i), int64(row), int64(row)+1)
		}
		var err error
		if columns[i], err = array.Concatenate(each, memory.DefaultAllocator); err != nil {
			return nil, fmt.Errorf("copy rows: %w", err)
		}
	}
	return array.NewRecord(rec.Schema(), columns, int64(len(rows))), nil
}
