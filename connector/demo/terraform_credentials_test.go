package demo_test

import (
	"testing"
)

const managedTokens = "/api/2.0/token-management/"

// credentials are databricks_token, databricks_obo_token, databricks_service_principal_secret and what there is of secret scopes.
var credentials = map[string]lifecycle{
	"token": {
		create: []call{{method: "POST", path: "/api/2.0/token/create", body: `{"lifetime_seconds": 3600, "comment": "for code"}`, keep: "token=token_info.token_id"}},
		read:   call{method: "GET", path: "/api/2.0/token/list"},
		has:    `{"token_infos": [{"token_id": "{token}", "comment": "for code"}]}`,
		remove: []call{{method: "POST", path: "/api/2.0/token/delete", body: `{"token_id": "{token}"}`}, {
			method: "POST", path: "/api/2.0/token/delete", body: `{"token_id": "{token}"}`, refused: "RESOURCE_DOES_NOT_EXIST",
		}},
	},
	"token on behalf": {
		create: []call{
			{method: "POST", path: scimSPs, body: spOf + `"displayName": "robot", "active": true, "entitlements": [{}]}`, keep: "app=applicationId"},
			{method: "PUT", path: "/api/2.0/permissions/authorization/tokens", body: `{"access_control_list": [
				{"service_principal_name": "{app}", "permission_level": "CAN_USE"}, {"group_name": "admins", "permission_level": "CAN_MANAGE"}]}`},
			{method: "POST", path: managedTokens + "on-behalf-of/tokens", body: `{"application_id": "{app}", "comment": "for a robot", "lifetime_seconds": 60}`,
				keep: "token=token_info.token_id"},
		},
		read:   call{method: "GET", path: managedTokens + "tokens/{token}"},
		has:    `{"token_info": {"token_id": "{token}", "comment": "for a robot"}}`,
		remove: []call{{method: "DELETE", path: managedTokens + "tokens/{token}"}, {method: "DELETE", path: managedTokens + "tokens/{token}", refused: "RESOURCE_DOES_NOT_EXIST"}},
		gone:   "RESOURCE_DOES_NOT_EXIST",
	},
	"secret of a service principal": {
		create: []call{madeSP, {method: "POST", path: "/api/2.0/accounts/servicePrincipals/{sp}/credentials/secrets", body: `{"lifetime": "3600s"}`, keep: "secret=id"}},
		read:   call{method: "GET", path: "/api/2.0/accounts/servicePrincipals/{sp}/credentials/secrets"},
		has:    `{"secrets": [{"id": "{secret}", "status": "ACTIVE", "secret": null}]}`,
		remove: []call{{method: "DELETE", path: "/api/2.0/accounts/servicePrincipals/{sp}/credentials/secrets/{secret}"}},
	},
	"secret scope": {
		create: []call{scopeMade},
		read:   call{method: "GET", path: "/api/2.0/secrets/scopes/list"},
		has:    `{"scopes": [{"name": "terraform", "backend_type": "DATABRICKS"}]}`,
		remove: []call{{method: "POST", path: "/api/2.0/secrets/scopes/delete", body: `{"scope": "terraform"}`}},
	},
	"secret scope of a key vault": {
		create: []call{{method: "POST", path: "/api/2.0/secrets/scopes/create", body: `{"scope": "vaulted", "scope_backend_type": "AZURE_KEYVAULT", "initial_manage_principal": "users",
			"backend_azure_keyvault": {"resource_id": "/subscriptions/s/vaults/v", "dns_name": "https://v.vault.azure.net/"}}`}},
		read:   call{method: "GET", path: "/api/2.0/secrets/scopes/list"},
		has:    `{"scopes": [{"name": "vaulted", "backend_type": "AZURE_KEYVAULT", "keyvault_metadata": {"dns_name": "https://v.vault.azure.net/"}}]}`,
		remove: []call{{method: "POST", path: "/api/2.0/secrets/scopes/delete", body: `{"scope": "vaulted"}`}},
	},
	"secret": {
		create: []call{scopeMade, {method: "POST", path: "/api/2.0/secrets/put", body: `{"scope": "terraform", "key": "password", "string_value": "x"}`}},
		read:   call{method: "GET", path: "/api/2.0/secrets/list?scope=terraform"},
		has:    `{"secrets": [{"key": "password"}]}`,
		update: []call{{method: "POST", path: "/api/2.0/secrets/put", body: `{"scope": "terraform", "key": "password", "string_value": "y"}`}},
		then:   `{"secrets": [{"key": "password"}]}`,
		remove: []call{{method: "POST", path: "/api/2.0/secrets/delete", body: `{"scope": "terraform", "key": "password"}`}},
	},
	"line of a scope's list": {
		create: []call{scopeMade, madeTeam, {method: "POST", path: "/api/2.0/secrets/acls/put", body: `{"scope": "terraform", "principal": "terraformers", "permission": "READ"}`}},
		read:   call{method: "GET", path: "/api/2.0/secrets/acls/get?scope=terraform&principal=terraformers"},
		has:    `{"principal": "terraformers", "permission": "READ"}`,
		update: []call{{method: "POST", path: "/api/2.0/secrets/acls/put", body: `{"scope": "terraform", "principal": "terraformers", "permission": "WRITE"}`}},
		then:   `{"principal": "terraformers", "permission": "WRITE"}`,
		remove: []call{{method: "POST", path: "/api/2.0/secrets/acls/delete", body: `{"scope": "terraform", "principal": "terraformers"}`}},
		gone:   "RESOURCE_DOES_NOT_EXIST",
	},
}

