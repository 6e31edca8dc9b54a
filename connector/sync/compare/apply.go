package compare

import (
	"context"
	"fmt"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// Kept is what stays of a part.
type Kept struct {
	// Removed is how many of its rows go. Where it is zero the file stays as it is and need not be written anew.
	Removed int

	open Part
	gone []int64 // the rows that go, in order
}

// Apply says what stays of each part of before when the rows of a change feed that went have gone; those that came are the feed's to give. It
// reads the parts once, none where nothing went, and holds 8 bytes for each row that goes. It ends with ErrFeed where the columns of the feed
// are not those of before, or where a row went that was not there: before anything of the answer is used.
func Apply(ctx context.Context, before Side, net *Net) ([]Kept, error) {
	kept := make([]Kept, len(before.Parts))
	for i, open := range before.Parts {
		kept[i].open = open
	}
	if net.Schema == nil {
		return kept, nil
	}
	if drift := Drift(before.Schema, net.Schema); len(drift) > 0 {
		return nil, fmt.Errorf("%w (column %s is not in both, or not of one type)", ErrFeed, drift[0].Column)
	}
	leaving, open := map[entry]int64{}, int64(0)
	for i := range net.rows {
		if r := &net.rows[i]; r.more < 0 {
			leaving[r.hash] = -r.more
			open -= r.more
		}
	}
	for i := range kept {
		if open == 0 {
			return kept, nil
		}
		if err := kept[i].look(ctx, net.hashing, leaving); err != nil {
			return nil, err
		}
		open -= int64(kept[i].Removed)
	}
	if open > 0 {
		return nil, fmt.Errorf("%w (%d rows went that were not there)", ErrFeed, open)
	}
	return kept, nil
}

// look finds the rows of the part that go.
func (k *Kept) look(ctx context.Context, hashing *hashing, leaving map[entry]int64) error {
	base := int64(0)
	for batch, err := range k.open(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("read the rows that a change feed is applied to: %w", err)
		}
		if err := hashing.each(batch.Record, func(row int, hash entry) error {
			if left := leaving[hash]; left > 0 {
				leaving[hash] = left - 1
				k.gone = append(k.gone, base+int64(row))
			}
			return nil
		}); err != nil {
			return err
		}
		base += batch.Record.NumRows()
	}
	k.Removed = len(k.gone)
	return ctx.Err()
}

// Batches reads the part again and gives the rows that stay. They are stretches of the records that were read, nothing is copied.
func (k Kept) Batches(ctx context.Context) columnar.Batches {
	return func(yield func(columnar.Batch, error) bool) {
		gone, base := k.gone, int64(0)
		for batch, err := range k.open(ctx) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(columnar.Batch{}, err)
				return
			}
			rows := batch.Record.NumRows()
			end := 0
			for end < len(gone) && gone[end] < base+rows {
				end++
			}
			if end == 0 {
				if !yield(batch, nil) {
					return
				}
			} else if !stretches(batch.Record, base, gone[:end], yield) {
				return
			}
			gone, base = gone[end:], base+rows
		}
		if len(gone) > 0 {
			yield(columnar.Batch{}, ErrParts)
		}
	}
}

// stretches gives what lies between the rows that go, of a record whose first row has a number.
func stretches(rec arrow.Record, first int64, gone []int64, yield func(columnar.Batch, error) bool) bool {
	from := int64(0)
	for i := range len(gone) + 1 {
		to := rec.NumRows()
		if i < len(gone) {
			to = gone[i] - first
		}
		if to > from && !yield(columnar.Batch{Record: rec.NewSlice(from, to)}, nil) {
			return false
		}
		from = to + 1
	}
	return true
}
