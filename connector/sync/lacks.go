package sync

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
)

// Lacks are the tables of the plan that could not be looked at, as an error of *TableError for each, nil where all could. The others are read.
func (s *Sync) Lacks() error { return errors.Join(s.lacks...) }

// Lacking are the errors of Lacks one by one.
func (s *Sync) Lacking() []error { return s.lacks }

// spare gives the plan without the tables that cannot be looked at, where the others can be read all the same. What a person asked for and
// cannot have, and what holds for every table, ends a sync before anything is read; so does a run in shards, whose plan pins every table.
func (s *Sync) spare(plan Plan, err error) (Plan, error) {
	lacks := tableErrors(err)
	if len(lacks) == 0 || len(plan.Tables) == 0 || s.options.Shard.Of > 0 || slices.ContainsFunc(lacks, func(e *TableError) bool { return refuses(e.Err) }) {
		return plan, err
	}
	s.lack(lacks)
	return plan, nil
}

func (s *Sync) lack(lacks []*TableError) {
	s.lacks = nil
	for _, e := range lacks {
		s.lacks = append(s.lacks, e)
	}
}

// refuses reports an error that is about what was asked for, or about more than one table.
func refuses(err error) bool {
	var known *connector.Error
	return errors.As(err, &known) || errors.Is(err, query.ErrHost)
}

// complete looks again at the tables that a plan has not because they could not be looked at, and puts those in that now can. It reports
// whether there were any.
func (s *Sync) complete(ctx context.Context, plan *Plan) (more bool, err error) {
	if s.options.Shard.Of > 0 || len(plan.Tables) == len(s.options.Tables) {
		return false, nil
	}
	missing := slices.DeleteFunc(slices.Clone(s.options.Tables), func(name connector.TableName) bool {
		return slices.ContainsFunc(plan.Tables, func(t TablePlan) bool { return t.Name == name.Full() })
	})
	found, err := s.lookAt(ctx, missing)
	lacks := tableErrors(err)
	if err != nil && len(lacks) == 0 {
		return false, err
	}
	s.lack(lacks)
	plan.Tables = append(plan.Tables, found...)
	slices.SortStableFunc(plan.Tables, func(a, b TablePlan) int { return cmp.Compare(s.place(a.Name), s.place(b.Name)) })
	return len(found) > 0, nil
}

// completed is complete for a run that goes on, whose plan is kept.
func (s *Sync) completed(ctx context.Context) error {
	if !s.partial.Resumed() {
		return nil
	}
	more, err := s.complete(ctx, &s.Plan)
	if err != nil || !more {
		return err
	}
	text, err := s.Plan.keep()
	if err != nil {
		return err
	}
	return s.partial.Replan(text)
}

// place is where a table stands in the connection.
func (s *Sync) place(table string) int {
	return slices.IndexFunc(s.options.Tables, func(name connector.TableName) bool { return name.Full() == table })
}

// inOrder are errors of tables in the order of the connection: the first is the one whose exit code counts.
func (s *Sync) inOrder(lacks []error) []error {
	at := func(err error) int {
		var of *TableError
		if errors.As(err, &of) {
			return s.place(of.Table)
		}
		return -1
	}
	slices.SortStableFunc(lacks, func(a, b error) int { return cmp.Compare(at(a), at(b)) })
	return lacks
}

// tableErrors are the errors of tables that an error joins.
func tableErrors(err error) (all []*TableError) {
	switch e := err.(type) { //nolint:errorlint // each error is looked into, one after the other
	case *TableError:
		return []*TableError{e}
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			all = append(all, tableErrors(one)...)
		}
	}
	return all
}
