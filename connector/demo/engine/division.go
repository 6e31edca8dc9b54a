package engine

import "slices"

// guardDivisors wraps what something is divided by in a function that fails on
// zero. A divisor is one operand: a name, a literal, a call, or parentheses.
func guardDivisors(tokens []token) []token {
	if !slices.ContainsFunc(tokens, divides) {
		return tokens
	}
	var out []token
	var ends []int // where the parentheses that were opened have to close
	for i, t := range tokens {
		for len(ends) > 0 && ends[len(ends)-1] <= i {
			out = append(out, token{kind: symbol, raw: ")", value: ")"})
			ends = ends[:len(ends)-1]
		}
		out = append(out, t)
		if divides(t) && i > 0 && i+1 < len(tokens) {
			end := operandEnd(tokens, i+1)
			out = append(out, token{kind: quoted, raw: divisorFunction, value: divisorFunction, spaced: true}, token{kind: symbol, raw: "(", value: "("})
			ends = append(ends, end)
		}
	}
	for range ends {
		out = append(out, token{kind: symbol, raw: ")", value: ")"})
	}
	return out
}

func divides(t token) bool { return t.kind == symbol && (t.value == "/" || t.value == "%") }

// operandEnd returns where the operand that starts at i ends.
func operandEnd(tokens []token, i int) int {
	at := func(i int) token {
		if i < len(tokens) {
			return tokens[i]
		}
		return token{kind: symbol}
	}
	for at(i).is("-") || at(i).is("+") || at(i).is("~") {
		i++
	}
	switch t := at(i); {
	case t.is("("):
		return closing(tokens, i, "(", ")")
	case t.is("CASE"):
		return closing(tokens, i, "CASE", "END")
	case t.identifier():
		for i++; at(i).is(".") && at(i+1).identifier(); {
			i += 2
		}
		for _, clause := range []string{"", "FILTER", "OVER"} {
			if clause == "" && at(i).is("(") {
				i = closing(tokens, i, "(", ")")
			} else if clause != "" && at(i).is(clause) && at(i+1).is("(") {
				i = closing(tokens, i+1, "(", ")")
			}
		}
		return i
	}
	return min(i+1, len(tokens))
}

// closing returns the place after the word that closes what opens at i.
func closing(tokens []token, i int, open, end string) int {
	depth := 0
	for ; i < len(tokens); i++ {
		switch {
		case tokens[i].is(open):
			depth++
		case tokens[i].is(end):
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(tokens)
}
