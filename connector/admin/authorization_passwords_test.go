package admin

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

const passwordsPath = "/api/2.0/permissions/authorization/passwords"

func plannedPasswords(t testing.TB, s *Session, want authorization.Want) (Plan, error) {
	t.Helper()
	return s.PlanPermissions(read(t, s, authorization.Passwords), want) //nolint:wrapcheck // the test looks at it
}

func TestTheLastAdminIsNeverLockedOutOfPasswords(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	for name, want := range map[string]authorization.Want{
		"the group admins is taken off":        {Remove: []string{"admins"}},
		"a list without an admin is written":   {Whole: &authorization.ACL{{Kind: authorization.Group, Name: connector.FromRemote("users"), Level: authorization.CanUse}}},
		"nobody is on the list that is wanted": {Whole: &authorization.ACL{}},
	} {
		if _, err := plannedPasswords(t, s, want); !errors.Is(err, authorization.ErrLockOut) || !errors.Is(err, authorization.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	wroteNothing(t, d)
	p, err := plannedPasswords(t, s, authorization.Want{Remove: []string{"admins"}, Keep: []string{"maria.lindqvist@contoso.example"}})
	if err != nil {
		t.Fatal(err)
	}
	if lost := p.Authorization.Effect.Losing; p.Name != "0" || len(lost) != 0 || p.Authorization.Count() != 0 { // the admin that is a service principal has no password to lose
		t.Errorf("typed %s, losing %+v", p.Name, lost)
	}
	apply(t, s, p, j)
	if _, err := plannedPasswords(t, s, authorization.Want{Remove: []string{"maria.lindqvist@contoso.example"}}); !errors.Is(err, authorization.ErrLockOut) {
		t.Errorf("the last one: %v", err)
	}
	checkPromises(t, d, j)
}

func TestPasswordsThatCannotBeConfiguredSayWhy(t *testing.T) {
	for name, fault := range map[string]rest.Fault{
		"unified login":  {Method: "GET", Path: passwordsPath, Status: 400, Body: `{"error_code":"BAD_REQUEST","message":"Password permissions are not available when unified login is enabled."}`},
		"not there":      {Method: "GET", Path: passwordsPath, Status: 404, Body: `{"error_code":"FEATURE_DISABLED","message":"Password access control is not enabled."}`},
		"feature is off": {Method: "GET", Path: passwordsPath, Status: 403, Body: `{"error_code":"FEATURE_DISABLED","message":"Password access control is not enabled."}`},
	} {
		s := open(t, startWith(t, fault))
		_, err := s.Authorization(t.Context(), authorization.Passwords)
		var refused *connector.Error
		if !errors.As(err, &refused) || !errors.Is(err, ErrRefused) || !strings.Contains(refused.What, "unified login") || !strings.Contains(refused.Remedy, "Databricks representative") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTokensThatThePlanHasNotSaySo(t *testing.T) {
	s := open(t, startWith(t, rest.Fault{Method: "GET", Path: authorization.Tokens.Path(), Status: 403, Body: `{"error_code":"FEATURE_DISABLED","message":"Token access control is not available in your pricing tier."}`}))
	_, err := s.Authorization(t.Context(), authorization.Tokens)
	if _, remedy := connector.Words(err); !errors.Is(err, ErrRefused) || !strings.Contains(remedy, "Premium") {
		t.Errorf("%v", err)
	}
}

func TestAnOlderWorkspaceIsAskedByTheOlderPath(t *testing.T) {
	s := open(t, startWith(t, rest.Fault{Method: "GET", Path: authorization.Tokens.Path(), Status: 404, Body: `{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for 'GET /permissions'"}`}))
	if snapshot := read(t, s, authorization.Tokens); snapshot.NoList || len(snapshot.ACL) != 3 {
		t.Errorf("%+v", snapshot.ACL)
	}
}

func TestThereIsNoListBeforeTheFirstToken(t *testing.T) {
	s := open(t, startWith(t, rest.Fault{Method: "GET", Path: authorization.Tokens.Path(), Status: 404, Body: `{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"tokens does not exist."}`}))
	snapshot := read(t, s, authorization.Tokens)
	_, err := s.PlanPermissions(snapshot, authorization.Want{Grant: []string{samuel}})
	if _, remedy := connector.Words(err); !snapshot.NoList || !errors.Is(err, authorization.ErrRefused) || !strings.Contains(remedy, "Make one token") {
		t.Errorf("%v", err)
	}
}

// TestAnOlderWorkspaceIsWrittenToByTheOlderPath has a workspace that knows the permissions of tokens at the path of the preview alone.
func TestAnOlderWorkspaceIsWrittenToByTheOlderPath(t *testing.T) {
	var faults []rest.Fault
	for _, method := range []string{"GET", "PATCH", "PUT"} {
		faults = append(faults, rest.Fault{Method: method, Path: authorization.Tokens.Path(), Status: 404, Body: `{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for '` + method + ` /permissions'"}`})
	}
	d := startWith(t, faults...)
	s, j := open(t, d), journal(t)
	for _, want := range []authorization.Want{{Grant: []string{samuel}}, {Remove: []string{"users"}, Keep: []string{"FIVETRAN_USER"}}} {
		p := planned(t, s, want)
		if p.Changes[0].Request.Path != authorization.Tokens.PreviewPath() {
			t.Errorf("planned %+v", p.Changes[0].Request)
		}
		apply(t, s, p, j)
		if rest := planned(t, s, want); !rest.Empty() {
			t.Errorf("still to do: %v", kinds(rest))
		}
	}
	for _, form := range []authorization.Form{authorization.AsREST, authorization.AsCLI} {
		if text, err := read(t, s, authorization.Tokens).Write(form); err != nil || !strings.Contains(text, authorization.Tokens.PreviewPath()) {
			t.Errorf("%s, %v", text, err)
		}
	}
	// A partner is given the permission there as well, once its principal was looked at.
	if _, err := s.Facts(t.Context(), demo.ConnectorID, nil, audit.Chosen{}); err != nil {
		t.Fatal(err)
	}
	p, err := s.PlanAllow(t.Context(), Allow{DisplayName: "HEX_USER", Tokens: true})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, p, j)
	if last := p.Changes[len(p.Changes)-1].Request; last.Path != authorization.Tokens.PreviewPath() {
		t.Errorf("%+v", last)
	}
	checkPromises(t, d, j)
}
