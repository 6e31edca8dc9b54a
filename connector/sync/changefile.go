package sync

import (
	"iter"
	"strconv"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/sync/compare"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// tellChanges writes the rows that changed, a line for each: what became of it, in the words of a change feed, and the row.
func (r *reading) tellChanges(changes iter.Seq2[compare.Change, error]) (err error) {
	c := r.plan.Changes
	if c.Added+c.Changed+c.Removed == 0 {
		return nil
	}
	const piece = "changes"
	path := "_changes/" + r.plan.Folder + "/changes" + r.plan.again() + ".ndjson"
	file, err := r.partial.Write(runs.Part{Table: r.plan.Name, Piece: piece, File: runs.File{Path: path}})
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			file.Drop()
		}
	}()
	var of arrow.Record
	var rows *format.Rows
	var line []byte
	count := int64(0)
	for change, err := range changes {
		if err != nil {
			return err
		}
		if change.Record != of {
			of, rows = change.Record, format.NewRows(change.Record)
		}
		line = append(line[:0], `{"_change_type":`...)
		line = strconv.AppendQuote(line, string(change.Type))
		if change.Record.NumCols() > 0 {
			line = append(line, ',')
		}
		if line, err = rows.Append(line, change.Index); err != nil {
			return err
		}
		if _, err := file.Write(append(line, '}', '\n')); err != nil {
			return err
		}
		count++
	}
	part, err := file.Keep(count, nil)
	c.File, c.SHA256 = path, part.SHA256
	return err
}
