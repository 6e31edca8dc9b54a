package connector

import (
	"fmt"
	"strings"
	"unicode"
)

// AuthMethod is how a connection signs in.
type AuthMethod string

// OAuth is OAuth machine-to-machine with a client ID and secret; PAT is a personal access token, the documented legacy alternative.
const (
	OAuth AuthMethod = "oauth-m2m"
	PAT   AuthMethod = "pat"
)

// Label names the method as a person knows it.
func (m AuthMethod) Label() string {
	if m == PAT {
		return "personal access token"
	}
	return "OAuth secret"
}

// Credentials are what a connection signs in with. ClientID is empty for a PAT.
type Credentials struct {
	Method   AuthMethod
	ClientID ClientID
	Secret   Secret
}

// Entitlement values of the SCIM API that let a principal query a warehouse.
const (
	EntitlementSQL     = "databricks-sql-access"
	EntitlementConsume = "workspace-consume"
)

// Principal is who the workspace says the connector is.
type Principal struct {
	ID           SCIMID // the numeric SCIM id, which deletes and secrets take
	Name         Remote // the SCIM userName: the application ID of a service principal, the e-mail of a user
	DisplayName  Remote
	Active       bool
	Entitlements []string // may be empty although the principal has some: the workspace does not always fill them in
	Groups       []Remote
}

// IsServicePrincipal reports whether the name is an application ID, that is, a UUID.
func (p Principal) IsServicePrincipal() bool { return uuidForm.MatchString(p.Name.raw) }

// Label is the display name, or the name where there is none.
func (p Principal) Label() string {
	if p.DisplayName.raw != "" {
		return p.DisplayName.String()
	}
	return p.Name.String()
}

// ParseClientID accepts the application ID of a service principal, trimmed of blanks and quotes and in lower case.
// It returns an *Error of kind ErrInput that recognises the values people paste by mistake: the SCIM id, a secret, a token, a name.
func ParseClientID(text string) (ClientID, error) {
	id := strings.ToLower(strings.Trim(strings.TrimSpace(text), "\"'`"))
	if !strings.HasPrefix(id, "dose") && !strings.HasPrefix(id, "dapi") { // no part of a secret is kept
		Known().Note(KindSP, id) // a refused one too: it is offered again, and may be on a shared screen
	}
	switch {
	case uuidForm.MatchString(id):
		return ClientID(id), nil
	case id == "":
		return "", &Error{Kind: ErrInput, What: "The client ID is empty.", Remedy: "Copy the application ID of the service principal, a UUID."}
	case digitsOnly.MatchString(id):
		return "", &Error{Kind: ErrInput, What: "Digits only: that is the SCIM id.", Remedy: "The client ID is the application ID, a UUID."}
	case strings.HasPrefix(id, "dose"):
		return "", &Error{Kind: ErrInput, What: "This looks like an OAuth secret.", Remedy: "The client ID is the application ID, a UUID; the secret has its own field."}
	case strings.HasPrefix(id, "dapi"):
		return "", &Error{Kind: ErrInput, What: "This looks like a personal access token.", Remedy: "ctrl+t signs in with a token instead."}
	}
	return "", &Error{Kind: ErrInput, What: "The client ID is not a UUID.", Remedy: "Copy the application ID of the service principal, not its name."}
}

// QuotePrincipal quotes the name after TO or FROM in a GRANT: a service principal by its application ID, as the SQL reference of
// principals asks. It returns an *Error of kind ErrInput for a name that no principal has.
func QuotePrincipal(name Remote) (string, error) {
	raw := name.raw
	if raw == "" || len(raw) > maxIdent {
		return "", &Error{Kind: ErrInput, What: "The principal has no usable name.", Remedy: "Test the connection again."}
	}
	for _, r := range raw {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar {
			return "", &Error{Kind: ErrInput, What: fmt.Sprintf("%q cannot be quoted safely.", name.String()), Remedy: "Rename the principal."}
		}
	}
	return "`" + strings.ReplaceAll(raw, "`", "``") + "`", nil
}
