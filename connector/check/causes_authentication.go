package check

import "github.com/draftt-io/draftt-databricks/connector/clue"

// authenticationRows are the rows of "Authentication failed". What names its own reason stands before the plain refusals at the end.
var authenticationRows = []pattern{
	{
		id: "scope-missing", stage: StageIdentity,
		text: clue.Says(
			`provided \w{1,20} token does not have (?:the )?required scopes?\b`, `invalid scope, required scopes?`,
			`token does not have (?:the )?required scopes?:? ?['"]?(?:all-apis|sql|unity-catalog|files|genie|dashboards|clusters|`+
				`jobs|workspace|authentication|iam)\b`,
		),
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "other-workspace", stage: StageIdentity, text: clue.Says(`(?:invalid|unauthorized) access to org(?:$|:? ?(?:[1-9]|[^\s\d:]))`),
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "account-host", stage: StageToken, kinds: []kind{kindOAuth}, text: clue.Says(
			`accounts\.(?:azuredatabricks\.net|cloud\.databricks\.com|gcp\.databricks\.com|databricks\.azure\.)|/oidc/accounts/`,
		),
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "account-admin-only", stage: StageToken, text: clue.Says(`users without account admin status`), whose: openWords,
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "entra-refused", stage: StageToken, text: clue.Says(`\bAADSTS\d{4,7}\b`), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "secret-expired", stage: StageToken, kinds: []kind{kindOAuth}, text: clue.Says(
			`secret (?:has |is )?expired|expired (?:client |oauth )?secret`,
		), whose: openWords,
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "token-throttled", stage: StageToken, kinds: []kind{kindOAuth}, text: clue.Says(`throttled|too many requests`), whose: openWords,
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "no-such-client", stage: StageToken, text: clue.Says(`OAuth application with client_id:?.{0,80}not available in databricks account`),
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "bad-client", stage: StageToken, kinds: []kind{kindOAuth}, codes: []string{"invalid_client"}, whose: openWords,
		another: signs.numberedByEntra,
		cause:   AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "clock-skew", stage: StageToken, text: clue.Says(
			`(?:token|assertion|jwt)\b.{0,60}(?:not yet valid|used before issued|issued in the future)`,
		), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "tokens-disabled", stage: StageIdentity, text: clue.Says(
			`\btokens (?:are|were|have been) disabled|token[- ]based authentication is (?:disabled|not enabled)`,
		), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "tokens-not-allowed", stage: StageIdentity, text: clue.Says(`does not have permission to use tokens`),
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "inactive", stage: StageIdentity, kinds: []kind{kindREST, kindSQL, kindOAuth}, text: clue.Says(
			`(?:user|principal|account)\b.{0,80}\bis (?:inactive|deactivated|not active)`,
		), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitIdentity,
	},
	{
		id: "not-in-workspace", stage: StageIdentity, kinds: []kind{kindREST, kindSQL}, status: []int{403}, text: clue.Says(
			`user not found|user not authorized|principal\b.{0,60}\bnot in workspace`,
		), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitIdentity,
	},
	{
		id: "token-idle", stage: StageIdentity, kinds: []kind{kindREST, kindSQL}, text: clue.Says(
			`token\b.{0,60}\b(?:was|has been|is) (?:automatically )?(?:revoked|deleted)|revoked (?:access )?token|\btoken revoked\b`,
		), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "token-expired", stage: StageIdentity, kinds: []kind{kindREST, kindSQL}, text: clue.Says(
			`token (?:\S{1,40} )?(?:is|has|was) expired|token is expiring within|expired (?:access )?token\b|\(token expired\)`,
			`error="?invalid_token\b.{0,80}\bexpired|\bJWT expired at|\b(?:access|bearer|oauth) token expired\b`,
		), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "token-refused", stage: StageIdentity, kinds: []kind{kindREST, kindSQL}, text: clue.Says(
			`invalid (?:personal )?access token|credential was not sent|invalid token\b`,
		), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "login-ended", stage: StageToken, whose: anyWords,
		text: clue.Says(
			`refresh token (?:is|was|has) (?:been )?(?:invalid|expired|revoked)`, `because the refresh token`,
			`(?:databricks|azure)-cli: cannot get access token`, `please run ['"\x60]?az login`, `token cache.{0,60}(?:not found|no such)`,
		),
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "no-managed-identity", stage: StageToken, whose: openWords, likely: true,
		text:  clue.Says(`"error_description": ?"identity not found"`, `azure-msi.{0,200}(?:not found|no managed identity|timed out|refused)`),
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "no-credentials", stage: StageToken, whose: anyWords, likely: true,
		text: clue.Says(
			`cannot configure default credentials`, `more than one authorization method configured`, `no profiles? (?:configured|found)`,
			`OAuth is not configured for this host`, `(?:service|provider) returned empty token`, `has no \S{1,80} profile configured`,
		),
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "driver-403", stage: StageIdentity, whose: openWords, likely: true,
		text: clue.Says(
			`HTTP Response code: 403, Error message: Unknown`,
			`Unauthorized/Forbidden error response returned, but no token expired message`,
		),
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "oauth-refused", stage: StageToken, kinds: []kind{kindOAuth}, whose: anyWords, likely: true, another: signs.numberedByEntra,
		codes: []string{"invalid_grant", "unauthorized_client", "access_denied"}, status: []int{400, 401, 403},
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "unauthenticated", stage: StageIdentity, kinds: []kind{kindREST, kindSQL}, status: []int{401}, whose: anyWords, likely: true,
		cause: AuthenticationFailed, exit: ExitAuth,
	},
}
