package run

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// conn is one SQLite connection with an empty database of its own, in which
// the tables a statement names appear as they are first used. It runs one
// statement at a time.
type conn struct {
	sqlite sqliteConn
	pool   *sql.DB                   // of this one connection, which takes the limits
	tables map[string]*objects.Table // what is declared on this connection, by key
	types  map[string]values.Type    // that were cast to, by name
	nested map[string]values.Type    // of the tables' columns, by their text in upper case
	run    *statement                // the statement at work, nil in between
	seen   seen

	pattern  pattern
	outlasts bool // it has no slot any more, see outlast
}

// sqliteConn is what the engine uses of the SQLite driver's connection.
type sqliteConn interface {
	driver.Conn
	driver.ExecerContext
	driver.QueryerContext
	sqlite.AuthorizerRegisterer
}

// statement is the state of one that runs.
type statement struct {
	ctx       context.Context
	principal string
	session   *objects.Session
	auth      objects.Authority
	decided   map[readKey]error // what the authority said, asked once
	denied    error             // the first refusal, or the first function that failed
	numbers   bool              // it asks for the numbers of rows itself
	setup     bool              // the engine itself is declaring tables
	named     int               // how often it named tables and views, with what these name
	travels   []string          // the keys of tables as they were, which nobody asks for again
}

// seen is the row that was read last: what a condition looks at is given as well.
type seen struct {
	table  *objects.Table
	number int
	row    []any
}

// row is a row of a table.
func (c *conn) row(of *objects.Table, number int) []any {
	if c.seen.table != of || c.seen.number != number {
		c.seen = seen{of, number, of.Row(number)}
	}
	return c.seen.row
}

type readKey struct {
	principal string
	table     string
}

// dataSource opens a private database in memory. An identifier in quotes that
// names nothing is an error and not a string, as in Databricks SQL.
const dataSource = "file::memory:?_dqs=0"

func openConn() (*conn, error) {
	c := &conn{tables: map[string]*objects.Table{}, nested: map[string]values.Type{}}
	var d sqlite.Driver
	if err := d.RegisterModule(moduleName, module{c}); err != nil {
		return nil, fmt.Errorf("open SQL engine: %w", err)
	}
	if err := c.registerFunctions(&d); err != nil {
		return nil, fmt.Errorf("open SQL engine: %w", err)
	}
	if err := c.registerTexts(&d); err != nil {
		return nil, fmt.Errorf("open SQL engine: %w", err)
	}
	if err := c.registerAggregates(&d); err != nil {
		return nil, fmt.Errorf("open SQL engine: %w", err)
	}
	c.pool = sql.OpenDB(connector{&d})
	if err := c.connect(); err != nil {
		c.pool.Close()
		return nil, fmt.Errorf("open SQL engine: %w", err)
	}
	return c, nil
}

// connector opens the one connection of a pool.
type connector struct{ driver *sqlite.Driver }

func (k connector) Connect(context.Context) (driver.Conn, error) { return k.driver.Open(dataSource) }
func (k connector) Driver() driver.Driver                        { return k.driver }

// connect takes the connection out of its pool, which has to stay open as long.
func (c *conn) connect() error {
	held, err := c.pool.Conn(context.Background())
	if err != nil {
		return err
	}
	for limit, most := range map[int]int{sqlite3.SQLITE_LIMIT_LENGTH: mostBytes, sqlite3.SQLITE_LIMIT_FUNCTION_ARG: mostArguments} {
		if _, err := sqlite.Limit(held, limit, most); err != nil {
			return err
		}
	}
	return held.Raw(func(opened any) (err error) {
		var ok bool
		if c.sqlite, ok = opened.(sqliteConn); !ok {
			return errors.New("the SQLite driver has no authorizer")
		}
		return c.sqlite.RegisterAuthorizer(c.authorize)
	})
}

// close frees the connection's memory.
func (c *conn) close() error { return errors.Join(c.sqlite.Close(), c.pool.Close()) }

// principal is who runs the statement at work.
func (c *conn) principal() string {
	if c.run == nil {
		return ""
	}
	return c.run.principal
}

