package run

import (
	"context"
	"errors"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Options says how a [Database] runs queries.
type Options struct {
	Authority   objects.Authority
	Store       *objects.Store
	Connections int   // how many statements run at once; more wait
	Long        int   // how many results are read page by page at once; more are refused
	MaxValues   int64 // the largest result, in rows times columns
	MaxBytes    int64 // and in bytes of its texts and binaries

	// Columns names the columns of a table, whoever asks.
	Columns dialect.Columns

	// Versions keeps the tables as they were, nil where they have no versions.
	Versions objects.Versions

	// Information gives a view of an information schema with the rows that a
	// principal sees.
	Information func(ctx context.Context, principal string, name dialect.Name) (*objects.Table, error)
}

// Database runs queries on SQLite. It is safe for use by many goroutines.
type Database struct {
	opts   Options
	slots  chan struct{} // one for each statement at work
	long   chan struct{} // one for each result that waits for its reader, page by page
	mu     sync.Mutex
	closed bool
	idle   []*conn
}

// ErrClosed is returned for statements after [Database.Close].
var ErrClosed = errors.New("SQL engine is closed")

// New makes a database, whose connections open as they are needed.
func New(opts Options) *Database {
	return &Database{opts: opts, slots: make(chan struct{}, opts.Connections), long: make(chan struct{}, opts.Long)}
}

// Close frees the database's memory. Statements at work finish first; new ones
// fail with [ErrClosed].
func (d *Database) Close() error {
	d.mu.Lock()
	d.closed = true
	idle := d.idle
	d.idle = nil
	d.mu.Unlock()
	var errs []error
	for _, c := range idle {
		errs = append(errs, c.close())
	}
	return errors.Join(errs...)
}

// acquire takes a connection, waiting for one if all are at work.
func (d *Database) acquire(ctx context.Context) (*conn, error) {
	select {
	case d.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		<-d.slots
		return nil, ErrClosed
	}
	if n := len(d.idle); n > 0 {
		c := d.idle[n-1]
		d.idle = d.idle[:n-1]
		d.mu.Unlock()
		return c, nil
	}
	d.mu.Unlock()
	c, err := openConn()
	if err != nil {
		<-d.slots
	}
	return c, err
}

// tooMany refuses a result of several pages beside as many as there may be.
func tooMany() *values.Error {
	return &values.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000", Message: "The embedded workspace reads no more long results at once. " +
		"Read those that are open to their end, or close them."}
}

// outlast gives up a connection's slot, because a reader takes as long over a long result as it likes: other statements are not to wait for it.
func (d *Database) outlast(c *conn) error {
	if c.outlasts {
		return nil
	}
	select {
	case d.long <- struct{}{}:
	default:
		return tooMany()
	}
	c.outlasts = true
	<-d.slots
	return nil
}

// release gives a connection back. As many as statements may run at once are kept.
func (d *Database) release(c *conn) {
	held := d.slots
	if c.outlasts {
		held, c.outlasts = d.long, false
	}
	defer func() { <-held }()
	d.mu.Lock()
	if !d.closed && len(d.idle) < d.opts.Connections {
		d.idle = append(d.idle, c)
		c = nil
	}
	d.mu.Unlock()
	if c != nil {
		_ = c.close() // nobody waits for it
	}
}
