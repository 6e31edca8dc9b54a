package sync

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/apache/arrow/go/v12/arrow"

	dbsqlerr "github.com/databricks/databricks-sql-go/errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync/compare"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

const (
	// compareMemory is how much of the memory a comparison may take. What is more goes to the disk.
	compareMemory = 32 << 20
	// feedRows and feedBytes are how much of a change feed is held. Where it has more, reading the table whole is not much more.
	feedRows  = 200_000
	feedBytes = 32 << 20
	// mostFiles is how many files a table may come to have by its changes. Then it is read whole.
	mostFiles = 200
)

// The ways in which changes are found.
const (
	fromFeed       = "change feed"
	fromComparison = "comparison"
	fromCursor     = "cursor"
)

// unchanged takes over the files of the last run.
func (r *reading) unchanged() error {
	last := r.latest.Manifest.Find(r.plan.Name)
	for _, f := range last.Files {
		if err := r.link(f); err != nil {
			return err
		}
	}
	r.plan.Schema, r.plan.SchemaHash, r.plan.ReadBy = last.Schema, last.SchemaHash, last.ReadBy
	r.plan.Changes = &runs.Changes{Since: r.latest.ID, From: "version", Compared: true}
	r.watch.rows(r.plan.Rows, r.plan.Bytes)
	return nil
}

// link takes a file of the last run over.
func (r *reading) link(f runs.File) error {
	piece := "kept " + f.Path
	part, done := r.partial.Done(r.plan.Name, piece)
	if !done {
		part = runs.Part{Table: r.plan.Name, Piece: piece, File: f}
		if err := r.partial.Link(r.latest, f, part); err != nil {
			return err
		}
	}
	r.take(part)
	return nil
}

// side is the rows of files.
func side(schema *arrow.Schema, form format.Format, path func(string) string, files []runs.File) compare.Side {
	out := compare.Side{Schema: schema}
	for _, f := range files {
		out.Parts = append(out.Parts, func(context.Context) columnar.Batches {
			return func(yield func(columnar.Batch, error) bool) {
				file, err := os.Open(path(f.Path))
				if err != nil {
					yield(columnar.Batch{}, runs.Trouble("read", path(f.Path), err))
					return
				}
				defer func() { _ = file.Close() }()
				format.Read(form, file, f.Bytes, schema)(yield)
			}
		})
	}
	return out
}

// before are the rows of the last run.
func (r *reading) before(last *runs.Table) (compare.Side, error) {
	schema, err := columnar.Schema(last.Schema)
	if err != nil {
		return compare.Side{}, fmt.Errorf("read the last run: %w", err)
	}
	return side(schema, format.Format(r.latest.Manifest.Format), r.latest.Path, last.Files), nil
}

// feed reads the changes since the last run and applies them to its files.
func (r *reading) feed(ctx context.Context, name connector.TableName) error {
	last := r.latest.Manifest.Find(r.plan.Name)
	before, err := r.before(last)
	if err != nil {
		return err
	}
	statement := query.Changes(name, query.Version(*r.plan.From+1), r.plan.version())
	r.plan.Statements = []string{statement.SQL()}
	var net *compare.Net
	err = r.again(ctx, r.patience(), func() (err error) {
		net, err = r.fold(ctx, statement)
		return err
	})
	if err != nil {
		return err
	}
	return r.build(ctx, last, before, net, fromFeed)
}

// build makes the files of this run of those of the last one: those of which no row went are taken over as they are.
func (r *reading) build(ctx context.Context, last *runs.Table, before compare.Side, net *compare.Net, from string) error {
	kept, err := compare.Apply(ctx, before, net)
	if err != nil {
		return err
	}
	for i, k := range kept {
		if err := r.apply(ctx, before.Schema, last.Files[i], k, i); err != nil {
			return err
		}
	}
	if net.Added+net.Changed > 0 || len(r.plan.Files) == 0 { // a table without rows is a file with its columns
		part, err := r.write(before.Schema, added(net), r.part(len(kept), "came"))
		if err != nil {
			return err
		}
		r.take(part)
	}
	r.plan.Schema, r.plan.SchemaHash = last.Schema, last.SchemaHash
	r.plan.Changes = &runs.Changes{Since: r.latest.ID, From: from, Added: net.Added, Changed: net.Changed, Removed: net.Removed, Compared: true}
	return r.tellChanges(func(yield func(compare.Change, error) bool) {
		for c := range net.Rows() {
			if !yield(c, nil) {
				return
			}
		}
	})
}

// fold reads the changes once.
func (r *reading) fold(ctx context.Context, statement query.Statement) (*compare.Net, error) {
	result, err := r.reader.Read(ctx, statement, firstRows)
	if err != nil {
		return nil, err
	}
	defer result.Close()
	return compare.Fold(ctx, r.chosen(result.Batches()), r.plan.Key, compare.Limit{Rows: feedRows, Bytes: feedBytes})
}

// apply takes over what stays of a file.
func (r *reading) apply(ctx context.Context, schema *arrow.Schema, f runs.File, k compare.Kept, number int) error {
	if k.Removed == 0 {
		return r.link(f)
	}
	if int64(k.Removed) == f.Rows {
		return nil
	}
	part, err := r.write(schema, k.Batches(ctx), r.part(number, "rest of "+f.Path))
	if err == nil {
		r.take(part)
	}
	return err
}

// chosen leaves of a change feed the columns that are read, and those that it has itself.
func (r *reading) chosen(feed columnar.Batches) columnar.Batches {
	if len(r.plan.Only) == 0 {
		return feed
	}
	return columnar.Project(feed, append([]string{"_change_type", "_commit_version", "_commit_timestamp"}, r.plan.Only...))
}

var errManyFiles = errors.New("its files have become many")

// noFeed is why a table is read whole although its changes were planned for, empty where it is not.
func noFeed(err error) string {
	var refused dbsqlerr.DBExecutionError
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return ""
	case errors.Is(err, errManyFiles):
		return errManyFiles.Error()
	case errors.Is(err, compare.ErrTooManyChanges):
		return "more of it changed than reading it whole would cost"
	case errors.Is(err, compare.ErrFeed):
		return "its change feed does not fit the last run"
	case errors.As(err, &refused) && !transient(err):
		return "its change feed was refused"
	}
	return ""
}
