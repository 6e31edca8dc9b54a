package dialect

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Parser reads the statements that are not queries. Its methods return an
// [*values.Error] that points at the first token that does not fit.
type Parser struct {
	tokens []Token
	pos    int
}

// NewParser reads a statement from the token at pos on.
func NewParser(tokens []Token, pos int) *Parser { return &Parser{tokens: tokens, pos: pos} }

// First returns the first token of the statement.
func (p *Parser) First() Token { return p.tokens[0] }

// Peek returns the current token; past the end it is an empty symbol.
func (p *Parser) Peek() Token { return p.Ahead(0) }

// Ahead returns the token n places on; past the end it is an empty symbol.
func (p *Parser) Ahead(n int) Token {
	if i := p.pos + n; i < len(p.tokens) {
		return p.tokens[i]
	}
	return Token{Kind: symbol}
}

// Left returns how many tokens have not been passed.
func (p *Parser) Left() int { return len(p.tokens) - p.pos }

// Skip passes over the current token.
func (p *Parser) Skip() { p.pos++ }

// Accept passes over the words if they all come next.
func (p *Parser) Accept(words ...string) bool {
	for i, w := range words {
		if p.pos+i >= len(p.tokens) || !p.tokens[p.pos+i].Is(w) {
			return false
		}
	}
	p.pos += len(words)
	return true
}

// Expect passes over the words, or is a syntax error.
func (p *Parser) Expect(words ...string) error {
	if !p.Accept(words...) {
		return p.Wrong()
	}
	return nil
}

// Wrong is a syntax error at the current token.
func (p *Parser) Wrong() error { return SyntaxAt(p.Peek()) }

// End is a syntax error if anything is left.
func (p *Parser) End() error {
	if p.pos < len(p.tokens) {
		return p.Wrong()
	}
	return nil
}

// Identifier reads one identifier as it was written.
func (p *Parser) Identifier() (string, error) {
	t := p.Peek()
	if !t.Identifier() || identifierText(t) == "" {
		return "", p.Wrong()
	}
	p.pos++
	return identifierText(t), nil
}

// Name reads a name of up to limit parts, in lower case.
func (p *Parser) Name(limit int) ([]string, error) {
	var parts []string
	for {
		part, err := p.Identifier()
		if err != nil {
			return nil, err
		}
		parts = append(parts, strings.ToLower(part))
		if !p.Peek().Is(".") || len(parts) == limit {
			return parts, nil
		}
		p.pos++
	}
}

// TableName reads a table's name, completed with a catalog and a
// schema.
func (p *Parser) TableName(catalog, schema string) (Name, error) {
	parts, err := p.Name(3)
	if err != nil {
		return Name{}, err
	}
	return complete(parts, catalog, schema), nil
}

// Privileges reads the list in front of ON: words joined by single spaces, so
// that "use  schema" is USE SCHEMA.
func (p *Parser) Privileges() ([]string, error) {
	var list []string
	for {
		var words []string
		for t := p.Peek(); t.Kind == Word && t.Value != "ON"; t = p.Peek() {
			words = append(words, t.Value)
			p.pos++
		}
		if len(words) == 0 {
			return nil, p.Wrong()
		}
		list = append(list, strings.ReplaceAll(strings.Join(words, " "), "_", " "))
		if !p.Accept(",") {
			return list, nil
		}
	}
}

// Parameter reads a name such as spark.sql.ansi.enabled.
func (p *Parser) Parameter() (string, error) {
	parts, err := p.Name(16)
	return strings.Join(parts, "."), err
}

// Rest reads the value of a parameter: all that is left, without the quotes of
// a single string.
func (p *Parser) Rest() string {
	left := p.tokens[p.pos:]
	p.pos = len(p.tokens)
	if len(left) == 1 && left[0].Kind == Text {
		return left[0].Value
	}
	var b strings.Builder
	for i, t := range left {
		if i > 0 && t.spaced {
			b.WriteByte(' ')
		}
		b.WriteString(t.raw)
	}
	return b.String()
}

// Query takes all that is left as a query, and writes its text on one line.
func (p *Parser) Query() (tokens []Token, text string, err error) {
	tokens = p.tokens[p.pos:]
	if !IsQuery(tokens) {
		return nil, "", p.Wrong()
	}
	return tokens, p.Rest(), nil
}

// ColumnType reads a data type, such as DECIMAL(10, 2) or ARRAY<STRING>.
func (p *Parser) ColumnType() (values.Type, error) {
	first := p.Peek()
	var b strings.Builder
	for depth := 0; p.pos < len(p.tokens); p.pos++ {
		t := p.Peek()
		closes := strings.Count(t.raw, ">") + strings.Count(t.raw, ")")
		switch {
		case t.Kind == Text, depth == 0 && (t.Is(",") || t.Is(")") || b.Len() > 0 && t.Kind == Word):
			closes, depth = 0, -1
		case t.Is("("), t.Is("<"):
			depth++
		}
		if depth < 0 {
			break
		}
		if depth -= closes; t.spaced && t.Identifier() && b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.raw)
	}
	parsed, err := values.ParseType(strings.ReplaceAll(b.String(), ", ", ","))
	if err != nil {
		return values.Type{}, SyntaxAt(first)
	}
	return parsed, nil
}

// queryVerbs are the words a query starts with.
var queryVerbs = []string{"SELECT", "WITH", "VALUES"}

// IsQuery reports whether a statement is a query: its first word behind
// parentheses tells.
func IsQuery(tokens []Token) bool {
	for len(tokens) > 0 && tokens[0].Is("(") {
		tokens = tokens[1:]
	}
	return len(tokens) > 0 && tokens[0].Kind == Word && slices.Contains(queryVerbs, tokens[0].Value)
}

func dropSemicolon(tokens []Token) ([]Token, error) {
	for len(tokens) > 0 && tokens[len(tokens)-1].Is(";") {
		tokens = tokens[:len(tokens)-1]
	}
	for i, t := range tokens {
		if t.Is(";") {
			return nil, SyntaxAt(tokens[i+1])
		}
	}
	return tokens, nil
}
