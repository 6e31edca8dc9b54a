package sync

import (
	"runtime/debug"
	stdsync "sync"
)

// memoryWanted is where collecting garbage becomes worth more time while rows are read. What is in use at once is some 30 MiB: for each slice
// a few pages of rows and, as Parquet, a row group. Rows pass so fast that without it their garbage were most of what the process holds.
const memoryWanted = 52 << 20

// spare is what the process was to hold before the first of those that read rows now.
var spare struct {
	mu     stdsync.Mutex
	syncs  int
	before int64
}

// sparing has the process hold little memory until done is called. Where it was to hold less already, that stays.
func sparing() (done func()) {
	spare.mu.Lock()
	defer spare.mu.Unlock()
	if spare.syncs++; spare.syncs == 1 {
		spare.before = debug.SetMemoryLimit(-1)
		debug.SetMemoryLimit(min(spare.before, memoryWanted))
	}
	return func() {
		spare.mu.Lock()
		defer spare.mu.Unlock()
		if spare.syncs--; spare.syncs == 0 {
			debug.SetMemoryLimit(spare.before)
		}
	}
}
