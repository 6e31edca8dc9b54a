package sync

import (
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// choose decides how a table is read, and writes down why.
func (s *Sync) choose(t *TablePlan, detail workspace.TableDetail) {
	if t.Version == nil {
		return // pin gave the reason
	}
	now := fmt.Sprintf("version %d", *t.Version)
	last, why := s.comparable(t)
	switch {
	case s.options.Mode == Full:
		t.Reason = now + ", as asked for"
	case why != "":
		t.Reason = now + ", " + why
	case last.ReadBy != "" && !(t.goesBy(last.ReadBy) && *last.Version == *t.Version):
		t.Reason = now + ", the last run was read by a cursor, which does not see what was removed"
	case *last.Version == *t.Version:
		t.Mode, t.Reason = string(Unchanged), now+", as in the last run"
		t.Total = &last.Rows
	case t.Limit > 0 || t.Cursor != nil && t.Cursor.Since != "":
		t.Reason = now + ", only some of its rows are read"
	case !detail.ChangeFeed:
		t.Reason = now + ", its change feed is off"
	case len(last.Files) >= mostFiles:
		t.Reason = now + ", " + errManyFiles.Error()
	default:
		t.Mode, t.Reason = string(Changes), fmt.Sprintf("since version %d, %s", *last.Version, now)
		t.From = last.Version
	}
}

// goesBy reports whether a cursor is the one of the table, from whose highest value it is read on.
func (t *TablePlan) goesBy(column string) bool {
	return t.Cursor != nil && t.Cursor.Since == "" && t.Cursor.Column == column
}

// comparable is the table in the last run, where it was read in the same way, or why nothing is built on that.
func (s *Sync) comparable(t *TablePlan) (last *runs.Table, why string) {
	last, why = s.alike(t)
	switch {
	case why != "":
		return nil, why
	case last.Version == nil:
		return nil, "the last run knew no version"
	case *last.Version > *t.Version:
		return nil, "the last run saw a later version"
	}
	return last, ""
}

// alike is the table in the last run, where that read the same columns and rows of the same table, or why it has none.
func (s *Sync) alike(t *TablePlan) (last *runs.Table, why string) {
	if s.latest == nil {
		return nil, s.none()
	}
	last = s.latest.Manifest.Find(t.Name)
	switch {
	case last == nil:
		return nil, "the last run did not read it"
	case s.latest.Manifest.Format != string(s.options.Format):
		return nil, "the last run wrote another format"
	case last.Partly(&t.Table):
		return nil, "the last run read other columns or rows of it"
	case last.ID == "" || last.ID != t.ID:
		return nil, "it was made anew since the last run"
	case !slices.EqualFunc(last.Columns, t.Columns, func(a, b runs.Column) bool { return a.Name == b.Name && a.Type == b.Type && a.Masked == b.Masked }):
		return nil, "its columns have changed since the last run"
	}
	return last, ""
}
