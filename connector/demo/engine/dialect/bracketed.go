package dialect

import "slices"

// combining are the words between two queries that make one of them.
var combining = []string{"UNION", "EXCEPT", "INTERSECT", "MINUS"}

func combines(t Token) bool { return t.Kind == Word && slices.Contains(combining, t.Value) }

// bracketedQueries takes a query out of its parentheses that is nothing but them, and makes a table of each that is combined with another.
// SQLite reads parentheses around a query inside of another alone. Nor does it read the DISTINCT that changes nothing.
func bracketedQueries(tokens []Token) []Token {
	for IsQuery(tokens) && tokens[0].Is("(") && tokens[len(tokens)-1].Is(")") && closing(tokens, 0, "(", ")") == len(tokens) {
		tokens = tokens[1 : len(tokens)-1]
	}
	for i := 0; i < len(tokens); i++ {
		if excepts(tokens, i) {
			i = max(i, closing(tokens, i+1, "(", ")")-1) // names of columns, which may be called like a word that a query begins with
			continue
		}
		if combines(tokens[i]) && at(tokens, i+1).Is("DISTINCT") {
			tokens = splice(tokens, i+1, i+2)
		}
		if tokens[i].Is("(") && IsQuery(tokens[i:]) && combined(tokens, i) {
			tokens = splice(tokens, i, i, word("SELECT"), mark("*"), word("FROM"))
			i += 3
		}
	}
	return tokens
}

// excepts reports whether the word at i is the EXCEPT of a star, with its columns behind it, and not the one between two queries.
func excepts(tokens []Token, i int) bool {
	return at(tokens, i).Is("EXCEPT") && at(tokens, i-1).Is("*") && at(tokens, i+1).Is("(")
}

// combined reports whether the parentheses that open at i are an operand of a UNION or the like, or begin the statement.
func combined(tokens []Token, i int) bool {
	before := at(tokens, i-1)
	if before.Is("ALL") {
		before = at(tokens, i-2)
	}
	end := closing(tokens, i, "(", ")")
	return i == 0 || combines(before) || at(tokens, i-1).Is("(") && end > 0 && combines(at(tokens, end))
}
