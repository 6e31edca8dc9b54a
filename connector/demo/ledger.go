package demo

import (
	"slices"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector/demo/recent"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// ledgerSize is how many requests are remembered at most; the oldest are forgotten first.
const ledgerSize = 50_000

// ledger remembers what was asked of the workspace, so that a test can hold a whole run against the read-only promise. Of long texts it remembers
// the beginning; its book has them whole.
type ledger struct {
	mu   sync.Mutex
	kept recent.List[rest.Exchange]
	book *book
}

func (l *ledger) add(e rest.Exchange) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.book.write(e)
	size := 0
	for _, text := range []*string{&e.Method, &e.Path, &e.EscapedPath, &e.Agent, &e.Statement} {
		*text = recent.Excerpt(*text)
		size += len(*text)
	}
	l.kept.Note(e, size, ledgerSize)
}

// damage is what kept the ledger from being written to its file, if anything did.
func (l *ledger) damage() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.damage()
}

// all gives the remembered requests, oldest first.
func (l *ledger) all() []rest.Exchange {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := slices.Collect(l.kept.Backward())
	slices.Reverse(out)
	return out
}
