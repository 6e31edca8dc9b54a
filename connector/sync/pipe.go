package sync

import (
	"context"
	"fmt"
	"io"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
)

// OpenPipe prepares reading one table for another program, without a folder: it is read whole, and no run is kept. It makes no request. Close it.
// It returns an *connector.Error of kind connector.ErrInput for any other number of tables than one.
func OpenPipe(source Source, options Options) (*Sync, error) {
	if len(options.Tables) != 1 {
		return nil, &connector.Error{
			Kind: connector.ErrInput, What: "One table at a time goes to standard output.", Remedy: "Name it with --table: " + connector.TableList(options.Tables) + ".",
		}
	}
	options.Mode = Full
	s := &Sync{source: source.ready(), options: options.ready(), unlock: func() {}, folders: folders(options.Tables)}
	if err := s.connect(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Pipe plans and reads the table, and writes it to w as one file. What was written stays written where an error ends it: a reader tells a whole
// file by its end. Errors are *TableError, those of w, or the context's own.
func (s *Sync) Pipe(ctx context.Context, w io.Writer, tell func(Event)) (rows int64, err error) {
	defer sparing()()
	defer s.leaves(ctx)
	if s.Plan, err = s.Look(ctx); err != nil {
		return 0, err
	}
	t := &s.Plan.Tables[0]
	watch := &watch{tell: tell, now: s.source.Now}
	watch.begin(t)
	counted := &counter{to: w}
	err = contained(func() error { return s.pipe(ctx, t, counted, watch) })
	if counted.fault != nil {
		err = Unwritten(counted.fault)
	}
	if err == nil {
		watch.end(t, Done, nil)
		return t.Rows, nil
	}
	watch.end(t, Failed, err)
	if ctx.Err() != nil {
		return t.Rows, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	}
	return t.Rows, &TableError{Table: t.Name, Err: err}
}

func (s *Sync) pipe(ctx context.Context, t *TablePlan, counted *counter, watch *watch) error {
	name, err := t.name()
	if err != nil {
		return err
	}
	schema, err := columnar.Schema(t.Schema)
	if err != nil {
		return err
	}
	out, err := format.NewWriter(s.options.Format, counted, schema)
	if err != nil {
		return err
	}
	for _, piece := range t.Pieces {
		if err := s.pour(ctx, t, t.scan(name, piece), out, counted, watch); err != nil {
			return err
		}
	}
	if err := t.counted(); err != nil {
		return err
	}
	return out.Close()
}

// pour writes the rows of one statement.
func (s *Sync) pour(ctx context.Context, t *TablePlan, scan query.Scan, out format.Writer, counted *counter, watch *watch) error {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	result, err := s.reader.Read(ctx, scan.Statement(), firstRows)
	if err != nil {
		return err
	}
	defer result.Close()
	if is, err := columnar.SchemaMessage(result.Schema); err != nil || string(is) != string(t.Schema) {
		return fmt.Errorf("%w: its columns are not those that it began with", ErrChanged)
	}
	for batch, err := range pipelined(ctx, leave, result.Batches()) {
		if err != nil {
			return err
		}
		before := counted.bytes
		if err := out.Write(batch); err != nil {
			return err
		}
		n := batch.Record.NumRows()
		t.Rows, t.Bytes = t.Rows+n, counted.bytes
		watch.rows(n, counted.bytes-before)
	}
	return nil
}

// counter counts what is written.
type counter struct {
	to    io.Writer
	bytes int64
	fault error // why it could not be written
}

func (c *counter) Write(text []byte) (int, error) {
	n, err := c.to.Write(text)
	c.bytes += int64(n)
	if err != nil {
		c.fault = err
	}
	return n, err //nolint:wrapcheck // the pipe's own
}
