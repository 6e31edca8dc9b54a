package delta

import (
	"cmp"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// Edit changes rows of a table, which is a commit of its own. It is [engine.ErrConflict] where the table is another one than that whose rows
// the edit names. What changes nothing makes no version, as the commands of Delta Lake skip a commit without actions.
func (s *Store) Edit(principal string, name engine.Name, edit engine.Edit, do func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, err := s.opts.Find(name)
	if err != nil {
		return err
	}
	if before.Table.Version != edit.Seen {
		return engine.ErrConflict
	}
	l := s.log(name, before)
	if err := cmp.Or(l.full(), l.heavy(edit)); err != nil || edit.Empty() {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	after, err := s.opts.Find(name)
	if err != nil {
		return err
	}
	v := version{Commit: commit(edit.Operation, principal, s.opts.Now()), table: after.Table, changes: edited(before.Table, edit), removes: true}
	v.Parameters, v.Metrics = edit.Parameters, counted(before.Table, after.Table, edit, l.properties[FeedKey] == "true")
	l.add(v)
	l.count()
	l.written += len(edit.Deleted) // their numbers are kept
	return nil
}

// heavy refuses an edit with which the log would keep more rows than it may.
func (l *log) heavy(edit engine.Edit) error {
	if n := len(edit.Deleted) + len(edit.Updated) + len(edit.Inserted); n > mostWritten-l.written {
		return tooMuch("The versions of a table of the embedded workspace keep %d rows that were written.", mostWritten)
	}
	return nil
}

// edited are the rows that an edit changes, as the feed has them.
func edited(before engine.Table, edit engine.Edit) []span {
	among := func(numbers []int) func(int) []any { return func(i int) []any { return before.Row(numbers[i]) } }
	these := func(rows [][]any) func(int) []any { return func(i int) []any { return rows[i] } }
	deleted := span{"delete", len(edit.Deleted), among(edit.Deleted)}
	if edit.All {
		deleted.rows, deleted.row = before.Rows, before.Row
	}
	return []span{
		deleted,
		{"update_preimage", len(edit.Updated), among(edit.Updated)},
		{"update_postimage", len(edit.Updated), these(edit.After)},
		{"insert", len(edit.Inserted), these(edit.Inserted)},
	}
}

// counted are the metrics of an edit, by the names that Delta Lake gives those of its operation.
func counted(before, after engine.Table, edit engine.Edit, feed bool) map[string]string {
	deleted, updated, inserted := len(edit.Deleted), len(edit.Updated), len(edit.Inserted)
	if edit.All {
		deleted = before.Rows
	}
	copied := before.Rows - deleted - updated
	out := map[string]string{}
	put := func(key string, n int) { out[key] = strconv.Itoa(n) }
	files := func(rows int) int { return min(1, rows) }
	change := 0
	if feed && !edit.All {
		change = 1
	}
	switch edit.Operation {
	case "MERGE":
		put("numSourceRows", edit.Source)
		put("numTargetRowsInserted", inserted)
		put("numTargetRowsUpdated", updated)
		put("numTargetRowsDeleted", deleted)
		put("numTargetRowsCopied", copied)
		put("numOutputRows", copied+updated+inserted)
		put("numTargetFilesAdded", files(after.Rows))
		put("numTargetFilesRemoved", files(before.Rows))
		put("numTargetChangeFilesAdded", change)
		return out
	case "UPDATE":
		put("numUpdatedRows", updated)
	default:
		put("numDeletedRows", deleted)
	}
	put("numCopiedRows", copied)
	put("numAddedFiles", files(after.Rows))
	put("numRemovedFiles", files(before.Rows))
	put("numAddedChangeFiles", change)
	return out
}
