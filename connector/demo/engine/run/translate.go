package run

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// translations turns SQLite's complaints into Databricks' own, by the text
// that introduces them.
var translations = []struct {
	prefix string
	make   func(what string) *values.Error
}{
	{"no such column: ", func(what string) *values.Error {
		what, _, _ = strings.Cut(what, " - should this be")
		return dialect.UnresolvedColumn(strings.Split(strings.ReplaceAll(what, `"`, ""), ".")...)
	}},
	{"ambiguous column name: ", func(what string) *values.Error {
		return &values.Error{Class: "AMBIGUOUS_REFERENCE", SQLState: "42704",
			Message: fmt.Sprintf("Reference %s is ambiguous.", dialect.Backtick(strings.Split(what, ".")...)),
		}
	}},
	{"no such function: ", dialect.MissingFunction},
	{"not authorized to use function: ", dialect.MissingFunction},
	{"wrong number of arguments to function ", dialect.WrongArguments},
	{"near \"", func(what string) *values.Error {
		near, _, _ := strings.Cut(what, "\": syntax error")
		return dialect.SyntaxError(strings.Trim(near, `"`))
	}},
	{"Recursion limit", tooComplex}, {"Expression tree is too large", tooComplex}, {"parser stack overflow", tooComplex},
	{"too many terms in compound SELECT", tooComplex}, {"too many FROM clause terms", tooComplex}, {"at most 64 tables in a join", tooComplex},
	{"too many columns in ", tooComplex}, {"too many arguments on function ", tooComplex},
	{"string or blob too big", func(string) *values.Error { return values.TooLong(mostBytes) }},
	{"incomplete input", func(string) *values.Error { return dialect.SyntaxError("") }},
	{"unrecognized token: ", func(what string) *values.Error { return dialect.SyntaxError(strings.Trim(what, `"`)) }},
	{"integer overflow", func(string) *values.Error {
		return &values.Error{Class: "ARITHMETIC_OVERFLOW", SQLState: "22003", Message: "Integer overflow."}
	}},
}

func tooComplex(string) *values.Error { return dialect.TooComplex() }

// translate turns an error of SQLite into one of Databricks. What SQLite calls
// by other names is reported as an analysis error with SQLite's own words.
func translate(err error) *values.Error {
	text := err.Error()
	text = strings.TrimPrefix(text, "SQL logic error: ")
	if i := strings.LastIndex(text, " ("); i > 0 && strings.HasSuffix(text, ")") {
		text = text[:i]
	}
	for _, t := range translations {
		if what, found := strings.CutPrefix(text, t.prefix); found {
			return t.make(what)
		}
	}
	return &values.Error{Class: "ANALYSIS_EXCEPTION", SQLState: "42000", Message: text + "."}
}
