package admin

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// killAt applies a plan and dies at one point of one step. It reports whether the plan has that step.
func killAt(t *testing.T, s *Session, p Plan, j *Journal, step int, at string) bool {
	t.Helper()
	s.fault = func(m moment) error {
		if m.step == step && m.at == at {
			return errKilled
		}
		return nil
	}
	defer func() { s.fault = nil }()
	if _, err := s.Apply(t.Context(), confirm(t, p), j); !errors.Is(err, errKilled) {
		if err != nil {
			t.Fatal(err)
		}
		return false
	}
	return true
}

// reborn is what the next process has: a new session, and the journal as it is on the disk.
func reborn(t *testing.T, d *demo.Workspace, j *Journal) (*Session, *Journal) {
	t.Helper()
	next, err := OpenJournal(filepath.Dir(j.Path()))
	if err != nil {
		t.Fatal(err)
	}
	return open(t, d), next
}

// everyKill runs a story for each step and each point of it.
func everyKill(t *testing.T, first, last int, story func(t *testing.T, step int, at string)) {
	for step := first; step <= last; step++ {
		for _, at := range killPoints {
			t.Run(fmt.Sprintf("step %d, %s", step, at), func(t *testing.T) {
				t.Parallel()
				story(t, step, at)
			})
		}
	}
}

func TestProvisioningSurvivesAKillAnywhere(t *testing.T) {
	everyKill(t, 1, 6, func(t *testing.T, step int, at string) {
		d := start(t, "no-warehouse")
		s, j := open(t, d), journal(t)
		plan, err := s.PlanProvision(t.Context(), j, wanted(t))
		if err != nil {
			t.Fatal(err)
		}
		if !killAt(t, s, plan, j, step, at) {
			t.Fatal("the plan has no such step")
		}
		s, j = reborn(t, d, j)
		rest, err := s.PlanProvision(t.Context(), j, wanted(t))
		if err != nil {
			t.Fatal(err)
		}
		lost := step == 6 && (at == "after the request" || at == "after the end")
		if deletes := rest.Changes[0].Kind == DeleteSecret; deletes != lost || deletes != (len(rest.Deleted()) == 1) {
			t.Errorf("planned %v, deleting %q", kinds(rest), rest.Deleted())
		}
		out := apply(t, s, rest, j)
		if _, err := asPrincipal(t, d, out.Target.ApplicationID, out.Secret); err != nil {
			t.Error(err)
		}
		same, err := s.Named(t.Context(), "draftt-new")
		if err != nil || len(same) != 1 {
			t.Errorf("%d principals of that name, %v", len(same), err)
		}
		if secrets, err := s.Secrets(t.Context(), out.Target.ID); err != nil || len(secrets) != 1 || secrets[0].ID != out.SecretID {
			t.Errorf("secrets %v, %v", secrets, err)
		}
		if more, err := s.PlanProvision(t.Context(), j, wanted(t, out.Secret)); err != nil || !more.Empty() {
			t.Errorf("still to do: %v, %v", kinds(more), err)
		}
		checkPromises(t, d, j)
	})
}

func TestRotatingSurvivesAKillAnywhere(t *testing.T) {
	everyKill(t, 1, 1, func(t *testing.T, step int, at string) {
		d := start(t, "ready")
		s, j := open(t, d), journal(t)
		saved := d.Connector().Secret
		works := func(when string) {
			t.Helper()
			if _, err := asPrincipal(t, d, demo.ConnectorID, saved); err != nil {
				t.Errorf("%s: %v", when, err)
			}
		}
		rotate := func() Plan {
			t.Helper()
			p, err := s.PlanRotate(t.Context(), j, Rotate{Principal: demo.ConnectorID, InUse: []connector.Secret{saved}})
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		killAt(t, s, rotate(), j, step, at)
		works("after the kill")
		s, j = reborn(t, d, j)
		out := apply(t, s, rotate(), j)
		works("before the switch")
		saved = out.Secret
		works("after the switch")
		retire := func() Plan {
			t.Helper()
			p, err := s.PlanRetire(t.Context(), j, Retire{Principal: demo.ConnectorID, InUse: []connector.Secret{saved}})
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		killAt(t, s, retire(), j, step, at)
		works("after the second kill")
		s, j = reborn(t, d, j)
		if p := retire(); !p.Empty() {
			apply(t, s, p, j)
		}
		works("in the end")
		if secrets, err := s.Secrets(t.Context(), "5103948571029384"); err != nil || len(secrets) != 1 || secrets[0].ID != out.SecretID {
			t.Errorf("secrets %v, %v", secrets, err)
		}
		checkPromises(t, d, j)
	})
}

func TestDisconnectingSurvivesAKillAnywhere(t *testing.T) {
	// The first two steps, the grants, are the same at both levels.
	for level, first := range map[Level]int{RevokeSecret: 3, DeleteThePrincipal: 1} {
		everyKill(t, first, 3, func(t *testing.T, step int, at string) {
			d := start(t, "ready")
			s, j := open(t, d), journal(t)
			plan := func() Plan {
				t.Helper()
				p, err := s.PlanDisconnect(t.Context(), j, Disconnect{Level: level, Connection: saved(t, d)})
				if err != nil {
					t.Fatal(err)
				}
				return p
			}
			killAt(t, s, plan(), j, step, at)
			s, j = reborn(t, d, j)
			if p := plan(); !p.Empty() {
				apply(t, s, p, j)
			}
			if p := plan(); !p.Empty() {
				t.Errorf("still to do: %v", kinds(p))
			}
			if _, err := asPrincipal(t, d, demo.ConnectorID, d.Connector().Secret); err == nil {
				t.Error("the principal still signs in")
			}
			checkPromises(t, d, j)
		})
	}
}

func TestASecretSomebodyElseMadeIsNotTakenForALostOne(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	inUse := []connector.Secret{d.Connector().Secret}
	plan := func() Plan {
		t.Helper()
		p, err := s.PlanRotate(t.Context(), j, Rotate{Principal: demo.ConnectorID, InUse: inUse})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	out := apply(t, s, plan(), j)
	inUse = append(inUse, out.Secret)
	// Another admin makes one elsewhere, with a journal of their own.
	apply(t, open(t, d), plan(), journal(t))
	sameKinds(t, plan(), CreateSecret)
}
