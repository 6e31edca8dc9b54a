package setup

import (
	"context"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Certificate gives the look to run: with the eyes of an open admin session, and otherwise with those of the connector, which sees less.
func (s *Setup) Certificate() (func(context.Context) (audit.Certificate, error), error) {
	ws, err := s.Workspace()
	if err != nil {
		return nil, err
	}
	d := s.draft
	chosen := audit.Chosen{
		Needs:     slices.Concat(grants.Reach(d.Schema()), s.readNeeds(nil)),
		Warehouse: d.Warehouse().ID,
	}
	session, principal, at, version := s.AdminHere(), d.Principal().Name.Raw(), s.env.Now(), s.env.Version
	return func(ctx context.Context) (audit.Certificate, error) {
		ctx, cancel := context.WithTimeout(ctx, certifyDeadline)
		defer cancel()
		if session != nil {
			if facts, err := session.Facts(ctx, principal, ws, chosen); err == nil {
				return audit.Certify(facts, at, version), nil
			}
		}
		facts, err := audit.Own(ctx, ws, chosen)
		if err != nil {
			return audit.Certificate{}, err
		}
		return audit.Certify(facts, at, version), nil
	}, nil
}

// Breadth is what the principal may do beyond what Draftt needs, as far as it was seen of the present answers.
func (s *Setup) Breadth() breadth.Breadth {
	return breadth.Of(s.draft.seen(), s.certified, check.Chosen(s.draft.schema, s.draft.tables))
}

// Proof is the verdict on the present answers, with everything that was seen of the principal.
func (s *Setup) Proof() connector.Proof { return s.Breadth().Into(s.draft.Proof()) }

// MustAccept reports whether the principal can write with something that nobody agreed to. Nothing is saved then.
func (s *Setup) MustAccept() bool { return !s.accepted.Covers(s.Breadth(), s.acceptor()) }

// Accept takes what a person typed to save a connection although its principal can write. What is seen later is asked about again.
func (s *Setup) Accept(typed string) error {
	if err := breadth.Agreed(typed); err != nil {
		return err
	}
	s.accepted = s.Breadth().Accepted(s.acceptor())
	return nil
}

func (s *Setup) acceptor() string { return s.draft.Principal().Name.Raw() }

// TakeAwayTask has an admin take away what lets the principal write, as far as that was given to itself.
func (s *Setup) TakeAwayTask() AdminTask {
	return AdminTask{Title: "Take away what can write", Want: admin.Provision{Principal: s.draft.Principal().Name.Raw(), Takes: s.Breadth().Takes()}}
}

// LookBeyond is to find out anew what the principal may do with what was chosen, once something was taken away.
func (s *Setup) LookBeyond() (*Attempt, error) {
	return s.attempt(check.Beyond(), func(_ *check.Subject, results []check.Result) {
		old := slices.DeleteFunc(slices.Clone(s.draft.held), func(r check.Result) bool { return r.Stage == check.StageReadOnly })
		s.draft.held = append(old, results...)
	})
}
