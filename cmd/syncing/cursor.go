package syncing

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/sync"
)

// newer reads --cursor and --since, and refuses them beside what they do not go with.
func (f *Flags) newer(o *sync.Options) error {
	for _, text := range f.cursors {
		one, err := sync.ParseCursor(text, o.Tables)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(o.Cursors, func(c sync.Cursor) bool { return c.Table == one.Table }) {
			return refused("A table has one cursor, and "+quoted(text)+" is another.", "Name one --cursor for each table.")
		}
		o.Cursors = append(o.Cursors, one)
	}
	o.Since = f.since
	switch {
	case f.since != "" && len(o.Cursors) < len(o.Tables):
		return refused("--since is a value of a cursor, and not every table has one.", "Name a --cursor for each table, or the tables that have one with --table.")
	case len(o.Cursors) == 0:
		return nil
	case o.Mode == sync.Changes:
		return refused("--mode changes reads the change feed, and --cursor a column.", "Leave one of them out.")
	case f.since == "" && f.limit > 0:
		return refused("--cursor goes on from a whole run, and --limit reads a part.", "Leave one of them out.")
	case f.since == "" && f.To == "-":
		return refused("--cursor goes on from a run in a folder, and standard output has none.", "Give --since, or name a folder with --to.")
	}
	return nil
}
