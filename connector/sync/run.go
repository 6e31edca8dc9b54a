package sync

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// ErrStopped is returned where a person stopped a run behind the slice that was under way.
var ErrStopped = errors.New("the sync was stopped; what is whole is kept, and the next run goes on behind it")

// Begin goes on with a run that was stopped, where it was begun for the same, or plans a new one. A table that cannot be looked at is among
// Lacks, where others can be read. Errors are those of Look, and an *connector.Error of kind ErrOpen where a run in shards is open that this
// one would end.
func (s *Sync) Begin(ctx context.Context) error {
	defer s.leaves(ctx)
	fresh := func() ([]byte, error) {
		plan, err := s.spare(s.Look(ctx))
		if err != nil {
			return nil, err
		}
		return plan.keep()
	}
	partial, text, err := s.begin(ctx, fresh)
	if err != nil {
		return err
	}
	plan, _ := readPlan(text)
	for _, t := range plan.Tables {
		note(t.Table)
	}
	s.partial, s.Plan, s.Resumed, s.Drops = partial, plan, partial.Resumed(), dropped(partial.Others())
	s.Began = partial.Began
	if s.options.Shard.Of > 0 {
		s.Resumed = partial.Parts() > 0 // others may have begun it
	}
	if err := s.completed(ctx); err != nil {
		return err
	}
	if err := os.RemoveAll(partial.Scratch()); err != nil { // of a comparison that was killed
		return runs.Trouble("remove", partial.Scratch(), err)
	}
	return nil
}

// Run reads what is planned and gives the whole run. tell is called as it goes on, by one goroutine at a time. Where stop is closed no further
// slice is begun. Every table is read as far as it can be; the run is whole only if all of them are, and errors are *TableError for each,
// ErrStopped, ErrAsleep, query.ErrHost, those of the folder, or the context's own.
func (s *Sync) Run(ctx context.Context, stop <-chan struct{}, tell func(Event)) (*runs.Run, error) {
	tables, err := s.read(ctx, stop, tell)
	if err != nil {
		return nil, err
	}
	return s.finish(ctx, tables)
}

// read reads the tables as they are planned.
func (s *Sync) read(ctx context.Context, stop <-chan struct{}, tell func(Event)) (tables []runs.Table, err error) {
	defer sparing()()
	defer s.leaves(ctx)
	if err := errors.Join(s.partial.Alone(), s.partial.Beside(s.options.Links.Hosts)); err != nil {
		return nil, err
	}
	watch := &watch{tell: tell, now: s.source.Now}
	lacks := slices.Clone(s.lacks)
	for i := range s.Plan.Tables {
		if !s.reads(&s.Plan.Tables[i]) {
			continue
		}
		r := &reading{Sync: s, number: i, plan: s.beheld(s.Plan.Tables[i]), stop: stop, watch: watch}
		watch.begin(&r.plan)
		err := contained(func() error { return r.table(ctx) })
		if err == nil {
			watch.end(&r.plan, Done, nil)
			tables = append(tables, r.plan.Table)
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
		}
		watch.end(&r.plan, Failed, err)
		if errors.Is(err, ErrStopped) || errors.Is(err, ErrAsleep) || errors.Is(err, query.ErrHost) || errors.Is(err, runs.ErrFull) || errors.Is(err, runs.ErrFolder) {
			return nil, err
		}
		lacks = append(lacks, &TableError{Table: r.plan.Name, Err: err})
	}
	return tables, errors.Join(s.inOrder(lacks)...)
}

// finish makes a run whole of which all tables are, and removes those that are too many.
func (s *Sync) finish(ctx context.Context, tables []runs.Table) (*runs.Run, error) {
	manifest := &runs.Manifest{
		Tool: s.source.Tool, Connection: s.source.Connection.Name, Host: s.source.Connection.Host.Name(), Warehouse: s.Plan.Request.Warehouse,
		Began: s.partial.Began, Ended: s.source.Now(), Format: string(s.options.Format), Shards: s.Plan.Request.Shards,
		Storages: s.partial.Hosts(), Tables: tables,
	}
	partial := s.partial
	s.partial = nil
	run, err := partial.Finish(manifest)
	if err != nil {
		return nil, err
	}
	s.Removed, err = s.store.Prune(ctx, s.options.Keep)
	return run, err
}

