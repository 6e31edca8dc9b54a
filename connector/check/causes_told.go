package check

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

// A text that came without its error has been told by others: programs say in their own words what a warehouse does, and leave out the
// type and the status that the ladder goes by. The rows below are matched against such texts alone. Most mean what the row of the same
// name in the table means; toldOnly are those that no error of the ladder's own can come to.
var toldOnly = []pattern{
	{
		id: "sign-in-failed", stage: StageToken, whose: anyWords, likely: true,
		text: clue.Says(
			pasted.SignIn+`.{0,50}`+pasted.IsBad, pasted.IsBad+`(?:[^"=;.]|\.\S){0,30}["'\x60]?`+pasted.SignIn,
			`(?:failed|unable|could not|cannot) (?:to )?(?:authenticate|sign in|log in)\b.{0,60}\b(?:databricks|workspace)`,
			`\brun:? ['"\x60]?databricks auth login`, `\bno token\b`, `\btoken (?:could not|cannot|can't) be (?:retrieved|acquired|obtained|refreshed)`,
			`\bdefault auth: \w`,
			`(?:failed|unable|could not|cannot|can't|did not) (?:to )?(?:get|retrieve|acquire|obtain|fetch|refresh|read|`+
				`mint) (?:an? |the )?(?:\w{1,20} )?token\b`,
			`www-authenticate: (?:databricks|bearer)`, `\berror fetching tokens\b`,
		),
		cause: AuthenticationFailed, exit: ExitAuth,
	},
	{
		id: "not-reached", stage: StageConnection, whose: anyWords, of: ofWorkspace, likely: true,
		text: clue.Says(
			`(?:could not|cannot|can't|can not|unable to|failed to|did not) (?:reach|contact|connect to) (?:the |`+
				`your )?(?:\w{1,20} )?(?:databricks|workspace|host)\b`,
			`(?:workspace|databricks(?: host)?)\b.{0,40}\b(?:is |was )?(?:unreachable|not reachable|cannot be reached|`+
				`could not be reached|did not answer|does not answer)`,
			`(?:could not|cannot|can't|unable to|failed to) (?:connect to|establish (?:a|the) connection (?:to|with)|open (?:a|`+
				`the) connection to) (?:the )?(?:remote server|\S{0,200}databricks)`,
			`(?:GET|POST|PUT|PATCH|HEAD|request|connect\w*|call)(?: to)? \S{0,200}databricks\.(?:net|com)\S{0,200} .{0,60}timed? ?out`,
			`fetch failed`, `failed to fetch`, `networkerror when attempting`, `failed to establish a new connection`,
			`ensure the server host and port specified`, `connect\(\) failed`, `an error occurred while sending the request`,
			`HttpHostConnectException`,
		),
		cause: Unreachable, exit: ExitNetwork,
	},
}

// toldRows are all rows that a text is matched against, from the top. What blocks everything else stays first, and what a text tells comes
// after what the workspace itself is quoted with.
var toldRows = slices.Concat(
	blockRows, toldAnswers, toldTokens, authenticationRows, accessRows, startRows, permissionRows,
	toldAccess, toldState, toldData, toldSignIn, toldBetween, toldByUs, reachRows, toldOnly, toldOfNobody, toldAlone,
)

// toldTokens are refusals of a token in words that need no status beside them.
var toldTokens = []pattern{
	{id: "not-in-workspace", stage: StageIdentity, text: clue.Says(`\bwho I am: user not (?:found|authorized)`), cause: AuthenticationFailed},
	{
		id: "token-refused", stage: StageIdentity, cause: AuthenticationFailed,
		text: clue.Says(`credential was not sent or was of an unsupported type`, `error 403:? invalid access token\b`),
	},
	{
		id: "login-ended", stage: StageToken, cause: AuthenticationFailed,
		text: clue.Says(`default auth: (?:databricks|azure)-cli: cannot get access token`),
	},
	{id: "tokens-disabled", stage: StageIdentity, text: clue.Says(`API tokens are disabled for user \d`), cause: AuthenticationFailed},
	{
		id: "entra-refused", stage: StageToken, cause: AuthenticationFailed,
		text: clue.Says(`\bAADSTS\d{4,7}\b[^{}]{0,200}2ff814a6-3304-4ab8-85cb-cd0e6f879c1d`),
	},
}

