package authorization_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

func TestALineThatIsAlsoInheritedIsStillSent(t *testing.T) {
	for _, inheritedFirst := range []bool{true, false} {
		s := world(authorization.Tokens, []authorization.Principal{person("ada@contoso.example"), person("bo@contoso.example"), group("admins")}, nil,
			map[string]authorization.Level{"ada@contoso.example": authorization.CanUse, "bo@contoso.example": authorization.CanUse, "admins": authorization.CanManage})
		inherited := authorization.Entry{Kind: authorization.User, Name: connector.FromRemote("ada@contoso.example"), Level: authorization.CanUse, Inherited: true}
		s.ACL = append(s.ACL, inherited)
		if inheritedFirst {
			s.ACL = slices.Insert(s.ACL[:len(s.ACL)-1], 0, inherited)
		}
		p, err := s.Plan(authorization.Want{Remove: []string{"bo@contoso.example"}})
		if err != nil || !strings.Contains(string(p.Body), "ada@contoso.example") {
			t.Errorf("%s, %v", p.Body, err)
		}
	}
}

func TestAGroupWithoutMembersMakesWhatIsTakenUnsure(t *testing.T) {
	people := []authorization.Principal{person("ada@contoso.example"), person("bo@contoso.example"), group("external"), group("admins")}
	s := world(authorization.Tokens, people, map[string][]string{"admins": {"bo@contoso.example"}},
		map[string]authorization.Level{"ada@contoso.example": authorization.CanUse, "external": authorization.CanUse, "admins": authorization.CanManage})
	s.Tokens = []authorization.Token{{ID: "1", Owner: "id of ada@contoso.example"}}
	kept, err := s.Plan(authorization.Want{Remove: []string{"ada@contoso.example"}})
	if err != nil || len(kept.Effect.Veiled) != 1 || kept.Headline() != "1 user may lose personal access tokens. 1 token may be deleted at once and cannot be brought back." {
		t.Errorf("%s, %v", kept.Headline(), err)
	}
	taken, err := s.Plan(authorization.Want{Remove: []string{"ada@contoso.example", "external"}})
	if err != nil || len(taken.Effect.Veiled) != 0 || len(taken.Effect.Unseen) != 1 || taken.Headline() != "1 user loses personal access tokens. 1 token is deleted at once and cannot be brought back." {
		t.Errorf("%s, %v", taken.Headline(), err)
	}
}
