package check

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// noUpstream finds the answer of a gateway under the status of a workspace that has trouble of its own.
var noUpstream = clue.Says(pasted.NoUpstream)

// An answer that was refused or cannot be read is judged here and nowhere else, of REST and of SQL alike, in one order: did the workspace
// answer at all, what does its answer say, and only then what is likeliest at the stage where it fell. What was not sent is not blamed.

// oddKinds are the kinds of answers that no workspace gives. What they say counts little: see hears.
var oddKinds = []kind{kindPage, kindForeign, kindGatekeeper, kindUnreadable, kindElse}

// judged names an error that fell at a stage, or nowhere in particular.
func judged(err error, at ID) Finding {
	f := factsOf(err)
	switch {
	case f.kind == kindOAuth:
		at = StageToken // wherever a token was wanted
	case f.status == http.StatusServiceUnavailable && noUpstream.MatchString(f.text):
		f.status = http.StatusBadGateway // which it means, and nobody asked the workspace
	}
	found := notKnown
	if i := slices.IndexFunc(causes, func(p pattern) bool { return p.hears(f) && p.matches(f) }); i >= 0 {
		found = causes[i].finding()
	} else if id := cmp.Or(likeliest[at][f.status], likeliest[""][f.status]); id != "" && slices.Contains([]kind{kindREST, kindSQL, kindOAuth}, f.kind) {
		found = findingOf(id)
	}
	if asAdmin := (*workspace.AdminError)(nil); errors.As(err, &asAdmin) {
		found = ofAdmin(found, f)
	}
	return told(found, err)
}

// hears reports whether a row may go by an answer, by who gave it. A page may quote anything, so only that it is one counts, and the words in
// which a workspace keeps a network out, which some of its own pages have. Of another foreign answer the words count that nobody but
// Databricks says.
func (p pattern) hears(f facts) bool {
	switch {
	case f.unsigned && p.cause == AuthenticationFailed:
		return false
	case p.unsigned && !f.unsigned:
		return false
	case !slices.Contains(oddKinds, f.kind), slices.Contains(p.kinds, f.kind):
		return true
	case f.kind == kindPage:
		return p.text != nil && p.whose == ownWords && p.cause == Unreachable
	case f.kind == kindForeign:
		return p.text != nil && p.whose == ownWords
	}
	return false
}

// notKnown is the finding of an error that the table does not know and that means nothing in particular where it fell.
var notKnown = Finding{
	Cause: NotKnown, Exit: ExitUnknown, Pattern: UnknownPattern,
	Reason: "This is not an answer that the program knows.",
	Remedy: Remedy{Text: "Look at the detail. If it repeats, show it to a workspace admin, or report it."},
}

// likeliest are the rows that a refusal means most often where it says nothing that is known, by the stage that it fell at and its status. A
// session shows CAN_USE, and what is asked of a warehouse after that is refused for another reason.
var likeliest = map[ID]map[int]string{
	"":             {429: "throttled"}, // anywhere
	StageToken:     {401: "oauth-refused", 403: "identity-refused"},
	StageIdentity:  {403: "identity-refused"},
	StageSQLAccess: {403: "warehouse-refused"},
	StageWarehouse: {403: "warehouse-refused"},
	StageCanUse:    {403: "warehouse-refused"},
	StageCatalog:   {403: "object-refused", 404: "catalog-hidden"},
	StageSchema:    {403: "object-refused", 404: "schema-hidden"},
	StageColumns:   {403: "object-refused", 404: "table-hidden"},
}

// ofAdmin is what an answer to an admin means: whoever signed in to change something lacks a right of their own, and no principal that is
// being set up does.
func ofAdmin(found Finding, f facts) Finding {
	switch {
	case found.Pattern == "no-sql-entitlement" || found.Pattern == "no-workspace-access" || found.Exit == ExitIdentity:
		return findingOf("admin-not-admitted")
	case found.Cause == NotKnown && (f.status == 401 || f.status == 403), found.Cause == MissingPermissions && f.status == 403, found.Cause == WarehouseAccess && f.status == 403:
		return findingOf("admin-refused")
	}
	return found
}

// told adds to a finding what only this answer says of it: what is odd about it, why a request was not sent, the address that is blocked.
func told(f Finding, err error) Finding {
	var odd *workspace.AnswerError
	var held *workspace.RefusedError
	why := ""
	switch {
	case errors.As(err, &odd):
		why = odd.Odd
	case errors.As(err, &held):
		why = connector.CleanLine(held.Why, 200)
	case errors.Is(err, connector.ErrTooLarge):
		why = "it is too large"
	case errors.Is(err, workspace.ErrEndless):
		why = "the listing has no end"
	case f.Pattern == "ip-access-list":
		return addressed(f, factsOf(err).text)
	}
	if why != "" {
		f.Reason = strings.TrimSuffix(f.Reason, ".") + ": " + why + "."
	}
	return f
}

// kindWords say what happened where there is no status and no code to quote.
var kindWords = map[kind]string{
	kindDNS: "the name does not resolve", kindRefused: "connection refused", kindTimeout: "no answer in time", kindCut: "connection cut",
	kindUntrusted: "unknown issuer", kindSelfSigned: "signed by itself", kindWrongName: "wrong name", kindExpired: "expired", kindTLS: "TLS failed",
	kindProxy: "refused by the proxy", kindNotOurs: "not a workspace", kindRedirect: "redirected", kindRefusedBy: "held back",
	kindPage: "a web page", kindForeign: "not a workspace's answer", kindUnreadable: "unreadable", kindElse: "about something else",
	kindGatekeeper: "asks to sign in first",
}

// evidence says in a few words what kind of answer came back.
func evidence(err error) string {
	f := factsOf(err)
	var parts []string
	switch {
	case f.status >= 300 && f.status < 400:
		parts = append(parts, fmt.Sprintf("sent to another address, HTTP %d", f.status))
	case f.status != 0:
		parts = append(parts, fmt.Sprintf("HTTP %d", f.status))
	}
	if f.code != "" && f.code != fmt.Sprint(f.status) {
		parts = append(parts, connector.CleanLine(f.code, 60))
	}
	if f.state != "" {
		parts = append(parts, "SQLSTATE "+connector.CleanLine(f.state, 10))
	}
	if word, ok := kindWords[f.kind]; ok && (len(parts) == 0 || slices.Contains(oddKinds, f.kind)) {
		parts = append(parts, word)
	}
	if m := blockedAddress().FindStringSubmatch(f.text); m != nil {
		parts = append(parts, m[1])
	}
	return cmp.Or(strings.Join(parts, ", "), "failed")
}

// failure makes the result of a stage that an error ended.
func failure(err error, at ID) Result {
	result := failed(judged(err, at), evidence(err))
	result.Detail = said(err)
	return busy(result, err)
}

// Explain names any error of the workspace, of SQL or of the network, outside of a walk. What it does not know has the cause NotKnown and the
// pattern UnknownPattern.
func Explain(err error) Finding { return judged(err, "") }
