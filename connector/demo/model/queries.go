package model

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/draftt-io/draftt-databricks/connector/demo/recent"
)

// QueryRun is a statement that was run and has ended.
type QueryRun struct {
	ID, Principal, Warehouse, SQL string

	Status       string // FINISHED, FAILED or CANCELED
	Failure      string // why it failed
	Began, Ended time.Time
	Rows         int
}

// keptQueries is how many statements are remembered at most.
const keptQueries = 10_000

// StatementType is the kind of statement that a query is, in the words of the query history; OTHER where it has none.
func (q QueryRun) StatementType() string {
	between := func(c rune) bool { return c == '(' || unicode.IsSpace(c) }
	word := strings.TrimLeftFunc(q.SQL, between)
	if end := strings.IndexFunc(word, between); end >= 0 {
		word = word[:end]
	}
	switch word = strings.ToUpper(word); word {
	case "WITH", "VALUES":
		return "SELECT"
	case "DESC":
		return "DESCRIBE"
	}
	if slices.Contains(statementTypes, word) {
		return word
	}
	return "OTHER"
}

// statementTypes are the first words of statements that are kinds in the query history.
var statementTypes = []string{
	"ALTER", "ANALYZE", "COPY", "CREATE", "DELETE", "DESCRIBE", "DROP", "EXPLAIN", "GRANT", "INSERT", "MERGE", "OPTIMIZE", "REFRESH", "REPLACE",
	"REVOKE", "SELECT", "SET", "SHOW", "TRUNCATE", "UPDATE", "USE",
}

// NoteQuery remembers a statement that has ended, of a long one the beginning, and forgets the oldest ones.
func (w *World) NoteQuery(q QueryRun) {
	q.SQL, q.Failure = recent.Excerpt(q.SQL), recent.Excerpt(q.Failure)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queries.Note(q, len(q.SQL)+len(q.Failure), keptQueries)
}

// Queries lists the statements that have ended, the latest first: one's own, those on warehouses that one may monitor, and for workspace admins
// everybody's.
func (w *World) Queries(who *Principal) []QueryRun {
	w.mu.RLock()
	defer w.mu.RUnlock()
	monitors := map[string]bool{}
	var out []QueryRun
	for q := range w.queries.Backward() {
		watched, asked := monitors[q.Warehouse]
		if !asked {
			watched = w.level(who, OnWarehouse(q.Warehouse)) >= CanMonitor
			monitors[q.Warehouse] = watched
		}
		if watched || q.Principal == who.Name {
			out = append(out, q)
		}
	}
	return out
}
