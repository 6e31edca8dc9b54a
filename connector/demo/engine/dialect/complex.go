package dialect

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// What a statement may have at most: what rewrites it goes over all of it for each of some of its parts, and SQLite calls itself for each
// query and expression within another.
const (
	mostTokens    = 20_000
	mostRewritten = 1000 // parts that are put in other words
	deepest       = 500  // parentheses within each other
)

// rewritten are the words and symbols of parts that are put in other words.
var rewritten = []string{"::", "EXCEPT", "MINUS", "TABLESAMPLE", "VALUES", "SELECT", "GROUP"}

// TooComplex is how a statement ends that has too many parts.
func TooComplex() *values.Error {
	return &values.Error{Class: "FAILED_TO_PARSE_TOO_COMPLEX", SQLState: "54001", Message: "The statement, including potential SQL functions and " +
		"referenced views, was too complex to parse. To mitigate this error divide the statement into multiple, less complex chunks."}
}

// complexity is the error of a query that has too much to rewrite.
func complexity(tokens []Token) error {
	depth, parts := 0, 0
	for _, t := range tokens {
		switch {
		case t.Is("("):
			depth++
		case t.Is(")"):
			depth--
		case slices.ContainsFunc(rewritten, t.Is):
			parts++
		}
		if depth > deepest || parts > mostRewritten {
			return TooComplex()
		}
	}
	return nil
}
