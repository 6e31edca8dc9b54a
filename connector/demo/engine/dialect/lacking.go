package dialect

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Unsupported refuses SQL that Databricks runs and the embedded workspace does
// not.
func Unsupported(what string) *values.Error {
	return &values.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000", Message: fmt.Sprintf("The embedded workspace does not run %s in a query.", what)}
}

// lacking are the parts of queries that Databricks has and the engine lacks,
// each by the words that it begins with.
var lacking = []string{
	"QUALIFY", "PIVOT (", "UNPIVOT", "LATERAL VIEW", "LATERAL", "TABLESAMPLE (", "* EXCEPT (", "GROUPING SETS", "ROLLUP (", "CUBE (", "WITH ROLLUP",
	"WITH CUBE", "DISTRIBUTE BY", "SORT BY", "CLUSTER BY", "ORDER BY ALL", "ILIKE", "RLIKE", "REGEXP", "LIKE ANY", "LIKE ALL", "LIKE SOME", "SEMI JOIN",
	"ANTI JOIN", "VERSION AS OF", "TIMESTAMP AS OF", "FOR SYSTEM_VERSION", "FOR SYSTEM_TIME", "EXCEPT ALL",
	"INTERSECT ALL", "MINUS ALL", "WITHIN GROUP", "EXTRACT (", "POSITION (", "OVERLAY (", "TRIM (", "TRANSFORM (", "IDENTIFIER (", "STREAM", "INTERVAL",
	"COLLATE", "MATCH_RECOGNIZE", "DIV", "X '", "| >", "= >", "->", "[", "!", "^", "{", ":",
}

// Lacking names what a query that could not be read has and the engine lacks.
// It is nil where nothing of that kind is in it.
func Lacking(tokens []Token) *values.Error {
	for i := range tokens {
		for _, words := range lacking {
			if begins(tokens[i:], strings.Fields(words)) {
				return Unsupported(strings.TrimSuffix(strings.TrimSuffix(words, " ("), " '"))
			}
		}
		if t := tokens[i]; t.Kind == marker && t.Value != "" && !t.spaced && i > 0 && (tokens[i-1].Identifier() || tokens[i-1].Is(")")) {
			return Unsupported(":")
		}
	}
	return nil
}

func begins(tokens []Token, words []string) bool {
	for i, w := range words {
		if t := at(tokens, i); !t.Is(w) && !(w == "'" && t.Kind == Text) {
			return false
		}
	}
	return true
}
