package admin

import (
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// TestATokenOfSomebodyElseIsNeverTakenForALostOne has a token of somebody else come after a step of which nothing came.
func TestATokenOfSomebodyElseIsNeverTakenForALostOne(t *testing.T) {
	for name, c := range map[string]struct {
		comment string                                     // of the other token
		stop    func(*testing.T, *Session, *Journal, Plan) // how the step ended
	}{
		"killed, another comment": {"nightly load", func(t *testing.T, s *Session, j *Journal, p Plan) {
			t.Helper()
			killAt(t, s, p, j, 1, "before the request")
		}},
		"killed long ago, the same comment": {"second", func(t *testing.T, s *Session, j *Journal, p Plan) {
			t.Helper()
			j.now = func() time.Time { return time.Now().Add(-2 * sameTime) }
			killAt(t, s, p, j, 1, "before the request")
			j.now = time.Now
		}},
		"refused, the same comment": {"second", func(t *testing.T, s *Session, j *Journal, p Plan) {
			t.Helper()
			switched(t, s, false)
			if _, err := s.Apply(t.Context(), confirm(t, p), j); err == nil {
				t.Fatal("a token was made while tokens are off")
			}
			switched(t, s, true)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			d := start(t, "ready")
			s, j := open(t, d), journal(t)
			plan := func(j *Journal, comment string) Plan {
				t.Helper()
				p, err := s.PlanToken(j, read(t, s, authorization.Tokens), NewToken{For: "FIVETRAN_USER", Comment: comment, Lifetime: time.Hour})
				if err != nil {
					t.Fatal(err)
				}
				return p
			}
			c.stop(t, s, j, plan(j, "second"))
			s.fault = nil
			other := journal(t)
			apply(t, s, plan(other, c.comment), other)
			sameKinds(t, plan(j, "second"), CreateToken)
		})
	}
}

// switched switches personal access tokens of the workspace on or off.
func switched(t *testing.T, s *Session, on bool) {
	t.Helper()
	snapshot := read(t, s, authorization.Tokens)
	to := snapshot.Settings
	to.Enabled = on
	p, err := s.PlanSettings(snapshot, to, false)
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, p, journal(t))
}
