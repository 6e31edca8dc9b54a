package check

import (
	"slices"
	"strconv"
	"strings"
)

// place is where in a text something stands, as two byte offsets.
type place = [2]int

// sign is something in a text that a row can ask for, and where it stands.
type sign struct {
	value string
	at    place
}

// signs are the facts of a text: what the error would have told through its type, read from how programs print it.
type signs struct {
	page   page
	about  mentions
	kinds  []sign
	status []sign
	codes  []sign
	states []sign
}

// wording is how programs in Go, Python, Java, JavaScript, C# and C say that something went wrong on the way.
type wording struct {
	kind kind
	text *clue
}

var wordings = []wording{
	{kindProxy, says(`proxyconnect|tunnel connection failed|ProxyError|cannot connect to proxy|from proxy after CONNECT|CONNECT tunnel failed|unable to tunnel through proxy|tunneling socket could not be established|proxy authentication required|the proxy \S{1,200} answered HTTP|ERR_TUNNEL_CONNECTION|ERR_PROXY_`)},
	{kindDNS, says(`no such host|\bENOTFOUND\b|\bEAI_AGAIN\b|UnknownHostException|name or service not known|nodename nor servname|getaddrinfo failed|temporary failure in name resolution|could not resolve host|NameResolutionError|failed to resolve '|no address associated with hostname|(?:WinError|error) 11001|remote name could not be resolved|NXDOMAIN|server misbehaving`)},
	{kindExpired, says(`certificate has expired|CERT_HAS_EXPIRED|CertificateExpiredException|certificate expired|CertificateNotYetValid|certificate is not yet valid|CERT_NOT_YET_VALID|SEC_E_CERT_EXPIRED`)},
	{kindWrongName, says(`certificate is valid for .{1,300}, not |certificate is not valid for any names|hostname mismatch|hostname '[^']{1,253}' doesn't match|ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate's altnames|no subject alternative (?:dns )?names? |no alternative certificate subject name matches|RemoteCertificateNameMismatch|no name matching \S{1,253} found|SEC_E_WRONG_PRINCIPAL`)},
	{kindSelfSigned, says(`DEPTH_ZERO_SELF_SIGNED_CERT|self[- ]signed certificate(?: \(|[^ ]|$| [^i])`)},
	{kindUntrusted, says(`signed by unknown authority|PKIX path building failed|unable to find valid certification path|CERTIFICATE_VERIFY_FAILED|unable to get (?:local )?issuer certificate|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|self[- ]signed certificate in certificate chain|SEC_E_UNTRUSTED_ROOT|RemoteCertificateChainErrors|unable to verify the first certificate|certificate is not trusted`)},
	{kindRefused, says(`connection refused|\bECONNREFUSED\b|couldn't connect to server|actively refused it|(?:WinError|error) 10061`)},
	{kindTimeout, says(`context deadline exceeded|i/o timeout|handshake timeout|\bE(?:SOCKET)?TIMEDOUT\b|connection timed out|connect timed out|read timed out|ConnectTimeoutError|SocketTimeoutException|operation timed out|timeout was reached|(?:WinError|error) 10060|did not properly respond after a period of time`)},
	{kindCut, says(`connection reset|\bECONNRESET\b|socket hang up|unexpected EOF|remote end closed connection|RemoteDisconnected|connection aborted|forcibly closed by the remote host|empty reply from server|request error: EOF|": EOF$|(?:WinError|error) 10054`)},
	{kindTLS, says(`SSLHandshakeException|handshake[_ ]failure|first record does not look like a TLS handshake|WRONG_VERSION_NUMBER|SSLError|remote error: tls:|could not create SSL/TLS secure channel|ssl connect error|ERR_SSL_PROTOCOL`)},
	{kindNotOurs, says(`<!doctype html|<html[ >]|received HTML response|invalid character '<' looking for|unexpected token '?<|JSONDecodeError: Expecting value|OAuth is not supported for this host|unexpected character \('<'`)},
	{kindOAuth, says(`\b(?:invalid_client|invalid_grant|unauthorized_client|invalid_scope|unsupported_grant_type)\b|oauth2: cannot fetch token|/oidc/(?:accounts/[\w-]+/)?v1/token|"error": ?"invalid_request"`)},
	{kindREST, says(`\berror_code\b|\berrorcode\b`)},
	{kindSQL, says(`\bSQLSTATE\b|\[[A-Z]{3,}(?:_[A-Z]+)+[\w.]*\]|databricks\.sql\b|open ?session|execute ?statement|thrift|JDBCDriver|execution error: |/sql/1\.0/`)},
}

