package check

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// explain finds the row for an error. Without one it falls back to the stage's own documented cause, and says that it is not sure.
func explain(err error, fallback Finding) Finding {
	f := factsOf(err)
	for _, p := range causes {
		if p.matches(f) {
			return p.finding()
		}
	}
	fallback.Pattern = UnknownPattern
	return fallback
}

// kindWords say what happened where there is no status and no code to quote.
var kindWords = map[kind]string{
	kindDNS: "the name does not resolve", kindRefused: "connection refused", kindTimeout: "no answer in time", kindCut: "connection cut",
	kindUntrusted: "unknown issuer", kindSelfSigned: "signed by itself", kindWrongName: "wrong name", kindExpired: "expired", kindTLS: "TLS failed",
	kindProxy: "refused by the proxy", kindNotOurs: "not a workspace", kindRedirect: "redirected", kindRefusedBy: "held back",
	kindUnreadable: "the answer could not be read",
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
	if len(parts) > 0 {
		return strings.Join(parts, ", ")
	}
	if word, ok := kindWords[f.kind]; ok {
		return word
	}
	return "failed"
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
