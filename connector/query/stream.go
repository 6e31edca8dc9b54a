package query

import (
	"bytes"
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/apache/arrow/go/v12/arrow"
	dbsql "github.com/databricks/databricks-sql-go"
	dbrows "github.com/databricks/databricks-sql-go/rows"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/contain"
)

const (
	// longest is how long the warehouse may run one statement of a reader.
	longest = 6 * time.Hour
	// MostPage bounds the bytes of one page of rows. A value of STRING or BINARY has at most 16 MiB over the protocol of SQL warehouses.
	MostPage = 24 << 20
)

// Reader reads whole tables on one SQL warehouse, in batches of Arrow. Each result has a session of its own, which ends with it, so that a
// session that is gone takes nothing else with it. It is safe for concurrent use, and holds nothing that must be closed.
type Reader struct {
	at     Endpoint
	driver driver.Connector
	links  Links
	files  *files
}

// OpenReader prepares a reader and makes no request. httpPath is the warehouse's own.
func OpenReader(at Endpoint, httpPath string, links Links) (*Reader, error) {
	if err := prepareDriver(); err != nil {
		return nil, fmt.Errorf("prepare the SQL driver: %w", err)
	}
	given := &files{links: map[string]linked{}}
	inForm := inBatches
	if links.Offer {
		inForm = byLinks
	}
	made, err := dbsql.NewConnector(
		dbsql.WithServerHostname("https://"+at.Host().Name()),
		dbsql.WithPort(at.Host().Port()),
		dbsql.WithHTTPPath(httpPath),
		dbsql.WithTransport(fetching{links: given, files: at.Storage(links.Hosts), next: observed{paged{answers{at.RoundTripper(), inForm}}}, wait: links.wait()}),
		dbsql.WithAuthenticator(authenticator{at}),
		dbsql.WithUserAgentEntry(userAgent),
		dbsql.WithRetries(-1, 0, 0),
		dbsql.WithCloudFetch(links.Offer),
		dbsql.WithMaxDownloadThreads(mostDownloads),
		dbsql.WithTimeout(longest),
		dbsql.WithMaxRows(mostRows),
		dbsql.WithArrowNativeDecimal(true),
	)
	if err != nil {
		return nil, fmt.Errorf("prepare the SQL driver: %w", err)
	}
	return &Reader{at: at, driver: contained{made}, links: links, files: given}, nil
}

// Result are the rows of a statement while they are read. Close it.
type Result struct {
	Schema *arrow.Schema

	reader  *Reader
	ctx     context.Context //nolint:containedctx // the driver's iterator has none of its own: this is how a result is left
	leave   context.CancelFunc
	session driver.Conn
	rows    driver.Rows
	streams dbrows.ArrowIPCStreamIterator
	first   []byte // the stream that was read for its schema
	count   int64  // its rows, -1: not known
	pages   *pages
}

// Read runs a statement and waits for its first rows. rows is how many of them the first page may have; the pages after it are as long as
// the rows are narrow.
func (r *Reader) Read(ctx context.Context, statement Statement, rows int) (_ *Result, err error) {
	if statement.sql == "" {
		return nil, ErrNoStatement
	}
	ctx, pages := withPages(ctx, rows, &r.links, r.files)
	ctx, state := withWaiting(r.at.Spacious(ctx, MostPage))
	ctx, leave := context.WithCancel(ctx)
	// The warehouse's own limit bounds nothing where it goes on saying that the statement runs.
	limit, reached := context.WithTimeout(ctx, longest+pageWait)
	defer reached()
	defer contain.After(limit, "leaving a statement", func() {
		if errors.Is(limit.Err(), context.DeadlineExceeded) {
			leave()
		}
	})()
	out := &Result{reader: r, ctx: calling(ctx), leave: leave, pages: pages}
	defer func() {
		if err != nil {
			out.Close()
		}
	}()
	if out.session, err = r.driver.Connect(out.ctx); err != nil {
		return nil, fmt.Errorf("open a session: %w", r.told(err))
	}
	if err := out.run(statement); err != nil {
		if errors.Is(err, context.DeadlineExceeded) && state.answers() {
			err = ErrWaiting
		}
		return nil, fmt.Errorf("run %.20s: %w", statement.sql, r.told(err))
	}
	return out, nil
}

