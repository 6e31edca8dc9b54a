package dialect

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Query is a SELECT made ready for SQLite.
type Query struct {
	SQL     string
	Tables  []Name   // every table and view it names, in order, once each
	Travels []Travel // and those it names as they were
	Hints   []Hint   // for each column of the outermost list, as far as they can be told
	Markers []Token  // its parameters
	Plain   bool     // a single SELECT: its columns are those of its tables

	Aggregates []Aggregate // its columns, if the statistics of its one table may answer them all
	Direct     *Direct     // if its columns are those of its one table, nil if not

	written map[Name][]string // how it names its tables
	times   map[Name]int      // and how often
}

// Times is how often the query names a table or view as it is now.
func (q *Query) Times(name Name) int { return q.times[name] }

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

// The functions that the rewriter puts into statements. Their names are no
// names that a client could write without meaning to.
const (
	CastFunction    = "cast to"
	TryCastFunction = "try_cast to"
	DivisorFunction = "divisor"
)

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
	tokens           []Token
	catalog, schema  string
	ctes             []string
	scopes           []scope
	out              strings.Builder
	query            Query
	pos              int
	wrote, spaceNext bool
}

// Rewrite prepares a SELECT; names of one or two parts are completed with the
// given catalog and schema.
func Rewrite(tokens []Token, catalog, schema string, columns Columns) (*Query, error) {
	q, err := rewrite(slices.Clone(tokens), catalog, schema, columns)
	var e *values.Error
	if errors.As(err, &e) && e.Class == syntaxErrorClass {
		return nil, orLacking(tokens, err)
	}
	return q, err
}

// orLacking is the name of what the engine lacks in a query, or else the error
// that it failed with.
func orLacking(tokens []Token, err error) error {
	if lacks := Lacking(tokens); lacks != nil {
		return lacks
	}
	return err
}

func rewrite(tokens []Token, catalog, schema string, columns Columns) (*Query, error) {
	r := &rewriter{tokens: tokens, catalog: catalog, schema: schema, scopes: []scope{{}}}
	r.query.written, r.query.times = map[Name][]string{}, map[Name]int{}
	if err := r.spell(columns); err != nil {
		return nil, err
	}
	tokens = r.tokens
	r.tokens = guardDivisors(tokens)
	r.query.Hints, r.query.Aggregates, r.query.Direct = hints(tokens), answerable(tokens), direct(tokens)
	for r.pos < len(r.tokens) {
		if err := r.step(); err != nil {
			return nil, err
		}
	}
	r.query.SQL = r.out.String()
	r.query.Plain = !slices.ContainsFunc(tokens[min(1, len(tokens)):], func(t Token) bool { return t.Is("SELECT") || t.Is("VALUES") })
	return &r.query, nil
}

func (r *rewriter) top() *scope { return &r.scopes[len(r.scopes)-1] }

// peek returns the token n places on; past the end it is an empty symbol.
func (r *rewriter) peek(n int) Token {
	if i := r.pos + n; i >= 0 && i < len(r.tokens) {
		return r.tokens[i]
	}
	return Token{Kind: symbol}
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
	switch t := r.peek(0); t.Kind {
	case Text:
		r.emit(sqlText(t.Value))
	case number:
		r.emit(t.Value)
	case marker:
		r.query.Markers = append(r.query.Markers, t)
		r.emit("?" + strconv.Itoa(len(r.query.Markers)))
	case symbol:
		return r.symbol(t)
	case quoted:
		return r.identifier()
	case Word:
		return r.word(t)
	}
	return nil
}

func (r *rewriter) symbol(t Token) error {
	switch t.Value {
	case "(":
		cast := r.peek(-1).Is("CAST") || r.peek(-1).Is("TRY_CAST")
		r.scopes = append(r.scopes, scope{expect: r.top().expect, cast: cast})
		r.scopes[len(r.scopes)-2].expect = false
	case ")":
		if len(r.scopes) == 1 {
			return SyntaxAt(t)
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
		return SyntaxAt(t)
	}
	if strings.HasPrefix(t.Value, "@") { // which would be a parameter to SQLite
		return SyntaxAt(t)
	}
	r.emit(t.raw)
	return nil
}

func (r *rewriter) word(t Token) error {
	top := r.top()
	switch {
	case t.Is("SELECT") || t.Is("VALUES"):
		*top = scope{selecting: true}
	case t.Is("WITH") && r.peek(-1).Is("("):
		top.expect = false
	case t.Is("FROM") && top.selecting && !r.peek(-1).Is("DISTINCT"), t.Is("JOIN"):
		top.inFrom, top.expect = true, true
		r.query.Direct.begins(r.out.Len())
	case slices.Contains(clauseEnds, t.Value):
		top.inFrom, top.expect = false, false
	case t.Is("AS") && top.cast:
		return r.castType()
	case t.Is("CAST") && r.peek(1).Is("("):
		r.emit(SQLIdentifier(CastFunction))
		return nil
	case t.Is("TRY_CAST") && r.peek(1).Is("("):
		r.emit(SQLIdentifier(TryCastFunction))
		return nil
	case r.peek(1).Is("(") && r.query.constructs(t):
		r.emit(SQLIdentifier(PartsFunction))
		return nil
	case (t.Is("DATE") || t.Is("TIMESTAMP")) && r.peek(1).Kind == Text:
		return r.typedLiteral(t)
	case t.Is("LATERAL") && top.expect:
		return SyntaxAt(t)
	default:
		return r.identifier()
	}
	r.emit(t.raw)
	return nil
}

// constructs reports whether the token is a constructor in the select list.
func (q *Query) constructs(t Token) bool {
	return slices.ContainsFunc(q.Hints, func(h Hint) bool { return slices.Contains(h.at, t.pos) })
}

// castType turns the type after AS in a CAST into an argument.
func (r *rewriter) castType() error {
	var b strings.Builder
	depth, n := 0, 1
	for ; depth > 0 || !r.peek(n).Is(")"); n++ {
		t := r.peek(n)
		switch {
		case t.raw == "":
			return SyntaxError("")
		case t.Is("("):
			depth++
		case t.Is(")"):
			depth--
		}
		b.WriteString(t.raw)
	}
	if _, err := values.ParseType(b.String()); err != nil {
		return UnsupportedType(b.String())
	}
	r.emit(", " + sqlText(b.String()))
	r.pos += n - 1
	return nil
}

// typedLiteral drops the word in front of a literal date or timestamp, which
// is text to SQLite.
func (r *rewriter) typedLiteral(kind Token) error {
	t := values.TimestampType
	if kind.Is("DATE") {
		t = values.DateType
	}
	literal := r.peek(1).Value
	v, err := values.Cast(literal, t)
	if err != nil {
		return &values.Error{Class: "INVALID_TYPED_LITERAL", SQLState: "42604", Message: fmt.Sprintf(
			"The value of the typed literal \"%s\" is invalid: '%s'.", kind.Value, literal)}
	}
	r.drop()
	r.emit(sqlText(values.AsText(v, t)))
	return nil
}

// Finish names the columns of a result as their expressions, and puts together
// what constructors made.
func (q *Query) Finish(result *values.Result) error {
	for i, h := range q.Hints {
		if h.Name != "" {
			result.Columns[i].Name = h.Name
		}
		if h.Nested == values.String {
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
