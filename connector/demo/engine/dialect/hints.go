package dialect

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Hint is what the text of a result column says about its type where
// SQLite only knows a value: a literal, a CAST, or the smallest or largest of
// a table's column.
type Hint struct {
	typed  values.Type
	known  bool
	column string // take the type of the table's column of this name
	more   int    // of a sum or average: a DECIMAL gets so many more digits
	scale  int    // and so many more of them after the point
	Name   string // of an expression without an alias, as it was written

	Nested values.Kind // of a constructor: what it makes
	parts  []Hint      // what it is made of
	names  []string    // how the fields of a struct are called
	skip   bool        // the arguments alternate between a name and a part
	at     []int       // where the constructors in it stand in the statement
	null   bool        // a part without a type of its own
	marker int         // of a parameter on its own: the place of its marker, plus one
}

// Bind tells the columns that are parameters what those are: their types, and
// the texts of their values, by the numbers of the markers.
func (q *Query) Bind(param func(marker int) (t values.Type, text string, known bool)) {
	for i := range q.Hints {
		q.bindHint(&q.Hints[i], param)
	}
}

func (q *Query) bindHint(h *Hint, param func(int) (values.Type, string, bool)) {
	for i := range h.parts {
		q.bindHint(&h.parts[i], param)
	}
	for i, m := range q.Markers {
		if h.marker == m.pos+1 {
			t, text, known := param(i)
			h.typed, h.known = t, known
			if h.Name != "" {
				h.Name = text
			}
		}
	}
}

// hints reads the outermost select list. It returns nil when a star makes it
// impossible to number the columns.
func hints(tokens []Token) []Hint {
	list, found := selectList(tokens)
	if !found {
		return nil
	}
	var all []Hint
	depth, start := 0, 0
	for i := 0; i <= len(list); i++ {
		if i < len(list) {
			switch t := list[i]; {
			case t.Is("("):
				depth++
			case t.Is(")"):
				depth--
			}
			if depth > 0 || !list[i].Is(",") {
				continue
			}
		}
		item := list[start:i]
		if len(item) == 0 || item[len(item)-1].Is("*") {
			return nil
		}
		bare := withoutAlias(item)
		h := hint(bare)
		if len(bare) == len(item) {
			h.Name = expressionName(item)
		}
		all = append(all, h)
		start = i + 1
	}
	return all
}

// selectList returns the tokens between the outermost SELECT and its FROM.
func selectList(tokens []Token) (list []Token, found bool) {
	depth, start := 0, -1
	for i, t := range tokens {
		switch {
		case t.Is("("):
			depth++
		case t.Is(")"):
			depth--
		case depth > 0:
		case t.Is("SELECT") && start < 0:
			start = i + 1
		case start >= 0 && (t.Is("FROM") || t.Is("WHERE") || t.Is("ORDER") || t.Is("LIMIT") || t.Is("UNION")):
			return tokens[start:i], true
		}
	}
	if start < 0 {
		return nil, false
	}
	return tokens[start:], true
}

// expressionName is what a column without an alias is called. For a column of
// a table SQLite knows better, and the name is left empty.
func expressionName(item []Token) string {
	switch n := len(item); {
	case n == 1 && item[0].Kind == Text:
		return item[0].Value
	case item[n-1].Identifier() && (n == 1 || item[n-2].Is(".")):
		return ""
	case n == 4 && item[0].Is("COUNT") && item[2].Is("*"):
		return "count(1)"
	}
	var b strings.Builder
	for i, t := range item {
		if i > 0 && t.spaced {
			b.WriteByte(' ')
		}
		b.WriteString(t.raw)
	}
	return b.String()
}

// comparisons are the words and symbols whose result is true or false.
var comparisons = []string{"=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>", "AND", "OR", "NOT", "LIKE", "IN", "BETWEEN", "IS", "EXISTS"}

// compares reports whether an expression is a comparison on its outermost
// level.
func compares(item []Token) bool {
	depth, found := 0, false
	for _, t := range item {
		switch {
		case t.Is("("):
			depth++
		case t.Is(")"):
			depth--
		case t.Is("CASE"):
			return false
		case depth == 0 && (t.Kind == symbol || t.Kind == Word) && slices.Contains(comparisons, t.Value):
			found = true
		}
	}
	return found
}

