package sync

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// ErrOpen is the kind of *connector.Error of a run in shards that is not whole yet.
var ErrOpen = errors.New("a sync in shards is open")

// Ahead prepares a sync that only looks: it makes no folder and locks none, and Forecast is all that it does. Close it. Errors are those of
// Open.
func Ahead(source Source, options Options, dir string) (*Sync, error) {
	store, err := runs.At(dir)
	if err != nil {
		return nil, err
	}
	return over(store, source, options, func() {})
}

// Forecast is the plan that a run would be read by, with what it would go on with, drop and lack. Errors are those of Begin.
func (s *Sync) Forecast(ctx context.Context) (Plan, error) {
	all, err := s.store.Kept()
	if err != nil {
		return Plan{Request: s.request()}, err
	}
	at, err := s.goesOn(all)
	if err != nil {
		return Plan{Request: s.request()}, err
	}
	if at < 0 {
		s.Drops = dropped(runs.Losses(all))
		return s.spare(s.Look(ctx))
	}
	s.Drops = dropped(runs.Losses(slices.Concat(all[:at], all[at+1:])))
	plan, _ := readPlan(all[at].Plan)
	for _, t := range plan.Tables {
		note(t.Table)
	}
	s.Resumed, s.Began = true, all[at].Began
	_, err = s.complete(ctx, &plan)
	return plan, err
}

// begin goes on with a run, or has a new one planned.
func (s *Sync) begin(ctx context.Context, fresh func() ([]byte, error)) (*runs.Partial, []byte, error) {
	if s.options.Shard.Of > 0 {
		return s.store.BeginShard(ctx, s.source.Now(), runs.Shard{Part: s.options.Shard.Part, Choose: s.goesOn, Fresh: fresh})
	}
	return s.store.Begin(s.source.Now(), s.goesOn, fresh)
}

// same reports whether this sync goes on with the run of a plan. A shard that begins afresh drops the runs of others, not that of its own kind:
// another shard may have begun it.
func (s *Sync) same(plan Plan) bool {
	if s.options.Fresh && s.options.Shard.Of == 0 {
		return false
	}
	return plan.Request.same(s.request()) && plan.Since == s.since()
}

// goesOn is which of the runs that were kept this sync goes on with, -1 for none. A run in shards is not ended by another sync: it is refused
// where one is open.
func (s *Sync) goesOn(all []runs.Kept) (at int, err error) {
	at = -1
	for i, k := range all {
		plan, read := readPlan(k.Plan)
		switch {
		case !read:
		case at < 0 && s.same(plan) && (plan.Request.Shards == 0 || k.Parts() > 0 || k.IsRead()): // else nobody reads the versions that it pins
			at = i
		case plan.Request.Shards == 0:
		case k.IsRead():
			return -1, s.open(k, plan, "Wait until the shards that read now have ended.")
		case k.Parts() > 0 && !s.options.Fresh:
			return -1, s.open(k, plan, "Close it with sync join once all shards are read, or drop it with --fresh.")
		}
	}
	return at, nil
}

func (s *Sync) open(k runs.Kept, plan Plan, remedy string) error {
	other := ""
	if s.options.Shard.Of > 0 {
		other = " with other options"
	}
	return &connector.Error{
		Kind: ErrOpen, What: fmt.Sprintf("A sync in %d shards%s is open in %s, begun %s.", plan.Request.Shards, other, connector.CleanLine(s.store.Dir(), 300), beganAt(k)),
		Remedy: remedy,
	}
}

// beganAt is when a run was begun, in words.
func beganAt(k runs.Kept) string { return inWords(k.Began) }

// dropped are the IDs of runs.
func dropped(all []runs.Kept) (ids []string) {
	for _, k := range all {
		ids = append(ids, k.ID)
	}
	return ids
}