// reading is one table while it is read.
type reading struct {
	*Sync
	number int
	plan   TablePlan
	stop   <-chan struct{}
	watch  *watch
	files  groundwork
}

// table reads one table, and fills in what the manifest says of it. Where it is not what it was when it was planned it is planned anew, once:
// it was dropped and made again, or the version is gone that a stopped run had begun to read.
func (r *reading) table(ctx context.Context) error {
	name, err := r.plan.name()
	if err != nil {
		return err
	}
	if r.had() {
		return nil
	}
	if r.plan.Stale {
		err = ErrChanged
	} else if r.partial.Resumed() {
		err = r.known(ctx, name)
	}
	if err == nil {
		err = r.planned(ctx, name)
	}
	if err != nil && ctx.Err() == nil && stale(err) {
		if err := r.anew(ctx, name, err); err != nil {
			return err
		}
		err = r.planned(ctx, name)
	}
	if err != nil {
		return err
	}
	return r.keep()
}

// planned reads a table in its mode.
func (r *reading) planned(ctx context.Context, name connector.TableName) error {
	r.plan.ReadAt = r.source.Now()
	if !r.Sync.reads(&r.plan) { // another shard planned it anew meanwhile
		return nil
	}
	err := r.ground(ctx)
	if err == nil && Mode(r.plan.Mode) == Unchanged {
		return r.unchanged()
	}
	if err != nil && !errors.Is(err, runs.ErrDamaged) {
		return err
	}
	broken := err != nil
	// A plan waits for a person, and comparing takes its time: the warehouse may have stopped meanwhile.
	if err := r.awake(ctx); err != nil {
		return err
	}
	switch mode := Mode(r.plan.Mode); {
	case broken:
		err = r.afresh(ctx, name)
	case mode == Changes:
		err = r.feed(ctx, name)
		if why := noFeed(err); why != "" && r.options.Mode != Changes {
			err = r.instead(ctx, name, why)
		}
	case mode == Newer:
		err = r.newer(ctx, name)
		if why := noUpsert(err); why != "" {
			err = r.instead(ctx, name, why)
		}
	default:
		err = r.whole(ctx, name)
	}
	if err == nil {
		err = r.known(ctx, name)
	}
	return err
}

// known sees that the table is still the one that was planned. Another of its name has versions of the same numbers.
func (r *reading) known(ctx context.Context, name connector.TableName) error {
	if r.plan.Version == nil || r.plan.ID == "" {
		return nil
	}
	detail, err := r.detail(ctx, name)
	if err != nil || detail.ID == r.plan.ID {
		return err
	}
	return &connector.Error{
		Kind: ErrChanged, What: "The table was made anew while it was read.", Remedy: "Run the sync again.",
	}
}

// instead reads a table whole of which the changes cannot be had.
func (r *reading) instead(ctx context.Context, name connector.TableName, why string) error {
	detail, err := r.detail(ctx, name)
	if err != nil {
		return err
	}
	r.plan.Mode, r.plan.Reason = string(Full), why
	if r.plan.Version != nil {
		r.plan.Reason = fmt.Sprintf("version %d, %s", *r.plan.Version, why)
	}
	r.plan.Files, r.plan.Statements, r.plan.Changes, r.plan.Rows, r.plan.Bytes = nil, nil, nil, 0, 0
	if err := r.measure(ctx, &r.plan, name, detail); err != nil {
		return err
	}
	r.watch.begin(&r.plan)
	return r.whole(ctx, name)
}

// take notes a part that is whole.
func (r *reading) take(parts ...runs.Part) {
	for _, p := range parts {
		r.plan.Files = append(r.plan.Files, p.File)
		r.plan.Rows += p.Rows
		r.plan.Bytes += p.Bytes
	}
}

// stopped reports that no further slice is to be begun.
func (r *reading) stopped() bool {
	select {
	case <-r.stop:
		return true
	default:
		return false
	}
}

// last is the table in the newest whole run, nil where it was not read or read otherwise.
func (r *reading) last() *runs.Table {
	if r.latest == nil {
		return nil
	}
	last := r.latest.Manifest.Find(r.plan.Name)
	if last == nil || last.Partly(&r.plan.Table) || r.plan.Limit > 0 {
		return nil
	}
	return last
}
