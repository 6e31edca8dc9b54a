package run

import (
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// sessionFunctions are the functions without arguments that tell a session
// about itself.
var sessionFunctions = map[string]func(*statement) string{
	"current_user":     func(r *statement) string { return r.principal },
	"session_user":     func(r *statement) string { return r.principal },
	"user":             func(r *statement) string { return r.principal },
	"current_catalog":  func(r *statement) string { catalog, _ := r.session.Namespace(); return catalog },
	"current_schema":   func(r *statement) string { _, schema := r.session.Namespace(); return schema },
	"current_database": func(r *statement) string { _, schema := r.session.Namespace(); return schema },
}

// refusedFunctions are SQLite's own functions that reach outside the query,
// fill memory, or mean something else in Databricks or nothing at all. A client
// is told that there is no such function, rather than given a wrong answer.
var refusedFunctions = []string{
	"load_extension", "randomblob", "zeroblob", "changes", "total_changes", "last_insert_rowid", "sqlite_version", "sqlite_source_id",
	"sqlite_log", "sqlite_compileoption_get", "sqlite_compileoption_used", "sqlite_offset", "likelihood", "likely", "unlikely", "glob",
	"quote", "unicode", "julianday", "strftime", "datetime", "time", "timediff", "unixepoch", "date", "random", "total", "log", "typeof",
	"format", "soundex", "unistr", "unistr_quote", "subtype", "match", "snippet", "highlight", "bm25", "group_concat",
}

var errFunction = errors.New("the function failed")

// registerFunctions adds the engine's functions to the connections d opens.
func (c *conn) registerFunctions(d *sqlite.Driver) error {
	for name, answer := range sessionFunctions {
		err := d.RegisterScalarFunction(name, 0, func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
			return answer(c.run), nil
		})
		if err != nil {
			return err
		}
	}
	for _, f := range []struct {
		name string
		args int32
		call func([]driver.Value) (driver.Value, error)
	}{
		{dialect.CastFunction, 2, c.cast}, {dialect.TryCastFunction, 2, c.tryCast}, {dialect.DivisorFunction, 1, c.divisor}, {dialect.PartsFunction, -1, c.gather},
	} {
		err := d.RegisterScalarFunction(f.name, f.args, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			return f.call(args)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// failed keeps the error for the client; SQLite carries only its text.
func (c *conn) failed(err error) error {
	if err != nil {
		c.run.deny(err)
		return errFunction
	}
	return nil
}

// target reads the type that the rewriter wrote as the second argument.
func (c *conn) target(name driver.Value) (values.Type, error) {
	text, _ := name.(string)
	if t, known := c.types[text]; known {
		return t, nil
	}
	t, err := values.ParseType(text)
	if err != nil {
		return values.Type{}, dialect.UnsupportedType(text)
	}
	if c.types == nil || len(c.types) > 1000 {
		c.types = map[string]values.Type{}
	}
	c.types[text] = t
	return t, nil
}

func (c *conn) cast(args []driver.Value) (driver.Value, error) {
	t, err := c.target(args[1])
	if err != nil {
		return nil, c.failed(err)
	}
	v, err := values.Cast(args[0], t)
	return v, c.failed(err)
}

func (c *conn) tryCast(args []driver.Value) (driver.Value, error) {
	t, err := c.target(args[1])
	if err != nil {
		return nil, c.failed(err)
	}
	v, err := values.Cast(args[0], t)
	if err != nil {
		return nil, nil
	}
	return v, nil
}

// divisor passes on what something is divided by, unless it is zero.
func (c *conn) divisor(args []driver.Value) (driver.Value, error) {
	if v := args[0]; v != nil && values.AsFloat(v) == 0 {
		if _, isBytes := v.([]byte); !isBytes {
			return nil, c.failed(values.DivideByZero())
		}
	}
	return args[0], nil
}
