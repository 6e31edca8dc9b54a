package estate

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// task is a page to ask for.
type task struct {
	of    *work
	kind  string // of the row asked about; empty where the listing stands alone
	about store.Row
	token string
	tries int
	after time.Time // not before
	own   bool      // it asks for one's own, because all of it was refused
	idle  int       // pages before it, one behind the other, with nothing new
}

// lane is how far a collector is in the rows of one kind.
type lane struct {
	kind string
	at   store.Progress
	done map[int64]bool // as at.Done
	sent map[int64]bool // on their way, or ready
	last int64          // the newest row that was taken from the store
}

// work is a collector while it runs.
type work struct {
	*Collector
	Line
	index  int
	limit  int
	lanes  []*lane
	ready  []*task
	flying int
	dry    bool // the store has no more rows to ask about, as of the last look
	makers []int
	stock  stock
	since  time.Time // what was counted of its time
}

const (
	batch    = 200 // rows that are taken from the store at a time
	readable = 50  // fewer tasks than these, and more are taken
)

// load takes up what a run that was ended left.
func (w *work) load(run *store.Run) error {
	if _, err := run.Line(w.ID, &w.Line); err != nil {
		return err //nolint:wrapcheck // the store's errors have words
	}
	switch w.State {
	case "", TimedOut, Running, Skipped: // what was skipped may be there now
		w.wait()
	}
	if w.Shape == Derived {
		return nil
	}
	kinds := w.For
	if kinds == nil {
		kinds = []string{""}
	}
	for _, kind := range kinds {
		at, err := run.Progress(w.ID, kind)
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		l := &lane{kind: kind, at: at, done: map[int64]bool{}, sent: map[int64]bool{}, last: at.Mark}
		for _, seq := range at.Done {
			l.done[seq] = true
		}
		w.lanes = append(w.lanes, l)
		if kind == "" && at.Mark == 0 {
			w.ready = append(w.ready, &task{of: w, token: at.Open[0]})
			l.sent[0] = true
		}
		if err := w.reopen(run, l); err != nil {
			return err
		}
	}
	return nil
}

// wait has it begin, or go on.
func (w *work) wait() { w.State, w.Why, w.Lacks, w.How, w.NotAsked = Waiting, "", Anybody, "", "" }

// reopen makes tasks of the listings of which some pages were read.
func (w *work) reopen(run *store.Run, l *lane) error {
	if l.kind == "" {
		return nil
	}
	rows, err := run.At(l.kind, slices.Sorted(maps.Keys(l.at.Open)))
	if err != nil {
		return err //nolint:wrapcheck // as above
	}
	for _, row := range rows {
		w.ready = append(w.ready, &task{of: w, kind: l.kind, about: row, token: l.at.Open[row.Seq]})
		l.sent[row.Seq] = true
	}
	return nil
}

// refill takes more rows to ask about from the store, until there are enough or no more.
func (w *work) refill(run *store.Run) error {
	for w.For != nil && !w.dry && len(w.ready) < readable {
		w.dry = true
		for _, l := range w.lanes {
			rows, err := run.After(l.kind, l.last, batch)
			if err != nil {
				return err //nolint:wrapcheck // as above
			}
			w.dry = w.dry && len(rows) < batch
			w.put(l, rows)
		}
	}
	return nil
}

// put makes tasks of rows, but of those about which there is nothing to ask.
func (w *work) put(l *lane, rows []store.Row) {
	known := false
	for _, row := range rows {
		if l.last = row.Seq; l.done[row.Seq] || l.sent[row.Seq] || w.Shape == Grants && ungoverned(row) {
			continue
		}
		if w.stock.covers(l.kind, row) {
			w.Answered, w.Bulk, known = w.Answered+1, w.Bulk+1, true
			continue
		}
		l.sent[row.Seq] = true
		w.ready = append(w.ready, &task{of: w, kind: l.kind, about: row})
	}
	if known {
		l.settle()
	}
}

// ungoverned reports what is in the catalog of before Unity Catalog, which has no grants there.
func ungoverned(row store.Row) bool {
	return row.ID == legacyCatalog || strings.HasPrefix(row.ID, legacyCatalog+".")
}

const legacyCatalog = "hive_metastore"

func (w *work) lane(kind string) *lane {
	return w.lanes[slices.IndexFunc(w.lanes, func(l *lane) bool { return l.kind == kind })]
}

// paged notes that a page was read, and gives the task of the next one.
func (w *work) paged(t *task, next string) *task {
	l := w.lane(t.kind)
	if l.at.Open == nil {
		l.at.Open = map[int64]string{}
	}
	l.at.Open[t.about.Seq] = next
	return &task{of: w, kind: t.kind, about: t.about, token: next, own: t.own, idle: t.idle}
}

// ended notes that a listing is over.
func (w *work) ended(t *task) {
	l, seq := w.lane(t.kind), t.about.Seq
	delete(l.at.Open, seq)
	delete(l.sent, seq)
	if t.kind == "" {
		l.at.Mark = 1
		return
	}
	l.done[seq] = true
	l.settle()
}

// settle moves the mark over what is done. Rows of other kinds lie between those of one, so what is not on its way below the last one is done.
func (l *lane) settle() {
	low := l.last + 1
	for seq := range l.sent {
		low = min(low, seq)
	}
	l.at.Mark = max(l.at.Mark, low-1)
	maps.DeleteFunc(l.done, func(seq int64, _ bool) bool { return seq <= l.at.Mark })
	l.at.Done = slices.Sorted(maps.Keys(l.done))
}
