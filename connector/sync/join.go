package sync

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	counted "github.com/draftt-io/draftt-databricks/words"
)

// Left is what a shard has not read yet.
type Left struct {
	Shard  int
	Tables []string // each with its slices where some of them are left; none where it has nothing to read and did not come yet
}

// ended is what is noted of a shard that came to its end. A run is not closed without it: a shard that came later would begin the next one.
func ended(part int) string { return fmt.Sprintf("shard %d", part) }

// left is what is not read yet of a plan, shard by shard.
func (p Plan) left(of *runs.Partial) (all []Left) {
	for part := 1; part <= p.Request.Shards; part++ {
		one := Left{Shard: part}
		for i := range p.Tables {
			if said := p.Tables[i].left(of, Shard{part, p.Request.Shards}); said != "" {
				one.Tables = append(one.Tables, said)
			}
		}
		if _, ended := of.Known("", ended(part)); len(one.Tables) > 0 || !ended {
			all = append(all, one)
		}
	}
	return all
}

// left is what a shard has not read yet of a table, empty where that is nothing.
func (t *TablePlan) left(of *runs.Partial, shard Shard) string {
	if !t.readBy(shard) {
		return ""
	}
	if t.Owner > 0 {
		if _, is := kept(of, t); is {
			return ""
		}
		return t.Name
	}
	var missing []string
	for _, i := range t.piecesOf(shard) {
		if _, done := of.Done(t.Name, t.Pieces[i].Name); !done {
			missing = append(missing, fmt.Sprint(i+1))
		}
	}
	if len(missing) == 0 {
		return ""
	}
	slice := "slice"
	if len(missing) > 1 {
		slice += "s"
	}
	return fmt.Sprintf("%s, %s %s of %d", t.Name, slice, someOf(missing), len(t.Pieces))
}

// mostNamed is how many of a kind a sentence names.
const mostNamed = 8

func someOf(all []string) string {
	if more := len(all) - mostNamed; more > 0 {
		return fmt.Sprintf("%s and %s more", strings.Join(all[:mostNamed], ", "), counted.Thousands(more))
	}
	return strings.Join(all, ", ")
}

// Joining is a folder in which a run in shards is to be closed.
type Joining struct {
	Dir        string
	Connection connector.Connection
	Tool       string // name and version of the program
	Keep       int    // whole runs that are kept, 0: all
	Now        func() time.Time
}

// Joined is what came of it.
type Joined struct {
	Run     *runs.Run
	Before  bool     // it was whole before
	Removed []string // the whole runs that had to go
}

// Join closes a run of which all shards are read: it compares it with the last run and makes it whole. It asks no workspace. Errors are an
// *connector.Error of kind ErrOpen that says what is left to read, of kind connector.ErrInput where no run is open, those of the folder,
// *TableError for what does not fit together, or the context's own.
func (j Joining) Join(ctx context.Context, tell func(Event)) (Joined, error) {
	store, err := runs.At(j.Dir)
	if err != nil {
		return Joined{}, err
	}
	if open, _, err := j.open(store); err != nil || open == nil {
		return j.before(store, err)
	}
	release, err := store.LockSoon(ctx)
	if errors.Is(err, runs.ErrBusy) { // which is as good: that one closes it
		err = &connector.Error{Kind: ErrOpen, What: "Another process closes the sync, or ends a shard.", Remedy: "Wait until it has ended, and join again."}
	}
	if err != nil {
		return Joined{}, err
	}
	defer release()
	open, plan, err := j.open(store) // another may have closed it meanwhile
	if err != nil || open == nil {
		return j.before(store, err)
	}
	s, err := j.sync(store, *open, plan)
	if err != nil {
		return Joined{}, err
	}
	defer s.partial.Leave()
	defer sparing()()
	tables, err := s.join(ctx, tell)
	if err != nil {
		return Joined{}, err
	}
	run, err := s.finish(ctx, tables)
	return Joined{Run: run, Removed: s.Removed}, err
}