// toldAnswers are our own words for answers that no workspace gives. What such an answer quotes comes after them and does not count.
var toldAnswers = []pattern{
	{id: "web-page", stage: StageWorkspace, cause: Unreachable, text: clue.Says(`a web page came back \(HTTP \d{3}\)`)},
	{id: "foreign-answer", stage: StageWorkspace, cause: Unreachable, text: clue.Says(`an answer of something else came back \(HTTP \d{3}\)`)},
	{id: "proxy-sign-in", stage: StageConnection, cause: Unreachable, text: clue.Says(`a request to sign in first came back \(HTTP 407\)`)},
	{id: "network-sign-in", stage: StageConnection, cause: Unreachable, text: clue.Says(`a request to sign in first came back \(HTTP 511\)`)},
	{id: "other-object", stage: StageWorkspace, cause: UnreadableAnswer, text: clue.Says(`an answer about something else came back \(HTTP \d{3}\)`)},
	{
		id: "unreadable", stage: StageWorkspace, cause: UnreadableAnswer, text: clue.Says(
			`an answer that cannot be read came back \(HTTP \d{3}\)|the answer is larger than \d{1,4} MiB|the listing has no end|\bthe answer could not be read\b`,
			`failed to unmarshal response body: json: cannot unmarshal \w{1,20} into Go (?:struct field|value)`,
		),
	},
	{id: "public-refused", stage: StageWorkspace, cause: Unreachable, text: clue.Says(`HTTP 40[13] without credentials: `)},
	{id: "held-back", stage: StageWorkspace, cause: Unreachable, text: clue.Says(`\b(?:GET|POST) \S{1,250} was not sent: `)},
}

// toldBetween are what stands between this machine and the workspace, and speaks before it: a portal that wants a sign-in first and takes
// along where the way led, a proxy that is not found by its name, a filter that names the rule it follows, a gateway that got no answer.
var toldBetween = []pattern{
	{
		id: "network-sign-in", stage: StageConnection, of: ofPortals, likely: true, cause: Unreachable,
		text: clue.Says(
			pasted.SentOnTo + `(?::\d{1,5})?/?\S{0,300}[?&](?:url|orig\w{0,12}|user_?url|continue|dest\w{0,12}|target|return\w{0,8}|redirect(?:_?url)?|from|u)=` +
				`https?(?:://|%3a%2f%2f)[\w.-]{0,253}databricks\.(?:net|com|us|azure)`,
		),
	},
	{
		id: "proxy-name", stage: StageAddress, kinds: []kind{kindProxy}, whose: openWords, of: ofProxies, cause: Unreachable,
		text: clue.Says(
			`proxyconnect tcp:.{0,40}\blookup \S{1,253}.{0,80}no such host`, `ProxyError.{0,200}(?:NameResolutionError|failed to resolve|getaddrinfo)`,
			`could not resolve proxy\b`, `proxy\S{0,20} .{0,80}(?:\bENOTFOUND\b|\bEAI_AGAIN\b)`,
		),
	},
	{
		id: "proxy-untrusted", stage: StageConnection, kinds: []kind{kindProxy}, whose: openWords, of: ofProxies, cause: Unreachable,
		text: clue.Says(`proxyconnect tcp: [^"]{0,80}\bx509: `),
	},
	{
		id: "proxy-plain", stage: StageConnection, kinds: []kind{kindProxy}, whose: openWords, of: ofProxies, cause: Unreachable,
		text: clue.Says(`proxyconnect tcp: [^"]{0,40}first record does not look like a TLS handshake`),
	},
	{
		id: "proxy-silent", stage: StageConnection, kinds: []kind{kindProxy}, whose: openWords, of: ofProxies, cause: Unreachable,
		text: clue.Says(
			`proxyconnect tcp: dial [^"]{0,160}(?:connection refused|i/o timeout|no route to host|unreachable|actively refused)`,
			`cannot connect to proxy\b.{0,160}(?:connection refused|timed out|actively refused)`,
		),
	},
	{
		id: "proxy", stage: StageConnection, whose: openWords, likely: true, cause: Unreachable, another: signs.numberedByEntra,
		text: clue.Says(pasted.Blocks),
	},
	{
		id: "web-page", stage: StageWorkspace, kinds: []kind{kindPage}, whose: openWords, cause: Unreachable, another: signs.numberedByEntra,
		text: clue.Says(pasted.PageThatBlocks),
	},
	{
		id: "gateway", stage: StageWorkspace, whose: openWords, of: ofWorkspace, likely: true, cause: Unreachable,
		text: clue.Says(`\b(?:502:? )?bad gateway\b`, `\b(?:504:? )?gateway time-?d?[ -]?out\b`, pasted.NoUpstream),
	},
}

