package rest

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

func TestFiltersAreEvaluated(t *testing.T) {
	h := governed(t)
	const users, groups = "/api/2.0/preview/scim/v2/Users", "/api/2.0/preview/scim/v2/Groups"
	for _, body := range []string{
		`{"userName":"ana@x.example","displayName":"Ana \"Nan\" O'Neill","externalId":"e-1","name":{"familyName":"O'Neill"},"emails":[{"value":"a@home.example","type":"home"}],"groups":[{"value":"9"}]}`,
		`{"userName":"ben@y.example","active":false,"entitlements":[{"value":"workspace-access"},{"value":"allow-cluster-create"}]}`,
	} {
		if rec := send(h, "POST", users, "admin", body); rec.Code != 201 {
			t.Fatalf("%d %s", rec.Code, rec.Body)
		}
	}
	for filter, want := range map[string]string{
		`userName eq "ANA@x.example"`: "ana", `USERNAME EQ "ana@x.example"`: "ana", `userName eq 'ana@x.example'`: "ana", `userName ne "ana@x.example"`: "admin ben",
		`userName sw "a" and userName co "x.example"`: "admin ana", `userName ew "y.example" or userName sw "admin"`: "admin ben",
		`userName sw "b" or userName sw "a" and userName sw "an"`:   "ana ben", // and binds closer
		`(userName sw "b" or userName sw "a") and userName sw "an"`: "ana",
		`not (userName sw "a")`: "ben", `not (active eq true) and userName pr`: "ben",
		`active eq false`: "ben", `active ne "True"`: "ben", `active eq true and externalId pr`: "ana", `externalId eq null`: "admin ben",
		`emails.value co "home"`: "ana", `emails[type eq "home" and value sw "a@"]`: "ana", `emails[type eq "work" and value sw "a@"]`: "",
		`name.familyName eq "o'neill"`: "ana", `displayName co "\"nan\""`: "ana", `groups[value eq "9"]`: "ana", `groups.display eq "admins"`: "admin",
		`entitlements eq "allow-cluster-create"`: "ben", `entitlements.value sw "workspace"`: "ben", `roles pr`: "",
		`urn:ietf:params:scim:schemas:core:2.0:User:userName sw "an"`: "ana", `userName gt "b"`: "ben", `userName le "ana@x.example"`: "admin ana",
		`emails[primary eq true]`: "admin ben",
	} {
		rec := send(h, "GET", users+"?filter="+url.QueryEscape(filter), "admin", "")
		var list struct{ Resources []scimResource }
		if err := json.Unmarshal(rec.Body.Bytes(), &list); err != nil || rec.Code != 200 {
			t.Errorf("%s: %d %s", filter, rec.Code, rec.Body)
			continue
		}
		var names []string
		for _, u := range list.Resources {
			name, _, _ := strings.Cut(u.UserName, "@")
			names = append(names, name)
		}
		if slices.Sort(names); strings.Join(names, " ") != want {
			t.Errorf("%s: %q", filter, names)
		}
	}
	for _, filter := range []string{
		"userName", "userName eq", `userName eq "`, `userName is "x"`, `nickName eq "x"`, `emails.colour eq "x"`, `userName eq "x" and`, `and userName eq "x"`,
		`(userName eq "x"`, `userName eq "x")`, `not userName eq "x"`, `emails[type eq "x"`, `emails[colour eq "x"]`, `userName[value eq "x"]`, `active gt true`,
		`active eq "perhaps"`, `userName co ""`, `userName gt null`, `userName eq "\q"`, `userName eq "x" userName`, strings.Repeat("(", 300) + `id pr` + strings.Repeat(")", 300),
		strings.Repeat("id pr or ", 300) + "id pr", " ",
	} {
		if rec := send(h, "GET", groups+"?filter="+url.QueryEscape(filter), "admin", ""); rec.Code != 400 || !strings.Contains(rec.Body.String(), `"scimType":"invalidFilter"`) {
			t.Errorf("%.40s: %d %s", filter, rec.Code, rec.Body)
		}
	}
}

