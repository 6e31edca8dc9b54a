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
	{kindProxy, clue.Says(pasted.ProxySays)},
	{kindDNS, clue.Says(pasted.NoName, pasted.LocalDNS)},
	{kindExpired, clue.Says(pasted.Expired)},
	{kindWrongName, clue.Says(pasted.WrongName)},
	{kindSelfSigned, clue.Says(`DEPTH_ZERO_SELF_SIGNED_CERT|self[- ]signed certificate(?: \(|[^ ]|$| [^i])`)},
	{kindUntrusted, clue.Says(pasted.Untrusted)},
	{kindUntrusted, clue.Says(pasted.LocalCertificate)},
	{kindRefused, clue.Says(
		`connection refused|\bECONNREFUSED\b|couldn't connect to server|actively refused it|ConnectionRefused`,
	)},
	{kindRefused, clue.Says(pasted.LocalRefused)},
	{kindTimeout, clue.Says(pasted.Timeout, pasted.LocalTimeout)},
	{kindCut, clue.Says(pasted.Cut, pasted.LocalCut)},
	{kindTLS, clue.Says(pasted.BrokenTLS)},
	{kindForeign, clue.Says(`malformed HTTP response`)},
	{kindPlain, clue.Says(pasted.NoTLS)},
	{kindPage, clue.Says(pasted.Page)},
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