// toldOfNobody are words of programs that name no host, where nothing else in a text means anything: a page came where JSON was due.
var toldOfNobody = []pattern{
	{
		id: "web-page", stage: StageWorkspace, kinds: []kind{kindPage}, whose: openWords, likely: true, cause: Unreachable,
		text: clue.Says(`invalid character '<' looking for`, `unexpected token '?<`, `unexpected character \('<'`, `'<' is an invalid start of a value`),
	},
	{
		id: "entra-refused", stage: StageToken, whose: openWords, likely: true, cause: AuthenticationFailed,
		text: clue.Says(`\bAADSTS(?:70002\d\d|700016|700027|700024|90002|900023)\b`), // of an application that signs in by itself
	},
}

// toldAlone are texts that are nothing but a status or a few words. They name nobody, and whoever pastes one here asks about Databricks.
var toldAlone = []pattern{
	{
		id: "throttled", stage: StageWorkspace, whose: openWords, likely: true, cause: Unreachable, of: ofWorkspace,
		text: clue.Says(pasted.Alone(`(?:429(?:\W{1,3}too many requests)?|too many requests(?:\W{1,3}429)?)`)),
	},
	{id: "gateway", stage: StageWorkspace, likely: true, cause: Unreachable, of: ofWorkspace, text: clue.Says(pasted.Alone(pasted.GatewayAlone))},
	{
		id: "token-expired", stage: StageIdentity, whose: openWords, likely: true, cause: AuthenticationFailed,
		text: clue.Says(pasted.Alone(`(?:(?:the|your|access|bearer|oauth|auth|personal) ){0,3}token (?:is |has |was )?expired`)),
	},
}

// toldByUs are our own words for answers that are no text.
var toldByUs = []pattern{
	{id: "not-a-workspace", stage: StageWorkspace, text: clue.Says(`^\S{0,40} ?redirected \(30\d\) to https?://`), cause: Unreachable},
	{
		id: "server-trouble", stage: StageWorkspace, likely: true, cause: Unreachable,
		text: clue.Says(`(?:read|list|ask)\b[^:"]{1,60}: internal server error$`),
	},
	{
		id: "server-trouble", stage: StageWorkspace, whose: openWords, likely: true, cause: Unreachable, of: ofWorkspace,
		text: clue.Says(
			`\[SERVER_IS_BUSY\]`, `internal error handling request (?:GET|POST|PUT|PATCH|DELETE) to /api/2`,
			`\bservice at /(?:api/2|oidc/)\S{1,200} is (?:temporarily unavailable|taking too long)`,
		),
	},
	{id: "throttled", stage: StageWorkspace, status: []int{429}, whose: anyWords, likely: true, cause: Unreachable, of: ofWorkspace},
	{
		id: "server-trouble", stage: StageWorkspace, whose: anyWords, likely: true, cause: Unreachable, of: ofWorkspace,
		text: clue.Says(`TEMPORARILY_UNAVAILABLE`),
	},
}

