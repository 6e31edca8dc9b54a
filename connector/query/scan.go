package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Version is a version of a Delta table. NoVersion is the table as it is when a statement begins.
type Version int64

// NoVersion stands where a table has no versions, or none is wanted.
const NoVersion Version = -1

// as is the clause that pins a table to the version.
func (v Version) as() string {
	if v == NoVersion {
		return ""
	}
	return " VERSION AS OF " + strconv.FormatInt(int64(v), 10)
}

// Column is the name of a column. Unlike the names of objects it may have any character, so that only quoting makes it safe.
type Column string

// Quoted is the name as SQL takes it. It stays a word of the allow-list's own: a backtick inside is doubled.
func (c Column) Quoted() string { return "`" + strings.ReplaceAll(string(c), "`", "``") + "`" }

// Bound is an end of a range of a column: a number, or a day.
type Bound struct {
	n   int64
	day bool
}

// Number is the bound of a column of whole numbers.
func Number(n int64) Bound { return Bound{n: n} }

// Day is the bound of a column of days, of which it gives the number since 1970-01-01.
func Day(n int64) Bound { return Bound{n: n, day: true} }

// Value is what the bound was made of.
func (b Bound) Value() int64 { return b.n }

// With is a bound of the same kind with another value.
func (b Bound) With(n int64) Bound { return Bound{n: n, day: b.day} }

func (b Bound) sql() string {
	if b.day {
		return "DATE'" + time.Unix(b.n*24*60*60, 0).UTC().Format(time.DateOnly) + "'"
	}
	return strconv.FormatInt(b.n, 10)
}

// Range is a part of a table by one of its columns: from From on and below To. Ends that are nil are open, and Nulls takes the rows in which
// the column is NULL as well, which are in no other range. The zero Range is the whole table.
type Range struct {
	By       Column
	From, To *Bound
	Nulls    bool
}

func (r Range) where() string {
	if r.By == "" {
		return ""
	}
	var all []string
	if r.From != nil {
		all = append(all, r.By.Quoted()+" >= "+r.From.sql())
	}
	if r.To != nil {
		all = append(all, r.By.Quoted()+" < "+r.To.sql())
	}
	within := strings.Join(all, " AND ")
	switch {
	case r.Nulls && within != "":
		return " WHERE " + within + " OR " + r.By.Quoted() + " IS NULL"
	case r.Nulls || within == "":
		return ""
	}
	return " WHERE " + within
}

// Scan is what is read of a table.
type Scan struct {
	Table   connector.TableName
	Columns []Column // none: all of them
	At      Version
	Within  Range
	Since   Floor
	Limit   int64 // at most so many rows, 0: all
	Bare    bool  // no rows, which gives the columns alone
}

func (s Scan) columns() string {
	if len(s.Columns) == 0 {
		return "*"
	}
	quoted := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		quoted[i] = c.Quoted()
	}
	return strings.Join(quoted, ", ")
}

// Statement reads the rows.
func (s Scan) Statement() Statement {
	if s.Table.IsZero() {
		return Statement{}
	}
	text := fmt.Sprintf("SELECT %s FROM %s%s%s", s.columns(), s.Table.Quoted(), s.At.as(), s.Since.and(s.Within.where()))
	switch {
	case s.Bare:
		text += " LIMIT 0"
	case s.Limit > 0:
		text += " LIMIT " + strconv.FormatInt(s.Limit, 10)
	}
	return Statement{text}
}

// Extent counts the rows of a table from a floor on, and asks for the lowest and the highest value of a column where one is named.
func Extent(table connector.TableName, at Version, by Column, since Floor) Statement {
	if table.IsZero() {
		return Statement{}
	}
	ends := ""
	if by != "" {
		ends = fmt.Sprintf(", min(%s) AS low, max(%s) AS high", by.Quoted(), by.Quoted())
	}
	return Statement{fmt.Sprintf("SELECT count(*) AS total%s FROM %s%s%s", ends, table.Quoted(), at.as(), since.and(""))}
}

// History asks for the newest version of a table.
func History(table connector.TableName) Statement {
	if table.IsZero() {
		return Statement{}
	}
	return Statement{"DESCRIBE HISTORY " + table.Quoted() + " LIMIT 1"}
}

// Changes reads the change feed of a table, from one version to another, both included.
func Changes(table connector.TableName, from, to Version) Statement {
	if table.IsZero() || from < 0 || to < from {
		return Statement{}
	}
	return Statement{fmt.Sprintf("SELECT * FROM table_changes(%s, %d, %d)", literal(table.Quoted()), from, to)}
}

// literal is a text as SQL takes it in quotes, after the rules of string literals of Databricks.
func literal(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}
