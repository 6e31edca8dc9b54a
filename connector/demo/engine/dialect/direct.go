package dialect

import (
	"slices"
	"strings"
)

// Direct is a query for nothing but columns of one table, as they are, from rows that a condition or a limit picks. Which rows they are is all
// that SQLite has to find out of it.
type Direct struct {
	Columns []string // as they are written, nil for all of them
	from    int      // where the FROM of the query stands in its SQL
}

// others are clauses that make more of a query than rows of its table.
var others = []string{"GROUP", "HAVING", "ORDER", "WINDOW", "UNION", "INTERSECT", "EXCEPT", "MINUS", "QUALIFY", "SORT", "CLUSTER", "DISTRIBUTE", "FROM"}

// numbers are the names by which SQLite gives the number of a row.
var numbers = []string{"rowid", "_rowid_", "oid"}

// direct reads such a query. It is nil for any other, and for one that names what could be the number of a row.
func direct(tokens []Token) *Direct {
	if !at(tokens, 0).Is("SELECT") {
		return nil
	}
	d, i := &Direct{}, 1
	all := at(tokens, i).Is("*")
	if all {
		i++
	}
	for first := true; !all && (first || at(tokens, i).Is(",")); first = false {
		if !first {
			i++
		}
		if t := at(tokens, i); !t.Identifier() || t.Is("FROM") || slices.Contains(beforeList, strings.ToUpper(t.Value)) {
			return nil
		}
		d.Columns = append(d.Columns, identifierText(at(tokens, i)))
		i++
	}
	if !at(tokens, i).Is("FROM") {
		return nil
	}
	end := i + 1
	for depth := 0; end < len(tokens) && !(depth == 0 && (tokens[end].Is("WHERE") || tokens[end].Is("LIMIT"))); end++ {
		depth += nesting(tokens[end])
	}
	if !endsWithTable(tokens[:end], i+1) {
		return nil
	}
	depth := 0
	for _, t := range tokens[i+1:] {
		depth += nesting(t)
		if depth == 0 && slices.ContainsFunc(others, t.Is) || t.Identifier() && slices.Contains(numbers, strings.ToLower(identifierText(t))) {
			return nil
		}
	}
	return d
}

// beforeList are words that may stand between SELECT and its list.
var beforeList = []string{"DISTINCT", "ALL"}

func nesting(t Token) int {
	switch {
	case t.Is("("):
		return 1
	case t.Is(")"):
		return -1
	}
	return 0
}

// begins takes where the first FROM stands.
func (d *Direct) begins(at int) {
	if d != nil && d.from == 0 {
		d.from = at
	}
}

// Numbers is the query for the numbers of those rows.
func (q *Query) Numbers() string { return "SELECT rowid " + q.SQL[q.Direct.from:] }
