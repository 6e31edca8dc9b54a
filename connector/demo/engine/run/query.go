package run

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Query runs a SELECT on SQLite and returns all it returns. The error of a
// statement that fails is an [*values.Error]; other errors are those of the context,
// and [ErrClosed].
func (d *Database) Query(ctx context.Context, s *objects.Session, tokens []dialect.Token, params []Param) (all *values.Result, err error) {
	err = d.Stream(ctx, s, tokens, params, Pages{}, func(page *values.Result, _ bool) error {
		all = page
		return nil
	})
	return all, err
}

// Stream is [Database.Query] for results of any length: it hands them out page
// by page, until take returns an error.
func (d *Database) Stream(
	ctx context.Context, s *objects.Session, tokens []dialect.Token, params []Param, pages Pages, take func(page *values.Result, more bool) error,
) error {
	catalog, schema := s.Namespace()
	q, err := dialect.Rewrite(tokens, catalog, schema, d.opts.Columns)
	if err != nil {
		return err
	}
	bound, err := bind(q.Markers, params)
	if lacks := dialect.Lacking(tokens); err != nil && lacks != nil {
		return lacks // such as raw:field, which reads as a parameter
	}
	if err != nil {
		return err
	}
	q.Bind(told(bound))
	c, err := d.acquire(ctx)
	if err != nil {
		return err
	}
	defer d.release(c)
	r := &statement{ctx: ctx, principal: s.Principal(), session: s, auth: d.opts.Authority, decided: map[readKey]error{}}
	c.run = r
	defer func() { c.run, c.seen = nil, seen{} }()
	defer c.forget(r)
	if err := d.openAll(c, s.Principal(), q, 0, 1); err != nil {
		return err
	}
	for _, h := range q.Hints {
		if _, known := h.Resolve(columnTypes(c, q)); h.Nested != values.String && !known {
			return unsupportedParts(h)
		}
	}
	c.answer(q)
	var taken error
	err = c.collect(ctx, q, arguments(bound), pages.within(d.opts.MaxValues, d.opts.MaxBytes), func(page *values.Result, more bool) error {
		if len(q.Hints) == len(page.Columns) {
			if taken = q.Finish(page); taken != nil {
				return taken
			}
		}
		if more && pages.Next > 0 {
			if taken = d.outlast(c); taken != nil {
				return taken
			}
		}
		if r.denied == nil {
			taken = take(page, more)
		}
		return taken
	})
	return r.outcome(tokens, err, taken)
}

// outcome is the error that a statement ends with.
func (r *statement) outcome(tokens []dialect.Token, err, taken error) error {
	var own *values.Error
	switch {
	case r.denied != nil:
		return r.denied
	case taken != nil:
		return taken
	case err == nil, errors.As(err, &own):
		return err
	}
	failed := translate(err)
	if lacks := dialect.Lacking(tokens); lacks != nil && unread(failed) {
		return lacks
	}
	return failed
}

// unread reports whether an error says that SQLite did not understand the
// statement.
func unread(e *values.Error) bool {
	return e.Class == "PARSE_SYNTAX_ERROR" || e.Class == "ANALYSIS_EXCEPTION"
}

// How deep views may stand on views, and how often a statement may name tables and views with what its views name, each time that they are named.
const (
	maxViewDepth = 16
	mostNamed    = 5000
)

// open checks that a principal may read a table or view and makes it known to
// SQLite, with everything a view stands on. The statement comes by it so many times.
func (d *Database) open(c *conn, who string, name dialect.Name, depth, times int) error {
	if c.run.named += times; c.run.named > mostNamed {
		return dialect.TooComplex()
	}
	if err := c.run.mayRead(who, name); err != nil {
		return err
	}
	if name.Schema == objects.InformationSchema {
		def, err := d.opts.Information(c.run.ctx, c.run.principal, name)
		if err != nil {
			return err
		}
		return c.declare(def, "")
	}
	def, err := d.opts.Store.Table(name)
	if err != nil {
		return err
	}
	if def.SQL == "" {
		return c.declare(def, "")
	}
	if depth == maxViewDepth {
		return &values.Error{Class: "VIEW_EXCEED_MAX_NESTED_DEPTH", SQLState: "54K00", Message: fmt.Sprintf(
			"The depth of view %s exceeds the maximum view resolution depth (%d).", name.Quoted(), maxViewDepth)}
	}
	tokens, err := dialect.Lex(def.SQL)
	if err != nil {
		return err
	}
	body, err := dialect.Rewrite(tokens, name.Catalog, name.Schema, d.opts.Columns)
	if err != nil {
		return err
	}
	if err := d.openAll(c, def.Owner, body, depth+1, times); err != nil {
		return err
	}
	return c.declare(def, body.SQL)
}

// openAll opens every table that a query names, now or as it was.
func (d *Database) openAll(c *conn, who string, q *dialect.Query, depth, times int) error {
	for _, name := range q.Tables {
		if err := d.open(c, who, name, depth, times*q.Times(name)); err != nil {
			return q.Unread(name, err)
		}
	}
	for _, t := range q.Travels {
		if err := d.travel(c, who, t); err != nil {
			return q.Unread(t.Table, err)
		}
	}
	return nil
}

// columnType finds the type of a result column, if anything but its values
// tells it: its declaration, or the text of the select list.
func (s *source) columnType(c *conn, q *dialect.Query, i int) (values.Type, bool) {
	if s.types != nil {
		return s.types[i], true
	}
	var decl string
	if declared, ok := s.Rows.(driver.RowsColumnTypeDatabaseTypeName); ok {
		decl = declared.ColumnTypeDatabaseTypeName(i)
	}
	if t, ok := values.DeclaredType(decl); ok {
		// SQLite's driver gives declarations in upper case, which the names of
		// a STRUCT's fields must not be in.
		if kept, known := c.nested[strings.ToUpper(t.Text)]; known {
			return kept, true
		}
		return t, true
	}
	if len(q.Hints) != len(s.names) {
		return values.Type{}, false
	}
	return q.Hints[i].Resolve(columnTypes(c, q))
}

// columnTypes looks up the columns of the statement's tables, where it is
// certain that a name in the select list means one of them.
func columnTypes(c *conn, q *dialect.Query) func(string) (values.Type, bool) {
	return func(wanted string) (values.Type, bool) {
		if !q.Plain {
			return values.Type{}, false
		}
		keys := make([]string, 0, len(q.Tables)+len(q.Travels))
		for _, name := range q.Tables {
			keys = append(keys, name.Key())
		}
		for _, t := range q.Travels {
			keys = append(keys, t.Key)
		}
		for _, key := range keys {
			def := c.tables[key]
			if def == nil {
				continue
			}
			for _, column := range def.Columns {
				if strings.EqualFold(column.Name, wanted) {
					return column.Type, true
				}
			}
		}
		return values.Type{}, false
	}
}

func unsupportedParts(h dialect.Hint) *values.Error {
	return &values.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000", Message: fmt.Sprintf(
		"The embedded workspace cannot tell the type of what %s is made of.", h.Name)}
}
