package check

// authenticationRows are the rows of "Authentication failed". What names its own reason stands before the plain refusals at the end.
var authenticationRows = []pattern{
	{
		id: "account-host", stage: StageToken, kinds: []kind{kindOAuth}, text: says(`accounts\.(?:azuredatabricks\.net|cloud\.databricks\.com|gcp\.databricks\.com|databricks\.azure\.)|/oidc/accounts/`),
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The sign-in went to the account console, which is not a workspace.",
		remedy: "Use the host from the address bar of your workspace.",
	},
	{
		id: "account-admin-only", stage: StageToken, text: says(`users without account admin status`),
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The request went to the account, which answers account admins only.",
		remedy: "Use the host from the address bar of your workspace.",
	},
	{
		id: "entra-refused", stage: StageToken, text: says(`\bAADSTS\d{4,7}\b`), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "Microsoft Entra refused the sign-in. An Entra secret is not an OAuth secret of Databricks.",
		remedy: "Create an OAuth secret in Databricks under Service principals › your principal › Secrets, and use that.",
	},
	{
		id: "secret-expired", stage: StageToken, kinds: []kind{kindOAuth}, text: says(`secret (?:has |is )?expired|expired (?:client |oauth )?secret`), whose: openWords,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The OAuth secret has expired.",
		remedy: "Create a new secret under Service principals › your principal › Secrets, and paste both values again.",
	},
	{
		id: "token-throttled", stage: StageToken, kinds: []kind{kindOAuth}, text: says(`throttled|too many requests`), whose: openWords,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The workspace limits how often it may be signed in to, and that limit is reached. The secret may be right.",
		remedy: "Wait a minute, then test again.",
	},
	{
		id: "bad-client", stage: StageToken, kinds: []kind{kindOAuth}, codes: []string{"invalid_client"}, whose: openWords,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The workspace knows no such client ID and secret. Most often the secret was revoked, has expired, or belongs to another principal.",
		remedy: "Create a new secret under Service principals › your principal › Secrets, and paste both values again.",
	},
	{
		id: "clock-skew", stage: StageToken, text: says(`(?:token|assertion|jwt)\b.{0,60}(?:not yet valid|used before issued|issued in the future)`), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The token is dated in the future, so a clock is wrong.",
		remedy: "Set this machine's clock by a time server, then test again.",
	},
	{
		id: "tokens-disabled", stage: StageIdentity, text: says(`\btokens are disabled|token[- ]based authentication is (?:disabled|not enabled)`), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The workspace does not accept personal access tokens, or not those of this user.",
		remedy: "Sign in with an OAuth secret.",
	},
	{
		id: "tokens-not-allowed", stage: StageIdentity, text: says(`does not have permission to use tokens`),
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "This principal may not use personal access tokens.",
		remedy: "Sign in with an OAuth secret, or have an admin give it token permission.",
	},
	{
		id: "inactive", stage: StageIdentity, kinds: []kind{kindREST, kindSQL, kindOAuth}, text: says(`(?:user|principal|account)\b.{0,80}\bis (?:inactive|deactivated|not active)`), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitIdentity,
		reason: "The principal is deactivated in this workspace.",
		remedy: "Activate it under Settings › Identity and access › Service principals.",
	},
	{
		id: "not-in-workspace", stage: StageIdentity, kinds: []kind{kindREST, kindSQL}, status: []int{403}, text: says(`user not found|user not authorized|principal\b.{0,60}\bnot in workspace`), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitIdentity,
		reason: "The sign-in works, but the principal is not assigned to this workspace.",
		remedy: "Add it under Settings › Identity and access › Service principals in this workspace.",
	},
	{
		id: "token-idle", stage: StageIdentity, kinds: []kind{kindREST, kindSQL}, text: says(`token\b.{0,60}\b(?:was|has been|is) (?:automatically )?(?:revoked|deleted)|revoked (?:access )?token`), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The token was revoked. Databricks also revokes a personal access token that nobody used for 90 days.",
		remedy: "Create a new token, or sign in with an OAuth secret, and test again.",
	},
	{
		id: "token-expired", stage: StageIdentity, kinds: []kind{kindREST, kindSQL}, text: says(`token (?:\S{1,40} )?(?:is|has|was) expired|token is expiring within|expired (?:access )?token\b|\(token expired\)`), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The token has expired.",
		remedy: "Create a new token, or sign in with an OAuth secret, and test again.",
	},
	{
		id: "token-refused", stage: StageIdentity, kinds: []kind{kindREST, kindSQL}, text: says(`invalid access token|credential was not sent|invalid token\b`), whose: anyWords,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The workspace does not accept the token. It was revoked, has expired, or is for another workspace.",
		remedy: "Create a new token, or sign in with an OAuth secret, and test again.",
	},
	{
		id: "no-credentials", stage: StageToken, text: says(`cannot configure default credentials|more than one authorization method configured`), whose: anyWords, likely: true,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The program that wrote this found no sign-in that it could use, or hides the refusal behind the last one it tried.",
		remedy: "Give it exactly one sign-in: the workspace host, the client ID and the OAuth secret.",
	},
	{
		id: "driver-403", stage: StageIdentity, whose: openWords, likely: true,
		text:  says(`HTTP Response code: 403, Error message: Unknown|Unauthorized/Forbidden error response returned, but no token expired message`),
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The driver was refused and hides the reason. Most often the token is wrong or has expired; a missing CAN_USE looks the same.",
		remedy: "Run draftt-databricks test with the same principal: it asks for the sign-in and for the SQL warehouse separately.",
	},
	{
		id: "oauth-refused", stage: StageToken, kinds: []kind{kindOAuth}, status: []int{400, 401, 403}, whose: anyWords, likely: true,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The workspace refused the sign-in.",
		remedy: "Check the client ID and the OAuth secret, and paste both values again.",
	},
	{
		id: "unauthenticated", stage: StageIdentity, kinds: []kind{kindREST, kindSQL}, status: []int{401}, whose: anyWords, likely: true,
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The workspace does not accept the sign-in.",
		remedy: "Check the client ID and the OAuth secret, and paste both values again.",
	},
}
