package demo

import (
	"net/http"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// signInScenarios end with the OAuth secret, or with who it belongs to.
func signInScenarios() []Scenario {
	return granted([]Scenario{
		{
			ID: "client-id-digits", Title: "The client ID is a SCIM id",
			Story: "The form holds the number that the workspace lists beside the principal, instead of its application ID.",
			Want:  Want{stageValues, authentication, "values", 20}, SignIn: SignIn{ClientID: "5103948571029384"},
		},
		{
			ID: "client-id-name", Title: "The client ID is the display name",
			Story: "The form holds the principal's name instead of its application ID.",
			Want:  Want{stageValues, authentication, "values", 20}, SignIn: SignIn{ClientID: ConnectorName},
		},
		{
			ID: "swapped", Title: "Client ID and secret are swapped",
			Story: "What was pasted as the client ID has the form of an OAuth secret.",
			Want:  Want{stageValues, authentication, "values", 20}, SignIn: SignIn{ClientID: "dose00000000000000000000000000000000"},
		},
		{
			ID: "wrong-client-id", Title: "The client ID is another principal's",
			Story: "The client ID belongs to another service principal of the same workspace, and the secret does not.",
			Want:  Want{stageToken, authentication, "bad-client", 20}, SignIn: SignIn{ClientID: fivetranID},
		},
		{
			ID: "expired-secret", Title: "The secret has expired",
			Story: "The OAuth secret ended a week ago. The workspace answers as it does to one that it never made.",
			Want:  Want{stageToken, authentication, "bad-client", 20}, SignIn: SignIn{Condition: Expired},
		},
		{
			ID: "entra-secret", Title: "The secret is Microsoft Entra ID's",
			Story: "The secret was made in the Azure portal. It signs in to Entra ID, and not to Databricks.",
			Want:  Want{stageToken, authentication, "bad-client", 20}, SignIn: SignIn{Condition: FromEntra},
		},
		{
			ID: "deleted-principal", Title: "The principal was deleted",
			Story: "The service principal and its secrets were removed from the workspace.",
			Want:  Want{stageToken, authentication, "bad-client", 20}, Standing: Standing{Deleted: true},
		},
		{
			ID: "sign-in-throttled", Title: "Sign-in is throttled",
			Story: "The token endpoint takes no more sign-ins for the moment; the secret may be good.",
			Want:  Want{stageToken, authentication, "token-throttled", 20},
			Faults: failing(tokens, http.StatusBadRequest,
				`{"error":"invalid_request","error_description":"Temporarily throttled, too many requests"}`),
		},
		{
			ID: "hung-sign-in", Title: "Sign-in never ends",
			Story:  "The token endpoint takes the secret and says nothing. The stage ends by its own deadline.",
			Want:   Want{stageToken, unreachable, "timeout", 10},
			Faults: []rest.Fault{{Path: tokens, Delay: forEver}},
		},
		{
			ID: "inactive-principal", Title: "The principal is deactivated",
			Story: "The secret signs in, and the workspace says that the principal is not active.",
			Want:  Want{stageIdentity, authentication, "inactive", 21},
			Faults: []rest.Fault{{
				Path: whoAmI, Signed: true, Status: http.StatusOK, Body: `{"id":"5103948571029384","userName":"` + ConnectorID + `","displayName":"` + ConnectorName + `","active":false}`,
			}},
		},
		{
			ID: "not-in-workspace", Title: "The principal is not in this workspace",
			Story: "The principal exists in the account and signs in, and was never added to this workspace.",
			Want:  Want{stageIdentity, authentication, "not-in-workspace", 21}, Standing: Standing{Unassigned: true},
		},
		{
			ID: "no-entitlement", Title: "The principal has no entitlement",
			Story: "The principal is in the workspace and may use none of its parts, not even ask who it is.",
			Want:  Want{stageSQLAccess, warehouse, "no-sql-entitlement", 21}, Standing: Standing{Entitlements: []string{}},
		},
		{
			ID: "clock-slow", Title: "This machine's clock is slow",
			Story: "This machine's clock is two hours behind the workspace's, which takes what it is sent for expired.",
			Want:  Want{stageIdentity, authentication, "clock-skew", 20}, Skew: 2 * time.Hour,
			Faults: []rest.Fault{{Path: whoAmI, Signed: true, Status: http.StatusUnauthorized, Body: denial("401", "Access token is expired.")}},
		},
		{
			ID: "secret-expiring", Title: "The secret ends in three days",
			Story: "Everything works today. The OAuth secret ends in three days, and the inventory with it.",
			Want:  Want{stageLifetime, authentication, "expiring", 60}, SignIn: SignIn{Condition: Expiring},
		},
	})
}

// tokenScenarios end with a personal access token.
func tokenScenarios() []Scenario {
	token := func(c Condition) SignIn { return SignIn{Token: true, Condition: c} }
	return granted([]Scenario{
		{
			ID: "revoked-token", Title: "The token was revoked",
			Story: "The personal access token is one that the workspace does not know any more.",
			Want:  Want{stageIdentity, authentication, "token-refused", 20}, SignIn: token(Revoked),
		},
		{
			ID: "expired-token", Title: "The token has expired",
			Story: "The personal access token ended a week ago.",
			Want:  Want{stageIdentity, authentication, "token-refused", 20}, SignIn: token(Expired),
		},
		{
			ID: "tokens-disabled", Title: "The workspace takes no tokens",
			Story: "An admin switched personal access tokens off for the whole workspace.",
			Want:  Want{stageIdentity, authentication, "tokens-disabled", 20}, SignIn: token(Good),
			Settings: map[string]string{"enableTokensConfig": "false"},
		},
		{
			ID: "tokens-not-allowed", Title: "The principal may not use tokens",
			Story: "The token is good, and its owner lacks the permission to use tokens.",
			Want:  Want{stageIdentity, authentication, "tokens-not-allowed", 20}, SignIn: token(NotAllowed),
		},
		{
			ID: "token-expiring", Title: "The token ends in three days",
			Story: "Everything works today. The personal access token ends in three days.",
			Want:  Want{stageLifetime, authentication, "expiring", 60}, SignIn: token(Expiring),
		},
	})
}
