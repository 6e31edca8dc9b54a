package dialect

import (
	"slices"
	"strconv"
	"strings"
)

// sampledRows writes TABLESAMPLE (n ROWS) as a query with a limit. Other
// samples depend on chance, and are left to be refused.
func sampledRows(tokens []Token) []Token {
	for i := 1; i < len(tokens); i++ {
		if !tokens[i].Is("TABLESAMPLE") || !at(tokens, i+1).Is("(") || at(tokens, i+2).Kind != number || !at(tokens, i+3).Is("ROWS") || !at(tokens, i+4).Is(")") {
			continue
		}
		start := operandStart(tokens, i-1)
		if start < 1 || !tokens[i-1].Identifier() || !opensTable(tokens[start-1]) {
			continue
		}
		query := slices.Concat([]Token{mark("("), word("SELECT"), mark("*"), word("FROM")},
			apart(tokens[start:i]...), []Token{word("LIMIT")}, apart(tokens[i+2]), []Token{mark(")")})
		if after := at(tokens, i+5); !after.Is("AS") && !aliases(after) {
			query = append(query, word("AS"), made(identifierText(tokens[i-1])))
		}
		tokens = splice(tokens, start, i+5, query...)
		i = start + len(query) - 1
	}
	return tokens
}

func opensTable(t Token) bool { return t.Is("FROM") || t.Is("JOIN") || t.Is(",") }

// valuesTables puts the rows of FROM VALUES in parentheses, and each row as
// well.
func valuesTables(tokens []Token) []Token {
	for i := 1; i < len(tokens); i++ {
		if !tokens[i].Is("VALUES") || !tokens[i-1].Is("FROM") && !tokens[i-1].Is("JOIN") {
			continue
		}
		query := []Token{mark("("), tokens[i]}
		end := i
		for {
			start := end + 1
			if end = operandEnd(tokens, start); end <= start {
				return tokens
			}
			if tokens[start].Is("(") {
				query = append(query, tokens[start:end]...)
			} else {
				query = append(append(append(query, mark("(")), tokens[start:end]...), mark(")"))
			}
			if !at(tokens, end).Is(",") {
				break
			}
			query = append(query, tokens[end])
		}
		query = append(query, mark(")"))
		if after := at(tokens, end); !after.Is("AS") && !aliases(after) {
			query = append(query, word("AS"), made("values"))
		}
		tokens = splice(tokens, i, end, query...)
		i += len(query) - 1
	}
	return tokens
}

// columnsOf is the name of the table expressions that give columns their names.
const columnsOf = "columns of"

// namedColumns writes the names that follow a query's alias, as in
// (SELECT 1) AS t(a), into a table expression, because SQLite does not know
// them there. Those of VALUES that have no names are called col1, col2 and so
// on.
func namedColumns(tokens []Token) []Token {
	for i := len(tokens) - 1; i > 0; i-- { // from the last to the first, so that what was looked at keeps its place
		if !tokens[i].Is("(") || !opensTable(tokens[i-1]) || !isQueryStart(tokens, i+1) {
			continue
		}
		end := closing(tokens, i, "(", ")")
		alias := end
		if at(tokens, alias).Is("AS") {
			alias++
		}
		if !aliases(at(tokens, alias)) {
			continue
		}
		names, after := tokens[alias+1:alias+1], alias+1
		if at(tokens, after).Is("(") {
			after = closing(tokens, after, "(", ")")
			names = tokens[alias+1 : after]
		} else if at(tokens, i+1).Is("VALUES") {
			names = defaultNames(tokens[i+2:])
		}
		if len(names) == 0 {
			continue
		}
		query := slices.Concat([]Token{mark("("), word("WITH"), made(columnsOf)}, names, []Token{word("AS")}, tokens[i:end],
			[]Token{word("SELECT"), mark("*"), word("FROM"), made(columnsOf), mark(")"), word("AS")}, apart(tokens[alias]))
		tokens = splice(tokens, i, after, query...)
	}
	return tokens
}

