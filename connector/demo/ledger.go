package demo

import (
	"sync"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// ledgerSize is how many requests are remembered; the oldest are forgotten first.
const ledgerSize = 50_000

// ledger remembers what was asked of the workspace, so that a test can hold a whole run against the read-only promise. Of long texts it remembers
// the beginning; its book has them whole.
type ledger struct {
	mu   sync.Mutex
	ring []rest.Exchange
	next int // where the next one goes once the ring is full
	book *book
}

func (l *ledger) add(e rest.Exchange) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.book.write(e)
	for _, text := range []*string{&e.Path, &e.EscapedPath, &e.Agent, &e.Statement} {
		*text = model.Excerpt(*text)
	}
	if len(l.ring) < ledgerSize {
		l.ring = append(l.ring, e)
		return
	}
	l.ring[l.next] = e
	l.next = (l.next + 1) % ledgerSize
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
	out := make([]rest.Exchange, 0, len(l.ring))
	out = append(out, l.ring[l.next:]...)
	return append(out, l.ring[:l.next]...)
}
