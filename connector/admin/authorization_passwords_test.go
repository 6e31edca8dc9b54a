package admin

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
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
	if lost := p.Authorization.Effect.Losing; p.Name != "1" || len(lost) != 1 || lost[0].Principal.Label() != demo.AdminName || p.Authorization.Count() != 0 {
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

// TestTheTableOfTokensHoldsInTheWorkspace does each task of the documented table as somebody of each permission.
func TestTheTableOfTokensHoldsInTheWorkspace(t *testing.T) {
	documented := map[string][3]bool{
		"create": {false, true, true}, "use": {false, true, true}, "revoke-own": {false, true, true},
		"revoke-any": {false, false, true}, "list-all": {false, false, true}, "modify": {false, false, true},
	}
	for column, holder := range []func(t *testing.T, d *demo.Workspace, s *Session) *Session{
		func(t *testing.T, d *demo.Workspace, s *Session) *Session { // no permissions: taken after the sign-in
			theirs := oauthOf(t, d)
			apply(t, s, planned(t, s, authorization.Want{Remove: []string{demo.ConnectorID}}), journal(t))
			return theirs
		},
		func(t *testing.T, d *demo.Workspace, _ *Session) *Session { return oauthOf(t, d) },
		func(_ *testing.T, _ *demo.Workspace, s *Session) *Session { return s },
	} {
		d := start(t, "ready")
		s := open(t, d)
		who := holder(t, d, s)
		for _, task := range authorization.Tasks(authorization.Tokens) {
			if done := doTask(t, d, who, s, task.ID); done != documented[task.ID][column] {
				t.Errorf("%s with %s: %v", task.Name, authorization.Level(column), done)
			}
		}
	}
}

func oauthOf(t testing.TB, d *demo.Workspace) *Session {
	t.Helper()
	s, err := Open(t.Context(), Config{Host: hostOf(t, d), Network: d.Network(), Credentials: oauth(d.Connector()), Rate: unhurried})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// doTask tries a task by its request, past every plan, and reports whether the workspace let it.
func doTask(t *testing.T, d *demo.Workspace, who, admin *Session, id string) bool {
	t.Helper()
	send := func(s *Session, method, path, body string) (answer, bool) {
		request := Request{Method: method, Path: path}
		if body != "" {
			request.Body = []byte(body)
		}
		got, err := s.change(t.Context(), Change{Request: request})
		return got, err == nil
	}
	create := func() (answer, bool) { return send(who, "POST", "/api/2.0/token/create", `{"comment":"a task"}`) }
	switch id {
	case "create":
		_, done := create()
		return done
	case "use":
		made, done := create()
		if !done {
			return signsIn(t, d, d.Connector().Token) // the one there was before
		}
		return signsIn(t, d, connector.NewSecret([]byte(made.Value)))
	case "revoke-own":
		made, done := create()
		if done {
			_, done = send(who, "POST", "/api/2.0/token/delete", `{"token_id":"`+made.Token.ID+`"}`)
		}
		return done
	case "revoke-any":
		j := journal(t)
		p, err := admin.PlanToken(j, read(t, admin, authorization.Tokens), NewToken{For: "FIVETRAN_USER", Lifetime: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		_, done := send(who, "DELETE", "/api/2.0/token-management/tokens/"+apply(t, admin, p, j).SecretID, "")
		return done
	case "list-all":
		_, err := who.everyToken(t.Context())
		return err == nil
	case "modify":
		_, done := send(who, "PATCH", authorization.Tokens.Path(), `{"access_control_list":[{"group_name":"analysts","permission_level":"CAN_USE"}]}`)
		return done
	}
	t.Fatalf("there is a task %s", id)
	return false
}

func signsIn(t *testing.T, d *demo.Workspace, token connector.Secret) bool {
	t.Helper()
	s, err := Open(t.Context(), Config{Host: hostOf(t, d), Network: d.Network(), Credentials: connector.Credentials{Method: connector.PAT, Secret: token}, Rate: unhurried})
	if err == nil {
		s.Close()
	}
	return err == nil
}
