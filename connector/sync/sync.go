// Package sync reads the chosen tables of a connection into files, as the connector and with SELECT and DESCRIBE alone. A run is a folder
// that is whole or not there; a run that was stopped goes on behind the last part of a table that was whole.
package sync

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/contain"
)

// Mode is how a table is read.
type Mode string

// The modes. Auto, Changes and Full are asked for, Unchanged is only found, and Newer is where a person named a cursor.
const (
	Auto      Mode = "auto"
	Full      Mode = "full"
	Changes   Mode = "changes"
	Unchanged Mode = "unchanged"
	Newer     Mode = "cursor"
)

// Modes are those that can be asked for.
var Modes = []Mode{Auto, Changes, Full}

const (
	// sliceRows is how many rows a slice has, where a table can be read in slices. A run that was stopped reads at most one of them again.
	sliceRows = 500_000
	// parallel is how many slices are read at a time. Each holds some pages of rows.
	parallel = 2
	// asking is within which time a question about a table is answered.
	asking = 2 * time.Minute
	// parting is how long whoever left a sync on the way waits for the warehouse to hear of it.
	parting = 50 * time.Millisecond
)

// Options are what a person asks for.
type Options struct {
	Format  format.Format
	Tables  []connector.TableName // all in the connection, or those of them that were named
	Columns []string              // none: all
	Key     []string              // by which rows are compared; none: the declared key, or the whole row
	Mode    Mode
	Cursors []Cursor
	Since   string      // rows whose cursor is lower are left out, empty: none are
	Limit   int64       // rows of each table, 0: all
	Keep    int         // whole runs that are kept, 0: all
	Slice   int64       // rows of a slice, 0: as many as are good
	Links   query.Links // where large results may be fetched from, beside the workspace
	Start   bool        // a SQL warehouse that stops on the way may be started again
	Shard   Shard       // the part of the run that is read, where it is read in parts
	Fresh   bool        // runs that were stopped are dropped, rather than gone on with
}

// Usual is what is done where nothing else is asked for.
func Usual(tables []connector.TableName) Options {
	return Options{Format: format.Parquet, Tables: tables, Mode: Auto, Keep: 7}
}

// Source is where tables are read: a workspace that was signed in to, and one of its SQL warehouses.
type Source struct {
	Workspace  *workspace.Workspace
	Connection connector.Connection
	Tool       string // name and version of the program
	Now        func() time.Time
	Sleep      func(context.Context, time.Duration) error // nil: the machine's
	Closed     func()                                     // is told when the sync is closed, nil: nobody is
}

// Sync is one run, from its plan to its files.
type Sync struct {
	source  Source
	options Options
	store   *runs.Store
	session *query.Session
	reader  *query.Reader
	unlock  func()
	folders map[connector.TableName]string

	latest  *runs.Run // nil: there is none
	damaged []string  // the runs after it, which cannot be read any more
	partial *runs.Partial
	Plan    Plan
	Began   time.Time // when the run was begun that it goes on with
	Resumed bool      // it goes on with a run that was stopped
	Drops   []string  // the runs that were stopped and are dropped before this one is read
	Removed []string  // the whole runs that had to go when this one became whole

	lacks []error // of the tables that could not be looked at

	left atomic.Bool // on the way, by its context
}

// Open locks the folder and prepares a run. It makes no request. Close it. Errors are those of runs.Open, Store.Lock and Store.Share.
func Open(source Source, options Options, dir string) (*Sync, error) {
	store, err := runs.Open(dir)
	if err != nil {
		return nil, err
	}
	lock := store.Lock
	if options.Shard.Of > 0 {
		lock = store.Share
	}
	unlock, err := lock()
	if err != nil {
		return nil, err
	}
	return over(store, source, options, unlock)
}

// over prepares a run in a folder, and unlocks that where it cannot.
func over(store *runs.Store, source Source, options Options, unlock func()) (*Sync, error) {
	s := &Sync{source: source.ready(), options: options.ready(), store: store, unlock: unlock, folders: folders(options.Tables)}
	err := s.connect()
	if err == nil {
		s.latest, err = s.store.Latest()
	}
	if err == nil {
		s.damaged, err = s.store.Damaged(s.latest)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	if s.latest != nil {
		note(s.latest.Manifest.Tables...)
	}
	return s, nil
}

// connect prepares the session for questions and the reader of rows.
func (s *Sync) connect() (err error) {
	path := s.source.Connection.Warehouse.HTTPPath
	if s.session, err = query.Open(s.source.Workspace, path); err != nil {
		return err
	}
	s.reader, err = query.OpenReader(s.source.Workspace, path, s.options.Links)
	return err
}

func (s Source) ready() Source {
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Sleep == nil {
		s.Sleep = sleep
	}
	return s
}

func (o Options) ready() Options {
	if o.Slice <= 0 {
		o.Slice = sliceRows
	}
	return o
}

// Dir is the folder of the runs.
func (s *Sync) Dir() string { return s.store.Dir() }

// Latest is the newest whole run before this one, nil where there is none.
func (s *Sync) Latest() *runs.Run { return s.latest }

// Close leaves what is whole for a later run, and closes the workspace. Whoever left on the way does not wait for a warehouse that is slow to
// answer.
func (s *Sync) Close() {
	if s.partial != nil {
		s.partial.Leave()
	}
	if s.session != nil {
		s.part()
	}
	s.source.Workspace.Close()
	s.unlock()
	if s.source.Closed != nil {
		s.source.Closed()
	}
}

// part closes the session, and waits for that no longer than whoever asked for it.
func (s *Sync) part() {
	closed := contain.Ask("closing a session", func() (struct{}, error) {
		s.session.Close()
		return struct{}{}, nil
	})
	if !s.left.Load() {
		<-closed
		return
	}
	select {
	case <-closed:
	case <-time.After(parting):
	}
}

// leaves notes whether the context ended that a call was made with.
func (s *Sync) leaves(ctx context.Context) {
	if ctx.Err() != nil {
		s.left.Store(true)
	}
}

// TableError is why a table could not be read. The others are read all the same.
type TableError struct {
	Table string
	Err   error
}

func (e *TableError) Error() string {
	return fmt.Sprintf("%s: %v", connector.CleanLine(e.Table, 200), e.Err)
}

// Unwrap is what went wrong.
func (e *TableError) Unwrap() error { return e.Err }

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	}
}

// Chosen gives those tables of a connection that a person named, all of them where none is. It returns an *connector.Error of kind
// connector.ErrInput for one that is not among them: nothing else is read.
func Chosen(c connector.Connection, names []string) ([]connector.TableName, error) {
	if len(names) == 0 {
		return c.Tables, nil
	}
	var out []connector.TableName
	for _, name := range names {
		at := slices.IndexFunc(c.Tables, func(t connector.TableName) bool { return t.Full() == name || t.Table.Raw() == name })
		if at < 0 {
			return nil, &connector.Error{
				Kind: connector.ErrInput, What: fmt.Sprintf("The connection does not read a table %s.", connector.CleanLine(name, 120)),
				Remedy: "It reads " + connector.TableList(c.Tables) + "; edit the connection to choose others.",
			}
		}
		if !slices.Contains(out, c.Tables[at]) {
			out = append(out, c.Tables[at])
		}
	}
	return out, nil
}
