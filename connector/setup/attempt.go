package setup

import (
	"context"
	"iter"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// Attempt is a walk of stages that is to prove something. Climb it, in the background where a screen waits, and hand what came of it to
// Conclude on the goroutine that owns the set-up: only then does it count.
type Attempt struct {
	Stages   []check.Stage
	subject  *check.Subject
	conclude func(results []check.Result)
	inPlace  bool // what a failure asks for can be done where it is shown
}

// NewAttempt makes a walk over a subject, which it closes when it was climbed. conclude takes the final results.
func NewAttempt(stages []check.Stage, subject *check.Subject, conclude func(results []check.Result)) *Attempt {
	return &Attempt{Stages: stages, subject: subject, conclude: conclude}
}

// Climb walks the stages once and yields their results as check.Run does.
func (a *Attempt) Climb(ctx context.Context) iter.Seq[check.Result] {
	return func(yield func(check.Result) bool) {
		defer a.subject.Close()
		for result := range check.Run(ctx, a.Stages, a.subject) {
			if a.inPlace {
				result = result.InPlace()
			}
			if !yield(result) {
				return
			}
		}
	}
}

// Conclude takes the final results of a walk that has ended, as far as they prove something, and returns the first failure among them or
// nil. A walk that was left or cut short proves nothing and is not to be concluded.
func (a *Attempt) Conclude(results []check.Result) *check.Result {
	a.conclude(results)
	return check.Failure(results)
}

// Walk climbs to the end, says each result once it is final, and concludes. The error is that ctx has ended: then nothing was concluded.
func (a *Attempt) Walk(ctx context.Context, say func(check.Result)) ([]check.Result, error) {
	results := check.Final(a.Climb(ctx), say)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	a.Conclude(results)
	return results, nil
}

// attempt prepares a walk over the answers so far.
func (s *Setup) attempt(stages []check.Stage, conclude func(*check.Subject, []check.Result)) (*Attempt, error) {
	subject, err := s.subject()
	if err != nil {
		return nil, err
	}
	return NewAttempt(stages, subject, func(results []check.Result) { conclude(subject, results) }), nil
}

// ProveConnection is to prove that the present values sign in. It sends no secret to a host that is still to be confirmed, and says so.
func (s *Setup) ProveConnection() (*Attempt, error) {
	if s.draft.MustConfirm() {
		return nil, typedOnce()
	}
	s.proving = ""
	a, err := s.attempt(check.Connect(), func(subject *check.Subject, results []check.Result) {
		s.draft.SetConnected(results, subject.Principal)
		s.sawChain(subject, results)
	})
	if err == nil {
		a.inPlace = true // the first step alone asks what to trust and for a proxy
	}
	return a, err
}

// ProveWarehouse is to prove that a SQL warehouse takes statements, which chooses it. start has it started and waited for where it does not
// run; a person agreed to what that costs.
func (s *Setup) ProveWarehouse(chosen connector.Warehouse, start bool) (*Attempt, error) {
	a, err := s.attempt(check.Warehouse(), func(subject *check.Subject, results []check.Result) {
		if check.Failure(results) == nil {
			s.draft.SetWarehouse(subject.Current, FromList)
			s.used = subject.Current.ID
		}
	})
	if err == nil {
		s.proving = chosen.ID
		a.subject.Warehouse, a.subject.Current, a.subject.Start = chosen.Ref(), connector.Warehouse{}, start
	}
	return a, err
}

// ReadTables is to prove that the chosen tables can be read, through the warehouse, as the connector. A warehouse that a person agreed to
// start is waited for.
func (s *Setup) ReadTables() (*Attempt, error) {
	s.proving = ""
	a, err := s.attempt(check.Reading(), func(subject *check.Subject, results []check.Result) {
		s.takeReads(subject, results)
	})
	if err == nil {
		a.subject.Start = s.startAgreed(a.subject.Warehouse.ID)
	}
	return a, err
}

// takeReads keeps what a walk has found of the chosen tables, and what it has learnt of the warehouse meanwhile.
func (s *Setup) takeReads(subject *check.Subject, results []check.Result) {
	d := s.draft
	d.TakeReads(results, subject.Reads, s.env.Now())
	if check.Failure(results) == nil {
		s.used = d.Warehouse().ID
	}
	if now := subject.Current; now.ID != "" && now.ID == d.Warehouse().ID {
		d.SetWarehouse(now, d.SourceOf("warehouse"))
	}
}

// WasRead reports whether the reading of the chosen tables has proven them; failed is the first stage that failed, nil where none did. What is
// advisory keeps nobody back.
func (s *Setup) WasRead(failed *check.Result) bool {
	return (failed == nil || failed.Advisory) && s.draft.Check(Access) == nil
}
