package run

import (
	"context"
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
func (d *Database) Query(ctx context.Context, s *objects.Session, tokens []dialect.Token, params []Param) (*values.Result, error) {
	catalog, schema := s.Namespace()
	q, err := dialect.Rewrite(tokens, catalog, schema, d.opts.Columns)
	if err != nil {
		return nil, err
	}
	bound, err := bind(q.Markers, params)
	if lacks := dialect.Lacking(tokens); err != nil && lacks != nil {
		return nil, lacks // such as raw:field, which reads as a parameter
	}
	if err != nil {
		return nil, err
	}
	q.Bind(told(bound))
	c, err := d.acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer d.release(c)
	r := &statement{ctx: ctx, principal: s.Principal(), session: s, auth: d.opts.Authority, decided: map[readKey]error{}}
	c.run = r
	defer func() { c.run = nil }()

	for _, name := range q.Tables {
		if err := d.open(c, s.Principal(), name, 0); err != nil {
			return nil, q.Unread(name, err)
		}
	}
	for _, h := range q.Hints {
		if _, known := h.Resolve(columnTypes(c, q)); h.Nested != values.String && !known {
			return nil, unsupportedParts(h)
		}
	}
	result, err := c.collect(ctx, q.SQL, arguments(bound), d.opts.MaxValues, func(i, n int, decl string) (values.Type, bool) {
		return columnType(c, q, i, n, decl)
	})
	if err == nil && len(q.Hints) == len(result.Columns) {
		err = q.Finish(result)
	}
	var own *values.Error
	switch {
	case r.denied != nil:
		return nil, r.denied
	case err == nil, errors.As(err, &own):
		return result, err
	}
	failed := translate(err)
	if lacks := dialect.Lacking(tokens); lacks != nil && unread(failed) {
		return nil, lacks
	}
	return nil, failed
}

// unread reports whether an error says that SQLite did not understand the
// statement.
func unread(e *values.Error) bool {
	return e.Class == "PARSE_SYNTAX_ERROR" || e.Class == "ANALYSIS_EXCEPTION"
}

// maxViewDepth is how deep views may stand on views.
const maxViewDepth = 16

// open checks that a principal may read a table or view and makes it known to
// SQLite, with everything a view stands on.
func (d *Database) open(c *conn, who string, name dialect.Name, depth int) error {
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
	for _, below := range body.Tables {
		if err := d.open(c, def.Owner, below, depth+1); err != nil {
			return body.Unread(below, err)
		}
	}
	return c.declare(def, body.SQL)
}

// columnType finds the type of a result column, if anything but its values
// tells it: its declaration, or the text of the select list.
func columnType(c *conn, q *dialect.Query, i, n int, decl string) (values.Type, bool) {
	if t, ok := values.DeclaredType(decl); ok {
		// SQLite's driver gives declarations in upper case, which the names of
		// a STRUCT's fields must not be in.
		if kept, known := c.nested[strings.ToUpper(t.Text)]; known {
			return kept, true
		}
		return t, true
	}
	if len(q.Hints) != n {
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
		for _, name := range q.Tables {
			def := c.tables[name.Key()]
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
