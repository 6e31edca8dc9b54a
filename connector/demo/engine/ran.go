package engine

import "time"

// Ran is a statement that has ended, as the history of queries has it.
type Ran struct {
	ID, Principal, Warehouse, SQL string

	Began, Ended time.Time
	Rows         int
	Err          error // nil when the statement finished
}
