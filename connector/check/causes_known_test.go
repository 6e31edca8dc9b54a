package check

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/httpclient"
	dbsqlerr "github.com/databricks/databricks-sql-go/errors"
	"golang.org/x/oauth2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/sockets"
)

// restError is what the SDK makes of an error answer; an error_code that is a number arrives as text.
func restError(status int, code, message string) error {
	return fmt.Errorf("ask: %w", &apierr.APIError{StatusCode: status, ErrorCode: code, Message: message})
}

func oauthError(status int, code, body string) error {
	return fmt.Errorf("sign in: %w", &oauth2.RetrieveError{Response: &http.Response{StatusCode: status}, ErrorCode: code, Body: []byte(body)})
}

// execution is the driver's error for a statement that the warehouse refused.
type execution struct {
	dbsqlerr.DBExecutionError
	state, text string
}

func (e execution) SqlState() string { return e.state }
func (e execution) Error() string {
	return "databricks: execution error: failed to execute query: unexpected operation state ERROR_STATE: " + e.text
}

func sqlError(state, text string) error {
	return fmt.Errorf("run SELECT * FROM: %w", execution{state: state, text: text})
}

// requestError is the driver's error for a refusal, as the transport hands it on.
func requestError(status, header string) error {
	code, _ := strconv.Atoi(status[:3])
	return fmt.Errorf("run SELECT 1: databricks: request error: open session request error: %w", &workspace.StatusError{Status: code, Body: header, SQL: true})
}

func dialError(err error) error {
	return &url.Error{Op: "Get", URL: "https://adb-1.azuredatabricks.net", Err: &net.OpError{Op: "dial", Net: "tcp", Err: err}}
}

func handshakeError(err error) error {
	return fmt.Errorf("TLS: %w", &tls.CertificateVerificationError{Err: err})
}

// unreadable is an answer that the driver panicked over.
func unreadable() error {
	return fmt.Errorf("run SELECT 1: %w: a fault in the program while reading a row (columnRows.go:89)", connector.ErrUnreadable)
}

// shown is the failure of a handshake in which a host showed a certificate of this issuer, which nobody knows.
func shown(subject, issuer string) error {
	leaf := &x509.Certificate{RawSubject: []byte(subject), RawIssuer: []byte(issuer)}
	return fmt.Errorf("TLS: %w", &tls.CertificateVerificationError{UnverifiedCertificates: []*x509.Certificate{leaf}, Err: x509.UnknownAuthorityError{Cert: leaf}})
}

const (
	ipBlocked      = "Source IP address: 203.0.113.9 is blocked by Databricks IP ACL for workspace: 7405605741000000 [ReqId: x]"
	networkBlocked = "Unauthorized network access to workspace: 7405605741000000"
	noEntitlement  = "This API is disabled for users without the databricks-sql-access or workspace-access or workspace-consume entitlements."
	policyPage     = "Access blocked by Contoso network policy"
	noCanUse       = "6f0c5f3e is not authorized to use or monitor this SQL Endpoint. Please contact the administrator."
	lacks          = "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have %s on %s. SQLSTATE: 42501"
)

