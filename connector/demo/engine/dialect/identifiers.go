package dialect

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// identifier handles a name of any number of parts at the current position.
func (r *rewriter) identifier() error {
	parts := r.dotted()
	if r.top().expect {
		return r.table(parts)
	}
	switch {
	case len(parts) == 1:
		r.emit(r.bare(parts[0]))
		if slices.Contains(withoutParentheses, parts[0].Value) && r.peek(0).Is("(") && r.peek(1).Is(")") {
			r.pos += 2
		}
	case r.peek(2*len(parts)-1).Is(".") && r.peek(2*len(parts)).Is("*"):
		r.qualified(parts, parts[len(parts)-1:])
	case len(parts) == 2:
		r.qualified(parts, parts)
	default:
		r.qualified(parts, parts[len(parts)-2:])
	}
	return nil
}

// dotted returns the identifiers that start here, joined by dots.
func (r *rewriter) dotted() []Token {
	parts := []Token{r.peek(0)}
	for n := 1; r.peek(n).Is(".") && r.peek(n+1).Identifier(); n += 2 {
		parts = append(parts, r.peek(n+1))
	}
	return parts
}

// withoutParentheses are functions that SQLite writes without parentheses.
var withoutParentheses = []string{"CURRENT_DATE", "CURRENT_TIMESTAMP"}

// bare returns an identifier on its own, quoted where SQLite would take it for
// a keyword.
func (r *rewriter) bare(t Token) string {
	switch {
	case t.Kind == quoted:
		return SQLIdentifier(t.Value)
	case slices.Contains(ordinary, t.Value):
		return SQLIdentifier(t.raw)
	}
	return t.raw
}

// qualified writes the last parts of a dotted name and passes over it all:
// SQLite knows every table by its alias, so what stands before is not needed.
func (r *rewriter) qualified(all, keep []Token) {
	names := make([]string, len(keep))
	for i, t := range keep {
		names[i] = SQLIdentifier(identifierText(t))
	}
	r.pos += 2*len(all) - 2
	r.tokens[r.pos].spaced = all[0].spaced
	r.emit(strings.Join(names, "."))
}

// table writes the name of a table in a FROM clause.
func (r *rewriter) table(parts []Token) error {
	r.top().expect = false
	last := parts[len(parts)-1]
	after := r.peek(2*len(parts) - 1)
	switch {
	case after.Is("(") && len(parts) == 1 && last.Is("RANGE"):
		return r.rangeTable()
	case after.Is("(") && len(parts) == 1 && last.Is("TABLE_CHANGES"):
		return r.changesTable()
	case after.Is("(") && slices.Contains(builtIn, last.name()):
		return lackingFunction(last.name())
	case after.Is("("):
		return &values.Error{Class: "UNRESOLVED_TABLE_VALUED_FUNCTION", SQLState: "42883", Message: "Could not resolve " + Backtick(last.name()) +
			" to a table-valued function. The embedded workspace has range alone."}
	case len(parts) == 1 && slices.Contains(r.ctes, last.name()):
		r.emit(r.bare(last))
		return nil
	case len(parts) > 3:
		return SyntaxAt(parts[3])
	}
	name, err := r.resolve(parts)
	if err != nil {
		return err
	}
	n := 2*len(parts) - 1
	key, end, err := r.readAs(name, parts, n)
	if err != nil {
		return err
	}
	after = r.peek(end)
	r.pos += n - 1
	r.tokens[r.pos].spaced = true
	r.emit(SQLIdentifier(key))
	r.pos += end - n
	if !after.Is("AS") && !aliases(after) {
		r.out.WriteString(" AS " + SQLIdentifier(identifierText(last)))
		r.spaceNext = true
	}
	return nil
}

// readAs notes that the query reads a table, or the version of it that the token n places on asks for. It gives the key that SQLite knows
// it by, and the place behind the version.
func (r *rewriter) readAs(name Name, parts []Token, n int) (key string, end int, err error) {
	var written []string
	for _, part := range parts {
		written = append(written, identifierText(part))
	}
	at, words, end, err := r.moment(n)
	switch {
	case err != nil:
		return "", n, err
	case at.Given:
		return r.query.named(Travel{Table: name, At: at, function: words}, written), end, nil
	}
	r.query.times[name]++
	if !slices.Contains(r.query.Tables, name) {
		r.query.Tables = append(r.query.Tables, name)
		r.query.written[name] = written
	}
	return name.Key(), end, nil
}

// aliases reports whether the token behind a table is its alias.
func aliases(t Token) bool {
	return t.Identifier() && (t.Kind != Word || !slices.Contains(afterTable, t.Value))
}

func (r *rewriter) resolve(parts []Token) (Name, error) {
	names := make([]string, len(parts))
	for i, t := range parts {
		if names[i] = t.name(); names[i] == "" || strings.ContainsAny(names[i], ".\x00") {
			return Name{}, SyntaxAt(t)
		}
	}
	return complete(names, r.catalog, r.schema), nil
}

// complete fills in the missing leading parts of a table's name.
func complete(parts []string, catalog, schema string) Name {
	switch len(parts) {
	case 1:
		return NewName(catalog, schema, parts[0])
	case 2:
		return NewName(catalog, parts[0], parts[1])
	}
	return NewName(parts[0], parts[1], parts[2])
}

func identifierText(t Token) string {
	if t.Kind == quoted {
		return t.Value
	}
	return t.raw
}

// SQLIdentifier quotes an identifier for SQLite.
func SQLIdentifier(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// sqlText quotes a string for SQLite, which has no escapes and ends at a NUL.
func sqlText(s string) string {
	s = strings.ReplaceAll(s, "'", "''")
	if strings.IndexByte(s, 0) < 0 {
		return "'" + s + "'"
	}
	return "('" + strings.ReplaceAll(s, "\x00", "'||char(0)||'") + "')"
}
