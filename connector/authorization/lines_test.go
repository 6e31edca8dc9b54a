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
