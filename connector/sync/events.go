package sync

import (
	"errors"
	stdsync "sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/contain"
)

// State is how far a table is.
type State string

// The states of a table.
const (
	Reading   State = "reading"
	Comparing State = "comparing"
	Waiting   State = "waiting" // before it is tried again
	Done      State = "done"
	Failed    State = "failed"
)

// Event is how far a table is, told whenever that changes.
type Event struct {
	Table  *TablePlan
	State  State
	Rows   int64 // read so far, those included that a stopped run had read
	Bytes  int64 // written so far
	Files  int   // that are whole
	Took   time.Duration
	Rate   float64       // rows a second, 0: not known
	Left   time.Duration // 0: not known
	Fault  error         // why it waits or failed
	Number int           // of the table, from 0
}

// Still is the event with a table that nothing changes any more: whoever keeps an event keeps this. Call it while it is told.
func (e Event) Still() Event {
	of := &TablePlan{Parts: e.Table.Parts, Total: e.Table.Total}
	of.Name, of.Mode, of.Reason = e.Table.Name, e.Table.Mode, e.Table.Reason
	if e.State == Done {
		of.Changes, of.Bytes, of.Rows = e.Table.Changes, e.Table.Bytes, e.Table.Rows
	}
	e.Table = of
	return e
}

// watch counts what is read of one table at a time.
type watch struct {
	tell func(Event)
	now  func() time.Time

	mu     stdsync.Mutex
	at     Event
	began  time.Time
	before int64 // rows that were there when it began
	count  int
}

func (w *watch) begin(t *TablePlan) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.at.Table != t {
		w.count++
	}
	w.began, w.before = w.now(), 0
	w.at = Event{Table: t, State: Reading, Number: w.count - 1}
	w.say()
}

// say tells how far it is. The lock is held.
func (w *watch) say() {
	e := &w.at
	e.Took = w.now().Sub(w.began)
	if read := e.Rows - w.before; read > 0 && e.Took > 0 {
		e.Rate = float64(read) / e.Took.Seconds()
		if e.Table.Total != nil && e.State == Reading {
			e.Left = time.Duration(float64(max(0, *e.Table.Total-e.Rows)) / e.Rate * float64(time.Second))
		}
	}
	if w.tell != nil {
		w.tell(*e)
	}
}

func (w *watch) rows(rows, bytes int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at.Rows, w.at.Bytes, w.at.State, w.at.Fault = w.at.Rows+rows, w.at.Bytes+bytes, Reading, nil
	w.say()
}

// part counts a file that is whole, with the bytes of it that were not counted yet.
func (w *watch) part(bytes int64) {
	w.mu.Lock()
	w.at.Files++
	w.mu.Unlock()
	w.rows(0, bytes)
}

// had counts a file that was there before, which says nothing of how fast rows are read.
func (w *watch) had(rows, bytes int64) {
	w.mu.Lock()
	w.before += rows
	w.at.Files++
	w.mu.Unlock()
	w.rows(rows, bytes)
}

func (w *watch) compares() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at.State = Comparing
	w.say()
}

func (w *watch) again(fault error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at.State, w.at.Fault = Waiting, fault
	w.say()
}

func (w *watch) end(t *TablePlan, state State, fault error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at.State, w.at.Fault, w.at.Left = state, fault, 0
	if state == Done {
		w.at.Rows, w.at.Bytes, w.at.Files = t.Rows, t.Bytes, len(t.Files)
	}
	w.say()
}

// contained runs what reads and writes rows behind a wall: a column can be put together in another way than it says, which shows where a value
// is looked at.
func contained(do func() error) error {
	var err error
	if fault := contain.Run("reading a table", func() { err = do() }); fault != nil {
		return errors.Join(connector.ErrUnreadable, fault)
	}
	return err
}
