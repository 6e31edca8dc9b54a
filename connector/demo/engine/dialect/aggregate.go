package dialect

import (
	"strings"
)

// Aggregate is a column of a query that the statistics of a table may answer: how many rows there are, or the smallest or largest value of
// one of its columns.
type Aggregate struct {
	Function string // COUNT, MIN or MAX
	Column   string // in lower case, of MIN and MAX
	alias    string
}

// answerable reads a query that is nothing but such columns of one table. It is nil for any other.
func answerable(tokens []Token) []Aggregate {
	if !at(tokens, 0).Is("SELECT") {
		return nil
	}
	var list []Aggregate
	for i := 1; ; i++ {
		a, next, ok := aggregate(tokens, i)
		if !ok {
			return nil
		}
		list = append(list, a)
		if i = next; at(tokens, i).Is("FROM") {
			if endsWithTable(tokens, i+1) {
				return list
			}
			return nil
		}
		if !at(tokens, i).Is(",") {
			return nil
		}
	}
}

// aggregate reads one column with its alias, and gives the place behind it.
func aggregate(tokens []Token, i int) (a Aggregate, next int, ok bool) {
	t, arg := at(tokens, i), at(tokens, i+2)
	if !at(tokens, i+1).Is("(") || !at(tokens, i+3).Is(")") {
		return a, i, false
	}
	a.Function = t.Value
	switch {
	case t.Is("COUNT") && (arg.Is("*") || arg.Kind == number):
	case (t.Is("MIN") || t.Is("MAX")) && arg.Identifier():
		a.Column = strings.ToLower(identifierText(arg))
	default:
		return a, i, false
	}
	next = i + 4
	if at(tokens, next).Is("AS") {
		next++
	}
	if alias := at(tokens, next); alias.Identifier() && !alias.Is("FROM") {
		a.alias = identifierText(alias)
		next++
	}
	return a, next, true
}

// endsWithTable reports whether the statement ends with the name of a table, its version and its alias.
func endsWithTable(tokens []Token, i int) bool {
	for at(tokens, i).Identifier() && at(tokens, i+1).Is(".") {
		i += 2
	}
	if !at(tokens, i).Identifier() {
		return false
	}
	i = behindMoment(tokens, i+1)
	if at(tokens, i).Is("AS") {
		i++
	}
	if aliases(at(tokens, i)) {
		i++
	}
	return i == len(tokens)
}

// Answer puts values in place of the query, if value knows all of them.
func (q *Query) Answer(value func(Aggregate) (literal string, known bool)) {
	var columns []string
	for _, a := range q.Aggregates {
		literal, known := value(a)
		if !known {
			return
		}
		alias := a.alias
		if alias == "" {
			alias = a.Function // the query names it as it was written
		}
		columns = append(columns, literal+" AS "+SQLIdentifier(alias))
	}
	q.SQL = "SELECT " + strings.Join(columns, ", ")
}
