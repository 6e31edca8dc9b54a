package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Exit codes of a failed stage, as the test command returns them.
const (
	ExitNetwork      = 10
	ExitTLS          = 11
	ExitNotWorkspace = 12
	ExitAuth         = 20
	ExitIdentity     = 21
	ExitWarehouse    = 30
	ExitNotRunning   = 31
	ExitPermissions  = 40
	ExitBeyond       = 50
)

// pattern is one row of the causes table: what an error must look like, and what it then means. Empty fields match anything.
type pattern struct {
	id     string
	kinds  []kind
	status []int
	codes  []string
	states []string
	text   *regexp.Regexp

	cause  Cause
	reason string
	remedy string
	exit   int
}

// causes is read from the top, and the first row that matches decides. Texts that name a network block come before a plain 403, because
// the workspace answers both with the same status. Rows with a text come before rows without one.
var causes = []pattern{
	{
		id: "ip-access-list", text: regexp.MustCompile(`(?i)blocked by Databricks IP ACL`),
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "The workspace's IP access list does not include your address.",
		remedy: "Ask a workspace admin to add your public address to the IP access list, or connect from an allowed network.",
	},
	{
		id: "network-policy", text: regexp.MustCompile(`(?i)unauthorized network access to workspace`),
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "The workspace only accepts connections from its private network.",
		remedy: "Connect from the network that has Private Link to this workspace.",
	},
	{
		id: "private-link", kinds: []kind{kindRedirect, kindREST}, text: regexp.MustCompile(`(?i)private-?link|PRIVATE_LINK`),
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "The workspace asks for its private endpoint.",
		remedy: "Connect from the network that has Private Link to this workspace.",
	},
	{
		id: "no-sql-entitlement", text: regexp.MustCompile(`(?i)users without the .*databricks-sql-access`),
		cause: WarehouseAccess, exit: ExitIdentity,
		reason: "The principal lacks the Databricks SQL access entitlement.",
		remedy: "Give it Databricks SQL access under Settings › Identity and access › Service principals › your principal.",
	},
	{
		id: "throttled", text: regexp.MustCompile(`(?i)throttled|too many requests|REQUEST_LIMIT_EXCEEDED`),
		cause: Unreachable, exit: ExitNetwork,
		reason: "The workspace limits how often it may be asked, and that limit is reached.",
		remedy: "Wait a minute, then test again.",
	},
	{
		id: "bad-client", kinds: []kind{kindOAuth}, codes: []string{"invalid_client"},
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The workspace knows no such client ID and secret. Most often the secret was revoked, has expired, or belongs to another principal.",
		remedy: "Create a new secret under Service principals › your principal › Secrets, and paste both values again.",
	},
	{
		id: "oauth-refused", kinds: []kind{kindOAuth}, status: []int{400, 401, 403},
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The workspace refused the sign-in.",
		remedy: "Check the client ID and the OAuth secret, and paste both values again.",
	},
	{
		id: "not-in-workspace", kinds: []kind{kindREST}, status: []int{403}, text: regexp.MustCompile(`(?i)user not found|user not authorized`),
		cause: AuthenticationFailed, exit: ExitIdentity,
		reason: "The sign-in works, but the principal is not assigned to this workspace.",
		remedy: "Add it under Settings › Identity and access › Service principals in this workspace.",
	},
	{
		id: "token-refused", kinds: []kind{kindREST, kindSQL}, text: regexp.MustCompile(`(?i)invalid access token|credential was not sent|token is expired|invalid token`),
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The workspace does not accept the token. It was revoked, has expired, or is for another workspace.",
		remedy: "Create a new token, or sign in with an OAuth secret, and test again.",
	},
	{
		id: "tokens-not-allowed", kinds: []kind{kindREST}, text: regexp.MustCompile(`(?i)does not have permission to use tokens`),
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "This principal may not use personal access tokens.",
		remedy: "Sign in with an OAuth secret, or have an admin give it token permission.",
	},
	{
		id: "unauthenticated", kinds: []kind{kindREST, kindSQL}, status: []int{401},
		cause: AuthenticationFailed, exit: ExitAuth,
		reason: "The workspace does not accept the sign-in.",
		remedy: "Check the client ID and the OAuth secret, and paste both values again.",
	},
	{
		id: "no-can-use", text: regexp.MustCompile(`(?i)not authorized to use or monitor this SQL (endpoint|warehouse)`),
		cause: WarehouseAccess, exit: ExitWarehouse,
		reason: "The principal has no CAN_USE on this SQL warehouse.",
		remedy: "Grant CAN_USE under SQL Warehouses › this warehouse › Permissions.",
	},
	{
		id: "session-not-ready", kinds: []kind{kindSQL}, text: regexp.MustCompile(`(?i)has not been initialized or had already closed|Couldn't create directory /local_disk0|TEMPORARILY_UNAVAILABLE`),
		cause: WarehouseNotRunning, exit: ExitNotRunning,
		reason: "The SQL warehouse is still starting.",
		remedy: "Wait for it to run, then test again.",
	},
	{
		id: "catalog-not-bound", text: regexp.MustCompile(`(?i)is not accessible in current workspace`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The catalog is not bound to this workspace. A grant does not change that.",
		remedy: "Ask the catalog's owner to bind it under Catalog › this catalog › Workspaces.",
	},
	{
		id: "no-use-catalog", text: regexp.MustCompile(`(?i)does not have USE[ _]CATALOG`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks USE CATALOG.", remedy: "Have the owner run the GRANT below.",
	},
	{
		id: "no-use-schema", text: regexp.MustCompile(`(?i)does not have USE[ _]SCHEMA`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks USE SCHEMA.", remedy: "Have the owner run the GRANT below.",
	},
	{
		id: "no-usage", text: regexp.MustCompile(`(?i)does not have USAGE`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks USAGE, which hive_metastore has in place of USE CATALOG and USE SCHEMA.", remedy: "Have the owner run the GRANT below.",
	},
	{
		id: "no-select", text: regexp.MustCompile(`(?i)does not have SELECT`),
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks SELECT.", remedy: "Have the owner run the GRANT below.",
	},
	{
		id: "insufficient", states: []string{"42501"},
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The principal lacks a privilege. With a view, its owner may lack one on the tables below it.",
		remedy: "Have the owner grant what the detail names.",
	},
	{
		id: "table-hidden", codes: []string{"TABLE_OR_VIEW_NOT_FOUND", "TABLE_DOES_NOT_EXIST"},
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The table does not exist, or the principal may not see it. The workspace does not say which.",
		remedy: "Check the spelling, then have the owner run the GRANT below.",
	},
	{
		id: "schema-hidden", codes: []string{"SCHEMA_NOT_FOUND", "SCHEMA_DOES_NOT_EXIST"},
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The schema does not exist, or the principal may not see it. The workspace does not say which.",
		remedy: "Check the spelling, then have the owner run the GRANT below.",
	},
	{
		id: "catalog-hidden", codes: []string{"NO_SUCH_CATALOG_EXCEPTION", "CATALOG_DOES_NOT_EXIST", "CATALOG_NOT_FOUND"},
		cause: MissingPermissions, exit: ExitPermissions,
		reason: "The catalog does not exist, or the principal may not see it. The workspace does not say which.",
		remedy: "Check the spelling, then have the owner run the GRANT below.",
	},
	{
		id: "name-does-not-resolve", kinds: []kind{kindDNS},
		cause: Unreachable, exit: ExitNetwork,
		reason: "The host name does not resolve to an address.",
		remedy: "Check the host for a typing mistake. With Private Link, use the network that knows the name.",
	},
	{
		id: "refused", kinds: []kind{kindRefused},
		cause: Unreachable, exit: ExitNetwork,
		reason: "Nothing accepts connections at that address.",
		remedy: "Check the host, and whether a firewall or VPN stands between.",
	},
	{
		id: "proxy", kinds: []kind{kindProxy},
		cause: Unreachable, exit: ExitNetwork,
		reason: "Your proxy did not let the connection through.",
		remedy: "Check HTTPS_PROXY and the proxy's sign-in, or add the host to NO_PROXY.",
	},
	{
		id: "timeout", kinds: []kind{kindTimeout},
		cause: Unreachable, exit: ExitNetwork,
		reason: "No answer came in time.",
		remedy: "Check your network, VPN and proxy, then test again.",
	},
	{
		id: "cut", kinds: []kind{kindCut},
		cause: Unreachable, exit: ExitNetwork,
		reason: "The connection was cut before the answer was complete.",
		remedy: "Test again. If it repeats, a proxy or firewall on the way cuts it.",
	},
	{
		id: "untrusted-certificate", kinds: []kind{kindUntrusted},
		cause: Unreachable, exit: ExitTLS,
		reason: "The certificate was not issued by an authority that this machine trusts. Your network may replace certificates.",
		remedy: "Start again with --ca-file and your network's CA certificate in PEM form.",
	},
	{
		id: "certificate-name", kinds: []kind{kindWrongName},
		cause: Unreachable, exit: ExitTLS,
		reason: "The certificate is for another host.",
		remedy: "Check the host value; a captive portal or proxy may have answered instead.",
	},
	{
		id: "certificate-expired", kinds: []kind{kindExpired},
		cause: Unreachable, exit: ExitTLS,
		reason: "The certificate has expired, or this machine's clock is wrong.",
		remedy: "Check the clock, then ask whoever runs the network.",
	},
	{
		id: "tls", kinds: []kind{kindTLS},
		cause: Unreachable, exit: ExitTLS,
		reason: "No secure connection could be made.",
		remedy: "Check whether a proxy on the way interferes with TLS.",
	},
	{
		id: "not-a-workspace", kinds: []kind{kindNotOurs, kindRedirect, kindRefusedBy},
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "Something answers there, but not as a Databricks workspace does.",
		remedy: "Copy the host again from the address bar of your workspace.",
	},
	{
		id: "server-trouble", status: []int{500, 502, 503, 504},
		cause: Unreachable, exit: ExitNetwork,
		reason: "The workspace is having trouble of its own.",
		remedy: "Wait a minute, then test again.",
	},
}

func (p pattern) matches(f facts) bool {
	return (len(p.kinds) == 0 || slices.Contains(p.kinds, f.kind)) &&
		(len(p.status) == 0 || slices.Contains(p.status, f.status)) &&
		(len(p.codes) == 0 || slices.Contains(p.codes, f.code)) &&
		(len(p.states) == 0 || slices.Contains(p.states, f.state)) &&
		(p.text == nil || p.text.MatchString(f.text) || p.text.MatchString(f.code))
}

// explain finds the row for an error. Without one it falls back to the stage's own documented cause, and says that it is not sure.
func explain(err error, fallback Finding) Finding {
	f := factsOf(err)
	for _, p := range causes {
		if p.matches(f) {
			return Finding{Cause: p.cause, Reason: p.reason, Remedy: Remedy{Text: p.remedy}, Pattern: p.id, Exit: p.exit}
		}
	}
	fallback.Pattern = "unknown"
	return fallback
}

// evidence says in a few words what kind of answer came back.
func evidence(err error) string {
	f := factsOf(err)
	var parts []string
	if f.status != 0 {
		parts = append(parts, fmt.Sprintf("HTTP %d", f.status))
	}
	if f.code != "" && f.code != fmt.Sprint(f.status) {
		parts = append(parts, connector.CleanLine(f.code, 60))
	}
	if f.state != "" {
		parts = append(parts, "SQLSTATE "+connector.CleanLine(f.state, 10))
	}
	if len(parts) == 0 {
		words := map[kind]string{
			kindDNS: "the name does not resolve", kindRefused: "connection refused", kindTimeout: "no answer in time", kindCut: "connection cut",
			kindUntrusted: "unknown issuer", kindWrongName: "wrong name", kindExpired: "expired", kindTLS: "TLS failed",
			kindProxy: "refused by the proxy", kindNotOurs: "not a workspace", kindRedirect: "redirected", kindRefusedBy: "held back",
		}
		if word, ok := words[f.kind]; ok {
			return word
		}
		return "failed"
	}
	return strings.Join(parts, ", ")
}

// failure makes the result of a stage that an error ended.
func failure(err error, fallback Finding) Result {
	result := failed(explain(err, fallback), evidence(err))
	result.Detail = said(err)
	return result
}

// Explain names any error of the workspace, of SQL or of the network. What it does not know it calls unreachable, with the pattern
// "unknown".
func Explain(err error) Finding { return explain(err, unreachable) }
