package setup

import (
	"cmp"

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

// The ways out: other answers, an authority that is trusted, another way through the network.
const (
	Edit Way = iota
	TrustAuthority
	UseProxy
	ChangeProxy
)

// Does says what a way does, as a key or a letter is told.
func (w Way) Does() string {
	return [...]string{"edit", "trust an authority", "use a proxy", "change the proxy"}[w]
}

// WaysOut are the ways out after a failed sign-in, first the one that changes what is at fault.
func (d *Draft) WaysOut(failed check.Result) []Way {
	switch at := d.AtFault(*failed.Finding); {
	case at == lint.CAFile:
		return []Way{TrustAuthority, Edit, UseProxy}
	case at == lint.Proxy:
		return []Way{ChangeProxy, Edit}
	case failed.MayNeedProxy(d.Host()):
		return []Way{Edit, UseProxy}
	}
	return []Way{Edit}
}