// toldSignIn are what drivers and SDKs say of a sign-in when they hide the answer.
var toldSignIn = []pattern{
	{
		id: "oauth-refused", stage: StageToken, whose: openWords, likely: true, cause: AuthenticationFailed, another: signs.numberedByEntra,
		kinds: []kind{kindOAuth}, status: []int{400, 401, 403},
	},
	{
		id: "oauth-refused", stage: StageToken, whose: anyWords, likely: true, cause: AuthenticationFailed, another: signs.numberedByEntra,
		kinds: []kind{kindOAuth}, codes: []string{"invalid_grant", "unauthorized_client", "access_denied"},
	},
	{
		id: "oauth-refused", stage: StageToken, whose: openWords, likely: true, cause: AuthenticationFailed, another: signs.numberedByEntra,
		text: clue.Says(`oauth-m2m: (?:\w{1,40}: )?(?:invalid_request|invalid_scope|access_denied)`, `FAILURE_OAUTH_REQUEST`, `token exchange failed`),
	},
	{
		id: "unauthenticated", stage: StageIdentity, whose: anyWords, likely: true, cause: AuthenticationFailed,
		text: clue.Says(
			`access to org: 0\b`, `expected aud claim to be(?::? \S{1,200})?`, `IncorrectClaimException`, `\bINVALID_TOKEN\b`, `\bUNAUTHENTICATED\b`,
			`(?:personal )?access token\b.{0,40}\b(?:is|was) (?:not valid|invalid|wrong|malformed|unknown|not recogni[sz]ed)`,
		),
	},
	{
		id: "unauthenticated", stage: StageIdentity, whose: openWords, likely: true, cause: AuthenticationFailed,
		text: clue.Says(`expected iss claim to be(?::? \S{1,200})?`),
	},
	{
		id: "oauth-refused", stage: StageToken, likely: true, cause: AuthenticationFailed, another: signs.numberedByEntra,
		text: clue.Says(`\bfederation policy (?:was )?not found for issuer\b`),
	},
	{
		id: "not-in-workspace", stage: StageIdentity, likely: true, cause: AuthenticationFailed,
		text: clue.Says(`\bservice principal\b.{0,80}\bis not (?:a member of|assigned to) this workspace`),
	},
	{
		id: "not-in-workspace", stage: StageIdentity, whose: anyWords, likely: true, cause: AuthenticationFailed,
		text: clue.Says(
			`not (?:a (?:member|user) of|assigned to|added to|known (?:to|in)|part of) (?:this |the |`+
				`any )?(?:databricks )?(?:workspace|account)`,
			`does not belong to (?:this |the |any )?(?:databricks )?workspace`,
		),
	},
	{
		id: "inactive", stage: StageIdentity, whose: anyWords, likely: true, cause: AuthenticationFailed,
		text: clue.Says(`\b(?:user|principal)\b.{0,60}\b(?:inactive|deactivated|not active|disabled)\b`),
	},
	{
		id: "driver-403", stage: StageIdentity, whose: openWords, likely: true, cause: AuthenticationFailed,
		text: clue.Says(
			`\(\d{1,3}\) error occurred while contacting server: [^"{}]{0,80}HTTP Response code:? 403\b`,
			`open session request error: (?:HTTP Response code|`+
				`unexpected HTTP status):? 403\W{0,3}(?:Forbidden\W{0,3})?(?:exit status \d)?(?:$|["}\x60]|\d{4}-\d\d|\bat \w)`,
		),
	},
	{
		id: "ip-access-list", stage: StageNetworkRules, whose: openWords, likely: true, cause: Unreachable,
		text: clue.Says(
			`not (?:on|in|part of|allowed by|permitted by) (?:the |your |its |an? )?(?:workspace's )?(?:ip )?(?:access|allow)[- ]?list`,
			`\bIP (?:access list|ACL|allow ?list)s?\b.{0,60}\b(?:block|den|reject|refus|forbid|prevent|not (?:allow|permit|includ))`,
			`(?:blocked|denied|rejected|refused) by (?:the |an? )?(?:\w{1,20} )?IP (?:access|ACL|allow)`,
			`\bIP (?:address )?(?:[0-9a-f.:]{7,45} )?(?:is |was )?not (?:allowed|permitted)\b`,
		),
	},
	{
		id: "proxy-sign-in", stage: StageConnection, whose: anyWords, cause: Unreachable,
		text: clue.Says(`\b(?:HTTP|status|code|error)\W{1,3}(?:code\W{1,3})?407\b`),
	},
	{
		id: "proxy", stage: StageConnection, whose: anyWords, likely: true, cause: Unreachable, another: signs.ofAFile,
		text: clue.Says(
			`proxy(?: server)? (?:has )?(?:refused|denied|blocked|rejected)`, `\b511\b.{0,10}network authentication`,
			`network authentication required`,
			`zscaler`, `netskope`, `blue ?coat`, `forcepoint`, `fortigate`, `web filter`, `captive portal`, `policy_denied`,
			`\bsquid/\d`, `\bX-(?:Squid-Error|Blocked-By)\b`,
		),
	},
}
