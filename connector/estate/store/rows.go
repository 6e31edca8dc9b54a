package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
)

// Row is one thing that was found. Its id is its own among those of its kind.
type Row struct {
	Seq              int64 // in the order in which they were found
	Kind, ID, Parent string
	Name             string
	Body             string // a JSON object of what is kept of it, its fields in order
}

// Progress is how far one collector is in the rows of a kind that it goes through one by one; a listing that stands alone is the row 0.
type Progress struct {
	Mark int64            `json:"mark"`           // all up to this one are done
	Done []int64          `json:"done,omitempty"` // those after it that are done
	Open map[int64]string `json:"open,omitempty"` // those of which pages are still to come, with the token of the next
}

// Change is what one transaction writes.
type Change struct {
	tx    *sql.Tx
	put   *sql.Stmt
	wrong error // what the file refused
}

// failed notes an error of the file, which is told apart from those of whoever writes.
func (c *Change) failed(err error) error {
	if err != nil {
		c.wrong = err
	}
	return err
}

// Write writes all that do says, or nothing. An error of do comes back as it is.
func (r *Run) Write(do func(*Change) error) error {
	tx, err := r.db.Begin()
	if err != nil {
		return torn(r.path, err)
	}
	c := &Change{tx: tx}
	if err := do(c); err != nil {
		_ = tx.Rollback()
		if c.wrong != nil {
			return torn(r.path, c.wrong)
		}
		return err
	}
	if err := tx.Commit(); err != nil {
		return torn(r.path, err)
	}
	return nil
}

// Put writes a row, in the place of one of the same kind and id. It reports whether it is a new one.
func (c *Change) Put(row Row) (fresh bool, err error) {
	if c.put == nil {
		c.put, err = c.tx.Prepare(`INSERT INTO rows (kind, id, parent, name, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO NOTHING`)
		if err != nil {
			return false, c.failed(fmt.Errorf("prepare rows: %w", err))
		}
	}
	done, err := c.put.Exec(row.Kind, row.ID, row.Parent, row.Name, row.Body)
	if err != nil {
		return false, c.failed(fmt.Errorf("write a row: %w", err))
	}
	if n, _ := done.RowsAffected(); n == 1 {
		return true, nil
	}
	_, err = c.tx.Exec(`UPDATE rows SET parent = ?, name = ?, body = ? WHERE kind = ? AND id = ?`, row.Parent, row.Name, row.Body, row.Kind, row.ID)
	return false, c.failed(err)
}

// Has reports whether there is a row of a kind with an id.
func (c *Change) Has(kind, id string) (bool, error) {
	var one int
	switch err := c.tx.QueryRow("SELECT 1 FROM rows WHERE kind = ? AND id = ?", kind, id).Scan(&one); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, c.failed(fmt.Errorf("look for a row: %w", err))
	}
	return true, nil
}

// Line writes the line of a collector in the ledger.
func (c *Change) Line(collector string, line any) error {
	return c.set("INSERT OR REPLACE INTO ledger VALUES (?, ?)", line, collector)
}

// Progress writes how far a collector is in the rows of a kind.
func (c *Change) Progress(collector, kind string, at Progress) error {
	return c.set("INSERT OR REPLACE INTO progress VALUES (?, ?, ?)", at, collector, kind)
}

// Fact writes something that is true of the whole run.
func (c *Change) Fact(name string, value any) error {
	return c.set("INSERT OR REPLACE INTO facts VALUES (?, ?)", value, name)
}

func (c *Change) set(statement string, value any, key ...any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	_, err = c.tx.Exec(statement, append(key, string(text))...)
	return c.failed(err)
}

// Line reads the line of a collector in the ledger, and reports whether there is one.
func (r *Run) Line(collector string, into any) (bool, error) {
	return r.get(into, "SELECT line FROM ledger WHERE collector = ?", collector)
}

// Progress reads how far a collector is in the rows of a kind.
func (r *Run) Progress(collector, kind string) (at Progress, err error) {
	_, err = r.get(&at, "SELECT at FROM progress WHERE collector = ? AND kind = ?", collector, kind)
	return at, err
}

// Fact reads something that is true of the whole run, and reports whether it is known.
func (r *Run) Fact(name string, into any) (bool, error) {
	return r.get(into, "SELECT value FROM facts WHERE name = ?", name)
}

func (r *Run) get(into any, query string, args ...any) (bool, error) {
	var text string
	switch err := r.db.QueryRow(query, args...).Scan(&text); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, torn(r.path, err)
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return false, torn(r.path, err)
	}
	return true, nil
}

