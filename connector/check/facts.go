package check

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/httpclient"
	dbsqlerr "github.com/databricks/databricks-sql-go/errors"
	"golang.org/x/oauth2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	expression "github.com/draftt-io/draftt-databricks/pattern"
	"github.com/draftt-io/draftt-databricks/sockets"
)

// kind is what sort of thing went wrong. Of an error it is told from its type and never from its text; only a text that came without its
// error is read by its words.
type kind string

const (
	kindOther      kind = "other"
	kindDNS        kind = "dns"
	kindRefused    kind = "refused"
	kindTimeout    kind = "timeout"
	kindCut        kind = "cut"
	kindUntrusted  kind = "untrusted"
	kindSelfSigned kind = "self-signed"
	kindWrongName  kind = "wrong-name"
	kindExpired    kind = "expired"
	kindTLS        kind = "tls"
	kindPlain      kind = "plain-http" // no TLS where it was asked for
	kindProxy      kind = "proxy"
	kindNotOurs    kind = "not-a-workspace"
	kindPage       kind = "page"       // for people, from whoever
	kindForeign    kind = "foreign"    // not of a workspace's shape
	kindGatekeeper kind = "gatekeeper" // a proxy or a network that wants a sign-in first
	kindUnreadable kind = "unreadable"
	kindElse       kind = "something-else" // an answer about another object than was asked for
	kindRedirect   kind = "redirect"
	kindOAuth      kind = "oauth"
	kindREST       kind = "rest"
	kindSQL        kind = "sql"
	kindRefusedBy  kind = "held-back" // our own transport did not send it
)

// facts are what the causes table is matched against.
type facts struct {
	kind     kind
	status   int    // HTTP status, 0 when there was no answer
	code     string // error_code of the REST API, error of OAuth, or the error class of SQL
	state    string // SQLSTATE
	text     string // the error's own words, uncleaned; for matching only
	unsigned bool   // no credentials were sent
}

var (
	errorClass = expression.New(`\[([A-Z0-9_.]+)\]`)
	sqlState   = expression.New(`SQLSTATE: (\w{5})`)
)

func factsOf(err error) facts {
	f := facts{kind: kindOther, text: err.Error()}
	if errors.Is(err, connector.ErrUnreadable) {
		f.kind, f.text = kindUnreadable, "" // whatever it quotes is not what a workspace says
		return f
	}
	for _, reader := range []func(error, *facts) bool{fromREST, fromOAuth, fromWorkspace, fromSQL, fromTLS, fromNetwork} {
		if reader(err, &f) {
			return f
		}
	}
	return f
}

func fromREST(err error, f *facts) bool {
	var api *apierr.APIError
	if errors.As(err, &api) {
		f.kind, f.status, f.code, f.text = kindREST, api.StatusCode, api.ErrorCode, api.Message
		return true
	}
	if errors.Is(err, httpclient.ErrHTMLContent) {
		f.kind = kindPage
		return true
	}
	return false
}

func fromOAuth(err error, f *facts) bool {
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) {
		return false
	}
	f.kind, f.code, f.text = kindOAuth, refused.ErrorCode, string(refused.Body)
	if refused.Response != nil {
		f.status = refused.Response.StatusCode
	}
	return true
}

// oddKindOf are the kinds of answers that no workspace gives.
var oddKindOf = map[workspace.Oddity]kind{
	workspace.WebPage: kindPage, workspace.Foreign: kindForeign, workspace.Gatekeeper: kindGatekeeper,
	workspace.Unreadable: kindUnreadable, workspace.OtherObject: kindElse,
}

func fromWorkspace(err error, f *facts) bool {
	var (
		odd      *workspace.AnswerError
		redirect *workspace.RedirectError
		status   *workspace.StatusError
		proxy    *workspace.ProxyError
		refused  *workspace.RefusedError
	)
	switch {
	case errors.As(err, &odd):
		f.kind, f.status, f.text = oddKindOf[odd.Oddity], odd.Status, odd.Body
	case errors.As(err, &redirect):
		f.kind, f.status, f.text = kindRedirect, redirect.Status, redirect.Location
	case errors.As(err, &status):
		f.kind, f.status, f.code, f.text, f.unsigned = kindREST, status.Status, status.Code, status.Body, status.Unsigned
		if status.SQL {
			f.kind = kindSQL
			f.class()
		}
	case errors.As(err, &proxy):
		f.kind, f.status = kindProxy, proxy.Status
	case errors.As(err, &refused):
		f.kind = kindRefusedBy
	case errors.Is(err, workspace.ErrNotWorkspace):
		f.kind = kindNotOurs
	default:
		return false
	}
	return true
}

