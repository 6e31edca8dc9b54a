package rest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// send asks with a JSON body.
func send(h http.Handler, method, path, token, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+token)
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

// governed is the small world with a workspace admin in it.
func governed(t *testing.T) *Handler {
	t.Helper()
	w, _ := smallWorld(t)
	w.AddPrincipal(model.Principal{Kind: model.Group, ID: "1", Name: model.Admins, WorkspaceLocal: true, Entitlements: []string{model.SQLAccess}})
	w.AddPrincipal(model.Principal{Kind: model.User, ID: "2", Name: "admin@x.example", DisplayName: "An Admin", Active: true, MemberOf: []string{model.Admins}})
	w.AddPrincipal(model.Principal{Kind: model.Group, ID: "9", Name: "readers", WorkspaceLocal: true})
	w.AddToken("admin@x.example", []byte("admin"))
	return New(w, Options{})
}

func TestSCIMAnswersItsOwnErrors(t *testing.T) {
	h := governed(t)
	const all = "/api/2.0/preview/scim/v2/ServicePrincipals"
	for name, test := range map[string]struct {
		method, path, token, body string
		status                    int
		text                      string
	}{
		"nobody there":           {"GET", all + "/999", "admin", "", 404, `"detail":"Service principal with id 999 not found.","status":"404"`},
		"another kind":           {"GET", all + "/2", "admin", "", 404, `"status":"404"`},
		"not an admin":           {"GET", all + "/7", "token of reader", "", 403, `"status":"403"`},
		"a bad filter":           {"GET", all + "?filter=displayName+eq", "admin", "", 400, `"scimType":"invalidFilter"`},
		"half a filter":          {"GET", all + `?filter=id+eq+"1"+or`, "admin", "", 400, `"scimType":"invalidFilter"`},
		"an unknown field":       {"POST", all, "admin", `{"nickName":"r"}`, 400, `Field \"nickName\" is not supported here.`},
		"another kind's field":   {"POST", all, "admin", `{"emails":[{"value":"r@x.example"}]}`, 400, "Attribute emails is not supported here."},
		"a field of other form":  {"POST", all, "admin", `{"displayName":7}`, 400, "Field 'displayName' cannot be a number."},
		"truth that is none":     {"PUT", all + "/7", "admin", `{"active":"perhaps"}`, 400, "is neither true nor false"},
		"another application ID": {"PUT", all + "/7", "admin", `{"applicationId":"me"}`, 400, `"scimType":"mutability"`},
		"a user name by patch":   {"PATCH", "/api/2.0/preview/scim/v2/Users/2", "admin", `{"Operations":[{"op":"replace","path":"userName","value":"r"}]}`, 400, `"scimType":"mutability"`},
		"a remove of nothing":    {"PATCH", all + "/7", "admin", `{"Operations":[{"op":"remove"}]}`, 400, `"scimType":"noTarget"`},
		"a value that is not":    {"PATCH", all + "/7", "admin", `{"Operations":[{"op":"replace","path":"entitlements[value eq \"x\"]","value":"y"}]}`, 400, `"scimType":"noTarget"`},
		"a path not closed":      {"PATCH", all + "/7", "admin", `{"Operations":[{"op":"remove","path":"entitlements[value eq \"x\""}]}`, 400, `"scimType":"invalidPath"`},
		"a taken group's name":   {"PUT", "/api/2.0/preview/scim/v2/Groups/9", "admin", `{"displayName":"Admins"}`, 409, `"detail":"Group with name Admins already exists."`},
		"no name for a group":    {"PATCH", "/api/2.0/preview/scim/v2/Groups/9", "admin", `{"Operations":[{"op":"remove","path":"displayName"}]}`, 400, `"scimType":"mutability"`},
		"a page of nothing":      {"GET", all + "?startIndex=x", "admin", "", 400, `"status":"400"`},
		"broken JSON":            {"POST", all, "admin", "{", 400, "not valid JSON"},
		"an application ID":      {"POST", all, "admin", `{"applicationId":"me"}`, 400, "'me' is not a valid application ID."},
		"a user without a name":  {"POST", "/api/2.0/preview/scim/v2/Users", "admin", `{}`, 400, "A user needs a name."},
		"a group that is there":  {"POST", "/api/2.0/preview/scim/v2/Groups", "admin", `{"displayName":"Admins"}`, 409, `"detail":"Group with name Admins already exists."`},
		"a patch of nothing":     {"PATCH", all + "/7", "admin", `{}`, 400, "Operations is required."},
		"an unknown operation":   {"PATCH", all + "/7", "admin", `{"Operations":[{"op":"move","path":"active"}]}`, 400, "Operation 'move' is not supported."},
		"an unknown path":        {"PATCH", all + "/7", "admin", `{"Operations":[{"op":"add","path":"nickName","value":"r"}]}`, 400, "Attribute nickName cannot be changed."},
		"a condition that adds":  {"PATCH", all + "/7", "admin", `{"Operations":[{"op":"add","path":"entitlements[value eq \"x\"]"}]}`, 400, "is not supported"},
		"a group without itself": {"DELETE", "/api/2.0/preview/scim/v2/Groups/1", "admin", "", 400, "Group 'admins' cannot be deleted."},
	} {
		t.Run(name, func(t *testing.T) {
			rec := send(h, test.method, test.path, test.token, test.body)
			if rec.Code != test.status || !strings.Contains(rec.Body.String(), test.text) || !strings.Contains(rec.Body.String(), "urn:ietf:params:scim:api:messages:2.0:Error") {
				t.Errorf("got %d %s", rec.Code, rec.Body)
			}
		})
	}
	if rec := send(h, "GET", all, "wrong", ""); rec.Code != 403 || !strings.Contains(rec.Body.String(), `"error_code":403`) {
		t.Errorf("not signed in: %d %s", rec.Code, rec.Body)
	}
}