func TestWhoIsNoAdminIsToldNamesAlone(t *testing.T) {
	h := governed(t)
	const users = "/api/2.0/preview/scim/v2/Users"
	rec := send(h, "GET", users, "token of reader", "")
	const want = `"Resources":[{"displayName":"An Admin","id":"2","schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"admin@x.example"}]`
	if rec.Code != 200 || !strings.Contains(rec.Body.String(), want) {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	for _, probe := range []string{`groups.display eq "admins"`, "active eq true", "emails pr"} {
		if rec := send(h, "GET", users+"?filter="+url.QueryEscape(probe), "token of reader", ""); rec.Code != 200 || !strings.Contains(rec.Body.String(), `"totalResults":0`) {
			t.Errorf("a filter told somebody that %s: %d %s", probe, rec.Code, rec.Body)
		}
	}
}

func TestAPatchChangesWhatItsPathNames(t *testing.T) {
	const users, groups = "/api/2.0/preview/scim/v2/Users/2", "/api/2.0/preview/scim/v2/Groups/9"
	for name, test := range map[string]struct{ path, operations, want string }{
		"one member removed":         {groups, `{"op":"add","path":"members","value":[{"value":"2"},{"value":"7"}]},{"op":"remove","path":"members[value eq \"2\"]"}`, `"members":[{"value":"7",`},
		"a member by its name":       {"/api/2.0/preview/scim/v2/Groups/1", `{"op":"remove","path":"members[display sw \"An \" or value eq \"1\"]"}`, `"displayName":"admins","entitlements"`},
		"members by value":           {groups, `{"op":"add","path":"members","value":[{"value":"2"},{"value":"7"}]},{"op":"remove","path":"members","value":[{"value":"2"}]}`, `"members":[{"value":"7",`},
		"letters of any case":        {groups, `{"op":"Add","path":"Members","value":{"value":"7"}}`, `"members":[{"value":"7",`},
		"a member twice":             {groups, `{"op":"add","path":"members","value":["7","7"]},{"op":"add","value":{"members":[{"value":"7"}]}}`, `"members":[{"value":"7","display":"reader","$ref":"ServicePrincipals/7"}],"meta"`},
		"a group renamed":            {groups, `{"op":"replace","path":"displayName","value":"those who read"}`, `"displayName":"those who read"`},
		"an entitlement replaced":    {users, `{"op":"add","path":"entitlements","value":[{"value":"allow-cluster-create"},{"value":"workspace-access"}]},{"op":"replace","path":"entitlements[value eq \"allow-cluster-create\"]","value":[{"value":"allow-instance-pool-create"}]}`, `"entitlements":[{"value":"workspace-access"},{"value":"allow-instance-pool-create"}]`},
		"an entitlement not there":   {users, `{"op":"remove","path":"entitlements[value eq \"workspace-access\"]"}`, `"id":"2"`},
		"an entitlement of nothing":  {users, `{"op":"add","path":"entitlements","value":[{}]}`, `"id":"2"`},
		"an address":                 {users, `{"op":"replace","path":"emails[type eq \"work\"].value","value":"a@b.example"}`, `"emails":[{"value":"a@b.example","type":"work","primary":true}]`},
		"an address that is new":     {users, `{"op":"Add","path":"emails[type eq \"home\"].value","value":"h@b.example"}`, `{"value":"h@b.example","type":"home"}`},
		"a part of a name":           {users, `{"op":"add","path":"name.givenName","value":"An"},{"op":"add","value":{"name":{"familyName":"Admin"}}}`, `"name":{"givenName":"An","familyName":"Admin"}`},
		"dotted fields of a value":   {users, `{"op":"Add","value":{"name.familyName":"Admin","externalId":"e","active":"False"}}`, `"externalId":"e","userName":"admin@x.example","name":{"familyName":"Admin"},"displayName":"An Admin","active":false`},
		"a name removed":             {users, `{"op":"remove","path":"displayName"}`, `"userName":"admin@x.example","active":true`},
		"what it is called already":  {users, `{"op":"replace","value":{"userName":"admin@x.example"}}`, `"userName":"admin@x.example"`},
		"the schema before the name": {users, `{"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:displayName","value":"Ann"}`, `"displayName":"Ann"`},
	} {
		t.Run(name, func(t *testing.T) {
			body := `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[` + test.operations + `]}`
			if rec := send(governed(t), "PATCH", test.path, "admin", body); rec.Code != 200 || !strings.Contains(rec.Body.String(), test.want) {
				t.Errorf("%d %s", rec.Code, rec.Body)
			}
		})
	}
}

func FuzzSCIM(f *testing.F) {
	for _, seed := range [][3]string{
		{`userName eq "x" and not (active eq true)`, `members[value eq "1"]`, `[{"value":"2"}]`},
		{`emails[type eq "work" or primary pr].value`, `emails[type eq "work"].value`, `"a@b.example"`},
		{`groups.display ne 'x'`, "name.familyName", "null"}, {"((", "", `{"active":"False","members":[1,{}]}`},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, filter, path, value string) {
		now := model.Draft{
			Name: "u", DisplayName: "U", Active: true, Entitlements: []string{model.SQLAccess}, Groups: []model.Reference{{ID: "1", Display: "g"}},
			Profile: model.Profile{GivenName: "U", Emails: []model.Email{{Value: "u@x.example", Type: "work"}, {Value: "u@y.example"}}},
		}
		doc := documentOf(resourceOf(model.User, now))
		var refusal scimRefusal
		keep, err := parseFilter(filter)
		if err != nil && (!errors.As(err, &refusal) || refusal.kind != "invalidFilter") {
			t.Errorf("%q is refused with %v", filter, err)
		}
		if err == nil && strings.TrimSpace(filter) != "" {
			if deny, err := parseFilter("not (" + filter + ")"); err == nil && deny(doc) == keep(doc) {
				t.Errorf("%q is the same when it is denied", filter)
			}
		}
		var v any
		if json.Unmarshal([]byte(value), &v) != nil {
			v = value
		}
		for _, op := range []string{opAdd, opReplace, opRemove} {
			draft := now
			err := scimCollection{scimKind: scimKinds[0]}.apply([]patchOperation{{op, path, v}}, &draft)
			var refused *model.Error
			if err != nil && (!errors.As(err, &refused) || refused.Status != 400 && refused.Status != 404) {
				t.Errorf("%s at %q of %q is refused with %v", op, path, value, err)
			}
			if err == nil && draft.Name != now.Name {
				t.Errorf("%s at %q of %q made a user %q", op, path, value, draft.Name)
			}
		}
		if len(now.Entitlements) != 1 || len(now.Emails) != 2 || now.Emails[0].Value != "u@x.example" {
			t.Errorf("%q changed the lists that the draft began with", path)
		}
	})
}
