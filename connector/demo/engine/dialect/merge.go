package dialect

// Source is what MERGE reads besides the table that it changes, and the condition that joins the two.
type Source struct {
	tokens []Token // as it stands behind USING, with its alias
	called Token
	on     []Token
}

// Source reads what stands behind USING, and the condition behind ON, up to WHEN.
func (p *Parser) Source() (Source, error) {
	start, depth := p.pos, 0
	for ; p.Left() > 0 && (depth > 0 || !p.Peek().Is("ON")); p.Skip() {
		switch t := p.Peek(); {
		case t.Is("("):
			depth++
		case t.Is(")"):
			depth--
		}
	}
	s := Source{tokens: p.tokens[start:p.pos]}
	if len(s.tokens) == 0 {
		return s, p.Wrong()
	}
	last := len(s.tokens) - 1
	if s.tokens[last].Is(")") && last > 0 { // columns behind the alias, or a query without one
		for depth = 0; last > 0; last-- {
			if s.tokens[last].Is(")") {
				depth++
			}
			if s.tokens[last].Is("(") {
				if depth--; depth == 0 {
					last--
					break
				}
			}
		}
	}
	if s.called = s.tokens[max(0, last)]; !s.called.Identifier() {
		s.called = made("source")
		s.tokens = append(append([]Token{}, s.tokens...), word("AS"), s.called)
	}
	if err := p.Expect("ON"); err != nil {
		return s, err
	}
	var err error
	s.on, err = p.Expression("WHEN")
	return s, err
}

// Positional reports whether a statement has a parameter without a name.
func (p *Parser) Positional() bool {
	for _, t := range p.tokens {
		if t.Kind == marker && t.Value == "" {
			return true
		}
	}
	return false
}

// On is the condition.
func (s Source) On() []Token { return s.on }

// Column is a column of the source.
func (s Source) Column(name string) []Token { return []Token{s.called, mark("."), glued(name)} }

// Count is the query for how many rows the source has, and Columns the one for what its columns are called.
func (s Source) Count() []Token {
	return append([]Token{word("SELECT"), made("count"), mark("("), mark("*"), mark(")"), word("FROM")}, apart(s.tokens...)...)
}

// Columns is the query for what the columns of the source are called, without its rows.
func (s Source) Columns() []Token {
	return append(append([]Token{word("SELECT"), mark("*"), word("FROM")}, apart(s.tokens...)...), word("LIMIT"), figure(0))
}

// join puts the source behind the table.
func (s Source) join() []Token {
	join := append([]Token{word("INNER"), word("JOIN")}, apart(s.tokens...)...)
	return append(append(join, word("ON")), apart(s.on...)...)
}

// Matched is the query for the rows of the table that have one in the source, with the expressions over both.
func (t Target) Matched(s Source, expressions [][]Token, where []Token) []Token {
	return t.numbered(expressions, s.join(), where)
}

// OfTargetAlone is the query for the rows of the table that have none in the source.
func (t Target) OfTargetAlone(s Source, expressions [][]Token, where []Token) []Token {
	alone := []Token{made(t.called()), mark("."), glued(RowNumber), word("NOT"), word("IN"), mark("(")}
	alone = append(append(alone, apart(t.numbered(nil, s.join(), nil)...)...), mark(")"))
	return t.numbered(expressions, nil, And(alone, where))
}

// OfSourceAlone is the query for what the expressions make of the rows of the source that have none in the table. They see the source only, and
// a number in front of them has no meaning.
func (t Target) OfSourceAlone(s Source, expressions [][]Token, where []Token) []Token {
	query := []Token{word("SELECT"), figure(0)}
	for _, e := range expressions {
		query = append(append(query, mark(",")), apart(e...)...)
	}
	query = append(query, word("FROM"), mark("("), word("SELECT"))
	query = append(append(query, apart(s.called)...), mark("."), mark("*"), word("FROM"))
	query = append(append(query, apart(s.tokens...)...), word("LEFT"), word("JOIN"))
	query = append(append(append(query, t.from()...), word("ON")), apart(s.on...)...)
	query = append(query, word("WHERE"), made(t.called()), mark("."), glued(RowNumber), word("IS"), word("NULL"), mark(")"), word("AS"))
	query = append(query, apart(s.called)...)
	if len(where) > 0 {
		query = append(append(query, word("WHERE")), apart(where...)...)
	}
	return query
}

// And is a condition that holds where all of them do. Empty ones always do.
func And(conditions ...[]Token) []Token {
	var all []Token
	for _, c := range conditions {
		if len(c) == 0 {
			continue
		}
		if len(all) > 0 {
			all = append(all, word("AND"))
		}
		all = append(append(append(all, spacedMark("(")), c...), mark(")"))
	}
	return all
}

// Unless is the condition that another one does not hold, because it is false or NULL.
func Unless(condition []Token) []Token {
	return append(append([]Token{spacedMark("(")}, condition...), mark(")"), word("IS"), word("NOT"), word("TRUE"))
}

func spacedMark(s string) Token {
	t := mark(s)
	t.spaced = true
	return t
}