func TestSCIMTellsOnlyWhatIsAskedFor(t *testing.T) {
	h := governed(t)
	for query, want := range map[string]string{
		"?attributes=userName,members.value": `{"id":"2","schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"admin@x.example"}`,
		"?excludedAttributes=emails,groups,displayName,active": `{"id":"2","schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],` +
			`"userName":"admin@x.example"}`,
	} {
		if rec := send(h, "GET", "/api/2.0/preview/scim/v2/Users/2"+query, "admin", ""); strings.TrimSpace(rec.Body.String()) != want {
			t.Errorf("%s: %s", query, rec.Body)
		}
	}
}

func TestPutReplacesWhatAPrincipalHas(t *testing.T) {
	h := governed(t)
	const one = "/api/2.0/preview/scim/v2/ServicePrincipals/7"
	rec := send(h, "PUT", one, "admin", `{"displayName":"new name","active":false,"entitlements":[{"value":"workspace-access"}]}`)
	if rec.Code != 200 || !strings.Contains(rec.Body.String(), `"displayName":"new name","active":false,"entitlements":[{"value":"workspace-access"}]`) {
		t.Errorf("put: %d %s", rec.Code, rec.Body)
	}
	if rec := send(h, "DELETE", one, "admin", ""); rec.Code != 204 || rec.Body.Len() != 0 {
		t.Errorf("deleted: %d %s", rec.Code, rec.Body)
	}
}

func TestPermissionsOfTokensHaveTwoPaths(t *testing.T) {
	h := governed(t)
	for _, path := range []string{"/api/2.0/permissions/authorization/tokens", "/api/2.0/preview/permissions/authorization/tokens"} {
		if rec := send(h, "GET", path, "admin", ""); rec.Code != 200 || !strings.Contains(rec.Body.String(), `"object_id":"/authorization/tokens"`) {
			t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
		}
	}
	for body, text := range map[string]string{
		`{"access_control_list":[{"permission_level":"CAN_USE"}]}`:                                       "must name one user, group or service principal",
		`{"access_control_list":[{"user_name":"a","group_name":"b","permission_level":"CAN_USE"}]}`:      "must name one user, group or service principal",
		`{"access_control_list":[{"user_name":"a","permission_level":"CAN_FLY"}]}`:                       "'CAN_FLY' is not a valid permission level.",
		`{"access_control_list":[{"user_name":"nowhere","permission_level":"CAN_USE"}]}`:                 "Principal: UserName(nowhere) does not exist.",
		`{"access_control_list":[{"group_name":"reader","permission_level":"CAN_USE"}]}`:                 "Principal: GroupName(reader) does not exist.",
		`{"access_control_list":[{"user_name":"reader","permission_level":"CAN_USE"}]}`:                  `{"service_principal_name":"reader","all_permissions":[{"permission_level":"CAN_USE","inherited":false}]}`,
		`{"access_control_list":[{"service_principal_name":"reader","permission_level":"CAN_MONITOR"}]}`: "cannot be granted here",
	} {
		if rec := send(h, "PATCH", "/api/2.0/permissions/authorization/tokens", "admin", body); !strings.Contains(rec.Body.String(), text) {
			t.Errorf("%s: %d %s", body, rec.Code, rec.Body)
		}
	}
}
