package sync

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// Shard is one of the parts in which a run is read, each by a process of its own. All of them read the versions of one plan.
type Shard struct {
	Part int // from 1; 0 makes the plan alone
	Of   int // 0: the run is read at once
}

const (
	// MostShards are of one run.
	MostShards = 1000
	// mostSlices are of one table. What a warehouse counts is its own word.
	mostSlices = 10_000
)

// slices is in how many slices so many rows are read: each shard has one, where that is worth a statement.
func (o Options) slices(rows int64) int64 {
	count := (rows + o.Slice - 1) / o.Slice
	if shards := int64(o.Shard.Of); count < shards && rows >= shards && rows > o.Slice/10 {
		count = shards
	}
	return min(count, mostSlices)
}

// share hands the tables out to the shards: one that is read in a statement to one of them, the slices of the others to all in turn.
func (p *Plan) share() {
	for i := range p.Tables {
		if t, n := &p.Tables[i], p.Request.Shards; n == 1 || n > 1 && len(t.Pieces) < 2 {
			t.Owner = i%n + 1
		}
	}
}

// shard is which of the shards reads a piece.
func (t *TablePlan) shard(piece, of int) int {
	if t.Owner > 0 {
		return t.Owner
	}
	return piece%of + 1
}

// mine are the pieces of a table that are read here.
func (s *Sync) mine(t *TablePlan) (pieces []int) { return t.piecesOf(s.options.Shard) }

func (t *TablePlan) piecesOf(shard Shard) (pieces []int) {
	for i := range t.Pieces {
		if shard.Of == 0 || t.shard(i, shard.Of) == shard.Part {
			pieces = append(pieces, i)
		}
	}
	return pieces
}

// reads reports whether anything of a table is read here.
func (s *Sync) reads(t *TablePlan) bool { return t.readBy(s.options.Shard) }

func (t *TablePlan) readBy(shard Shard) bool {
	return shard.Of == 0 || t.Owner > 0 && t.Owner == shard.Part || t.Owner == 0 && len(t.piecesOf(shard)) > 0
}

// beheld is a table as it is read here. How many rows there are in all says little of a part of it.
func (s *Sync) beheld(t TablePlan) TablePlan {
	if len(s.mine(&t)) < len(t.Pieces) {
		t.Total = nil
	}
	return t
}

// Of is what a shard reads of a plan.
func (p Plan) Of(shard Shard) Plan {
	if shard.Of == 0 {
		return p
	}
	all := p.Tables
	p.Tables = nil
	for _, t := range all {
		mine := t.piecesOf(shard)
		if !t.readBy(shard) {
			continue
		}
		if len(mine) < len(t.Pieces) {
			pieces := t.Pieces
			t.Pieces, t.Total, t.slices = nil, nil, len(pieces)
			for _, i := range mine {
				t.Pieces = append(t.Pieces, pieces[i])
			}
		}
		p.Tables = append(p.Tables, t)
	}
	return p
}

// Shard is the part of the run that is read here.
func (s *Sync) Shard() Shard { return s.options.Shard }

// ReadShard reads what this shard has to read, and gives what is left then for it and the others: nothing where the run can be closed. Errors
// are those of Run.
func (s *Sync) ReadShard(ctx context.Context, stop <-chan struct{}, tell func(Event)) ([]Left, error) {
	if _, err := s.read(ctx, stop, tell); err != nil {
		return nil, err
	}
	if err := s.partial.Know("", ended(s.options.Shard.Part), []byte("{}")); err != nil {
		return nil, err
	}
	kept, err := s.store.Kept()
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		if plan, read := readPlan(k.Plan); read && k.ID == s.partial.ID {
			return plan.left(k.Partial), nil
		}
	}
	return nil, nil
}

// mark is what a table that one shard read alone is noted by. What was noted of an older plan is not found.
func (t *TablePlan) mark() string {
	return fmt.Sprintf("table, planned %d times%s", t.Anew+1, t.again())
}

// alone reports whether the table is this shard's alone, which then makes all that the manifest says of it.
func (r *reading) alone() bool {
	return r.options.Shard.Of > 0 && r.plan.Owner == r.options.Shard.Part
}

// keep notes what the manifest says of a table that is this shard's alone.
func (r *reading) keep() error {
	if !r.alone() {
		return nil
	}
	text, err := json.Marshal(r.plan.Table)
	if err != nil {
		return fmt.Errorf("note a table: %w", err)
	}
	return r.partial.Know(r.plan.Name, r.plan.mark(), text)
}

// had takes a table over that this shard read before it was stopped.
func (r *reading) had() bool {
	if !r.alone() {
		return false
	}
	table, is := kept(r.partial, &r.plan)
	if is {
		r.plan.Table = table
		r.watch.had(table.Rows, table.Bytes)
	}
	return is
}

// kept is what was noted of a table, where its files are there.
func kept(of *runs.Partial, t *TablePlan) (table runs.Table, is bool) {
	text, known := of.Known(t.Name, t.mark())
	if !known || json.Unmarshal(text, &table) != nil {
		return table, false
	}
	return table, !slices.ContainsFunc(table.Files, func(f runs.File) bool { return !of.There(f) })
}

// anewAlone plans a table again for this shard alone: the others may have ended. Where another was first it is that one's.
func (r *reading) anewAlone(ctx context.Context, name connector.TableName, why error) error {
	release, err := r.partial.Planning(ctx)
	if err != nil {
		return err
	}
	defer release()
	text, err := r.partial.Plan()
	if err != nil {
		return err
	}
	plan, read := readPlan(text)
	if !read || len(plan.Tables) != len(r.Plan.Tables) {
		return fmt.Errorf("plan %s anew: %w", name.Full(), errPlan)
	}
	t := plan.Tables[r.number]
	if t.Anew == r.plan.Anew {
		if t, err = r.lookAgain(ctx, name, why); err != nil {
			return err
		}
		t.renew(r.plan.Anew+1, r.options.Shard.Part)
		plan.Tables[r.number] = t
		if text, err = plan.keep(); err != nil {
			return err
		}
		if err := r.partial.Replan(text); err != nil {
			return err
		}
	}
	r.Plan.Tables[r.number] = t
	r.plan = r.beheld(t)
	r.watch.begin(&r.plan)
	return nil
}

var errPlan = errors.New("its plan cannot be read")

// renew has a table read in pieces that nothing is noted of yet, by one shard or, where owner is 0, by all.
func (t *TablePlan) renew(anew, owner int) {
	t.Anew, t.Owner = anew, owner
	for i := range t.Pieces {
		t.Pieces[i].Name = fmt.Sprintf("%d of %d%s", i+1, len(t.Pieces), t.again())
	}
}

// again tells pieces and files of a table that was planned anew from those before, and from those of another shard that planned it at the same
// time: where their folder is not shared neither knows of the other.
func (t *TablePlan) again() string {
	if t.Anew == 0 {
		return ""
	}
	return fmt.Sprintf("-again%d-%d", t.Anew, t.Owner)
}
