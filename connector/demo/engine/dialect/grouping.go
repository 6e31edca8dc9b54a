package dialect

import "slices"

// aggregates are the functions of the engine that make one value out of many.
var aggregates = []string{"AVG", "COUNT", "MAX", "MIN", "STRING_AGG", "SUM"}

// groupByAll writes GROUP BY ALL with the places of the columns that are no
// aggregates; where there are none, nothing is grouped by.
func groupByAll(tokens []Token) ([]Token, error) {
	for i := 0; i+2 < len(tokens); i++ {
		if !tokens[i].Is("GROUP") || !tokens[i+1].Is("BY") || !tokens[i+2].Is("ALL") {
			continue
		}
		list, found := listBefore(tokens, i)
		if !found {
			return nil, Unsupported("GROUP BY ALL")
		}
		var places []Token
		for n, item := range splitArguments(list) {
			if slices.ContainsFunc(item, func(t Token) bool { return t.Is("*") }) && !aggregated(item) {
				return nil, Unsupported("GROUP BY ALL over *")
			}
			if aggregated(item) {
				continue
			}
			if len(places) > 0 {
				places = append(places, mark(","))
			}
			places = append(places, figure(n+1))
		}
		if len(places) > 0 {
			places = append([]Token{tokens[i], tokens[i+1]}, places...)
		}
		tokens = splice(tokens, i, i+3, places...)
	}
	return tokens, nil
}

// listBefore is the select list of the query in which the token at i stands.
func listBefore(tokens []Token, i int) (list []Token, found bool) {
	depth, from := 0, -1
	for j := i - 1; j >= 0; j-- {
		switch t := tokens[j]; {
		case t.Is(")"):
			depth++
		case t.Is("("):
			if depth--; depth < 0 {
				return nil, false
			}
		case depth > 0:
		case t.Is("FROM"):
			from = j
		case t.Is("SELECT"):
			if from < 0 {
				return nil, false
			}
			if at(tokens, j+1).Is("DISTINCT") || at(tokens, j+1).Is("ALL") {
				j++
			}
			return tokens[j+1 : from], true
		}
	}
	return nil, false
}

// aggregated reports whether an item of a select list has an aggregate that is
// not one over a window.
func aggregated(item []Token) bool {
	for i, t := range item {
		if t.Kind == Word && slices.Contains(aggregates, t.Value) && at(item, i+1).Is("(") && !at(item, closing(item, i+1, "(", ")")).Is("OVER") {
			return true
		}
	}
	return false
}
