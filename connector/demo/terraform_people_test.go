package demo_test

import (
	"errors"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// The paths of the directory, and what the provider asks of somebody to read them.
const (
	scimUsers  = "/api/2.0/preview/scim/v2/Users"
	scimSPs    = "/api/2.0/preview/scim/v2/ServicePrincipals"
	scimGroups = "/api/2.0/preview/scim/v2/Groups"
	asked      = "?attributes=userName,displayName,active,externalId,entitlements"

	patchOf = `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [`
	userOf  = `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "terra@contoso.example", `
	spOf    = `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServicePrincipal"], `
	groupOf = `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], `
)

// made are the creations that other resources build on.
var (
	madeUser = call{method: "POST", path: scimUsers, body: userOf + `"displayName": "Terra", "active": true, "entitlements": [{}]}`, keep: "user=id"}
	madeSP   = call{method: "POST", path: scimSPs, body: spOf + `"displayName": "robot", "active": true, "entitlements": [{}]}`, keep: "sp=id"}
	madeTeam = call{method: "POST", path: scimGroups, body: groupOf + `"displayName": "terraformers", "entitlements": [{}]}`, keep: "group=id"}
)

// principals are databricks_user, databricks_service_principal and databricks_group.
var principals = map[string]lifecycle{
	"user": {
		create: []call{{method: "POST", path: scimUsers, keep: "user=id",
			body: userOf + `"displayName": "Terra", "active": true, "externalId": "e-1", "entitlements": [{"value": "workspace-access"}]}`}},
		read: call{method: "GET", path: scimUsers + "/{user}" + asked},
		has: `{"id": "{user}", "userName": "terra@contoso.example", "displayName": "Terra", "active": true, "externalId": "e-1",
			"entitlements": [{"value": "workspace-access"}]}`,
		update: []call{
			{method: "GET", path: scimUsers + "/{user}" + asked},
			{method: "PUT", path: scimUsers + "/{user}", body: userOf + `"displayName": "Terra Two", "active": true, "externalId": "e-1",
				"entitlements": [{"value": "allow-cluster-create"}, {"value": "databricks-sql-access"}]}`},
		},
		then: `{"userName": "terra@contoso.example", "displayName": "Terra Two", "active": true, "externalId": "e-1",
			"entitlements": [{"value": "allow-cluster-create"}, {"value": "databricks-sql-access"}]}`,
		remove: []call{{method: "DELETE", path: scimUsers + "/{user}"}},
		gone:   "SCIM_404",
	},
	"user that is switched off": {
		create: []call{madeUser},
		read:   call{method: "GET", path: scimUsers + "/{user}" + asked},
		has:    `{"active": true, "entitlements": null}`,
		remove: []call{{method: "PATCH", path: scimUsers + "/{user}", body: patchOf + `{"op": "replace", "path": "active", "value": [{"value": "false"}]}]}`}},
	},
	"service principal": {
		create: []call{{method: "POST", path: scimSPs, keep: "sp=id", body: spOf + `"displayName": "robot", "active": true, "externalId": "e-2", "entitlements": [{}]}`}},
		read:   call{method: "GET", path: scimSPs + "/{sp}?attributes=userName,displayName,active,externalId,entitlements,applicationId"},
		has:    `{"id": "{sp}", "displayName": "robot", "active": true, "externalId": "e-2", "entitlements": null}`,
		update: []call{
			{method: "GET", path: scimSPs + "/{sp}?attributes=displayName,applicationId,groups,roles", keep: "app=applicationId"},
			{method: "PUT", path: scimSPs + "/{sp}", body: spOf + `"displayName": "robot two", "active": false, "applicationId": "{app}", "externalId": "e-2",
				"entitlements": [{"value": "databricks-sql-access"}]}`},
		},
		then:   `{"applicationId": "{app}", "displayName": "robot two", "active": false, "externalId": "e-2", "entitlements": [{"value": "databricks-sql-access"}]}`,
		remove: []call{{method: "DELETE", path: scimSPs + "/{sp}"}},
		gone:   "SCIM_404",
	},
	"group": {
		create: []call{{method: "POST", path: scimGroups, keep: "group=id", body: groupOf + `"displayName": "terraformers", "entitlements": [{"value": "workspace-access"}]}`},
			madeUser, {method: "PATCH", path: scimGroups + "/{group}", body: patchOf + `{"op": "add", "path": "members", "value": [{"value": "{user}"}]}]}`}},
		read: call{method: "GET", path: scimGroups + "/{group}"},
		has:  `{"id": "{group}", "displayName": "terraformers", "entitlements": [{"value": "workspace-access"}], "members": [{"value": "{user}"}]}`,
		update: []call{
			{method: "GET", path: scimGroups + "/{group}?attributes=displayName,entitlements,groups,roles,members"},
			{method: "PUT", path: scimGroups + "/{group}", body: groupOf + `"displayName": "renamed", "entitlements": [{}], "externalId": "e-3",
				"members": [{"value": "{user}", "display": "Terra", "$ref": "Users/{user}"}]}`},
		},
		then:   `{"displayName": "renamed", "externalId": "e-3", "entitlements": null, "members": [{"value": "{user}"}]}`,
		remove: []call{{method: "DELETE", path: scimGroups + "/{group}"}},
		gone:   "SCIM_404",
	},
}

func TestTerraformMakesChangesAndEndsPrincipals(t *testing.T) { liveAll(t, principals) }

// belonging are databricks_group_member, databricks_group_role and databricks_entitlements of each kind of principal.
var belonging = map[string]lifecycle{
	"member of a group": {
		create: []call{madeTeam, madeUser, {method: "PATCH", path: scimGroups + "/{group}", body: patchOf + `{"op": "add", "path": "members", "value": [{"value": "{user}"}]}]}`}},
		read:   call{method: "GET", path: scimGroups + "/{group}?attributes=members"},
		has:    `{"members": [{"value": "{user}"}]}`,
		remove: []call{{method: "PATCH", path: scimGroups + "/{group}", body: patchOf + `{"op": "remove", "path": "members[value eq \"{user}\"]", "value": [{}]}]}`}},
	},
	"group in a group": {
		create: []call{madeTeam, {method: "POST", path: scimGroups, keep: "outer=id", body: groupOf + `"displayName": "outer"}`},
			{method: "PATCH", path: scimGroups + "/{outer}", body: patchOf + `{"op": "add", "path": "members", "value": [{"value": "{group}"}]}]}`}},
		read:   call{method: "GET", path: scimGroups + "/{outer}?attributes=members"},
		has:    `{"members": [{"value": "{group}", "display": "terraformers"}]}`,
		remove: []call{{method: "PATCH", path: scimGroups + "/{outer}", body: patchOf + `{"op": "remove", "path": "members[value eq \"{group}\"]"}]}`}},
	},
	"role of a group": {
		create: []call{madeTeam, {method: "PATCH", path: scimGroups + "/{group}", body: patchOf + `{"op": "add", "path": "roles", "value": [{"value": "some-role"}]}]}`}},
		read:   call{method: "GET", path: scimGroups + "/{group}?attributes=roles"},
		has:    `{"roles": [{"value": "some-role"}]}`,
		remove: []call{{method: "PATCH", path: scimGroups + "/{group}", body: patchOf + `{"op": "remove", "path": "roles[value eq \"some-role\"]", "value": [{}]}]}`}},
	},
	"entitlements of a group":             entitlementsOf(madeTeam, scimGroups+"/{group}"),
	"entitlements of a user":              entitlementsOf(madeUser, scimUsers+"/{user}"),
	"entitlements of a service principal": entitlementsOf(madeSP, scimSPs+"/{sp}"),
}

func entitlementsOf(made call, path string) lifecycle {
	set := func(op, values string) call {
		return call{method: "PATCH", path: path, body: patchOf + `{"op": "` + op + `", "path": "entitlements", "value": [` + values + `]}]}`}
	}
	return lifecycle{
		create: []call{made, set("replace", `{"value": "allow-cluster-create"}, {"value": "workspace-access"}`)},
		read:   call{method: "GET", path: path + "?attributes=entitlements"},
		has:    `{"entitlements": [{"value": "allow-cluster-create"}, {"value": "workspace-access"}]}`,
		update: []call{set("replace", `{"value": "databricks-sql-access"}`)},
		then:   `{"entitlements": [{"value": "databricks-sql-access"}]}`,
		remove: []call{set("remove", `{"value": "databricks-sql-access"}`)},
	}
}

func TestTerraformPutsPrincipalsIntoGroupsAndGivesEntitlements(t *testing.T) { liveAll(t, belonging) }

// TestTerraformTakesOverWhoIsThereAlready makes principals that there are, with force: the provider goes on only after the texts that it knows,
// looks for the one that is there, and changes it.
func TestTerraformTakesOverWhoIsThereAlready(t *testing.T) {
	_, admin, _ := people(t)
	p := newTerraform(t, admin)
	p.kept["connector"] = demo.ConnectorID
	p.do([]call{madeUser, madeTeam})
	for text, c := range map[string]call{
		"User with username terra@contoso.example already exists.":                       madeUser,
		"Group with name terraformers already exists.":                                   madeTeam,
		"Service principal with application ID " + demo.ConnectorID + " already exists.": {method: "POST", path: scimSPs, body: spOf + `"applicationId": "{connector}", "displayName": "x", "active": true}`},
	} {
		err := p.by.Do(ctx, c.method, c.path, map[string]string{"Content-Type": "application/scim+json"}, nil, []byte(p.filled(c.body)), nil)
		var refused *apierr.APIError
		if !errors.As(err, &refused) || refused.Message != text {
			t.Errorf("made again: %v, want %s", err, text)
		}
	}
	p.do([]call{
		{method: "GET", path: scimUsers + "?excludedAttributes=roles&filter=userName+eq+'terra@contoso.example'", keep: "found=Resources.0.id"},
		{method: "PUT", path: scimUsers + "/{found}", body: userOf + `"displayName": "Taken", "active": true, "entitlements": [{}]}`},
		{method: "GET", path: scimGroups + "?filter=displayName+eq+'terraformers'", keep: "team=Resources.0.id"},
		{method: "GET", path: scimSPs + "?excludedAttributes=roles&filter=applicationId+eq+'{connector}'", keep: "robot=Resources.0.id"},
	})
	p.reads("taken over", call{method: "GET", path: scimUsers + "/{user}" + asked}, `{"displayName": "Taken"}`)
	if p.kept["team"] != p.kept["group"] || p.kept["robot"] != connectorSCIM {
		t.Errorf("found %v", p.kept)
	}
}
