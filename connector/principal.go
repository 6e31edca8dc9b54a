package connector

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/draftt-io/draftt-databricks/letters"
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

// With is the same way to sign in with another secret.
func (c Credentials) With(secret Secret) Credentials {
	c.Secret = secret
	return c
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
func (p Principal) IsServicePrincipal() bool { return IsApplicationID(p.Name.raw) }

// IsApplicationID reports whether a name has the form of one, by which service principals go.
func IsApplicationID(name string) bool { return uuidForm().MatchString(name) }

// Label is the display name, or the name where there is none.
func (p Principal) Label() string {
	if p.DisplayName.raw != "" {
		return p.DisplayName.String()
	}
	return p.Name.String()
}

// Called reports whether a text that was typed is one of the names of the principal: its SCIM id, its application ID or user name, or its
// display name.
func (p Principal) Called(text string) bool {
	text = strings.TrimSpace(text)
	if id, err := ParseClientID(text); err == nil {
		text = string(id)
	}
	return text != "" && (text == string(p.ID) || strings.EqualFold(text, p.Name.raw) || strings.EqualFold(text, p.DisplayName.raw))
}

// QuotePrincipal quotes the name after TO or FROM in a GRANT: a service principal by its application ID, as the SQL reference of
// principals asks. It returns an *Error of kind ErrInput for a name that no principal has.
func QuotePrincipal(name Remote) (string, error) {
	raw := name.raw
	if raw == "" || len(raw) > maxIdent {
		return "", &Error{Kind: ErrInput, What: "The principal has no usable name.", Remedy: "Test the connection again."}
	}
	for _, r := range raw {
		if letters.Steers(r) || r == unicode.ReplacementChar {
			return "", &Error{Kind: ErrInput, What: fmt.Sprintf("%q cannot be quoted safely.", name.String()), Remedy: "Rename the principal."}
		}
	}
	return "`" + strings.ReplaceAll(raw, "`", "``") + "`", nil
}
