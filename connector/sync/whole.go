package sync

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	"github.com/draftt-io/draftt-databricks/contain"
)

// firstRows is how many rows the first page of a slice has, before it is known how wide they are.
const firstRows = 64

// whole reads a table in its slices.
func (r *reading) whole(ctx context.Context, name connector.TableName) error {
	mine := r.mine(&r.plan)
	parts, errs := make([]runs.Part, len(mine)), make([]error, len(mine))
	turns := make(chan struct{}, parallel)
	var group contain.Group
	ctx, leave := context.WithCancelCause(ctx)
	defer leave(nil)
	for i, number := range mine {
		piece := r.plan.Pieces[number]
		scan := r.plan.scan(name, piece)
		r.plan.Statements = append(r.plan.Statements, scan.Statement().SQL())
		if done, is := r.partial.Done(r.plan.Name, piece.Name); is {
			parts[i] = done
			r.watch.had(done.Rows, done.Bytes)
			continue
		}
		turns <- struct{}{}
		if r.stopped() {
			errs[i] = ErrStopped
			<-turns
			break
		}
		group.Go("reading a slice", func() {
			defer func() { <-turns }()
			if ctx.Err() != nil {
				errs[i] = ctx.Err()
				return
			}
			if parts[i], errs[i] = r.slice(ctx, scan, number, piece.Name); errs[i] != nil && !errors.Is(errs[i], ErrStopped) {
				leave(errs[i])
			}
		})
	}
	group.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return r.together(ctx, parts)
}

// together takes the parts of a table, holds them against what was planned, and compares them with the last run: all that there are, or what
// can be said of those that a shard has.
func (r *reading) together(ctx context.Context, parts []runs.Part) error {
	r.take(parts...)
	if err := r.takeSchema(parts); err != nil || len(parts) < len(r.plan.Pieces) {
		return err
	}
	if err := r.plan.counted(); err != nil {
		return err
	}
	return r.compared(ctx)
}

// takeSchema takes the schema of the parts, which all of them share.
func (r *reading) takeSchema(parts []runs.Part) error {
	for _, p := range parts {
		if string(p.Note) != string(r.plan.Schema) {
			return &connector.Error{
				Kind: ErrChanged, What: "The columns changed while the table was read.", Remedy: "Run the sync again.",
			}
		}
	}
	sum := sha256.Sum256(r.plan.Schema)
	r.plan.SchemaHash = hex.EncodeToString(sum[:])
	return nil
}

// ErrChanged is the kind of *connector.Error of a table that was another one while it was read.
var ErrChanged = errors.New("the table changed while it was read")

// counted holds the rows that were given against those that the warehouse counted of the same version: none is lost, and none is there twice.
func (t *TablePlan) counted() error {
	if t.Version == nil || t.Limit > 0 || t.Total == nil || *t.Total == t.Rows {
		return nil
	}
	return &connector.Error{
		Kind: ErrChanged, What: fmt.Sprintf("The warehouse counted %d rows of %s and gave %d.", *t.Total, connector.CleanLine(t.Name, 200), t.Rows),
		Remedy: "Run the sync again.",
	}
}

// slice reads one slice into a file. What may pass is tried again from its beginning, and rows that are wider than a page is asked for again
// with fewer on one.
func (r *reading) slice(ctx context.Context, scan query.Scan, number int, piece string) (part runs.Part, err error) {
	rows := firstRows
	err = r.again(ctx, r.patience(), func() (err error) {
		part, err = r.read(ctx, scan, rows, number, piece)
		if errors.Is(err, connector.ErrTooLarge) && rows > 1 {
			rows = 1
			part, err = r.read(ctx, scan, rows, number, piece)
		}
		return err
	})
	return part, err
}

func (r *reading) patience() patience {
	return patience{tries: tries, stop: r.stop, tell: r.watch.again}
}

// read reads one slice once.
func (r *reading) read(ctx context.Context, scan query.Scan, rows, number int, piece string) (_ runs.Part, err error) {
	ctx, leave := context.WithCancel(ctx)
	defer leave() // what reads ahead ends before its result is closed
	result, err := r.reader.Read(ctx, scan.Statement(), rows)
	if err != nil {
		return runs.Part{}, err
	}
	defer result.Close()
	return r.write(result.Schema, pipelined(ctx, leave, result.Batches()), r.part(number, piece))
}

// part is the file of a piece. Its name says the run that wrote it, and stays when later runs take it over.
func (r *reading) part(number int, piece string) runs.Part {
	return runs.Part{
		Table: r.plan.Name, Piece: piece,
		File: runs.File{Path: fmt.Sprintf("%s/part-%s-%05d%s%s", r.plan.Folder, r.partial.ID, number, r.plan.again(), r.options.Format.Extension())},
	}
}

// write writes rows into a part and keeps it.
func (r *reading) write(schema *arrow.Schema, batches columnar.Batches, to runs.Part) (_ runs.Part, err error) {
	note, err := columnar.SchemaMessage(schema)
	if err != nil {
		return runs.Part{}, err
	}
	file, err := r.partial.Write(to)
	if err != nil {
		return runs.Part{}, err
	}
	count, told := int64(0), int64(0)
	defer func() {
		if err != nil {
			file.Drop()
			r.watch.rows(-count, -told)
		}
	}()
	w, err := format.NewWriter(r.options.Format, file, schema)
	if err != nil {
		return runs.Part{}, err
	}
	for batch, err := range batches {
		if err != nil {
			return runs.Part{}, err
		}
		if !alike(batch.Record.Schema(), schema) { // some formats write by place alone
			return runs.Part{}, fmt.Errorf("%w: its columns are not those that it began with", ErrChanged)
		}
		if err := w.Write(batch); err != nil {
			return runs.Part{}, err
		}
		n, size := batch.Record.NumRows(), file.Bytes()-told
		count, told = count+n, told+size
		r.watch.rows(n, size)
	}
	if err := w.Close(); err != nil {
		return runs.Part{}, err
	}
	part, err := file.Keep(count, note)
	if err == nil {
		r.watch.part(part.Bytes - told)
	}
	return part, err
}

// pipelined reads ahead by a batch, so that rows are fetched while others are written. It calls leave where it is left before the end.
func pipelined(ctx context.Context, leave context.CancelFunc, batches columnar.Batches) columnar.Batches {
	type item struct {
		batch columnar.Batch
		err   error
	}
	return func(yield func(columnar.Batch, error) bool) {
		ahead := make(chan item) // one that is written, and one that waits
		ended := false
		var group contain.Group
		group.Go("fetching rows", func() {
			defer close(ahead)
			for batch, err := range batches {
				select {
				case ahead <- item{batch, err}:
				case <-ctx.Done():
					return
				}
			}
			ended = true
		})
		for i := range ahead {
			if !yield(i.batch, i.err) || i.err != nil {
				leave()
				group.Wait()
				return
			}
		}
		group.Wait()
		if !ended {
			yield(columnar.Batch{}, ctx.Err())
		}
	}
}

// alike reports that two schemas have the same columns in the same order.
func alike(a, b *arrow.Schema) bool {
	return slices.EqualFunc(a.Fields(), b.Fields(), func(a, b arrow.Field) bool { return a.Name == b.Name && arrow.TypeEqual(a.Type, b.Type) })
}
