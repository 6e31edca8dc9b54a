package stored

import (
	"cmp"
	"errors"
	"iter"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/contain"
)

// Rows are read ahead in batches, so that reading and judging what was read share the time where there is more than one processor.
const (
	batchRows = 1000
	batches   = 4
)

type batch struct {
	rows []store.Row
	err  error
	last bool
}

var errEnded = errors.New("the reading of an inventory ended before its end")

// ahead gives the same rows, read by another goroutine. Where that ends without having said so, the error is not nil: a part is never taken for
// the whole.
func ahead(from iter.Seq2[store.Row, error]) iter.Seq2[store.Row, error] {
	return func(yield func(store.Row, error) bool) {
		read, done := make(chan batch, batches), make(chan struct{})
		defer close(done)
		ended := contain.Ask("reading an inventory", func() (struct{}, error) {
			defer close(read)
			readBatches(from, func(b batch) bool {
				select {
				case read <- b:
					return true
				case <-done:
					return false
				}
			})
			return struct{}{}, nil
		})
		for b := range read {
			for _, row := range b.rows {
				if !yield(row, nil) {
					return
				}
			}
			if b.err != nil {
				yield(store.Row{}, b.err)
			}
			if b.last || b.err != nil {
				return
			}
		}
		yield(store.Row{}, cmp.Or((<-ended).Err, errEnded))
	}
}

func readBatches(from iter.Seq2[store.Row, error], send func(batch) bool) {
	var b batch
	for row, err := range from {
		if err != nil {
			b.err = err
			break
		}
		if b.rows = append(b.rows, row); len(b.rows) < batchRows {
			continue
		}
		if !send(b) {
			return
		}
		b.rows = make([]store.Row, 0, batchRows)
	}
	b.last = true
	send(b)
}