// open is the run of the connection that is open and of which nothing is left to read, nil where none is open.
func (j Joining) open(store *runs.Store) (*runs.Kept, Plan, error) {
	all, err := store.Kept()
	if err != nil {
		return nil, Plan{}, err
	}
	for _, k := range all {
		plan, read := readPlan(k.Plan)
		if !read || plan.Request.Shards == 0 || plan.Request.Connection != j.Connection.ID {
			continue
		}
		for _, t := range plan.Tables {
			note(t.Table)
		}
		if left := plan.left(k.Partial); len(left) > 0 {
			return nil, plan, &connector.Error{
				Kind: ErrOpen, What: "The sync begun " + beganAt(k) + " is not read whole. " + Lefts(left) + ".",
				Remedy: fmt.Sprintf("Read them with sync --shard %d/%d and the options of the others, then join again.", left[0].Shard, plan.Request.Shards),
			}
		}
		return &k, plan, nil
	}
	return nil, Plan{}, nil
}

// before is the run that was closed before, where none is open.
func (j Joining) before(store *runs.Store, err error) (Joined, error) {
	if err != nil {
		return Joined{}, err
	}
	run, err := store.Latest()
	switch {
	case err != nil:
		return Joined{}, err
	case run != nil && run.Manifest.Shards > 0:
		return Joined{Run: run, Before: true}, nil
	}
	return Joined{}, &connector.Error{
		Kind: connector.ErrInput, What: "No sync in shards of this connection is open in " + connector.CleanLine(store.Dir(), 300) + ".",
		Remedy: "Name the folder of its shards with --to, or begin one with sync --shard 1/2.",
	}
}

// sync is the run that is to be closed.
func (j Joining) sync(store *runs.Store, open runs.Kept, plan Plan) (*Sync, error) {
	latest, err := store.Latest()
	if err != nil {
		return nil, err
	}
	s := &Sync{
		source: Source{Connection: j.Connection, Tool: j.Tool, Now: j.Now}.ready(), store: store, latest: latest, Plan: plan,
		options: Options{Format: format.Format(plan.Request.Format), Keep: j.Keep},
	}
	if s.since() != plan.Since {
		return nil, s.open(open, plan, "The run that it goes on from is not the last one any more: drop it with sync --fresh.")
	}
	s.partial, err = open.Gather()
	return s, err
}

// join puts the tables together from the parts of all shards.
func (s *Sync) join(ctx context.Context, tell func(Event)) (tables []runs.Table, err error) {
	watch := &watch{tell: tell, now: s.source.Now}
	var lacks []error
	for i := range s.Plan.Tables {
		r := &reading{Sync: s, number: i, plan: s.Plan.Tables[i], watch: watch}
		watch.begin(&r.plan)
		err := contained(func() error { return r.joined(ctx) })
		if ctx.Err() != nil {
			return nil, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
		}
		if errors.Is(err, ErrChanged) {
			err = r.readAgain(err)
		}
		if err != nil {
			watch.end(&r.plan, Failed, err)
			lacks = append(lacks, &TableError{Table: r.plan.Name, Err: err})
			continue
		}
		watch.end(&r.plan, Done, nil)
		tables = append(tables, r.plan.Table)
	}
	return tables, errors.Join(lacks...)
}

// joined puts one table together.
func (r *reading) joined(ctx context.Context) error {
	if r.plan.Owner > 0 {
		r.plan.Table, _ = kept(r.partial, &r.plan)
		return nil
	}
	name, err := r.plan.name()
	if err != nil {
		return err
	}
	r.plan.ReadAt = r.partial.Began
	var parts []runs.Part
	for _, piece := range r.plan.Pieces {
		part, _ := r.partial.Done(r.plan.Name, piece.Name)
		parts = append(parts, part)
		r.plan.Statements = append(r.plan.Statements, r.plan.scan(name, piece).Statement().SQL())
	}
	return r.together(ctx, parts)
}

// readAgain has a table planned and read again whose parts do not fit together, and says why.
func (r *reading) readAgain(why error) error {
	r.Plan.Tables[r.number].renew(r.plan.Anew+1, 0)
	r.Plan.Tables[r.number].Stale = true
	text, err := r.Plan.keep()
	if err == nil {
		err = r.partial.Replan(text)
	}
	if err != nil {
		return err
	}
	what, _ := connector.Words(why)
	return &connector.Error{Kind: ErrChanged, What: what, Remedy: "Read a shard again, which reads this table anew, and join again.", Cause: why}
}