// known are errors as people meet them, with the row of the causes table that names each.
var known = []struct {
	row string
	err error
}{
	{"ip-access-list", restError(403, "403", ipBlocked)},
	{"ip-access-list", fmt.Errorf("knock: %w", &workspace.StatusError{Status: 403, Body: `{"error_code":403,"message":"` + ipBlocked + `"}`})},
	{"ip-access-list", requestError("403 Forbidden", ipBlocked)},
	{"ip-access-list", oauthError(403, "", ipBlocked)},
	{"network-policy", restError(403, "403", networkBlocked)},
	{"network-policy", fmt.Errorf("knock: %w", &workspace.StatusError{Status: 403, Body: networkBlocked})},
	{"network-policy", sqlError("KCUC4", networkBlocked)},
	{"egress-policy", sqlError("42501", "[NETWORK_POLICY_DENIED] Access to lake.example is denied because of the serverless network policy.")},
	{"private-link", &workspace.RedirectError{Status: 302, Location: "/login.html?error=private-link-validation-error:123"}},
	{"private-link", restError(403, "PRIVATE_LINK_VALIDATION_ERROR", "The requested workspace has a private link")},
	{"no-sql-entitlement", restError(403, "403", noEntitlement)},
	{"no-sql-entitlement", requestError("403 Forbidden", "This API is disabled for users without the databricks-sql-access or workspace-consume entitlements.")},
	{"throttled", restError(429, "REQUEST_LIMIT_EXCEEDED", "Current limit is 100")},
	{"token-throttled", oauthError(400, "invalid_request", `{"error_description":"Temporarily throttled, too many requests"}`)},
	{"account-host", oauthError(401, "invalid_client", `{"error_description":"https://accounts.azuredatabricks.net/oidc/accounts/1"}`)},
	{"account-admin-only", restError(403, "PERMISSION_DENIED", "This API is disabled for users without account admin status.")},
	{"entra-refused", oauthError(401, "invalid_client", `{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}`)},
	{"secret-expired", oauthError(401, "invalid_client", `{"error":"invalid_client","error_description":"The client secret has expired"}`)},
	{"clock-skew", restError(401, "401", "JWT token is not yet valid")},
	{"no-credentials", errors.New("default auth: cannot configure default credentials")},
	{"driver-403", errors.New("driver: HTTP Response code: 403, Error message: Unknown")},
	{"inactive", restError(403, "403", "User 6f0c5f3e is inactive")},
	{"token-idle", restError(403, "403", "The token was automatically revoked")},
	{"tokens-disabled", restError(403, "403", "Personal access tokens are disabled for this workspace.")},
	{"not-in-plan", restError(400, "BAD_REQUEST", "This feature is not available in your plan")},
	{"feature-off", restError(404, "FEATURE_DISABLED", "Access control is off")},
	{"warehouse-id-malformed", restError(400, "INVALID_PARAMETER_VALUE", "x is not a valid endpoint id.")},
	{"warehouse-gone", restError(404, "RESOURCE_DOES_NOT_EXIST", "SQL warehouse a3f19c0d7be24418 does not exist")},
	{"classic-unsupported", sqlError("0A000", "[NOT_SUPPORTED_ON_CLASSIC] Federation is not supported on classic SQL warehouses")},
	{"serverless-disabled", restError(400, "INVALID_PARAMETER_VALUE", "Serverless compute is not enabled for this workspace")},
	{"start-quota", restError(400, "INVALID_STATE", "AZURE_QUOTA_EXCEEDED_EXCEPTION")},
	{"start-spot", restError(400, "INVALID_STATE", "SPOT_INSTANCE_TERMINATION")},
	{"start-capacity", restError(400, "INVALID_STATE", "CLOUD_PROVIDER_RESOURCE_STOCKOUT")},
	{"start-failed", restError(400, "INVALID_STATE", "Clusters are failing to launch. Cluster launch will be retried.")},
	{"start-refused", restError(403, "PERMISSION_DENIED", "You are not authorized to start this SQL warehouse")},
	{"warehouse-starting", restError(400, "INVALID_STATE", "SQL warehouse x is starting")},
	{"warehouse-stopping", restError(400, "INVALID_STATE", "SQL warehouse x is stopping")},
	{"warehouse-stopped", restError(400, "INVALID_STATE", "SQL warehouse x is stopped")},
	{"no-metastore", restError(404, "METASTORE_DOES_NOT_EXIST", "No metastore assigned for the current workspace.")},
	{"principal-by-name", restError(404, "PRINCIPAL_DOES_NOT_EXIST", "Could not find principal with name x")},
	{"not-propagated", restError(409, "PERMISSION_NOT_PROPAGATED", "later")},
	{"no-execute", sqlError("42501", fmt.Sprintf(lacks, "EXECUTE", "Routine or Model 'c.s.f'"))},
	{"view-owner", sqlError("42501", "[INSUFFICIENT_PERMISSIONS] View owner may not read the table below.")},
	{"any-file", sqlError("", "SecurityException: User does not have permission SELECT on any file.")},
	{"legacy-select", sqlError("", "SecurityException: User does not have permission SELECT on table `d`.`t`.")},
	{"other-privilege", restError(403, "PERMISSION_DENIED", "User does not have CREATE SCHEMA on Catalog 'c'.")},
	{"storage-blocked", sqlError("", "abfss://c@lake.dfs.core.windows.net/a: This request is not authorized to perform this operation., 403")},
	{"host-incomplete", dialError(&net.DNSError{Err: "no such host", Name: "adb-7405605741000000.azuredatabricks.net", IsNotFound: true})},
	{"wrong-domain", dialError(&net.DNSError{Err: "no such host", Name: "adb-7405605741000000.3.cloud.databricks.com", IsNotFound: true})},
	{"certificate-not-yet", handshakeError(x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.Expired, Detail: "current time 2020-01-01T00:00:00Z is before 2026-09-01T00:00:00Z"})},
	{"self-signed", shown("a", "a")},
	{"untrusted-certificate", shown("a", "an authority")},
	{"tls", fmt.Errorf("TLS: %w", &net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")})},
	{"scope-missing", restError(403, "403", "Provided access token does not have required scopes: sql")},
	{"scope-missing", requestError("403 Forbidden", "Invalid scope, required scopes: unity-catalog")},
	{"other-workspace", restError(403, "403", "Invalid access to Org: 7405605741000000")},
	{"no-such-client", oauthError(400, "invalid_request", "OAuth application with client_id: '6f0c5f3e' not available in Databricks account 'a'.")},
	{"login-ended", errors.New("default auth: databricks-cli: cannot get access token: exit status 1")},
	{"no-managed-identity", oauthError(400, "invalid_request", `{"error":"invalid_request","error_description":"Identity not found"}`)},
	{"no-workspace-access", restError(403, "403", "This API is disabled for users without the workspace-access entitlement.")},
	{"statement-waiting", errors.New("statement 01ef9a77 is still PENDING")},
	{"no-browse", sqlError("", "PERMISSION_DENIED: User does not have BROWSE on Catalog 'main'.")},
	{"plain-http", dialError(http.ErrSchemeMismatch)},
	{"foreign-answer", &url.Error{Op: "Get", URL: "https://adb-1.azuredatabricks.net", Err: errors.New(`net/http: HTTP/1.x transport connection broken: malformed HTTP response "SSH-2.0-OpenSSH_9.6"`)}},
	{"too-many-redirects", &url.Error{Op: "Get", URL: "https://adb-1.azuredatabricks.net", Err: errors.New("stopped after 10 redirects")}},
	{"certificate-form", errors.New("tls: failed to parse certificate from server: x509: negative serial number")},
	//lint:ignore ST1005 the requests library of Python writes it so
	{"ca-file", errors.New("Could not find a suitable TLS CA certificate bundle, invalid path: /etc/pki/corp.pem")},
	{"no-route", dialError(errors.New("connect: no route to host"))},
	{"no-oauth-config", restError(400, "400", "Unable to load OAuth Config")},
	{"no-such-workspace", restError(404, "404", "The workspace you are trying to access does not exist in this Azure region")},
	{"no-such-api", restError(404, "ENDPOINT_NOT_FOUND", "No API found")},
	{"throttled", requestError("429 Too Many Requests", "")},
	{"bad-client", oauthError(401, "invalid_client", `{"error":"invalid_client"}`)},
	{"oauth-refused", oauthError(400, "unauthorized_client", "{}")},
	{"oauth-refused", oauthError(401, "", "")},
	{"unknown", oauthError(400, "invalid_scope", "{}")},
	{"identity-refused", oauthError(403, "", "Forbidden")},
	{"not-in-workspace", restError(403, "403", "user not found")},
	{"not-in-workspace", restError(403, "PERMISSION_DENIED", "User not authorized.")},
	{"token-refused", restError(403, "403", "Invalid access token.")},
	{"token-refused", restError(401, "401", "Credential was not sent or was of an unsupported type for this API.")},
	{"token-expired", requestError("401 Unauthorized", "Access token is expired: invalid access token")},
	{"tokens-not-allowed", restError(403, "PERMISSION_DENIED", "User does not have permission to use tokens.")},
	{"unauthenticated", restError(401, "UNAUTHENTICATED", "no")},
	{"unauthenticated", requestError("401 Unauthorized", "no")},
	{"no-can-use", restError(403, "PERMISSION_DENIED", noCanUse)},
	{"no-can-use", requestError("403 Forbidden", noCanUse)},
	{"session-not-ready", sqlError("", "requirement failed: Session handle 1 has not been initialized or had already closed")},
	{"session-not-ready", sqlError("", "Couldn't create directory /local_disk0/tmp/x")},
	{"sql-unavailable", requestError("503 Service Unavailable", "TEMPORARILY_UNAVAILABLE")},
	{"catalog-not-bound", restError(403, "PERMISSION_DENIED", "Catalog 'finance_eu' is not accessible in current workspace")},
	{"catalog-not-bound", sqlError("42501", "[INSUFFICIENT_PERMISSIONS] Catalog 'finance_eu' is not accessible in current workspace SQLSTATE: 42501")},
	{"no-use-catalog", restError(403, "PERMISSION_DENIED", "User does not have USE CATALOG on Catalog 'main'.")},
	{"no-use-catalog", sqlError("42501", fmt.Sprintf(lacks, "USE CATALOG", "Catalog 'main'"))},
	{"no-use-schema", restError(403, "PERMISSION_DENIED", "User does not have USE SCHEMA on Schema 'c.s'.")},
	{"no-use-schema", sqlError("", "PERMISSION_DENIED: User does not have USE SCHEMA on Schema 'c.s'.")},
	{"no-usage", sqlError("42501", fmt.Sprintf(lacks, "USAGE", "Schema 'hive_metastore.default'"))},
	{"no-select", sqlError("42501", fmt.Sprintf(lacks, "SELECT", "Table 'c.s.t'"))},
	{"insufficient", sqlError("42501", "[INSUFFICIENT_PERMISSIONS] Insufficient privileges.")},
	{"insufficient", sqlError("", "[UNAUTHORIZED_ACCESS] Unauthorized access. SQLSTATE: 42501")},
	{"table-hidden", sqlError("42P01", "[TABLE_OR_VIEW_NOT_FOUND] The table or view cannot be found. SQLSTATE: 42P01")},
	{"table-hidden", restError(404, "TABLE_DOES_NOT_EXIST", "Table 'c.s.t' does not exist.")},
	{"schema-hidden", sqlError("42704", "[SCHEMA_NOT_FOUND] The schema cannot be found.")},
	{"schema-hidden", restError(404, "SCHEMA_DOES_NOT_EXIST", "Schema 'c.s' does not exist.")},
	{"catalog-hidden", sqlError("42704", "[NO_SUCH_CATALOG_EXCEPTION] Catalog 'x' was not found. SQLSTATE: 42704")},
	{"catalog-hidden", restError(404, "CATALOG_DOES_NOT_EXIST", "Catalog 'x' does not exist.")},
	{"name-does-not-resolve", dialError(&net.DNSError{Err: "no such host", Name: "adb-1.azuredatabricks.net", IsNotFound: true})},
	{"refused", dialError(os.NewSyscallError("connect", sockets.ErrRefused))},
	{"proxy-sign-in", fmt.Errorf("connect: %w", &workspace.ProxyError{Proxy: "http://proxy:3128", Status: 407})},
	{"proxy", fmt.Errorf("connect: %w", &workspace.ProxyError{Proxy: "http://proxy:3128", Status: 403})},
	{"timeout", fmt.Errorf("ask: %w", context.DeadlineExceeded)},
	{"timeout", dialError(os.ErrDeadlineExceeded)},
	{"timeout", dialError(&net.DNSError{Err: "i/o timeout", Name: "adb-1.azuredatabricks.net", IsTimeout: true})},
	{"timeout", fmt.Errorf("run SELECT 1: %w", errors.Join(execution{text: "deadline"}, context.DeadlineExceeded))},
	{"cut", fmt.Errorf("read: %w", io.ErrUnexpectedEOF)},
	{"cut", &url.Error{Op: "Get", URL: "x", Err: io.EOF}},
	{"cut", dialError(os.NewSyscallError("read", sockets.ErrReset))},
	{"untrusted-certificate", handshakeError(x509.UnknownAuthorityError{})},
	{"certificate-name", handshakeError(x509.HostnameError{Certificate: &x509.Certificate{}, Host: "adb-1.azuredatabricks.net"})},
	{"certificate-expired", handshakeError(x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.Expired})},
	{"tls", handshakeError(x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.NotAuthorizedToSign})},
	{"plain-http", fmt.Errorf("TLS: %w", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake", RecordHeader: [5]byte([]byte("HTTP/"))})},
	{"tls", fmt.Errorf("TLS: %w", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"})},
	{"tls", fmt.Errorf("TLS: %w", tls.AlertError(40))},
	{"not-a-workspace", fmt.Errorf("%w: no sign-in information", workspace.ErrNotWorkspace)},
	{"not-a-workspace", &workspace.RedirectError{Status: 302, Location: "https://portal.example/login"}},
	{"web-page", fmt.Errorf("ask: %w", httpclient.ErrHTMLContent)},
	{"web-page", fmt.Errorf("ask: %w", &workspace.AnswerError{Oddity: workspace.WebPage, Status: 403, Body: "<html>User does not have SELECT on Table 'a'. Invalid access token."})},
	{"network-policy", fmt.Errorf("ask: %w", &workspace.AnswerError{Oddity: workspace.WebPage, Status: 403, Body: "<html>" + networkBlocked})},
	{"network-policy", fmt.Errorf("ask: %w", &workspace.AnswerError{Oddity: workspace.Foreign, Status: 403, Body: networkBlocked})},
	{"foreign-answer", fmt.Errorf("ask: %w", &workspace.AnswerError{Oddity: workspace.Foreign, Status: 401, Body: "Unauthorized: invalid token"})},
	{"proxy-sign-in", fmt.Errorf("ask: %w", &workspace.AnswerError{Oddity: workspace.Gatekeeper, Status: 407})},
	{"network-sign-in", fmt.Errorf("ask: %w", &workspace.AnswerError{Oddity: workspace.Gatekeeper, Status: 511})},
	{"network-sign-in", fmt.Errorf("ask: %w", &workspace.AnswerError{Oddity: workspace.Gatekeeper, Status: 511, Body: policyPage})},
	{"proxy", &workspace.ProxyError{Status: 403, Err: errors.New(policyPage)}},
	{"not-a-workspace", &workspace.RedirectError{Status: 302, Location: "https://portal.contoso.example/?why=" + policyPage}},
	{"other-object", fmt.Errorf("ask: %w", &workspace.AnswerError{Oddity: workspace.OtherObject, Status: 200, Odd: "a was asked for"})},
	{"unreadable", fmt.Errorf("ask: %w", &workspace.AnswerError{Oddity: workspace.Unreadable, Status: 200, Odd: "it is in UTF-16"})},
	{"unreadable", fmt.Errorf("ask: %w", workspace.Misread(&json.UnmarshalTypeError{Value: "number", Field: "name"}))},
	{"public-refused", &workspace.StatusError{Status: 401, Body: "Credential was not sent", Unsigned: true}},
	{"public-refused", &workspace.StatusError{Status: 403, Body: "Invalid access token", Unsigned: true}},
	{"not-offered", restError(501, "NOT_IMPLEMENTED", "no")},
	{"held-back", fmt.Errorf("ask: %w", &workspace.RefusedError{Method: "GET", URL: "https://evil.example/", Why: "another host"})},
	{"unreadable", unreadable()},
	{"unreadable", fmt.Errorf("list SQL warehouses: %w", workspace.ErrEndless)},
	{"unreadable", fmt.Errorf("read the answer: %w", workspace.ErrBodyTooLarge)},
	{"server-trouble", restError(503, "TEMPORARILY_UNAVAILABLE", "try later")},
	{"server-trouble", restError(500, "INTERNAL_ERROR", "oops")},
	{"gateway", fmt.Errorf("discovery: %w", &workspace.StatusError{Status: 502, Body: "Bad Gateway"})},
	{"gateway", restError(504, "", "Gateway Time-out")},
	{"server-trouble", requestError("500 Internal Server Error", "")},
	{"unknown", errors.New("something else")},
	{"unknown", restError(403, "PERMISSION_DENIED", "something new")},
	{"unknown", restError(404, "NOT_FOUND", "something new")},
	{"unknown", sqlError("22012", "[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012")},
}
