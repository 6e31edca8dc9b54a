package check

import (
	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

// blockRows are the rows of "Could not reach the workspace" that must come first: a workspace answers a network block as it answers a
// missing privilege, and what blocks everything else is named before anything else.
var blockRows = []pattern{
	{id: "ip-access-list", stage: StageNetworkRules, text: clue.Says(`blocked by Databricks IP ACL`), cause: Unreachable, exit: ExitNotWorkspace},
	{
		id: "network-policy", stage: StageNetworkRules, text: clue.Says(
			`unauthorized network access to workspace|public access is not allowed for workspace|public network access is disabled for workspace`,
			`denied by context-based ingress policy`,
		),
		cause: Unreachable, exit: ExitNotWorkspace,
	},
	{
		id: "private-link", stage: StageWorkspace,
		text: clue.Says(
			`private-?link-validation-error|PRIVATE_LINK_VALIDATION_ERROR`,
			`requested workspace has .{0,40}enabled and is not accessible from the current network`,
		),
		cause: Unreachable, exit: ExitNotWorkspace,
	},
	{
		id: "no-such-workspace", stage: StageWorkspace, text: clue.Says(
			`workspace you are trying to access does not exist`, `\bworkspace:? \d{9,20} (?:was |is )?(?:not found|does not exist)`,
		),
		cause: Unreachable, exit: ExitNotWorkspace,
	},
	{
		id: "egress-policy", stage: StageRead, kinds: []kind{kindREST, kindSQL}, whose: anyWords, of: ofStorage, likely: true,
		text: clue.Says(
			`(?:denied|blocked|refused|rejected|not allowed) (?:due to|because of|by) (?:the |an? )?(?:[\w-]{1,30} ){0,2}network policy\b`,
			`\[NETWORK_POLICY_DENIED\]`,
		),
		cause: Unreachable, exit: ExitNetwork,
	},
	{
		id: "storage-blocked", stage: StageRead, whose: anyWords, of: ofStorage,
		text: clue.Says(
			`(?:abfss?://|\.dfs\.core\.windows\.net|\.blob\.core\.windows\.net).{0,400}(?:AuthorizationFailure|` +
				`not authorized to perform this operation|timed out|\b403\b)`,
		),
		cause: Unreachable, exit: ExitNetwork, likely: true,
	},
}

// noRoute is said by the system before anything is sent.
var noRoute = clue.Says(append(noRouteNumbers, pasted.NoRoute, pasted.LocalRoute)...)

// reachRows are the rows of "Could not reach the workspace" that any host can cause.
var reachRows = []pattern{
	{
		id: "throttled", stage: StageWorkspace, text: clue.Says(
			`throttled|too ?many ?requests|REQUEST_LIMIT_EXCEEDED|exceeded the concurrent limit`, `(?:exceeded|due to) (?:the |its |your )?rate limit`,
		), whose: anyWords, of: ofWorkspace,
		cause: Unreachable, exit: ExitNetwork,
	},
	{
		id: "proxy-sign-in", stage: StageConnection, kinds: []kind{kindProxy, kindGatekeeper}, status: []int{407}, whose: openWords,
		cause: Unreachable, exit: ExitNetwork,
	},
	{id: "proxy", stage: StageConnection, kinds: []kind{kindProxy}, whose: openWords, cause: Unreachable, exit: ExitNetwork},
	{
		id: "host-incomplete", stage: StageAddress, kinds: []kind{kindDNS}, text: clue.Says(pasted.WithoutNumber), whose: openWords,
		cause: Unreachable, exit: ExitNetwork,
	},
	{
		id: "wrong-domain", stage: StageAddress, kinds: []kind{kindDNS}, text: clue.Says(
			`\badb-\d{5,20}\.\d{1,3}\.(?:cloud\.databricks\.com|gcp\.databricks\.com)`,
			`\bdbc-[0-9a-f]{6,}-[0-9a-f]{2,}(?:\.\w+)?\.azuredatabricks\.net`,
		), whose: openWords,
		cause: Unreachable, exit: ExitNetwork,
	},
	{id: "name-does-not-resolve", stage: StageAddress, kinds: []kind{kindDNS}, whose: openWords, cause: Unreachable, exit: ExitNetwork},
	{id: "plain-http", stage: StageCertificate, kinds: []kind{kindPlain}, whose: openWords, cause: Unreachable, exit: ExitTLS},
	{
		id: "too-many-redirects", stage: StageWorkspace, whose: openWords,
		text: clue.Says(
			`stopped after \d{1,3} redirects|exceeded \d{1,3} redirects|TooManyRedirects|ERR_TOO_MANY_REDIRECTS`,
			`too many redirects|maximum (?:number of )?redirects?|redirect (?:loop|count exceeded)|circular redirect`,
		),
		cause: Unreachable, exit: ExitNotWorkspace, likely: true,
	},
	{
		id: "certificate-form", stage: StageCertificate, whose: openWords,
		text: clue.Says(
			`legacy common name|x509: (?:negative serial|invalid|malformed|failed to parse|unhandled critical)`,
			`failed to parse certificate|certificate signature failure|basic constraints of CA|missing authority key identifier`,
			`CA (?:cert|md) too weak|EE certificate key too weak|ca key too small|unsupported certificate purpose`,
		),
		cause: Unreachable, exit: ExitTLS,
	},
	{
		id: "ca-file", stage: StageCertificate, whose: openWords,
		text: clue.Says(
			`could not find a suitable TLS CA certificate bundle|error setting certificate (?:verify locations|file)`,
			`failed to load (?:the )?(?:CA|root|extra) cert|trust ?store.{0,80}(?:not found|no such file|password was incorrect)`,
			`trustAnchors parameter must be non-empty`,
		),
		cause: Unreachable, exit: ExitTLS,
	},
	{
		id: "certificate-not-yet", stage: StageCertificate, kinds: []kind{kindExpired}, text: clue.Says(
			`current time \S+ is before|not yet valid$|CERT_NOT_YET_VALID|CertificateNotYetValid|certificate is not yet valid`,
		), whose: openWords,
		cause: Unreachable, exit: ExitTLS,
	},
	{id: "certificate-expired", stage: StageCertificate, kinds: []kind{kindExpired}, whose: openWords, cause: Unreachable, exit: ExitTLS},
	{id: "certificate-name", stage: StageCertificate, kinds: []kind{kindWrongName}, whose: openWords, cause: Unreachable, exit: ExitTLS},
	{id: "self-signed", stage: StageCertificate, kinds: []kind{kindSelfSigned}, whose: openWords, cause: Unreachable, exit: ExitTLS},
	{id: "untrusted-certificate", stage: StageCertificate, kinds: []kind{kindUntrusted}, whose: openWords, cause: Unreachable, exit: ExitTLS},
	{id: "no-route", stage: StageConnection, whose: openWords, text: noRoute, cause: Unreachable, exit: ExitNetwork},
	{id: "refused", stage: StageConnection, kinds: []kind{kindRefused}, whose: openWords, cause: Unreachable, exit: ExitNetwork},
	{id: "timeout", stage: StageConnection, kinds: []kind{kindTimeout}, whose: openWords, cause: Unreachable, exit: ExitNetwork},
	{id: "cut", stage: StageConnection, kinds: []kind{kindCut}, whose: openWords, cause: Unreachable, exit: ExitNetwork},
	{id: "tls", stage: StageCertificate, kinds: []kind{kindTLS}, whose: openWords, cause: Unreachable, exit: ExitTLS},
	{id: "unreadable", stage: StageSQL, kinds: []kind{kindUnreadable}, whose: openWords, cause: UnreadableAnswer, exit: ExitNotWorkspace},
	{
		id: "gateway", stage: StageWorkspace, status: []int{502, 504}, whose: anyWords, of: ofWorkspace, likely: true,
		cause: Unreachable, exit: ExitNetwork,
	},
	{
		id: "server-trouble", stage: StageWorkspace, status: []int{500, 503}, whose: anyWords, of: ofWorkspace, likely: true,
		cause: Unreachable, exit: ExitNetwork,
	},
	{id: "web-page", stage: StageWorkspace, kinds: []kind{kindPage}, whose: anyWords, cause: Unreachable, exit: ExitNotWorkspace},
	{id: "network-sign-in", stage: StageConnection, kinds: []kind{kindGatekeeper}, whose: anyWords, cause: Unreachable, exit: ExitNetwork},
	{id: "foreign-answer", stage: StageWorkspace, kinds: []kind{kindForeign}, whose: anyWords, cause: Unreachable, exit: ExitNotWorkspace},
	{id: "other-object", stage: StageWorkspace, kinds: []kind{kindElse}, whose: anyWords, cause: UnreadableAnswer, exit: ExitNotWorkspace},
	{
		id: "public-refused", stage: StageWorkspace, kinds: []kind{kindREST}, status: []int{401, 403}, whose: anyWords, unsigned: true,
		cause: Unreachable, exit: ExitNotWorkspace,
	},
	{id: "held-back", stage: StageWorkspace, kinds: []kind{kindRefusedBy}, whose: anyWords, cause: Unreachable, exit: ExitNotWorkspace},
	{id: "not-offered", stage: StageWorkspace, status: []int{501}, whose: anyWords, of: ofWorkspace, cause: NotOffered, exit: ExitNotWorkspace},
	{
		id: "no-oauth-config", stage: StageWorkspace, text: clue.Says(`unable to load OAuth config`),
		cause: Unreachable, exit: ExitNotWorkspace, likely: true,
	},
	{id: "no-such-api", stage: StageWorkspace, codes: []string{"ENDPOINT_NOT_FOUND"}, whose: openWords, cause: Unreachable, exit: ExitNotWorkspace},
	{
		id: "not-a-workspace", stage: StageWorkspace, kinds: []kind{kindNotOurs, kindRedirect}, whose: anyWords,
		cause: Unreachable, exit: ExitNotWorkspace,
	},
}
