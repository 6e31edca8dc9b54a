package engine

import (
	"fmt"
	"slices"
	"strings"
)

// query is a SELECT made ready for SQLite.
type query struct {
	sql     string
	tables  []Name     // every table and view it names, in order, once each
	hints   []typeHint // for each column of the outermost list, as far as they can be told
	markers []token    // its parameters
	plain   bool       // a single SELECT: its columns are those of its tables
}

// clauseEnds are the keywords that close a FROM clause.
var clauseEnds = []string{"WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "WINDOW", "UNION", "INTERSECT", "EXCEPT", "QUALIFY"}

// afterTable are the keywords that may follow a table's name, so that they are
// not taken for its alias.
var afterTable = append([]string{
	"JOIN", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "NATURAL", "ON", "USING", "SEMI", "ANTI", "LATERAL", "TABLESAMPLE",
}, clauseEnds...)

// ordinary are keywords of SQLite that are ordinary names in Databricks SQL.
// They are quoted so that a column may be called that.
var ordinary = []string{
	"ABORT", "ACTION", "ADD", "AFTER", "ALTER", "ATTACH", "AUTOINCREMENT", "BEFORE", "BEGIN", "COMMIT", "CONFLICT", "CREATE", "DATABASE",
	"DEFAULT", "DEFERRABLE", "DEFERRED", "DELETE", "DETACH", "DROP", "EACH", "FAIL", "GENERATED", "IGNORE", "INDEX", "INDEXED",
	"INITIALLY", "INSTEAD", "KEY", "NOTHING", "PLAN", "PRAGMA", "PRIMARY", "QUERY", "RAISE", "REFERENCES", "REINDEX", "RELEASE",
	"RENAME", "RESTRICT", "RETURNING", "ROLLBACK", "SAVEPOINT", "SET", "TEMP", "TEMPORARY", "TO", "TRANSACTION", "TRIGGER", "UNIQUE",
	"UPDATE", "VACUUM", "VIEW", "VIRTUAL",
}

// scope is what the rewriter knows about one level of parentheses.
type scope struct {
	selecting bool // a SELECT stands on this level
	inFrom    bool // the FROM clause is open: a comma starts another table
	expect    bool // the next identifier is a table
	cast      bool // the parentheses belong to a CAST
}

// rewriter turns the tokens of a SELECT into SQLite's dialect: names of tables
// become the single identifiers the engine stores them under, with the last
// part as their alias, and literals and a few spellings are translated.
type rewriter struct {
	tokens           []token
	catalog, schema  string
	ctes             []string
	scopes           []scope
	out              strings.Builder
	query            query
	pos              int
	wrote, spaceNext bool
}

// rewrite prepares a SELECT; names of one or two parts are completed with the
// given catalog and schema.
func rewrite(tokens []token, catalog, schema string) (*query, error) {
	r := &rewriter{tokens: guardDivisors(tokens), catalog: catalog, schema: schema, scopes: []scope{{}}}
	r.ctes = commonTables(tokens)
	r.query.hints = hints(tokens)
	for r.pos < len(r.tokens) {
		if err := r.step(); err != nil {
			return nil, err
		}
	}
	r.query.sql = r.out.String()
	r.query.plain = !slices.ContainsFunc(tokens[min(1, len(tokens)):], func(t token) bool { return t.is("SELECT") || t.is("VALUES") })
	return &r.query, nil
}

func (r *rewriter) top() *scope { return &r.scopes[len(r.scopes)-1] }

// peek returns the token n places on; past the end it is an empty symbol.
func (r *rewriter) peek(n int) token {
	if i := r.pos + n; i >= 0 && i < len(r.tokens) {
		return r.tokens[i]
	}
	return token{kind: symbol}
}

// emit writes text in place of the current token and moves on.
func (r *rewriter) emit(s string) {
	if r.wrote && (r.spaceNext || r.peek(0).spaced) {
		r.out.WriteByte(' ')
	}
	r.out.WriteString(s)
	r.wrote, r.spaceNext = true, false
	r.pos++
}

// drop leaves the current token out.
func (r *rewriter) drop() {
	r.spaceNext = r.spaceNext || r.peek(0).spaced
	r.pos++
}

func (r *rewriter) step() error {
	switch t := r.peek(0); t.kind {
	case text:
		r.emit(sqlText(t.value))
	case number:
		r.emit(t.value)
	case marker:
		r.query.markers = append(r.query.markers, t)
		r.emit(t.raw)
	case symbol:
		return r.symbol(t)
	case quoted:
		return r.identifier()
	case word:
		return r.word(t)
	}
	return nil
}

func (r *rewriter) symbol(t token) error {
	switch t.value {
	case "(":
		cast := r.peek(-1).is("CAST") || r.peek(-1).is("TRY_CAST")
		r.scopes = append(r.scopes, scope{expect: r.top().expect, cast: cast})
		r.scopes[len(r.scopes)-2].expect = false
	case ")":
		if len(r.scopes) == 1 {
			return syntaxAt(t)
		}
		r.scopes = r.scopes[:len(r.scopes)-1]
	case ",":
		r.top().expect = r.top().inFrom
	case "<=>":
		r.emit(" IS ")
		return nil
	case "/":
		// Whole numbers divide into a fraction here, unlike in SQLite.
		r.emit(" * 1.0 / ")
		return nil
	case "[", "]", "{", "}", "!", ":", "::", "^", "->":
		return syntaxAt(t)
	}
	r.emit(t.raw)
	return nil
}

func (r *rewriter) word(t token) error {
	top := r.top()
	switch {
	case t.is("SELECT") || t.is("VALUES"):
		*top = scope{selecting: true}
	case t.is("FROM") && top.selecting && !r.peek(-1).is("DISTINCT"), t.is("JOIN"):
		top.inFrom, top.expect = true, true
	case slices.Contains(clauseEnds, t.value):
		top.inFrom, top.expect = false, false
	case t.is("AS") && top.cast:
		return r.castType()
	case t.is("CAST") && r.peek(1).is("("):
		r.emit(sqlIdentifier(castFunction))
		return nil
	case t.is("TRY_CAST") && r.peek(1).is("("):
		r.emit(sqlIdentifier(tryCastFunction))
		return nil
	case r.peek(1).is("(") && r.query.constructs(t):
		r.emit(sqlIdentifier(partsFunction))
		return nil
	case (t.is("DATE") || t.is("TIMESTAMP")) && r.peek(1).kind == text:
		return r.typedLiteral(t)
	case t.is("LATERAL") && top.expect:
		return syntaxAt(t)
	default:
		return r.identifier()
	}
	r.emit(t.raw)
	return nil
}

// constructs reports whether the token is a constructor in the select list.
func (q *query) constructs(t token) bool {
	return slices.ContainsFunc(q.hints, func(h typeHint) bool { return slices.Contains(h.at, t.pos) })
}

// castType turns the type after AS in a CAST into an argument.
func (r *rewriter) castType() error {
	var b strings.Builder
	depth, n := 0, 1
	for ; depth > 0 || !r.peek(n).is(")"); n++ {
		t := r.peek(n)
		switch {
		case t.raw == "":
			return syntaxError("")
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		}
		b.WriteString(t.raw)
	}
	if _, err := ParseType(b.String()); err != nil {
		return unsupportedType(b.String())
	}
	r.emit(", " + sqlText(b.String()))
	r.pos += n - 1
	return nil
}

// typedLiteral drops the word in front of a literal date or timestamp, which
// is text to SQLite.
func (r *rewriter) typedLiteral(kind token) error {
	t := TimestampType
	if kind.is("DATE") {
		t = DateType
	}
	literal := r.peek(1).value
	v, err := cast(literal, t)
	if err != nil {
		return &Error{Class: "INVALID_TYPED_LITERAL", SQLState: "42604", Message: fmt.Sprintf(
			"The value of the typed literal \"%s\" is invalid: '%s'.", kind.value, literal)}
	}
	r.drop()
	r.emit(sqlText(asText(v, t)))
	return nil
}

// commonTables returns the names that WITH defines: an identifier, perhaps
// with a list of columns, in front of AS and a parenthesis.
func commonTables(tokens []token) []string {
	var names []string
	for i := 2; i < len(tokens); i++ {
		if !tokens[i].is("(") || !tokens[i-1].is("AS") {
			continue
		}
		j := i - 2
		if tokens[j].is(")") {
			for j > 0 && !tokens[j].is("(") {
				j--
			}
			j--
		}
		if j > 0 && tokens[j].identifier() && (tokens[j-1].is("WITH") || tokens[j-1].is("RECURSIVE") || tokens[j-1].is(",")) {
			names = append(names, tokens[j].name())
		}
	}
	return names
}