// After gives at most so many rows of a kind that were found after another, in that order.
func (r *Run) After(kind string, seq int64, most int) ([]Row, error) {
	return r.query(kind, "SELECT seq, id, parent, name, body FROM rows INDEXED BY by_kind WHERE kind = ? AND seq > ? ORDER BY seq LIMIT ?", kind, seq, most)
}

// At gives the rows of a kind with these numbers.
func (r *Run) At(kind string, seqs []int64) ([]Row, error) {
	if len(seqs) == 0 {
		return nil, nil
	}
	args := []any{kind}
	for _, s := range seqs {
		args = append(args, s)
	}
	return r.query(kind, "SELECT seq, id, parent, name, body FROM rows WHERE kind = ? AND seq IN (?"+strings.Repeat(",?", len(seqs)-1)+") ORDER BY seq", args...)
}

// Row gives the row of a kind with an id, and reports whether there is one.
func (r *Run) Row(kind, id string) (Row, bool, error) {
	found, err := r.query(kind, "SELECT seq, id, parent, name, body FROM rows INDEXED BY by_id WHERE kind = ? AND id = ?", kind, id)
	if err != nil || len(found) == 0 {
		return Row{}, false, err
	}
	return found[0], true, nil
}

// query gives rows of a kind, which is not read for each of them.
func (r *Run) query(kind, query string, args ...any) ([]Row, error) {
	found, err := r.db.Query(query, args...)
	if err != nil {
		return nil, torn(r.path, err)
	}
	defer func() { _ = found.Close() }()
	var out []Row
	for found.Next() {
		row := Row{Kind: kind}
		if err := found.Scan(&row.Seq, &row.ID, &row.Parent, &row.Name, &row.Body); err != nil {
			return nil, torn(r.path, err)
		}
		out = append(out, row)
	}
	if err := found.Err(); err != nil {
		return nil, torn(r.path, err)
	}
	return out, nil
}

// onePage is how many rows are held at a time while all of a kind are gone through.
const onePage = 2000

// Rows goes through the rows of a kind by their ids. It ends at the first error.
func (r *Run) Rows(kind string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for last, from := "", true; ; from = false {
			compare := ">"
			if from {
				compare = ">="
			}
			page, err := r.query(kind, "SELECT seq, id, parent, name, body FROM rows INDEXED BY by_id WHERE kind = ? AND id "+compare+" ? ORDER BY id LIMIT ?", kind, last, onePage)
			if err != nil {
				yield(Row{}, err)
				return
			}
			for _, row := range page {
				if last = row.ID; !yield(row, nil) {
					return
				}
			}
			if len(page) < onePage {
				return
			}
		}
	}
}

// Count is how many rows of a kind there are.
func (r *Run) Count(kind string) (n int, err error) {
	if err := r.db.QueryRow("SELECT count(*) FROM rows WHERE kind = ?", kind).Scan(&n); err != nil {
		return 0, torn(r.path, err)
	}
	return n, nil
}

// Most is how many rows there are at the most, of all kinds, without counting them.
func (r *Run) Most() (n int, err error) {
	if err := r.db.QueryRow("SELECT coalesce(max(seq), 0) FROM rows").Scan(&n); err != nil {
		return 0, torn(r.path, err)
	}
	return n, nil
}

// Children is how many rows of a kind each thing has that they were found in.
func (r *Run) Children(kind string) (map[string]int, error) {
	found, err := r.db.Query("SELECT parent, count(*) FROM rows WHERE kind = ? GROUP BY parent", kind)
	if err != nil {
		return nil, torn(r.path, err)
	}
	defer func() { _ = found.Close() }()
	out := map[string]int{}
	for found.Next() {
		var parent string
		var n int
		if err := found.Scan(&parent, &n); err != nil {
			return nil, torn(r.path, err)
		}
		out[parent] = n
	}
	if err := found.Err(); err != nil {
		return nil, torn(r.path, err)
	}
	return out, nil
}

// Kinds are the kinds of which there are rows, by name.
func (r *Run) Kinds() ([]string, error) {
	var out []string
	for last := ""; ; {
		var next sql.NullString
		if err := r.db.QueryRow("SELECT min(kind) FROM rows WHERE kind > ?", last).Scan(&next); err != nil {
			return nil, torn(r.path, err)
		}
		if !next.Valid {
			return out, nil
		}
		last = next.String
		out = append(out, last)
	}
}
