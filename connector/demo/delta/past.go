package delta

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

const day = 24 * time.Hour

// fewest is how many rows a table has at least that something happened to after it was loaded.
const fewest = 20

// past makes up the log of a table that the world began with, from its rows: the last tenth was appended, before that some rows were deleted,
// before that some had another value in their second column. The files of the load are gone, because the table was optimized after it.
func past(found Found, began time.Time) []version {
	t := found.Table
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(t.Name.String())) // it never fails
	began = began.Add(-time.Duration(hash.Sum32()%(12*60*60*1000)) * time.Millisecond)
	made := began.Add(-45 * day)
	if !found.Created.IsZero() && found.Created.Before(made) {
		made = found.Created
	}
	empty := shape(t, 0, 0, t.Row)
	first := created("CREATE TABLE", found.By, made, empty)
	if t.Rows == 0 {
		return []version{first}
	}
	if t.Rows < fewest || len(t.Columns) < 2 {
		return []version{first, appended(found.By, began.Add(-25*day), empty, t)}
	}
	h := halves{t: t, kept: t.Rows - t.Rows/10, ghosts: t.Rows / 50, each: 13}
	h.ghosts = max(1, h.ghosts)
	loaded := shape(t, h.kept+h.ghosts, min(t.Sorted, h.kept), h.loaded)
	updated := shape(t, h.kept+h.ghosts, min(t.Sorted, h.kept), h.updated)
	deleted := shape(t, h.kept, min(t.Sorted, h.kept), t.Row)
	return []version{
		first,
		appended(found.By, began.Add(-25*day), empty, loaded),
		change("OPTIMIZE", found.By, began.Add(-20*day), loaded, metrics("numRemovedFiles", 4)),
		change("UPDATE", found.By, began.Add(-6*day), updated, metrics("numUpdatedRows", h.touched()),
			span{"update_preimage", h.touched(), func(i int) []any { return h.loaded(h.touch(i)) }},
			span{"update_postimage", h.touched(), func(i int) []any { return h.updated(h.touch(i)) }}),
		change("DELETE", found.By, began.Add(-4*day), deleted, metrics("numDeletedRows", h.ghosts),
			span{"delete", h.ghosts, func(i int) []any { return h.updated(h.kept + i) }}),
		appended(found.By, began.Add(-1*day), deleted, t),
	}
}

func metrics(key string, n int) map[string]string {
	return map[string]string{"numAddedFiles": "1", key: strconv.Itoa(n)}
}

// change is a commit that writes files anew.
func change(operation, by string, at time.Time, table engine.Table, counted map[string]string, changes ...span) version {
	v := version{Commit: commit(operation, by, at), table: table, changes: changes, removes: true}
	v.Parameters, v.Metrics = map[string]string{"predicate": "[]"}, counted
	return v
}

// shape is the table with other rows.
func shape(t engine.Table, rows, sorted int, row func(int) []any) engine.Table {
	t.Rows, t.Sorted, t.Row = rows, sorted, row
	return t
}

// halves are the rows of a table with a past: those that were there before the last ones were appended, and behind them ghosts, which are
// deleted since.
type halves struct {
	t            engine.Table
	kept, ghosts int
	each         int // one row of so many was updated
}

func (h halves) touched() int    { return (h.kept + h.each - 1) / h.each }
func (h halves) touch(i int) int { return i * h.each }

// updated is a row after the update.
func (h halves) updated(i int) []any {
	if i < h.kept {
		return h.t.Row(i)
	}
	return h.ghost(i - h.kept)
}

// loaded is a row before the update: it has the second column of another row.
func (h halves) loaded(i int) []any {
	row := h.updated(i)
	if i < h.kept && i%h.each == 0 {
		row = append([]any(nil), row...)
		row[1] = h.t.Row((i + 1) % h.kept)[1]
	}
	return row
}

// ghost is a row that was deleted. It is like another one, and its first column is one that no row has.
func (h halves) ghost(i int) []any {
	row := append([]any(nil), h.t.Row(i*h.kept/h.ghosts)...)
	switch first := row[0].(type) {
	case int64:
		last, _ := h.t.Row(h.t.Rows - 1)[0].(int64)
		row[0] = max(first, last) + int64(h.t.Rows) + int64(i) + 1
	case string:
		row[0] = fmt.Sprintf("%s-%d", first, i+1)
	}
	return row
}

func jsonOf[T map[string]string | []string](m T) string {
	text, err := json.Marshal(m)
	if err != nil { // texts always encode
		return "{}"
	}
	return string(text)
}