func (r *Reader) told(err error) error { return (&Session{names: r.at.Names()}).told(err) }

// run sends the statement and reads the first stream, which has the columns.
func (r *Result) run(statement Statement) error {
	queryer, ok := r.session.(driver.QueryerContext)
	if !ok {
		return ErrNoStatement
	}
	rows, err := queryer.QueryContext(r.ctx, statement.sql, nil)
	if err != nil {
		return err //nolint:wrapcheck // the caller says what it was
	}
	r.rows = rows
	inner := rows
	if c, ok := rows.(containedRows); ok {
		inner = c.Rows
	}
	inArrow, ok := inner.(dbrows.Rows)
	if !ok {
		return malformed("the rows come in a form that was not asked for")
	}
	err = within("reading rows", func() (err error) {
		if r.streams, err = inArrow.GetArrowIPCStreams(r.ctx); err != nil {
			return err
		}
		r.first, r.count, err = r.next()
		return err
	})
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	text := r.first
	if text == nil || r.pages.isLinked() {
		if err := within("reading columns", func() (err error) { text, err = r.streams.SchemaBytes(); return err }); err != nil {
			return err
		}
	}
	if r.Schema, err = columnar.Schema(text); err != nil {
		return fmt.Errorf("%w: %w", connector.ErrUnreadable, err)
	}
	return nil
}

// next is the next stream of the result and the number of its rows, -1 where that is not known. The driver's reader is one over memory.
func (r *Result) next() ([]byte, int64, error) {
	for range mostEmpty {
		stream, err := r.streams.Next()
		if errors.Is(err, io.EOF) {
			if err = r.pages.end(); err == nil && r.streams.HasNext() {
				continue // behind a page without rows
			}
			err = cmp.Or(err, r.pages.end(), io.ErrUnexpectedEOF)
		}
		if err != nil {
			return nil, -1, r.pages.fault(err)
		}
		var text bytes.Buffer
		if sized, known := stream.(interface{ Len() int }); known { // a buffer that doubles would hold three times as much
			text.Grow(sized.Len() + bytes.MinRead)
		}
		if _, err := text.ReadFrom(stream); err != nil {
			return nil, -1, fmt.Errorf("read rows: %w", err)
		}
		return text.Bytes(), r.pages.expected(), nil
	}
	return nil, -1, malformed("page after page of it has no rows")
}

// Batches are the rows. Errors are those of Session; they end at once with the context that the result was asked for with.
func (r *Result) Batches() columnar.Batches {
	return func(yield func(columnar.Batch, error) bool) {
		text, count := r.first, r.count
		r.first = nil
		for {
			if text != nil {
				rows := columnar.Read(text)
				if count >= 0 {
					rows = counted(r.Schema, rows, count)
				}
				for batch, err := range rows {
					if err != nil {
						err = fmt.Errorf("%w: %w", connector.ErrUnreadable, err)
					}
					if !yield(batch, err) || err != nil {
						return
					}
				}
			}
			err := within("reading rows", func() (err error) { text, count, err = r.next(); return err })
			if gone := r.ctx.Err(); gone != nil { // the end of a result that was left is not the end of its rows
				err = gone
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(columnar.Batch{}, fmt.Errorf("read rows: %w", r.reader.told(err)))
				return
			}
		}
	}
}

// Close ends the statement and its session. It may take some requests. Of a result that was left they are made behind the caller's back, in
// little time, so that nobody waits for a warehouse that does not answer.
func (r *Result) Close() {
	if r.ctx.Err() == nil {
		r.close()
		return
	}
	contain.Go("closing a result", r.close)
}

func (r *Result) close() {
	if r.streams != nil {
		_ = within("closing rows", func() error { r.streams.Close(); return nil })
	}
	if r.rows != nil {
		_ = r.rows.Close()
	}
	if r.session != nil {
		_ = r.session.Close()
	}
	r.reader.files.forget(r.pages)
	r.leave()
}
