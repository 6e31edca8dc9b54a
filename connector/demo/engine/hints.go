package engine

import (
	"slices"
	"strings"
)

// typeHint is what the text of a result column says about its type where
// SQLite only knows a value: a literal, a CAST, or the smallest or largest of
// a table's column.
type typeHint struct {
	typed  Type
	known  bool
	column string // take the type of the table's column of this name
	more   int    // of a sum or average: a DECIMAL gets so many more digits
	scale  int    // and so many more of them after the point
	name   string // of an expression without an alias, as it was written

	nested Kind       // of a constructor: what it makes
	parts  []typeHint // what it is made of
	names  []string   // how the fields of a struct are called
	skip   bool       // the arguments alternate between a name and a part
	at     []int      // where the constructors in it stand in the statement
	null   bool       // a part without a type of its own
}

// hints reads the outermost select list. It returns nil when a star makes it
// impossible to number the columns.
func hints(tokens []token) []typeHint {
	list, found := selectList(tokens)
	if !found {
		return nil
	}
	var all []typeHint
	depth, start := 0, 0
	for i := 0; i <= len(list); i++ {
		if i < len(list) {
			switch t := list[i]; {
			case t.is("("):
				depth++
			case t.is(")"):
				depth--
			}
			if depth > 0 || !list[i].is(",") {
				continue
			}
		}
		item := list[start:i]
		if len(item) == 0 || item[len(item)-1].is("*") {
			return nil
		}
		bare := withoutAlias(item)
		h := hint(bare)
		if len(bare) == len(item) {
			h.name = expressionName(item)
		}
		all = append(all, h)
		start = i + 1
	}
	return all
}

// selectList returns the tokens between the outermost SELECT and its FROM.
func selectList(tokens []token) (list []token, found bool) {
	depth, start := 0, -1
	for i, t := range tokens {
		switch {
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		case depth > 0:
		case t.is("SELECT") && start < 0:
			start = i + 1
		case start >= 0 && (t.is("FROM") || t.is("WHERE") || t.is("ORDER") || t.is("LIMIT") || t.is("UNION")):
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
func expressionName(item []token) string {
	switch n := len(item); {
	case n == 1 && item[0].kind == text:
		return item[0].value
	case item[n-1].identifier() && (n == 1 || item[n-2].is(".")):
		return ""
	case n == 4 && item[0].is("COUNT") && item[2].is("*"):
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
func compares(item []token) bool {
	depth, found := 0, false
	for _, t := range item {
		switch {
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		case t.is("CASE"):
			return false
		case depth == 0 && (t.kind == symbol || t.kind == word) && slices.Contains(comparisons, t.value):
			found = true
		}
	}
	return found
}

func withoutAlias(item []token) []token {
	if len(item) > 0 && (item[0].is("DISTINCT") || item[0].is("ALL")) {
		item = item[1:]
	}
	switch n := len(item); {
	case n > 2 && item[n-2].is("AS"):
		return item[:n-2]
	case n > 1 && item[n-1].identifier() && !item[n-2].is("."):
		return item[:n-1]
	}
	return item
}

func hint(item []token) typeHint {
	if h, ok := constructed(item); ok {
		return h
	}
	switch n := len(item); {
	case n == 1 && item[0].kind == number:
		return numberHint(item[0])
	case n == 2 && item[0].is("-") && item[1].kind == number:
		return numberHint(item[1])
	case n == 1 && (item[0].is("TRUE") || item[0].is("FALSE")), compares(item):
		return typeHint{typed: BooleanType, known: true}
	case n == 2 && item[1].kind == text && item[0].is("DATE"), n == 3 && item[0].is("CURRENT_DATE"):
		return typeHint{typed: DateType, known: true}
	case n == 2 && item[1].kind == text && item[0].is("TIMESTAMP"), n == 3 && item[0].is("CURRENT_TIMESTAMP"):
		return typeHint{typed: TimestampType, known: true}
	case n >= 6 && (item[0].is("CAST") || item[0].is("TRY_CAST")):
		return castHint(item)
	case n >= 4 && item[1].is("(") && item[n-1].is(")") && item[n-2].identifier() && (n == 4 || item[n-3].is(".")):
		switch {
		case item[0].is("MIN"), item[0].is("MAX"):
			return typeHint{column: item[n-2].name()}
		case item[0].is("SUM"):
			return typeHint{column: item[n-2].name(), more: 10}
		case item[0].is("AVG"):
			return typeHint{column: item[n-2].name(), more: 4, scale: 4}
		}
	}
	return typeHint{}
}

// of is the type of the result for a column of type t. A sum of whole numbers
// is a BIGINT, their average and all of fractions a DOUBLE; sums and averages
// of decimals are decimals with more digits, up to the 38 there can be.
func (h typeHint) of(t Type) (Type, bool) {
	if h.more == 0 {
		return t, true
	}
	switch {
	case t.Storage() == Ints && h.scale == 0:
		return BigIntType, true
	case t.Storage() == Ints, t.Storage() == Floats:
		return DoubleType, true
	case t.Kind != Decimal:
		return Type{}, false
	}
	wider, err := newDecimal(min(38, t.Precision+h.more), min(38, t.Scale+h.scale))
	return wider, err == nil
}

// numberHint follows the rules for numeric literals: a whole number is an INT
// if it fits, one with a point a DECIMAL, one with an exponent a DOUBLE.
func numberHint(t token) typeHint {
	whole, fraction, point := strings.Cut(t.value, ".")
	suffix := strings.ToUpper(strings.TrimPrefix(t.raw, t.value))
	switch {
	case strings.ContainsAny(t.value, "eE") || suffix == "D" || suffix == "F":
		return typeHint{typed: DoubleType, known: true}
	case point || suffix == "BD":
		whole = strings.TrimLeft(whole, "0")
		typed, err := newDecimal(max(1, len(whole)+len(fraction)), len(fraction))
		return typeHint{typed: typed, known: err == nil}
	case suffix == "" && (len(whole) < 10 || len(whole) == 10 && whole <= "2147483647"):
		return typeHint{typed: IntType, known: true}
	}
	return typeHint{}
}

// castHint takes the type between the last AS and the closing parenthesis, if
// that closes the whole item.
func castHint(item []token) typeHint {
	depth, as := 0, -1
	for i, t := range item {
		switch {
		case t.is("("):
			depth++
		case t.is(")"):
			if depth--; depth == 0 && i < len(item)-1 {
				return typeHint{}
			}
		case t.is("AS") && depth == 1:
			as = i
		}
	}
	if as < 0 || !item[len(item)-1].is(")") {
		return typeHint{}
	}
	var b strings.Builder
	for _, t := range item[as+1 : len(item)-1] {
		b.WriteString(t.raw)
	}
	typed, err := ParseType(b.String())
	return typeHint{typed: typed, known: err == nil}
}
