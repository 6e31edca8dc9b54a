package panels

import (
	"context"
	stdsync "sync"

	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	"github.com/draftt-io/draftt-databricks/contain"
)

// syncHold is the sync that a panel has open. It is closed with the panel, and only once its run has ended.
type syncHold struct {
	mu   stdsync.Mutex
	open *sync.Sync
}

// take keeps a sync until it has run or ctx has ended, which may be so already: then nobody heard of it.
func (h *syncHold) take(ctx context.Context, s *sync.Sync) {
	h.mu.Lock()
	h.open = s
	h.mu.Unlock()
	contain.After(ctx, "closing a sync", h.close)
}

func (h *syncHold) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closeHeld()
}

func (h *syncHold) closeHeld() {
	if h.open != nil {
		h.open.Close()
		h.open = nil
	}
}

// run reads what was planned. The folder is free again when it returns.
func (h *syncHold) run(ctx context.Context, stop <-chan struct{}, tell func(sync.Event)) (*runs.Run, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.open == nil { // the panel was closed
		return nil, context.Canceled
	}
	defer h.closeHeld()
	return h.open.Run(ctx, stop, tell)
}

// syncBoard keeps how far each table is. The engine writes to it as often as it likes; it is read when a frame is drawn.
type syncBoard struct {
	mu stdsync.Mutex
	at map[string]sync.Event
}

func newSyncBoard() *syncBoard { return &syncBoard{at: map[string]sync.Event{}} }

func (b *syncBoard) tell(e sync.Event) {
	still := e.Still()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at[still.Table.Name] = still
}

func (b *syncBoard) of(table string) (sync.Event, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e, told := b.at[table]
	return e, told
}
