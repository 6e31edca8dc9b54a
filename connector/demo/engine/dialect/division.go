package dialect

import "slices"

// guardDivisors wraps what something is divided by in a function that fails on
// zero. A divisor is one operand: a name, a literal, a call, or parentheses.
func guardDivisors(tokens []Token) []Token {
	if !slices.ContainsFunc(tokens, divides) {
		return tokens
	}
	var out []Token
	var ends []int // where the parentheses that were opened have to close
	for i, t := range tokens {
		for len(ends) > 0 && ends[len(ends)-1] <= i {
			out = append(out, Token{Kind: symbol, raw: ")", Value: ")"})
			ends = ends[:len(ends)-1]
		}
		out = append(out, t)
		if divides(t) && i > 0 && i+1 < len(tokens) {
			end := operandEnd(tokens, i+1)
			out = append(out, Token{Kind: quoted, raw: DivisorFunction, Value: DivisorFunction, spaced: true}, Token{Kind: symbol, raw: "(", Value: "("})
			ends = append(ends, end)
		}
	}
	for range ends {
		out = append(out, Token{Kind: symbol, raw: ")", Value: ")"})
	}
	return out
}

func divides(t Token) bool { return t.Kind == symbol && (t.Value == "/" || t.Value == "%") }

// operandEnd returns where the operand that starts at i ends.
func operandEnd(tokens []Token, i int) int {
	at := func(i int) Token {
		if i < len(tokens) {
			return tokens[i]
		}
		return Token{Kind: symbol}
	}
	for at(i).Is("-") || at(i).Is("+") || at(i).Is("~") {
		i++
	}
	switch t := at(i); {
	case t.Is("("):
		return closing(tokens, i, "(", ")")
	case t.Is("CASE"):
		return closing(tokens, i, "CASE", "END")
	case t.Identifier():
		for i++; at(i).Is(".") && at(i+1).Identifier(); {
			i += 2
		}
		for _, clause := range []string{"", "FILTER", "OVER"} {
			if clause == "" && at(i).Is("(") {
				i = closing(tokens, i, "(", ")")
			} else if clause != "" && at(i).Is(clause) && at(i+1).Is("(") {
				i = closing(tokens, i+1, "(", ")")
			}
		}
		return i
	}
	return min(i+1, len(tokens))
}

// closing returns the place after the word that closes what opens at i.
func closing(tokens []Token, i int, open, end string) int {
	depth := 0
	for ; i < len(tokens); i++ {
		switch {
		case tokens[i].Is(open):
			depth++
		case tokens[i].Is(end):
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(tokens)
}
