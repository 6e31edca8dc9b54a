package sync

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	counted "github.com/draftt-io/draftt-databricks/words"
)

// Named is a table as it may be shown now.
func Named(table string) string {
	return connector.Shown(connector.KindTable, connector.CleanLine(table, 300))
}

// How is the mode of a table, and why it is that.
func (t *TablePlan) How() string { return t.Mode + ": " + connector.CleanLine(t.Reason, 200) }

// Expects is how many rows are to be read, and in how many slices where there are several.
func (t *TablePlan) Expects() string {
	said := "an unknown number of rows"
	switch {
	case t.Mode == string(Changes):
		said = "the rows that changed"
	case t.Mode == string(Newer):
		said = "the rows that are newer"
	case t.Total != nil:
		said = counted.Count(int(*t.Total), "row")
	}
	if t.slices > 0 {
		return fmt.Sprintf("%d of its %s", len(t.Pieces), counted.Count(t.slices, "slice"))
	}
	if n := len(t.Pieces); n > 1 {
		said += " in " + counted.Count(n, "slice")
	}
	return said
}

// Notes are what else there is to know before a table is read: what it is read through, and what the format writes as text.
func (t *TablePlan) Notes() (all []string) {
	if t.Through != "" {
		all = append(all, "read through "+t.Through)
	}
	if t.TagsHidden {
		all = append(all, "its tags are not visible")
	}
	if t.Cursor != nil {
		all = append(all, t.cursorNote())
	}
	return append(all, t.AsText...)
}

// Into says where the files of a plan go, and as what: to standard output where dir is empty.
func (p Plan) Into(dir string) string {
	if dir == "" {
		return fmt.Sprintf("To standard output, as %s.", p.Request.Format)
	}
	return fmt.Sprintf("Into %s, as %s.", connector.CleanLine(dir, 300), p.Request.Format)
}

// Looks is said while it is found out how tables can be read.
const Looks = "Looking how the tables can be read"

// Progress is how far a table is, in a few words.
func (e Event) Progress() string {
	if e.State == Comparing {
		return "comparing with the last run"
	}
	said := counted.Thousands(int(e.Rows)) + " rows"
	if total, known := e.Expected(); known {
		said = fmt.Sprintf("%s of %s", counted.Thousands(int(e.Rows)), counted.Count(int(total), "row"))
	}
	if e.Rate >= 1 {
		said += fmt.Sprintf("  %s rows/s", counted.Thousands(int(e.Rate)))
	}
	if e.Left >= time.Second {
		said += "  left " + e.Left.Round(time.Second).String()
	}
	return said
}

// Expected is how many rows there will have been read at the end, where that is known.
func (e Event) Expected() (total int64, known bool) {
	if e.Table.Total == nil || e.Table.Mode == string(Changes) || e.Table.Mode == string(Newer) {
		return 0, false
	}
	return *e.Table.Total, true
}

// Outcome is how a table was read and what changed in it, with a line for each column that changed.
func (t *TablePlan) Outcome() string {
	said, c := t.Mode, t.Changes
	if t.onDamage() {
		said += "  " + damaged
	}
	if c == nil {
		return said
	}
	if t.Mode != string(Unchanged) {
		said += "  " + Changed(c)
	}
	for _, d := range c.Drift {
		said += "\n  column " + connector.CleanLine(d, 200)
	}
	return said
}

// Changed says how many rows were added, changed and removed.
func Changed(c *runs.Changes) string {
	if c.Added+c.Changed+c.Removed == 0 {
		return "nothing changed"
	}
	return fmt.Sprintf("%s added, %s changed, %s removed", counted.Thousands(int(c.Added)), counted.Thousands(int(c.Changed)), counted.Thousands(int(c.Removed)))
}

// Ended is what came of a run.
func Ended(run *runs.Run) string {
	rows, bytes := run.Manifest.Totals()
	return fmt.Sprintf("%s of %s, %s", counted.Count(int(rows), "row"), counted.Count(len(run.Manifest.Tables), "table"), counted.Bytes(bytes))
}

// Since says how many rows changed in all tables since an earlier run.
func Since(all *runs.Changes) string {
	return "Since the run " + connector.CleanLine(all.Since, 40) + ": " + Changed(all)
}

// Last says when a folder was last read into, how many rows there are and how many of them changed; empty where there is no whole run.
func Last(dir string) string {
	run := runs.Last(dir)
	if run == nil {
		return ""
	}
	rows, _ := run.Manifest.Totals()
	said := run.Manifest.Ended.Local().Format("2 January 2006, 15:04") + ". " + counted.Count(int(rows), "row")
	if all := run.Manifest.Changes(); all != nil && all.Added+all.Changed+all.Removed > 0 {
		return fmt.Sprintf("%s, %s changed", said, counted.Thousands(int(all.Added+all.Changed+all.Removed)))
	} else if all != nil {
		return said + ", nothing changed"
	}
	return said
}

// Again says that a table is tried once more, and why.
func (e Event) Again() string { return "tried again: " + connector.CleanLine(e.Fault.Error(), 160) }

// every is how often it is said how far a table is, where each time is a line.
const every = 10 * time.Second

// Teller tells a run as lines of text.
type Teller struct {
	Say  func(line string)
	Now  func() time.Time
	last time.Time
	said int // the table that was told of last
}

// Tell says how far a table is: a line when it begins, one every ten seconds, and one when it ends.
func (t *Teller) Tell(e Event) {
	now, name := t.Now(), Named(e.Table.Name)
	switch {
	case e.State == Done:
		t.Say(fmt.Sprintf("✓ %s  %s  %s", name, counted.Count(int(e.Rows), "row"), e.Table.Outcome()))
	case e.State == Failed:
		what, remedy := connector.Words(e.Fault)
		t.Say(strings.TrimSpace("✗ " + name + "  " + what + " " + remedy))
	case e.State == Waiting:
		t.Say(fmt.Sprintf("› %s  %s", name, e.Again()))
	case e.Table.Mode == string(Unchanged): // its files are taken over at once
		return
	case e.Number == t.said-1 && now.Sub(t.last) < every:
		return
	default:
		t.Say(fmt.Sprintf("› %s  %s", name, e.Progress()))
	}
	t.last, t.said = now, e.Number+1
}

// Text is a plan in lines: what would be read, how, and where it goes.
func (p Plan) Text(dir string) string {
	var b strings.Builder
	for i := range p.Tables {
		t := &p.Tables[i]
		fmt.Fprintf(&b, "%s\n  %s; %s\n", Named(t.Name), t.How(), t.Expects())
		for _, note := range t.Notes() {
			b.WriteString("  " + note + "\n")
		}
	}
	return b.String() + p.Into(dir) + "\n"
}

// Fails is which table an error is about, as it may be shown now, and what is wrong with it; the table is empty where it is about none.
func Fails(err error) (table string, cause error) {
	var of *TableError
	if errors.As(err, &of) {
		return Named(of.Table), of.Err
	}
	return "", err
}

// FailedTables are the tables that could not be read, as they may be shown now, in the order of the connection.
func FailedTables(err error) (tables []string) {
	switch e := err.(type) { //nolint:errorlint // each error is looked into, one after the other
	case *TableError:
		return []string{Named(e.Table)}
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			tables = append(tables, FailedTables(one)...)
		}
	case interface{ Unwrap() error }:
		return FailedTables(e.Unwrap())
	}
	return tables
}
