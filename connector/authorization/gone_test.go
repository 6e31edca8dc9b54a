package authorization_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// TestWhoIsGoneCanStayOnTheListAndBeTakenOff has a line whose user is not in the workspace any more.
func TestWhoIsGoneCanStayOnTheListAndBeTakenOff(t *testing.T) {
	s := office()
	s.ACL = append(s.ACL, authorization.Entry{Kind: authorization.User, Name: connector.FromRemote("gone@contoso.example"), Level: authorization.CanUse})
	for _, form := range []authorization.Form{authorization.AsTerraform, authorization.AsJSON} {
		text, err := s.Write(form)
		if err != nil {
			t.Fatal(err)
		}
		list, err := authorization.Parse(s.Object, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if p, err := s.Plan(authorization.Want{Whole: &list}); err != nil || !p.Empty() {
			t.Errorf("%s: %v, given %q, taken %q", form, err, p.Given.Texts(), p.Taken.Texts())
		}
	}
	p, err := s.Plan(authorization.Want{Remove: []string{"user:gone@contoso.example"}})
	if err != nil || len(p.Taken) != 1 {
		t.Errorf("taken %q, %v", p.Taken.Texts(), err)
	}
	if _, err := s.Plan(authorization.Want{Remove: []string{"group:gone@contoso.example"}}); err == nil {
		t.Error("a group of the name of a user is on the list")
	}
}

func TestSomebodyAndTheirGroupAreTakenInOneCommand(t *testing.T) {
	all := []authorization.Principal{person("ada@contoso.example"), group("team"), group("admins")}
	s := world(authorization.Tokens, all, map[string][]string{"team": {"ada@contoso.example"}}, map[string]authorization.Level{"team": authorization.CanUse, "admins": authorization.CanManage})
	if p, err := s.Plan(authorization.Want{Remove: []string{"ada@contoso.example", "group:team"}}); err != nil || len(p.Taken) != 1 || len(p.Effect.Losing) != 1 {
		t.Errorf("taken %q, %v", p.Taken.Texts(), err)
	}
	if _, err := s.Plan(authorization.Want{Remove: []string{"ada@contoso.example"}}); err == nil {
		t.Error("what comes through the group was taken")
	}
}
