package authorization_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

const (
	firstTwin  = "0a000000-0000-4000-8000-000000000001"
	secondTwin = "0a000000-0000-4000-8000-000000000002"
)

// twins is a workspace in which a name is that of several.
func twins() *authorization.Snapshot {
	all := []authorization.Principal{
		person("ada@contoso.example"), machine(firstTwin, "twin"), machine(secondTwin, "twin"), group("twin"), group("admins"),
		machine("0a000000-0000-4000-8000-000000000003", "ada@contoso.example"), machine("0a000000-0000-4000-8000-000000000004", firstTwin),
	}
	return world(authorization.Tokens, all, nil, map[string]authorization.Level{"twin": authorization.CanUse, "admins": authorization.CanManage})
}

func TestANameOfSeveralIsNobodys(t *testing.T) {
	s := twins()
	for name, forms := range map[string]string{
		"twin":                "service-principal:" + firstTwin + ", service-principal:" + secondTwin + " and group:twin",
		"ada@contoso.example": "'user:ada@contoso.example' and service-principal:0a000000-0000-4000-8000-000000000003",
		firstTwin:             "service-principal:" + firstTwin + " and",
	} {
		for _, want := range []authorization.Want{{Grant: []string{name}}, {Remove: []string{name}}, {Keep: []string{name}}} {
			_, err := s.Plan(want)
			var refused *connector.Error
			if !errors.As(err, &refused) || !errors.Is(err, authorization.ErrAmbiguous) || !strings.Contains(refused.Remedy, forms) {
				t.Errorf("%+v: %s", want, connector.Sentence(err))
			}
		}
	}
	for form, want := range map[string]string{
		"group:twin": "group twin", "service-principal:" + firstTwin: "service principal twin (" + firstTwin + ")", "user:ada@contoso.example": "user ada@contoso.example",
	} {
		if p, err := s.Directory.Find(form); err != nil || p.Distinct() != want {
			t.Errorf("%s is %s, %v", form, p.Distinct(), err)
		}
	}
}

func TestWhoIsGoneAndOnTheListTwiceIsNamedByTheKind(t *testing.T) {
	s := twins()
	for _, kind := range []authorization.Kind{authorization.User, authorization.Group} {
		s.ACL = append(s.ACL, authorization.Entry{Kind: kind, Name: connector.FromRemote("gone"), Level: authorization.CanUse})
	}
	if _, err := s.Plan(authorization.Want{Remove: []string{"gone"}}); !errors.Is(err, authorization.ErrAmbiguous) {
		t.Errorf("%v", err)
	}
	if p, err := s.Plan(authorization.Want{Remove: []string{"group:gone"}}); err != nil || len(p.Taken) != 1 || p.Taken[0].Kind != authorization.Group {
		t.Errorf("%+v, %v", p.Taken, err)
	}
}

func TestNamesakesThatAreNearAreToldApart(t *testing.T) {
	_, err := twins().Directory.Find("twim")
	var refused *connector.Error
	if !errors.As(err, &refused) || !errors.Is(err, authorization.ErrNobody) ||
		!strings.Contains(refused.Remedy, "service principal twin ("+firstTwin+"), service principal twin ("+secondTwin+") and group twin") {
		t.Errorf("%v", err)
	}
	if _, err := twins().Directory.Find("group: "); err == nil || strings.Contains(err.Error(), "called .") {
		t.Errorf("%v", err)
	}
}

func TestTheListOfAFileNamesGroupsExactlyAndServicePrincipalsByTheirIDs(t *testing.T) {
	for remedy, entry := range map[string]authorization.Entry{
		"There is twin.": {Kind: authorization.Group, Name: connector.FromRemote("Twin"), Level: authorization.CanUse},
		firstTwin:        {Kind: authorization.ServicePrincipal, Name: connector.FromRemote("twin"), Level: authorization.CanUse},
	} {
		_, err := twins().Plan(authorization.Want{Whole: &authorization.ACL{entry}})
		var refused *connector.Error
		if !errors.As(err, &refused) || !errors.Is(err, authorization.ErrNobody) || !strings.Contains(refused.Remedy, remedy) {
			t.Errorf("%v", connector.Sentence(err))
		}
	}
}

func TestNamesakesThatLoseAccessAreToldApartAndPasswordsAreOfUsers(t *testing.T) {
	s := twins()
	s.ACL = append(s.ACL, authorization.Entry{Kind: authorization.ServicePrincipal, Name: connector.FromRemote(firstTwin), Level: authorization.CanUse},
		authorization.Entry{Kind: authorization.ServicePrincipal, Name: connector.FromRemote(secondTwin), Level: authorization.CanUse},
		authorization.Entry{Kind: authorization.User, Name: connector.FromRemote("ada@contoso.example"), Level: authorization.CanUse})
	p, err := s.Plan(authorization.Want{Whole: &authorization.ACL{}})
	headings, rows := p.Losses()
	if err != nil || len(headings) != 4 || len(rows) != 3 || rows[0][0] != "twin ("+firstTwin+")" || rows[1][0] != "twin ("+secondTwin+")" || rows[2][0] != "ada@contoso.example" {
		t.Errorf("%q %q, %v", headings, rows, err)
	}
	s.Object = authorization.Passwords
	p, err = s.Plan(authorization.Want{Whole: &authorization.ACL{}})
	headings, rows = p.Losses()
	if err != nil || len(headings) != 3 || len(rows) != 1 || len(rows[0]) != 3 || p.Confirm() != "1" {
		t.Errorf("%q %q, %v", headings, rows, err)
	}
}
