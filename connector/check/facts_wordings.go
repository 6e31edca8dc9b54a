package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

// wording is how programs in Go, Python, Java, JavaScript, C# and C say that something went wrong on the way.
type wording struct {
	kind kind
	text *clue.Clue
}

// wordings are read from the top; a text may have several.
var wordings = []wording{
	{kindProxy, clue.Says(
		`proxyconnect|tunnel connection failed|ProxyError|cannot connect to proxy|from proxy after CONNECT`,
		`CONNECT tunnel failed|unable to tunnel through proxy|tunneling socket could not be established`,
		`proxy authentication required|the proxy \S{1,200} answered HTTP|ERR_TUNNEL_CONNECTION|ERR_PROXY_|407 proxy`,
	)},
	{kindDNS, clue.Says(pasted.NoName, pasted.LocalDNS)},
	{kindExpired, clue.Says(
		`certificate has expired|CERT_HAS_EXPIRED|CertificateExpiredException|certificate expired|CertificateNotYetValid`,
		`certificate is not yet valid|CERT_NOT_YET_VALID|SEC_E_CERT_EXPIRED|\bNotTimeValid\b`,
	)},
	{kindWrongName, clue.Says(
		`certificate is valid for .{1,300}, not |certificate is not valid for any names|hostname mismatch`,
		`hostname '[^']{1,253}' doesn't match|ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate's altnames`,
		`no subject alternative (?:dns )?names? |no alternative certificate subject name matches`,
		`RemoteCertificateNameMismatch|no name matching \S{1,253} found|SEC_E_WRONG_PRINCIPAL|CERT_COMMON_NAME_INVALID`,
		`does not match the certificate subject|SSLPeerUnverified|cannot validate certificate for`,
	)},
	{kindSelfSigned, clue.Says(`DEPTH_ZERO_SELF_SIGNED_CERT|self[- ]signed certificate(?: \(|[^ ]|$| [^i])`)},
	{kindUntrusted, clue.Says(
		`peer certificate .{0,40}not ok|SSL certificate problem|invalid peer certificate|signed by unknown authority`,
		`PKIX path (?:building|validation) failed|unable to find valid certification path|CERTIFICATE_VERIFY_FAILED`,
		`certificate verify failed|unable to get (?:local )?issuer certificate|UNABLE_TO_GET_ISSUER_CERT`,
		`UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|self[- ]signed certificate in certificate chain`,
		`SEC_E_UNTRUSTED_ROOT|CERT_TRUST_|authority that is not trusted|RemoteCertificateChainErrors`,
		`errors in the certificate chain|\b(?:UntrustedRoot|PartialChain)\b`,
		`remote certificate (?:is|was) (?:invalid|rejected)|unable to verify the first certificate|certificate\b.{0,120}\bnot trusted`,
		`no trusted certificate|trust anchor for certification path|unknown[_ ]ca\b|certificate[_ ]unknown`,
		`ERR_CERT_AUTHORITY_INVALID|trust relationship for the SSL`,
	)},
	{kindUntrusted, clue.Says(pasted.LocalCertificate)},
	{kindRefused, clue.Says(
		`connection refused|\bECONNREFUSED\b|couldn't connect to server|actively refused it|ConnectionRefused`,
	)},
	{kindRefused, clue.Says(pasted.LocalRefused)},
	{kindTimeout, clue.Says(pasted.Timeout, pasted.LocalTimeout)},
	{kindCut, clue.Says(pasted.Cut, pasted.LocalCut)},
	{kindTLS, clue.Says(
		`handshake failed|protocol version not supported|SSL_connect|SSLHandshakeException|handshake[_ ]failure|bad handshake`,
		`first record does not look like a TLS handshake|SSLError|remote error: tls:|could not create SSL/TLS secure channel`,
		`ssl connect error|ERR_SSL_|SSL_ERROR_|SSL connection could not be established|(?:ssl|tls) handshake|EPROTO\b`,
		`received fatal alert|no appropriate protocol|UNSUPPORTED_PROTOCOL|tlsv1 alert|CRYPT_E_\w{1,40}REVOCATION`,
		`SSLException|terminated the handshake`,
	)},
	{kindForeign, clue.Says(`malformed HTTP response`)},
	{kindPlain, clue.Says(
		`server gave HTTP response to HTTPS client|unsupported or unrecognized SSL message`,
		`plain HTTP request was sent to HTTPS port|wrong[ _]version[ _]number|packet length too long|unexpected packet format`,
		`corrupted frame`,
	)},
	{kindPage, clue.Says(
		`content-type["']?\s?[:=]\s?["']?text/html|\bgot text/html|<(?:head|title|body|meta)[ >]`,
		`<!doctype html|<html[ >]|received HTML response|invalid character '<' looking for|unexpected token '?<`,
		`(?:databricks_cli|databricks/sdk|api_client)\b.{0,400}JSONDecodeError: Expecting value`,
		`unexpected character \('<'`,
		`unexpected character encountered while parsing value: <|'<' is an invalid start of a value`,
	)},
	{kindNotOurs, clue.Says(`OAuth is not supported for this host|does not answer like a Databricks workspace`)},
	{kindOAuth, clue.Says(
		`\b(?:invalid_client|invalid_grant|unauthorized_client|invalid_scope|unsupported_grant_type)\b`,
		`oauth2: cannot fetch token|oauth2: "\w|/oidc/(?:accounts/[\w-]+/)?v1/token|"error": ?"invalid_request"`,
	)},
	{kindREST, clue.Says(`\berror_code\b|\berrorcode\b`)},
	{kindSQL, clue.Says(
		`\bSQLSTATE\b|\[[A-Z]{3,}(?:_[A-Z]+)+[\w.]*\]|databricks\.sql\b|open ?session|execute ?statement|thrift|JDBCDriver`,
		`execution error: |/sql/1\.0/`,
	)},
}

// sentences are what is said of one row of the causes table. Grant is the statement that the remedy calls the GRANT below, with
// placeholders; it is empty where no GRANT helps. Here is the remedy where a set-up can do it on the spot. Also are rows of other causes that
// a text of this one may mean. Headline is what stands behind the name of the cause.
type sentences struct {
	Headline, Reason, Remedy, Here, Grant string
	Also                                  []rival
}

// words are those of the row. They are read with the first finding, because most commands find nothing and should not wait for them.
func (p pattern) words() sentences { return wordsOfAll()[p.id] }

// wordsOfAll panics, as assets.Must does, where table and file do not fit: that is a fault of the build, which a test finds.
var wordsOfAll = sync.OnceValue(func() map[string]sentences {
	said := assets.Must[map[string]sentences]("causes.yaml")
	if err := fit(said, table()); err != nil {
		panic(err)
	}
	return said
})

// fit reports rows of which nothing is said, and what is said of no row.
func fit(said map[string]sentences, rows []pattern) error {
	var wrong []string
	left := maps.Clone(said)
	for _, row := range rows {
		if words := said[row.id]; words.Reason == "" || words.Remedy == "" {
			wrong = append(wrong, row.id+" has no reason or no remedy")
		}
		for _, r := range said[row.id].Also {
			if _, known := said[r.Pattern]; !known || r.Look == "" {
				wrong = append(wrong, row.id+" is told from "+r.Pattern+", which is no row, or does not say by what")
			}
		}
		delete(left, row.id)
	}
	for _, id := range slices.Sorted(maps.Keys(left)) {
		wrong = append(wrong, id+" is no row of the table")
	}
	if len(wrong) > 0 {
		return fmt.Errorf("causes.yaml does not fit the causes table: %s", strings.Join(wrong, "; "))
	}
	return nil
}
