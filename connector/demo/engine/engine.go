package engine

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Options adjusts an [Engine]. The zero value is ready to use.
type Options struct {
	// Lookup finds a table that was not given to CreateTable. It is called for
	// every statement that names the table, so that a change of owner counts
	// at once; columns and rows must stay the same.
	Lookup func(Name) (Table, bool)

	// Catalog and Schema are where a new session starts when its client asks
	// for nothing else: "main" and "default" if empty.
	Catalog, Schema string

	// Connections is how many statements run at once, 8 if zero. More wait.
	Connections int

	// MaxValues is the largest result, in rows times columns: 50 million if
	// zero.
	MaxValues int64
}

// Engine runs statements. It is safe for use by many goroutines.
type Engine struct {
	auth   Authority
	opts   Options
	slots  chan struct{} // one for each connection that is in use
	mu     sync.Mutex
	closed bool
	idle   []*conn
	tables map[Name]*Table // made by CreateTable
	found  map[Name]*Table // that Options.Lookup found
}

// ErrClosed is returned for statements after [Engine.Close].
var ErrClosed = errors.New("SQL engine is closed")

// New makes an engine without tables that asks auth for every privilege.
func New(auth Authority, opts Options) (*Engine, error) {
	if auth == nil {
		return nil, errors.New("SQL engine needs an authority")
	}
	if opts.Catalog == "" {
		opts.Catalog = "main"
	}
	if opts.Schema == "" {
		opts.Schema = "default"
	}
	if opts.Connections <= 0 {
		opts.Connections = 8
	}
	if opts.MaxValues <= 0 {
		opts.MaxValues = 50_000_000
	}
	return &Engine{
		auth:   auth,
		opts:   opts,
		slots:  make(chan struct{}, opts.Connections),
		tables: map[Name]*Table{},
		found:  map[Name]*Table{},
	}, nil
}

// Close frees the engine's memory. Statements at work finish first; new ones
// fail with [ErrClosed].
func (e *Engine) Close() error {
	e.mu.Lock()
	e.closed = true
	idle := e.idle
	e.idle = nil
	e.mu.Unlock()
	var errs []error
	for _, c := range idle {
		errs = append(errs, c.sqlite.Close())
	}
	return errors.Join(errs...)
}

// CreateTable adds a table or view. It is an error if the definition is
// unusable or the name is taken.
func (e *Engine) CreateTable(def Table) error {
	def.Name = NewName(def.Name.Catalog, def.Name.Schema, def.Name.Table)
	if err := def.check(); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.tables[def.Name] != nil {
		return fmt.Errorf("table %s exists already", def.Name)
	}
	e.tables[def.Name] = &def
	return nil
}

// Insert appends rows, which must not be changed afterwards, to a table made
// by [Engine.CreateTable]. Statements that already run do not see them.
func (e *Engine) Insert(name Name, rows [][]any) error {
	name = NewName(name.Catalog, name.Schema, name.Table)
	e.mu.Lock()
	defer e.mu.Unlock()
	old := e.tables[name]
	switch {
	case old == nil:
		return fmt.Errorf("insert into %s: no such table", name)
	case old.SQL != "":
		return fmt.Errorf("insert into %s: it is a view", name)
	}
	for i, row := range rows {
		if len(row) != len(old.Columns) {
			return fmt.Errorf("insert into %s: row %d has %d values for %d columns", name, i, len(row), len(old.Columns))
		}
	}
	grown, first, before := *old, old.Rows, old.Row
	grown.Rows += len(rows)
	grown.Row = func(i int) []any {
		if i < first {
			return before(i)
		}
		return rows[i-first]
	}
	e.tables[name] = &grown
	return nil
}

// table returns a definition for a statement. As long as it is looked up
// unchanged it stays the same pointer, so that connections need not declare it
// anew.
func (e *Engine) table(name Name) (*Table, error) {
	def, err := e.definition(name)
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	switch known := e.found[name]; {
	case e.tables[name] != nil:
		return def, nil
	case known != nil && known.Owner == def.Owner && known.Comment == def.Comment && known.Kind == def.Kind && known.SQL == def.SQL:
		return known, nil
	}
	e.found[name] = def
	return def, nil
}

// definition returns a definition, made or looked up. A listing of many tables
// uses it, because to keep them all would cost memory for nothing.
func (e *Engine) definition(name Name) (*Table, error) {
	e.mu.Lock()
	def := e.tables[name]
	e.mu.Unlock()
	if def != nil {
		return def, nil
	}
	if e.opts.Lookup == nil {
		return nil, TableNotFound(name)
	}
	found, ok := e.opts.Lookup(name)
	if !ok {
		return nil, TableNotFound(name)
	}
	found.Name = name
	return &found, found.check()
}

// acquire takes a connection, waiting for one if all are at work.
func (e *Engine) acquire(ctx context.Context) (*conn, error) {
	select {
	case e.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		<-e.slots
		return nil, ErrClosed
	}
	if n := len(e.idle); n > 0 {
		c := e.idle[n-1]
		e.idle = e.idle[:n-1]
		e.mu.Unlock()
		return c, nil
	}
	e.mu.Unlock()
	c, err := openConn()
	if err != nil {
		<-e.slots
	}
	return c, err
}

// release gives a connection back.
func (e *Engine) release(c *conn) {
	defer func() { <-e.slots }()
	e.mu.Lock()
	if !e.closed {
		e.idle = append(e.idle, c)
		c = nil
	}
	e.mu.Unlock()
	if c != nil {
		c.sqlite.Close()
	}
}
