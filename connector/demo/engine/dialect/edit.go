package dialect

import (
	"slices"
	"strings"
)

// RowNumber is the column with the numbers of rows in a table that is read for a statement that changes it. No column of Unity Catalog is
// called so.
const RowNumber = "row number()"

// numberedMark stands behind the name of such a table. No text is read as this symbol.
const numberedMark = "@ numbered"

// Expression takes all up to one of the words or symbols, outside of parentheses and of CASE, or to the end. It is a syntax error where there
// is nothing.
func (p *Parser) Expression(ends ...string) ([]Token, error) {
	start, depth := p.pos, 0
	for ; p.pos < len(p.tokens); p.pos++ {
		t := p.Peek()
		dotted := p.pos > start && p.tokens[p.pos-1].Is(".") // what a dot stands before is a name
		if depth == 0 && !dotted && (slices.ContainsFunc(ends, t.Is) || p.clause()) {
			break
		}
		if t.Kind == quoted && t.Value == RowNumber {
			return nil, UnresolvedColumn(RowNumber)
		}
		switch {
		case t.Is("("), t.Is("CASE") && !dotted:
			depth++
		case t.Is(")"), t.Is("END") && depth > 0 && !dotted:
			if depth--; depth < 0 {
				return nil, p.Wrong()
			}
		}
	}
	if p.pos == start || depth > 0 {
		return nil, p.Wrong()
	}
	expression := p.tokens[start:p.pos]
	if named(expression) {
		return nil, SyntaxAt(expression[len(expression)-1])
	}
	return expression, nil
}

// clause reports whether a clause of a query begins here, which no expression goes on with.
func (p *Parser) clause() bool {
	t := p.Peek()
	return t.Is("AS") || (t.Is("ORDER") || t.Is("GROUP")) && p.Ahead(1).Is("BY") ||
		slices.ContainsFunc([]string{"HAVING", "LIMIT", "UNION", "INTERSECT", "EXCEPT", "MINUS", "QUALIFY"}, t.Is)
}

// operators are the words that stand before an operand. Behind any other word there is none.
var operators = []string{
	"AND", "OR", "NOT", "IS", "LIKE", "ILIKE", "RLIKE", "REGEXP", "IN", "BETWEEN", "ESCAPE", "DIV", "COLLATE", "DISTINCT", "FROM", "CASE", "WHEN",
	"THEN", "ELSE", "DATE", "TIMESTAMP", "INTERVAL",
}

// named reports whether an expression ends with a name of its own, which is none of a column then: two operands follow each other.
func named(expression []Token) bool {
	n := len(expression)
	if n < 2 || !expression[n-1].Identifier() || expression[n-1].Is("END") || slices.ContainsFunc(expression, func(t Token) bool { return t.Is("INTERVAL") }) {
		return false
	}
	switch before := expression[n-2]; before.Kind {
	case symbol:
		return before.Is(")")
	case Word:
		return !slices.Contains(operators, before.Value)
	default:
		return true
	}
}

// Written is the text of tokens, on one line.
func Written(tokens []Token) string {
	p := Parser{tokens: slices.Clone(tokens)}
	var b strings.Builder
	for i, t := range p.tokens {
		if i > 0 && t.spaced {
			b.WriteByte(' ')
		}
		b.WriteString(t.raw)
	}
	return b.String()
}

// Alias reads the alias of a table, if one is there, which is none of the words.
func (p *Parser) Alias(words ...string) (string, error) {
	if p.Accept("AS") {
		return p.Identifier()
	}
	if t := p.Peek(); aliases(t) && !(t.Kind == Word && slices.Contains(words, t.Value)) {
		return p.Identifier()
	}
	return "", nil
}

// Target is the table that a statement changes, and what it calls it.
type Target struct {
	Table Name
	Alias string // empty where the statement gives none
}

// called is what columns of the table are named by.
func (t Target) called() string {
	if t.Alias != "" {
		return t.Alias
	}
	return t.Table.Table
}

// Means reports whether a name in front of a column means the table.
func (t Target) Means(name string) bool { return strings.EqualFold(name, t.called()) }

// from is the table behind FROM, with the numbers of its rows.
func (t Target) from() []Token {
	return []Token{
		made(t.Table.Catalog), mark("."), glued(t.Table.Schema), mark("."), glued(t.Table.Table), mark(numberedMark), word("AS"), made(t.called()),
	}
}

func glued(name string) Token {
	t := made(name)
	t.spaced = false
	return t
}

// Touched is the query for the rows of a table that a condition holds for: their numbers, and the expressions. Without a condition all are.
func (t Target) Touched(expressions [][]Token, where []Token) []Token {
	return t.numbered(expressions, nil, where)
}

// numbered is the query for numbers of rows and expressions, over the table and what is joined to it.
func (t Target) numbered(expressions [][]Token, join, where []Token) []Token {
	query := []Token{word("SELECT"), made(t.called()), mark("."), glued(RowNumber)}
	for _, e := range expressions {
		query = append(append(query, mark(",")), apart(e...)...)
	}
	query = append(append(append(query, word("FROM")), t.from()...), join...)
	if len(where) > 0 {
		query = append(append(query, word("WHERE")), apart(where...)...)
	}
	return query
}
