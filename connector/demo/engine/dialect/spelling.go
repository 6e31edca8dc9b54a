package dialect

import (
	"slices"
	"strconv"
)

// Columns tells what the columns of a table are called; ok is false for one
// that is not there.
type Columns func(Name) (columns []string, ok bool)

// spell rewrites what Databricks SQL spells in a way of its own as SQL that
// the rest of the package understands.
func (r *rewriter) spell(columns Columns) error {
	if err := complexity(r.tokens); err != nil {
		return err
	}
	r.tokens = bracketedQueries(r.tokens)
	if len(r.tokens) > 0 && r.tokens[0].Is("VALUES") {
		r.tokens = slices.Concat([]Token{word("SELECT"), mark("*"), word("FROM")}, r.tokens)
	}
	var err error
	if r.tokens, err = castOperators(r.tokens); err != nil {
		return err
	}
	r.tokens = sampledRows(r.tokens)
	r.tokens = valuesTables(r.tokens)
	r.tokens = namedColumns(r.tokens)
	if r.tokens, err = groupByAll(r.tokens); err != nil {
		return err
	}
	for i := range r.tokens {
		if r.tokens[i].Is("MINUS") && i+1 < len(r.tokens) && (r.tokens[i+1].Is("SELECT") || r.tokens[i+1].Is("(") && isQueryStart(r.tokens, i+2)) {
			r.tokens[i] = word("EXCEPT")
		}
	}
	r.ctes = commonTables(r.tokens)
	return r.starExcept(columns)
}

// word, mark and made are tokens that stand in no text.
func word(s string) Token { return Token{Kind: Word, raw: s, Value: s, spaced: true, pos: -1} }
func mark(s string) Token { return Token{Kind: symbol, raw: s, Value: s, pos: -1} }
func made(s string) Token {
	return Token{Kind: quoted, raw: Backtick(s), Value: s, spaced: true, pos: -1}
}
func figure(n int) Token {
	return Token{Kind: number, raw: strconv.Itoa(n), Value: strconv.Itoa(n), spaced: true, pos: -1}
}

// apart are tokens of the text, the first of which does not touch what is put before it.
func apart(tokens ...Token) []Token {
	tokens = slices.Clone(tokens)
	if len(tokens) > 0 {
		tokens[0].spaced = true
	}
	return tokens
}

func at(tokens []Token, i int) Token {
	if i >= 0 && i < len(tokens) {
		return tokens[i]
	}
	return Token{Kind: symbol}
}

// splice puts other tokens in place of those from start to end.
func splice(tokens []Token, start, end int, with ...Token) []Token {
	return slices.Concat(tokens[:start], with, tokens[end:])
}

func isQueryStart(tokens []Token, i int) bool {
	t := at(tokens, i)
	return t.Is("SELECT") || t.Is("VALUES") || t.Is("WITH") || t.Is("(")
}

// opening returns the place of the word that opens what closes at i, -1 if
// there is none.
func opening(tokens []Token, i int, open, end string) int {
	depth := 0
	for ; i >= 0; i-- {
		switch {
		case tokens[i].Is(end):
			depth++
		case tokens[i].Is(open):
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// castOperators writes a::INT as CAST(a AS INT).
func castOperators(tokens []Token) ([]Token, error) {
	for i := 0; i < len(tokens); i++ {
		if !tokens[i].Is("::") {
			continue
		}
		start, end := operandStart(tokens, i-1), typeEnd(tokens, i+1)
		if start < 0 || end < 0 {
			return nil, SyntaxAt(tokens[i])
		}
		operand := slices.Clone(tokens[start:i])
		cast := word("CAST")
		cast.spaced, operand[0].spaced = operand[0].spaced, false
		call := slices.Concat([]Token{cast, mark("(")}, operand, []Token{word("AS")}, apart(tokens[i+1:end]...), []Token{mark(")")})
		tokens = splice(tokens, start, end, call...)
		i = start + len(call) - 1
	}
	return tokens, nil
}

// operandStart returns where the operand begins that ends at i, -1 if none
// does.
func operandStart(tokens []Token, i int) int {
	switch t := at(tokens, i); {
	case t.Is(")"):
		if i = opening(tokens, i, "(", ")"); i > 0 && tokens[i-1].Identifier() && !slices.Contains(beforeOperand, tokens[i-1].Value) {
			return operandStart(tokens, i-1)
		}
		return i
	case t.Is("END"):
		return opening(tokens, i, "CASE", "END")
	case t.Identifier() && !slices.Contains(beforeOperand, t.Value):
		for at(tokens, i-1).Is(".") && at(tokens, i-2).Identifier() {
			i -= 2
		}
		return i
	case t.Kind == Text && (at(tokens, i-1).Is("DATE") || at(tokens, i-1).Is("TIMESTAMP")):
		return i - 1
	case t.Kind == Text || t.Kind == number || t.Kind == marker:
		return i
	}
	return -1
}

// beforeOperand are the keywords that parentheses can follow without a call.
var beforeOperand = append([]string{
	"SELECT", "DISTINCT", "BY", "ON", "IN", "AND", "OR", "NOT", "WHEN", "THEN", "ELSE", "BETWEEN", "LIKE", "AS", "FROM", "VALUES", "USING",
}, clauseEnds...)

// typeEnd returns the place after the type that starts at i, -1 if none does.
func typeEnd(tokens []Token, i int) int {
	if at(tokens, i).Kind != Word {
		return -1
	}
	i++
	switch {
	case at(tokens, i).Is("("):
		return closing(tokens, i, "(", ")")
	case !at(tokens, i).Is("<"):
		return i
	}
	for depth := 0; i < len(tokens); i++ {
		switch tokens[i].Value {
		case "<":
			depth++
		case ">", ">>":
			depth -= len(tokens[i].Value)
		}
		if depth <= 0 {
			return i + 1
		}
	}
	return -1
}
