package objects

import "errors"

// ErrConflict says that a table is not any more what a statement read of it.
var ErrConflict = errors.New("the table changed while the statement ran")

// Edit is what UPDATE, DELETE or MERGE does to the rows of a table. Numbers of rows are those of [Table.Row]; they ascend, and none is in both
// lists.
type Edit struct {
	Operation  string            // as DESCRIBE HISTORY has it
	Parameters map[string]string // as well
	Seen       int               // the [Table.Version] whose rows are numbered

	All      bool // every row is deleted, and none is listed
	Deleted  []int
	Updated  []int
	After    [][]any // what those that are updated become
	Inserted [][]any
	Source   int // how many rows MERGE read besides
}

// Empty reports whether nothing changes.
func (e Edit) Empty() bool {
	return !e.All && len(e.Deleted)+len(e.Updated)+len(e.Inserted) == 0
}
