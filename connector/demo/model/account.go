package model

import (
	"net/http"
	"slices"
)

// AccountID is the account that the workspace and its metastore belong to.
const AccountID = "3f0d6c1e-2b5a-4c6f-9d17-8a51be60c742"

// AccountAdminRole is the role of account admins, the one that SCIM at the account gives.
const AccountAdminRole = "account_admin"

// CheckActive refuses a principal that was deactivated. At the account everybody else gets as far as the question what they may.
func (w *World) CheckActive(p *Principal) error {
	if p.Active {
		return nil
	}
	return &Error{Code: "403", Status: http.StatusForbidden, Message: "User not authorized."}
}

// checkAccountAdmin refuses everybody but account admins. Databricks has the account's API for them alone, whatever somebody may in a
// workspace or in its metastore.
func (w *World) checkAccountAdmin(by *Principal) error {
	if w.accountAdmin(by) {
		return nil
	}
	return &Error{
		Code: "PERMISSION_DENIED", Status: http.StatusForbidden,
		Message: "This API is disabled for users without account admin status. Contact your administrator for more information.",
	}
}

// accountAdmin reports whether p has the role itself or through a group of the account.
func (w *World) accountAdmin(p *Principal) bool {
	for _, name := range w.identities(p) {
		if holder, ok := w.principal(name); ok && slices.Contains(holder.AccountRoles, AccountAdminRole) {
			return true
		}
	}
	return false
}

// checkAccountDraft refuses what the account has not, and what only its admins may change: with a role, whoever manages a group would make
// admins of its members.
func (w *World) checkAccountDraft(by, p *Principal, draft *Draft) error {
	if len(draft.Entitlements) > 0 {
		return invalidParameter("Entitlements belong to a workspace; at the account a %s has none.", kindNoun(p.Kind))
	}
	for _, role := range draft.Roles {
		if role != AccountAdminRole {
			return invalidParameter("Role %s is not supported.", role)
		}
	}
	if !slices.Equal(draft.Roles, p.AccountRoles) {
		return w.checkAccountAdmin(by)
	}
	return nil
}
