package admin

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func TestAChangeOfPermissionsSurvivesAKillAnywhere(t *testing.T) {
	wants := map[string]authorization.Want{
		"granting":  {Grant: []string{samuel}},
		"taking":    {Remove: []string{"users"}},
		"replacing": {Whole: &authorization.ACL{{Kind: authorization.Group, Name: connector.FromRemote("analysts"), Level: authorization.CanUse}}},
	}
	for name, want := range wants {
		t.Run(name, func(t *testing.T) {
			everyKill(t, 1, 1, func(t *testing.T, step int, at string) {
				d := start(t, "ready")
				s, j := open(t, d), journal(t)
				plan := planned(t, s, want)
				if !killAt(t, s, plan, j, step, at) {
					t.Fatal("the plan has no such step")
				}
				s, j = reborn(t, d, j)
				sent := at == "after the request" || at == "after the end"
				if again := planned(t, s, want); again.Empty() != sent {
					t.Errorf("planned again: %v", kinds(again))
				}
				apply(t, s, plan, j) // the same plan goes on, or sees that it is done
				if rest := planned(t, s, want); !rest.Empty() || !read(t, s, authorization.Tokens).ACL.Same(plan.Authorization.After) {
					t.Errorf("still to do: %v", kinds(rest))
				}
				checkPromises(t, d, j)
			})
		})
	}
}

func TestRevokingSurvivesAKillAnywhere(t *testing.T) {
	everyKill(t, 1, 2, func(t *testing.T, step int, at string) {
		d := start(t, "ready")
		s, j := open(t, d), journal(t)
		plan := func() Plan {
			t.Helper()
			snapshot := read(t, s, authorization.Tokens)
			doomed := slices.DeleteFunc(snapshot.Owned(), snapshot.Mine)
			p, err := s.PlanRevoke(snapshot, doomed, false)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		first := plan()
		if first.Name != "2" || len(first.Deleted()) != 2 {
			t.Fatalf("typed %s for %q", first.Name, first.Deleted())
		}
		killAt(t, s, first, j, step, at)
		s, j = reborn(t, d, j)
		if p := plan(); !p.Empty() {
			apply(t, s, p, j)
		}
		if rest := plan(); !rest.Empty() {
			t.Errorf("still to do: %q", rest.Deleted())
		}
		checkPromises(t, d, j)
	})
}

func TestMakingATokenSurvivesAKillAnywhere(t *testing.T) {
	everyKill(t, 1, 1, func(t *testing.T, step int, at string) {
		d := start(t, "ready")
		s, j := open(t, d), journal(t)
		plan := func() Plan {
			t.Helper()
			p, err := s.PlanToken(j, read(t, s, authorization.Tokens), NewToken{For: "FIVETRAN_USER", Comment: "second", Lifetime: time.Hour})
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		killAt(t, s, plan(), j, step, at)
		s, j = reborn(t, d, j)
		rest := plan()
		lost := at == "after the request"
		if deletes := rest.Changes[0].Kind == DeleteToken; deletes != lost {
			t.Errorf("planned %v", kinds(rest))
		}
		out := apply(t, s, rest, j)
		if at != "after the end" { // then the first run had its token, and this is one more
			if mine := slices.DeleteFunc(read(t, s, authorization.Tokens).Owned(), func(o authorization.Owned) bool { return o.Comment.Raw() != "second" }); len(mine) != 1 || mine[0].ID != out.SecretID {
				t.Errorf("%+v", mine)
			}
		}
		checkPromises(t, d, j)
	})
}

// withToken opens a session of who has a personal access token.
func withToken(t testing.TB, d *demo.Workspace, token connector.Secret) *Session {
	t.Helper()
	s, err := Open(t.Context(), Config{Host: hostOf(t, d), Network: d.Network(), Credentials: connector.Credentials{Method: connector.PAT, Secret: token}, Rate: unhurried})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestANewTokenSignsInAndIsNowhereElse(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	p, err := s.PlanToken(j, read(t, s, authorization.Tokens), NewToken{For: demo.ConnectorID, Comment: "for a test", Lifetime: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	out := apply(t, s, p, j)
	theirs := withToken(t, d, out.Secret)
	if theirs.Me().Name.Raw() != demo.ConnectorID || out.Expires.IsZero() || out.SecretID == "" {
		t.Errorf("%+v", out)
	}
	entries, err := j.Entries()
	if err != nil || entries[len(entries)-1].Result.Fingerprint != out.Secret.Fingerprint() {
		t.Errorf("%+v, %v", entries, err)
	}
	for _, refused := range []struct{ who, remedy string }{{"Maria Lindqvist", "make it themselves"}, {"account-admin", "Check the name"}} {
		_, err := s.PlanToken(j, read(t, s, authorization.Tokens), NewToken{For: refused.who})
		var known *connector.Error
		if !errors.As(err, &known) || !strings.Contains(known.Remedy, refused.remedy) {
			t.Errorf("%s: %v", refused.who, err)
		}
	}
}

func TestTheTokenOfTheSessionIsNotDeletedUnlessInsistedOn(t *testing.T) {
	d := start(t, "ready")
	s := withToken(t, d, d.Admin().Token)
	snapshot := read(t, s, authorization.Tokens)
	mine := slices.DeleteFunc(snapshot.Owned(), func(o authorization.Owned) bool { return !snapshot.Mine(o) })
	if len(mine) == 0 {
		t.Fatal("the session has no token of its own")
	}
	if _, err := s.PlanRevoke(snapshot, mine, false); !errors.Is(err, ErrOwnToken) {
		t.Errorf("%v", err)
	}
	if p, err := s.PlanRevoke(snapshot, mine, true); err != nil || len(p.Changes) != len(mine) {
		t.Errorf("%v", err)
	}
	wroteNothing(t, d)
}

func TestWhoIsNoAdminSeesTheirOwnAndWhomToAsk(t *testing.T) {
	d := start(t, "ready")
	s := withToken(t, d, d.Connector().Token)
	snapshot := read(t, s, authorization.Tokens)
	if !snapshot.Limited || len(snapshot.Tokens) == 0 || !snapshot.Mine(snapshot.Owned()[0]) || snapshot.Owned()[0].Has(authorization.Powerless) {
		t.Fatalf("%+v", snapshot)
	}
	_, err := s.PlanPermissions(snapshot, authorization.Want{Grant: []string{samuel}})
	var refused *connector.Error
	if !errors.As(err, &refused) || !strings.Contains(refused.Remedy, "group admins") {
		t.Errorf("%v", err)
	}
	if _, err := s.PlanToken(journal(t), snapshot, NewToken{For: "FIVETRAN_USER"}); err == nil {
		t.Error("a token of somebody else was planned")
	}
	if _, err := s.PlanSettings(snapshot, authorization.Settings{}, true); err == nil {
		t.Error("settings were planned")
	}
	wroteNothing(t, d)
	p, err := s.PlanRevoke(snapshot, snapshot.Owned()[:1], true)
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, p, journal(t))
	again := Config{Host: hostOf(t, d), Network: d.Network(), Credentials: connector.Credentials{Method: connector.PAT, Secret: d.Connector().Token}, Rate: unhurried}
	if _, err := Open(t.Context(), again); err == nil {
		t.Error("the token that was revoked signs in")
	}
}
