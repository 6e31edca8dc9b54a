// Package query is the only maker of SQL in the product, and runs it through databricks-sql-go. It asks who it is, describes a table, shows a
// few rows of it or reads it whole, at a version, in ranges of a column, from a value of one on, with its changes, counts it, or asks for its
// tags, and for an inventory it asks who was granted what: SELECT and DESCRIBE, nothing else. There is no way to hand it text: a Statement is built from typed names and values alone.
package query

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
)

// MaxPreview is the largest number of rows that Preview asks for.
const MaxPreview = 1000

// Statement is one read-only SQL statement. The zero Statement is refused by the session.
type Statement struct{ sql string }

// SQL is the text as it is sent, for showing and copying what is run.
func (s Statement) SQL() string { return s.sql }

// Ping asks for one row that names the identity, which also proves that the warehouse answers.
func Ping() Statement { return Statement{"SELECT 1 AS one, current_user() AS me"} }

// Describe asks for the columns of a table.
func Describe(table connector.TableName) Statement {
	return Statement{"DESCRIBE TABLE " + table.Quoted()}
}

// Preview asks for the first rows of a table. rows is held between 0 and MaxPreview; zero proves the right to read and moves no data.
func Preview(table connector.TableName, rows int) Statement {
	return Statement{fmt.Sprintf("SELECT * FROM %s LIMIT %d", table.Quoted(), max(0, min(rows, MaxPreview)))}
}