// defaultNames are as many names as the first row has values.
func defaultNames(rows []Token) []Token {
	if !at(rows, 0).Is("(") {
		return nil
	}
	names := []Token{mark("(")}
	for n := range splitArguments(rows[1 : closing(rows, 0, "(", ")")-1]) {
		if n > 0 {
			names = append(names, mark(","))
		}
		names = append(names, made("col"+strconv.Itoa(n+1)))
	}
	return append(names, mark(")"))
}

// starExcept writes * EXCEPT (a) as the other columns. It does so where the
// query reads one table, whose columns can be told.
func (r *rewriter) starExcept(columns Columns) error {
	for i := 0; i < len(r.tokens); i++ {
		if !excepts(r.tokens, i+1) || !at(r.tokens, i+3).Identifier() {
			continue
		}
		end := closing(r.tokens, i+2, "(", ")")
		start := i
		if at(r.tokens, i-1).Is(".") {
			start = operandStart(r.tokens, i-2)
		}
		parts, found := r.onlyTable(end)
		if start < 0 || !found {
			continue
		}
		name, err := r.resolve(parts)
		if err != nil {
			return err
		}
		all, known := columns(name)
		if !known {
			continue // the table is missed later, in its own words
		}
		left, err := without(all, splitArguments(r.tokens[i+3:end-1]))
		if err != nil {
			return err
		}
		r.tokens = splice(r.tokens, start, end, left...)
		i = start
	}
	return nil
}

// onlyTable returns the name of the table that a query reads, if it is one
// alone: the tokens from i on are in its select list.
func (r *rewriter) onlyTable(i int) (parts []Token, found bool) {
	depth := 0
	for ; i < len(r.tokens) && (depth > 0 || !r.tokens[i].Is("FROM")); i++ {
		switch {
		case r.tokens[i].Is("("):
			depth++
		case r.tokens[i].Is(")"):
			if depth--; depth < 0 {
				return nil, false
			}
		}
	}
	end := i + 1
	for ; at(r.tokens, end).Identifier(); end += 2 {
		parts = append(parts, at(r.tokens, end))
		if !at(r.tokens, end+1).Is(".") {
			end++
			break
		}
	}
	if len(parts) == 0 || len(parts) > 3 || len(parts) == 1 && slices.Contains(r.ctes, parts[0].name()) {
		return nil, false
	}
	end = behindMoment(r.tokens, end)
	if at(r.tokens, end).Is("AS") {
		end++
	}
	if aliases(at(r.tokens, end)) {
		end++
	}
	after := at(r.tokens, end)
	return parts, end >= len(r.tokens) || after.Is(")") || after.Kind == Word && slices.Contains(clauseEnds, after.Value)
}

// without lists the columns that are left.
func without(all []string, except [][]Token) ([]Token, error) {
	left := slices.Clone(all)
	for _, name := range except {
		if len(name) == 0 || !name[len(name)-1].Identifier() {
			return nil, SyntaxError("EXCEPT")
		}
		dropped := identifierText(name[len(name)-1])
		before := len(left)
		if left = slices.DeleteFunc(left, func(c string) bool { return strings.EqualFold(c, dropped) }); len(left) == before {
			return nil, UnresolvedColumn(dropped)
		}
	}
	var list []Token
	for i, c := range left {
		if i > 0 {
			list = append(list, mark(","))
		}
		list = append(list, made(c))
	}
	return list, nil
}

// commonTables returns the names that WITH defines: an identifier, perhaps
// with a list of columns, in front of AS and a parenthesis.
func commonTables(tokens []Token) []string {
	var names []string
	for i := 2; i < len(tokens); i++ {
		if !tokens[i].Is("(") || !tokens[i-1].Is("AS") {
			continue
		}
		j := i - 2
		if tokens[j].Is(")") {
			for j > 0 && !tokens[j].Is("(") {
				j--
			}
			j--
		}
		if j > 0 && tokens[j].Identifier() && (tokens[j-1].Is("WITH") || tokens[j-1].Is("RECURSIVE") || tokens[j-1].Is(",")) {
			names = append(names, tokens[j].name())
		}
	}
	return names
}