func withoutAlias(item []Token) []Token {
	if len(item) > 0 && (item[0].Is("DISTINCT") || item[0].Is("ALL")) {
		item = item[1:]
	}
	switch n := len(item); {
	case n > 2 && item[n-2].Is("AS"):
		return item[:n-2]
	case n > 1 && item[n-1].Identifier() && !item[n-2].Is("."):
		return item[:n-1]
	}
	return item
}

func hint(item []Token) Hint {
	if h, ok := constructed(item); ok {
		return h
	}
	switch n := len(item); {
	case n == 1 && item[0].Kind == number:
		return numberHint(item[0])
	case n == 1 && item[0].Kind == marker:
		return Hint{marker: item[0].pos + 1}
	case n == 2 && item[0].Is("-") && item[1].Kind == number:
		return numberHint(item[1])
	case n == 1 && (item[0].Is("TRUE") || item[0].Is("FALSE")), compares(item):
		return Hint{typed: values.BooleanType, known: true}
	case n == 2 && item[1].Kind == Text && item[0].Is("DATE"), n == 3 && item[0].Is("CURRENT_DATE"):
		return Hint{typed: values.DateType, known: true}
	case n == 2 && item[1].Kind == Text && item[0].Is("TIMESTAMP"), n == 3 && item[0].Is("CURRENT_TIMESTAMP"):
		return Hint{typed: values.TimestampType, known: true}
	case n >= 6 && (item[0].Is("CAST") || item[0].Is("TRY_CAST")):
		return castHint(item)
	case n >= 4 && item[1].Is("(") && item[n-1].Is(")") && item[n-2].Identifier() && (n == 4 || item[n-3].Is(".")):
		switch {
		case item[0].Is("MIN"), item[0].Is("MAX"):
			return Hint{column: item[n-2].name()}
		case item[0].Is("SUM"):
			return Hint{column: item[n-2].name(), more: 10}
		case item[0].Is("AVG"):
			return Hint{column: item[n-2].name(), more: 4, scale: 4}
		}
	}
	return Hint{}
}

// of is the type of the result for a column of type t. A sum of whole numbers
// is a BIGINT, their average and all of fractions a DOUBLE; sums and averages
// of decimals are decimals with more digits, up to the 38 there can be.
func (h Hint) of(t values.Type) (values.Type, bool) {
	if h.more == 0 {
		return t, true
	}
	switch {
	case t.Storage() == values.Ints && h.scale == 0:
		return values.BigIntType, true
	case t.Storage() == values.Ints, t.Storage() == values.Floats:
		return values.DoubleType, true
	case t.Kind != values.Decimal:
		return values.Type{}, false
	}
	wider, err := values.NewDecimal(min(38, t.Precision+h.more), min(38, t.Scale+h.scale))
	return wider, err == nil
}

// numberHint follows the rules for numeric literals: a whole number is an INT
// if it fits, one with a point a DECIMAL, one with an exponent a DOUBLE.
func numberHint(t Token) Hint {
	whole, fraction, point := strings.Cut(t.Value, ".")
	suffix := strings.ToUpper(strings.TrimPrefix(t.raw, t.Value))
	switch {
	case strings.ContainsAny(t.Value, "eE") || suffix == "D" || suffix == "F":
		return Hint{typed: values.DoubleType, known: true}
	case point || suffix == "BD":
		whole = strings.TrimLeft(whole, "0")
		typed, err := values.NewDecimal(max(1, len(whole)+len(fraction)), len(fraction))
		return Hint{typed: typed, known: err == nil}
	case suffix == "" && (len(whole) < 10 || len(whole) == 10 && whole <= "2147483647"):
		return Hint{typed: values.IntType, known: true}
	}
	return Hint{}
}

// castHint takes the type between the last AS and the closing parenthesis, if
// that closes the whole item.
func castHint(item []Token) Hint {
	depth, as := 0, -1
	for i, t := range item {
		switch {
		case t.Is("("):
			depth++
		case t.Is(")"):
			if depth--; depth == 0 && i < len(item)-1 {
				return Hint{}
			}
		case t.Is("AS") && depth == 1:
			as = i
		}
	}
	if as < 0 || !item[len(item)-1].Is(")") {
		return Hint{}
	}
	var b strings.Builder
	for _, t := range item[as+1 : len(item)-1] {
		b.WriteString(t.raw)
	}
	typed, err := values.ParseType(b.String())
	return Hint{typed: typed, known: err == nil}
}
