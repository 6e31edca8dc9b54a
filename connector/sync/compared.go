package sync

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/connector/sync/compare"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// compared compares the files of this run with those of the last one.
func (r *reading) compared(ctx context.Context) error {
	last := r.last()
	if last == nil {
		return nil
	}
	if none, err := r.comparesWithNone(ctx); err != nil || none {
		return err
	}
	before, err := r.before(last)
	if err != nil {
		return err
	}
	schema, err := columnar.Schema(r.plan.Schema)
	if err != nil {
		return err
	}
	after := side(schema, r.options.Format, r.partial.Path, r.plan.Files)
	r.watch.compares()
	scratch := r.partial.Scratch()
	if err := os.MkdirAll(scratch, 0o700); err != nil {
		return runs.Trouble("make", scratch, err)
	}
	found, err := compare.Compare(ctx, before, after, r.keyIn(before.Schema), scratch, compareMemory)
	if errors.Is(err, compare.ErrKey) { // a column of it has another type than it had
		found, err = compare.Compare(ctx, before, after, nil, scratch, compareMemory)
	}
	if runs.IsFull(err) {
		return runs.Trouble("compare in", scratch, err)
	}
	if err != nil {
		return err
	}
	defer func() { _ = found.Close() }()
	r.plan.Changes = &runs.Changes{
		Since: r.latest.ID, From: fromComparison, Added: found.Added, Changed: found.Changed, Removed: found.Removed, Compared: true,
	}
	for _, d := range found.Drift {
		r.plan.Changes.Drift = append(r.plan.Changes.Drift, connector.CleanLine(driftLine(d), 300))
	}
	return r.tellChanges(found.Rows(ctx))
}

// keyIn is the key, where the last run has its columns too.
func (r *reading) keyIn(before *arrow.Schema) []string {
	for _, name := range r.plan.Key {
		if len(before.FieldIndices(name)) == 0 {
			return nil
		}
	}
	return r.plan.Key
}

func driftLine(d compare.ColumnChange) string {
	switch {
	case d.From == "":
		return fmt.Sprintf("%s %s is new", d.Column, d.To)
	case d.To == "":
		return fmt.Sprintf("%s %s is gone", d.Column, d.From)
	}
	return fmt.Sprintf("%s is %s, was %s", d.Column, d.To, d.From)
}

// addedRows is how many rows of a change feed are written at a time.
const addedRows = 4096

// added are the rows of a change feed that came.
func added(net *compare.Net) columnar.Batches {
	return func(yield func(columnar.Batch, error) bool) {
		var of arrow.Record
		var rows []int
		for c := range net.Rows() {
			if c.Type != compare.Insert && c.Type != compare.Postimage {
				continue
			}
			if len(rows) > 0 && (c.Record != of || len(rows) == addedRows) {
				if !yield(picked(of, rows)) {
					return
				}
				rows = rows[:0]
			}
			of, rows = c.Record, append(rows, c.Index)
		}
		if len(rows) > 0 {
			yield(picked(of, rows))
		}
	}
}

// picked are some rows of a record, as one.
func picked(of arrow.Record, rows []int) (columnar.Batch, error) {
	var stretches []arrow.Record
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && rows[to] == rows[to-1]+1 {
			to++
		}
		stretches = append(stretches, of.NewSlice(int64(rows[from]), int64(rows[to-1]+1)))
		from = to
	}
	if len(stretches) == 1 {
		return columnar.Batch{Record: stretches[0]}, nil
	}
	columns := make([]arrow.Array, of.NumCols())
	for i := range columns {
		each := make([]arrow.Array, len(stretches))
		for j, s := range stretches {
			each[j] = s.Column(i)
		}
		var err error
		if columns[i], err = array.Concatenate(each, memory.DefaultAllocator); err != nil {
			return columnar.Batch{}, fmt.Errorf("gather the rows that came: %w", err)
		}
	}
	return columnar.Batch{Record: array.NewRecord(of.Schema(), columns, int64(len(rows)))}, nil
}
