package engine

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Param is the value of a parameter in a statement: of :name, or, if Name is
// empty, of the next question mark.
type Param struct {
	Name  string
	Value any // nil, bool, int64, float64, string or []byte
}

// Execute runs one statement to its end and returns all it returns. It may
// change the session's namespace. A statement that fails returns an [*Error];
// one whose context ends before it is done returns an error that wraps the
// context's.
func (e *Engine) Execute(ctx context.Context, s *Session, sql string, params ...Param) (*Result, error) {
	result, err := e.execute(ctx, s, sql, params)
	if err == nil {
		return result, nil
	}
	if cause := ctx.Err(); cause != nil {
		return nil, fmt.Errorf("%w (%w)", canceled(), cause)
	}
	if errors.Is(err, ErrClosed) {
		return nil, err
	}
	return nil, locate(AsError(err), s, sql)
}

func (e *Engine) execute(ctx context.Context, s *Session, sql string, params []Param) (*Result, error) {
	tokens, err := lex(sql)
	if err != nil {
		return nil, err
	}
	if len(tokens) == 0 {
		return nil, syntaxError("")
	}
	p := &parser{tokens: tokens}
	for p.peek().is("(") {
		p.pos++
	}
	first := p.peek()
	if slices.Contains(queryVerbs, first.value) && first.kind == word {
		return e.query(ctx, s, tokens, params)
	}
	p.pos = 1
	first = tokens[0]
	if command, known := commands[first.value]; known && first.kind == word {
		return command(e, s, p)
	}
	return nil, syntaxAt(first)
}

// queryVerbs are the words a query starts with.
var queryVerbs = []string{"SELECT", "WITH", "VALUES"}

// query runs a SELECT on SQLite.
func (e *Engine) query(ctx context.Context, s *Session, tokens []token, params []Param) (*Result, error) {
	catalog, schema := s.Namespace()
	q, err := rewrite(tokens, catalog, schema)
	if err != nil {
		return nil, err
	}
	args, err := arguments(q.markers, params)
	if err != nil {
		return nil, err
	}
	c, err := e.acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer e.release(c)
	r := &run{ctx: ctx, principal: s.principal, session: s, auth: e.auth, decided: map[readKey]error{}}
	c.run = r
	defer func() { c.run = nil }()

	for _, name := range q.tables {
		if err := e.open(c, s.principal, name, 0); err != nil {
			return nil, err
		}
	}
	for _, h := range q.hints {
		if _, known := h.resolve(q.columnTypes(c)); h.nested != String && !known {
			return nil, unsupportedParts(h)
		}
	}
	result, err := c.collect(ctx, q.sql, args, e.opts.MaxValues, func(i, n int, decl string) (Type, bool) {
		return columnType(c, q, i, n, decl)
	})
	if err == nil && len(q.hints) == len(result.Columns) {
		err = q.finish(result)
	}
	var own *Error
	switch {
	case r.denied != nil:
		return nil, r.denied
	case err == nil, errors.As(err, &own):
		return result, err
	}
	return nil, translate(err)
}

// maxViewDepth is how deep views may stand on views.
const maxViewDepth = 16

// open checks that a principal may read a table or view and makes it known to
// SQLite, with everything a view stands on.
func (e *Engine) open(c *conn, who string, name Name, depth int) error {
	if err := c.run.mayRead(who, name); err != nil {
		return err
	}
	if name.Schema == informationSchema {
		return e.openInformation(c, name)
	}
	def, err := e.table(name)
	if err != nil {
		return err
	}
	if def.SQL == "" {
		return c.declare(def, "")
	}
	if depth == maxViewDepth {
		return &Error{Class: "VIEW_EXCEED_MAX_NESTED_DEPTH", SQLState: "54K00", Message: fmt.Sprintf(
			"The depth of view %s exceeds the maximum view resolution depth (%d).", name.quoted(), maxViewDepth)}
	}
	tokens, err := lex(def.SQL)
	if err != nil {
		return err
	}
	body, err := rewrite(tokens, name.Catalog, name.Schema)
	if err != nil {
		return err
	}
	for _, below := range body.tables {
		if err := e.open(c, def.Owner, below, depth+1); err != nil {
			return err
		}
	}
	return c.declare(def, body.sql)
}

// columnType finds the type of a result column, if anything but its values
// tells it: its declaration, or the text of the select list.
func columnType(c *conn, q *query, i, n int, decl string) (Type, bool) {
	if t, ok := declaredType(decl); ok {
		// SQLite's driver gives declarations in upper case, which the names of
		// a STRUCT's fields must not be in.
		if kept, known := c.nested[strings.ToUpper(t.Text)]; known {
			return kept, true
		}
		return t, true
	}
	if len(q.hints) != n {
		return Type{}, false
	}
	return q.hints[i].resolve(q.columnTypes(c))
}

// columnTypes looks up the columns of the statement's tables, where it is
// certain that a name in the select list means one of them.
func (q *query) columnTypes(c *conn) func(string) (Type, bool) {
	return func(wanted string) (Type, bool) {
		if !q.plain {
			return Type{}, false
		}
		for _, name := range q.tables {
			def := c.tables[name.key()]
			if def == nil {
				continue
			}
			for _, column := range def.Columns {
				if strings.EqualFold(column.Name, wanted) {
					return column.Type, true
				}
			}
		}
		return Type{}, false
	}
}

// finish names the columns of a result as their expressions, and puts together
// what constructors made.
func (q *query) finish(result *Result) error {
	for i, h := range q.hints {
		if h.name != "" {
			result.Columns[i].Name = h.name
		}
		if h.nested == String {
			continue
		}
		for row, gathered := range result.Vectors[i].Texts {
			if gathered == "" {
				continue
			}
			built, err := h.build(result.Columns[i].Type, gathered)
			if err != nil {
				return err
			}
			result.Vectors[i].Texts[row] = built
		}
	}
	return nil
}

func unsupportedParts(h typeHint) *Error {
	return &Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000", Message: fmt.Sprintf(
		"The embedded workspace cannot tell the type of what %s is made of.", h.name)}
}

// arguments pairs the markers of a statement with the client's values.
func arguments(markers []token, params []Param) ([]driver.NamedValue, error) {
	var args []driver.NamedValue
	for i, p := range params {
		args = append(args, driver.NamedValue{Name: p.Name, Ordinal: i + 1, Value: p.Value})
	}
	positions := 0
	for _, m := range markers {
		if m.value == "" {
			positions++
			if positions > len(params) || params[positions-1].Name != "" {
				return nil, unbound("_" + fmt.Sprint(positions))
			}
		} else if !slices.ContainsFunc(params, func(p Param) bool { return p.Name == m.value }) {
			return nil, unbound(m.value)
		}
	}
	return args, nil
}

func unbound(name string) *Error {
	return &Error{Class: "UNBOUND_SQL_PARAMETER", SQLState: "42P02", Message: fmt.Sprintf("Found the unbound parameter: %s. Fix `args` and provide a mapping of the parameter.", name)}
}
