package query

import (
	"context"
	"database/sql/driver"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/contain"
)

// contained is the driver behind a wall: it panics where an answer is not what it takes for granted, and database/sql calls it from
// goroutines of its own as well, to open and to close.
type contained struct{ driver.Connector }

// within runs a call into the driver and makes an error of a panic.
func within(doing string, call func() error) error {
	var err error
	if fault := contain.Run(doing, func() { err = call() }); fault != nil {
		return fmt.Errorf("%w: %w", connector.ErrUnreadable, fault)
	}
	return err
}

// Connect opens a session.
func (c contained) Connect(ctx context.Context) (driver.Conn, error) {
	var conn driver.Conn
	err := within("opening a session", func() (err error) {
		conn, err = c.Connector.Connect(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &containedConn{Conn: conn}, nil
}

// containedConn is a session. One in which the driver panicked is not used again.
type containedConn struct {
	driver.Conn
	broken bool
}

// QueryContext runs a statement.
func (c *containedConn) QueryContext(ctx context.Context, statement string, args []driver.NamedValue) (driver.Rows, error) {
	queryer, ok := c.Conn.(driver.QueryerContext)
	if !ok {
		return nil, driver.ErrSkip
	}
	var rows driver.Rows
	c.broken = true
	err := within("running a statement", func() (err error) {
		rows, err = queryer.QueryContext(ctx, statement, args)
		c.broken = false
		return err
	})
	if err != nil {
		return nil, err
	}
	return containedRows{rows}, nil
}

// IsValid reports whether the session may be used again.
func (c *containedConn) IsValid() bool {
	validator, ok := c.Conn.(driver.Validator)
	return !c.broken && (!ok || validator.IsValid())
}

// Close ends the session.
func (c *containedConn) Close() error { return within("closing a session", c.Conn.Close) }

// containedRows are a result.
type containedRows struct{ driver.Rows }

// Next reads a row.
func (r containedRows) Next(into []driver.Value) error {
	return within("reading a row", func() error { return r.Rows.Next(into) })
}

// Columns are the names of the columns, none where they cannot be read.
func (r containedRows) Columns() (names []string) {
	_ = within("reading the columns", func() error {
		names = r.Rows.Columns()
		return nil
	})
	return names
}

// ColumnTypeDatabaseTypeName is the type of a column, empty where it cannot be read.
func (r containedRows) ColumnTypeDatabaseTypeName(index int) (name string) {
	if typed, ok := r.Rows.(driver.RowsColumnTypeDatabaseTypeName); ok {
		_ = within("reading the columns", func() error {
			name = typed.ColumnTypeDatabaseTypeName(index)
			return nil
		})
	}
	return name
}

// Close ends the statement.
func (r containedRows) Close() error { return within("closing a result", r.Rows.Close) }