func (c *conn) context() context.Context {
	if c.run == nil {
		return context.Background()
	}
	return c.run.ctx
}

// authorize is asked by SQLite for everything a statement is about to do,
// while it is compiled. Only reading is allowed, and only what the authority
// allows: a table by the principal who runs the statement, or, inside a view,
// by the view's owner.
func (c *conn) authorize(action sqlite.AuthorizerActionCode, arg1, arg2, database, view string) sqlite.AuthorizerReturnCode {
	r := c.run
	if r == nil {
		return sqlite.AuthorizerDeny
	}
	if r.setup {
		return sqlite.AuthorizerOK
	}
	switch action {
	case sqlite.AuthSelect, sqlite.AuthRecursive:
		return sqlite.AuthorizerOK
	case sqlite.AuthFunction:
		if slices.Contains(refusedFunctions, strings.ToLower(arg2)) {
			return sqlite.AuthorizerDeny
		}
		return sqlite.AuthorizerOK
	case sqlite.AuthRead:
		return c.authorizeRead(arg1, arg2, database, view)
	case sqlite.AuthInsert, sqlite.AuthUpdate, sqlite.AuthDelete:
		if t := c.tables[arg1]; t != nil {
			r.deny(r.auth.Write(r.principal, t.Name))
		}
	}
	r.deny(objects.NotPermitted("The statement is not allowed to change anything."))
	return sqlite.AuthorizerDeny
}

func (c *conn) authorizeRead(table, column, database, view string) sqlite.AuthorizerReturnCode {
	r := c.run
	def := c.tables[table]
	if def == nil {
		// A common table expression has no database; SQLite's own tables do.
		if database == "" {
			return sqlite.AuthorizerOK
		}
		r.deny(objects.NotPermitted("The statement reads a table outside the workspace."))
		return sqlite.AuthorizerDeny
	}
	if column == "ROWID" && def.SQL == "" && !r.numbers && !def.HasColumn(column) {
		r.deny(dialect.UnresolvedColumn("rowid"))
		return sqlite.AuthorizerDeny
	}
	who := r.principal
	if v := c.tables[view]; v != nil {
		who = v.Owner
	}
	if err := r.mayRead(who, def.Name); err != nil {
		r.deny(err)
		return sqlite.AuthorizerDeny
	}
	return sqlite.AuthorizerOK
}

func (r *statement) deny(err error) {
	if r.denied == nil {
		r.denied = err
	}
}

// mayRead asks the authority once for each table and principal.
func (r *statement) mayRead(who string, name dialect.Name) error {
	key := readKey{who, name.Key()}
	err, known := r.decided[key]
	if !known {
		if name.Schema == objects.InformationSchema {
			err = r.auth.UseCatalog(who, name.Catalog)
		} else {
			err = r.auth.Read(who, name)
		}
		r.decided[key] = err
	}
	return err
}

// declare makes a table or view known to SQLite on this connection.
func (c *conn) declare(def *objects.Table, viewSQL string) error {
	key := def.Key()
	if c.tables[key] == def {
		return nil
	}
	c.run.setup = true
	defer func() { c.run.setup = false }()
	if old := c.tables[key]; old != nil {
		kind := "TABLE "
		if old.SQL != "" {
			kind = "VIEW "
		}
		if err := c.exec("DROP " + kind + dialect.SQLIdentifier(key)); err != nil {
			return err
		}
		delete(c.tables, key)
	}
	c.tables[key] = def
	for _, column := range def.Columns {
		if len(column.Type.Fields) > 0 {
			c.nested[strings.ToUpper(column.Type.Text)] = column.Type
		}
	}
	create := "CREATE VIRTUAL TABLE " + dialect.SQLIdentifier(key) + " USING " + moduleName
	if def.SQL != "" {
		create = "CREATE VIEW " + dialect.SQLIdentifier(key) + " AS " + viewSQL
	}
	if err := c.exec(create); err != nil {
		delete(c.tables, key)
		return fmt.Errorf("declare %s: %w", def.Name, err)
	}
	return nil
}

func (c *conn) exec(sql string) error {
	_, err := c.sqlite.ExecContext(context.Background(), sql, nil)
	return err
}