// readings find numbers and names. Each has one group, the value.
var (
	statusReadings = []*clue{
		says(`unexpected HTTP status (\d{3})\b`),
		says(`\bHTTP/\d(?:\.\d)? (\d{3})\b`),
		says(`\bHTTP(?:Error)?(?: response code| status(?: code)?| error| code)?:? (\d{3})\b`),
		says(`status(?:[ _]?code)?["']?\s?[:=]?\s?["']?(\d{3})\b`),
		says(`\berror_?code["']?\s?[:=]\s?["']?(\d{3})\b`),
		says(`\berror:? (\d{3})\b`),
		says(`\((\d{3})\)? ?(?:client error|server error|forbidden|unauthorized)`),
		says(`\b(40[0137]|429|50[0234]) (?:client error|server error|forbidden|unauthorized|bad request|proxy authentication|too many|internal server|bad gateway|service unavailable|service temporarily|gateway time)`),
		says(`proxy after CONNECT:? ?(\d{3})\b`),
		says(`tunnel connection failed: (\d{3})\b`),
		says(`CONNECT tunnel failed, response (\d{3})\b`),
		says(`HTTP code (\d{3}) from proxy`),
		says(`statusCode=(\d{3})\b`),
	}
	codeReadings = []*clue{
		says(`\berror_?code["']?\s?[:=]\s?["']?([A-Z][A-Z_]{2,80})\b`),
		says(`"error"\s?:\s?"([a-z_]{3,40})"`),
		says(`\b(invalid_client|invalid_grant|unauthorized_client|invalid_scope)\b`),
		exactly(`\[([A-Z]{3,}(?:_[A-Z]+)+)[\w.]*\]`),
		exactly(`\b(ENDPOINT_NOT_FOUND|FEATURE_DISABLED)\b`),
	}
	stateReadings = []*clue{says(`SQLSTATE["']?\s?[:=(]?\s?["']?(\w{5})\b`), says(`SQL state \[?(\w{5})\b`)}
)

// signsIn reads the facts of a text that flatten prepared.
func signsIn(text string) signs {
	p := pageOf(text)
	s := signs{page: p, about: mentionsIn(p)}
	for _, w := range wordings {
		for _, at := range w.text.places(p, tries) {
			s.kinds = append(s.kinds, sign{string(w.kind), place{at[0], at[1]}})
		}
	}
	s.status, s.codes, s.states = read(p, statusReadings), read(p, codeReadings), read(p, stateReadings)
	if len(s.status) > 0 {
		s.kinds = append(s.kinds, sign{string(kindREST), s.status[0].at})
	}
	return s
}

func read(p page, readings []*clue) []sign {
	var found []sign
	for _, reading := range readings {
		for _, m := range reading.places(p, tries) {
			if m[2] >= 0 {
				found = append(found, sign{p.text[m[2]:m[3]], place{m[0], m[1]}})
			}
		}
	}
	return found
}

// find looks for a row in the text and gives the place that decided, and whose it is. A text that is about something else, or that the
// row does not match, is theirs.
func (s signs) find(p pattern) (place, owner) {
	var deciding []place // by the most telling thing that the row asks for
	for _, asked := range []struct {
		seen []sign
		want []string
	}{{s.kinds, s.kindsOf(p)}, {s.status, numbers(p.status)}, {s.states, p.states}, {s.codes, p.codes}} {
		if len(asked.want) == 0 {
			continue
		}
		var hits []place
		for _, seen := range asked.seen {
			if slices.Contains(asked.want, seen.value) || slices.Contains(asked.want, strings.ToUpper(seen.value)) {
				hits = append(hits, seen.at)
			}
		}
		if len(hits) == 0 {
			return place{}, theirs
		}
		deciding = hits
	}
	if p.text != nil {
		hits := p.text.places(s.page, tries)
		if hits == nil {
			return place{}, theirs
		}
		deciding = nil
		for _, at := range hits {
			deciding = append(deciding, place{at[0], at[1]})
		}
	}
	return s.about.judge(deciding, p.whose)
}

// kindsOf are the kinds that a text must show for a row. Words that the row itself looks for need no further sign that a workspace
// answered.
func (s signs) kindsOf(p pattern) []string {
	if p.text != nil && slices.Contains(p.kinds, kindREST) {
		return nil
	}
	kinds := make([]string, len(p.kinds))
	for i, k := range p.kinds {
		kinds[i] = string(k)
	}
	return kinds
}

func numbers(list []int) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return out
}