func fromSQL(err error, f *facts) bool {
	var execution dbsqlerr.DBExecutionError
	if !errors.As(err, &execution) && !errors.Is(err, dbsqlerr.RequestError) {
		return false
	}
	if errors.Is(err, context.DeadlineExceeded) || isNetwork(err) {
		return false
	}
	f.kind = kindSQL
	f.class()
	if execution != nil {
		f.state = execution.SqlState()
	}
	if m := sqlState().FindStringSubmatch(f.text); f.state == "" && m != nil {
		f.state = m[1]
	}
	return true
}

// class reads the class of an error of SQL.
func (f *facts) class() {
	if m := errorClass().FindStringSubmatch(f.text); m != nil {
		f.code = m[1]
	}
}

func isNetwork(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &op) || errors.As(err, &dns) || isCut(err)
}

// isCut reports a connection that ended before the answer was whole.
func isCut(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, sockets.ErrReset)
}

func fromTLS(err error, f *facts) bool {
	var (
		authority x509.UnknownAuthorityError
		name      x509.HostnameError
		invalid   x509.CertificateInvalidError
		verify    *tls.CertificateVerificationError
		record    tls.RecordHeaderError
		alert     tls.AlertError
	)
	switch {
	case errors.As(err, &authority) && selfSigned(err):
		f.kind = kindSelfSigned
	case errors.As(err, &authority):
		f.kind = kindUntrusted
	case errors.As(err, &name):
		f.kind = kindWrongName
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		f.kind = kindExpired
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record) && bytes.HasPrefix(record.RecordHeader[:], []byte("HTTP/")):
		f.kind = kindPlain
	case errors.As(err, &verify), errors.As(err, &invalid), errors.As(err, &record), errors.As(err, &alert), alerted(err):
		f.kind = kindTLS
	default:
		return false
	}
	return true
}

// alerted reports an alert of TLS. Outside QUIC it is of a type that crypto/tls keeps to itself, inside an error that says whose it was.
func alerted(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error")
}

// selfSigned reports a host whose own certificate vouches for itself. Whoever intercepts a connection shows certificates of an authority,
// so such a host is rather one that was never meant to answer here.
func selfSigned(err error) bool {
	var verify *tls.CertificateVerificationError
	if !errors.As(err, &verify) || len(verify.UnverifiedCertificates) == 0 {
		return false
	}
	leaf := verify.UnverifiedCertificates[0]
	return len(leaf.RawSubject) > 0 && bytes.Equal(leaf.RawSubject, leaf.RawIssuer)
}

func fromNetwork(err error, f *facts) bool {
	var dns *net.DNSError
	var network net.Error
	switch {
	case errors.As(err, &dns) && !dns.IsTimeout:
		f.kind = kindDNS
	case errors.Is(err, sockets.ErrRefused):
		f.kind = kindRefused
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		f.kind = kindTimeout
	case isCut(err):
		f.kind = kindCut
	case strings.Contains(err.Error(), "malformed HTTP response"): // net/http has no type for what is no HTTP
		f.kind = kindForeign
	default:
		return false
	}
	return true
}

// wayThere is where the words of the SQL driver and of net/http begin, which put the address before an answer up to three times.
var wayThere = expression.New(`: (?:databricks: |(?:Get|Post|Put|Patch|Delete) ")`)

// said is an error's text made fit for a line of detail.
func said(err error) string {
	text := err.Error()
	if at := wayThere().FindStringIndex(text); at != nil {
		if answer := workspace.Answered(err); answer != nil {
			text = text[:at[0]] + ": " + answer.Error()
		}
	}
	return connector.CleanLine(strings.Join(strings.Fields(text), " "), 400)
}
