package setup

import (
	"cmp"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
)

// faultOfPattern are the answers of step 1 that a finding is about, where its cause does not say so already. The last two are no question of
// the form: they are asked for where a test finds that they are needed.
var faultOfPattern = map[string]lint.Field{
	"account-host":       lint.Host,
	"account-admin-only": lint.Host,
	"inactive":           lint.ClientID,
	"not-in-workspace":   lint.ClientID,
	"other-principal":    lint.ClientID,

	"untrusted-certificate": lint.CAFile,
	"private-authority":     lint.CAFile,
	"proxy-untrusted":       lint.CAFile,

	"proxy":         lint.Proxy,
	"proxy-sign-in": lint.Proxy,
	"proxy-setting": lint.Proxy,
	"proxy-name":    lint.Proxy,
	"proxy-silent":  lint.Proxy,
	"proxy-plain":   lint.Proxy,
}

// faultOfCause are the answers of step 1 that a cause is about.
var faultOfCause = map[check.Cause]lint.Field{
	check.Unreachable:          lint.Host,
	check.AuthenticationFailed: lint.Secret,
	check.WarehouseAccess:      lint.ClientID, // the principal lacks the entitlement, so another may have been meant
}

// AtFault is the answer of step 1 that a failed sign-in most likely is about: the host, the client ID, the secret, the authorities or the
// proxy. A token signs in without a client ID, so there it is the token.
func (d *Draft) AtFault(f check.Finding) lint.Field {
	field := cmp.Or(faultOfPattern[f.Pattern], faultOfCause[f.Cause], lint.Host)
	if field == lint.ClientID && d.method == connector.PAT {
		return lint.Secret
	}
	return field
}

// Way is one way out after a failed sign-in.
type Way uint8

// The ways out: other answers, the same once more, an authority that is trusted, another way through the network.
const (
	Edit Way = iota
	TestAgain
	TrustAuthority
	UseProxy
	ChangeProxy
)

// Does says what a way does, as a key or a letter is told.
func (w Way) Does() string {
	return [...]string{"edit", "test again", "trust an authority", "use a proxy", "change the proxy"}[w]
}

// passing are the patterns of what goes away by itself or is put right outside of this program, so that the same answers are tested again.
var passing = []string{
	"gateway", "server-trouble", "throttled", "token-throttled", "not-propagated", "cut", "unreadable", "other-object", "held-back",
	"network-sign-in", "clock-skew", "certificate-not-yet",
}

// Passes reports whether testing again is what comes next after a failure.
func Passes(f check.Finding) bool { return slices.Contains(passing, f.Pattern) }

// WaysOut are the ways out after a failed sign-in, first the one that comes next: what changes what is at fault, or testing again.
func (d *Draft) WaysOut(failed check.Result) []Way {
	switch at := d.AtFault(*failed.Finding); {
	case at == lint.CAFile:
		return []Way{TrustAuthority, TestAgain, Edit, UseProxy}
	case at == lint.Proxy:
		return []Way{ChangeProxy, TestAgain, Edit}
	case Passes(*failed.Finding):
		return []Way{TestAgain, Edit}
	case failed.MayNeedProxy(d.Host()):
		return []Way{Edit, TestAgain, UseProxy}
	}
	return []Way{Edit, TestAgain}
}