var scopeMade = call{method: "POST", path: "/api/2.0/secrets/scopes/create", body: `{"scope": "terraform", "scope_backend_type": "DATABRICKS"}`}

func TestTerraformMakesAndEndsCredentials(t *testing.T) { liveAll(t, credentials) }

const (
	namespaceSetting = "/api/2.0/settings/types/default_namespace_ws/names/default"
	ipLists          = "/api/2.0/ip-access-lists"
)

// settingsOf are databricks_ip_access_list, databricks_workspace_conf and databricks_default_namespace_setting.
var settingsOf = map[string]lifecycle{
	"IP access list": {
		create: []call{{method: "POST", path: ipLists, body: `{"label": "office", "list_type": "ALLOW", "ip_addresses": ["10.0.0.0/8"]}`, keep: "list=ip_access_list.list_id"}},
		read:   call{method: "GET", path: ipLists + "/{list}"},
		has:    `{"ip_access_list": {"list_id": "{list}", "label": "office", "list_type": "ALLOW", "ip_addresses": ["10.0.0.0/8"], "enabled": true}}`,
		update: []call{{method: "PATCH", path: ipLists + "/{list}", body: `{"label": "offices", "list_type": "BLOCK", "ip_addresses": ["10.0.0.0/8", "192.168.1.1"], "enabled": true}`}},
		then:   `{"ip_access_list": {"label": "offices", "list_type": "BLOCK", "ip_addresses": ["10.0.0.0/8", "192.168.1.1"], "enabled": true}}`,
		remove: []call{{method: "DELETE", path: ipLists + "/{list}"}},
		gone:   "RESOURCE_DOES_NOT_EXIST",
	},
	"workspace configuration": {
		create: []call{{method: "PATCH", path: "/api/2.0/workspace-conf", body: `{"enableIpAccessLists": "true", "maxTokenLifetimeDays": "90"}`}},
		read:   call{method: "GET", path: "/api/2.0/workspace-conf?keys=enableIpAccessLists,maxTokenLifetimeDays"},
		has:    `{"enableIpAccessLists": "true", "maxTokenLifetimeDays": "90"}`,
		update: []call{{method: "PATCH", path: "/api/2.0/workspace-conf", body: `{"enableIpAccessLists": "true", "maxTokenLifetimeDays": ""}`}},
		then:   `{"enableIpAccessLists": "true", "maxTokenLifetimeDays": null}`,
		remove: []call{{method: "PATCH", path: "/api/2.0/workspace-conf", body: `{"enableIpAccessLists": "false"}`}},
	},
	"default namespace": {
		create: []call{
			{method: "PATCH", path: namespaceSetting, body: namespaceOf("", "inventory"), refused: "NOT_FOUND", keep: "tag=etag"},
			{method: "PATCH", path: namespaceSetting, body: namespaceOf("{tag}", "inventory"), keep: "tag=etag"},
		},
		read: call{method: "GET", path: namespaceSetting + "?etag={tag}"},
		has:  `{"etag": "{tag}", "setting_name": "default", "namespace": {"value": "inventory"}}`,
		update: []call{
			{method: "PATCH", path: namespaceSetting, body: namespaceOf("AAAAAAAAAAA=", "sales"), refused: "RESOURCE_CONFLICT", keep: "tag=etag"},
			{method: "PATCH", path: namespaceSetting, body: namespaceOf("{tag}", "sales"), keep: "tag=etag"},
		},
		then: `{"etag": "{tag}", "namespace": {"value": "sales"}}`,
		remove: []call{
			{method: "DELETE", path: namespaceSetting + "?etag=AAAAAAAAAAA%3D", refused: "RESOURCE_CONFLICT", keep: "tag=etag"},
			{method: "DELETE", path: namespaceSetting + "?etag={tag}", keep: "tag=etag"},
		},
		gone: "NOT_FOUND",
	},
}

func namespaceOf(tag, value string) string {
	return `{"allow_missing": true, "field_mask": "namespace.value", "setting": {"etag": "` + tag + `", "namespace": {"value": "` + value + `"}, "setting_name": "default"}}`
}

func TestTerraformChangesSettings(t *testing.T) { liveAll(t, settingsOf) }
