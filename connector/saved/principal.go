package saved

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// Principal is what a saved connection knows of its principal.
func Principal(c connector.Connection) admin.ServicePrincipal {
	id := connector.ClientID(connector.CleanLine(setup.PrincipalOf(c), 64))
	return admin.ServicePrincipal{ID: c.Principal.ID, ApplicationID: id, DisplayName: c.Principal.DisplayName}
}

// With finds the saved connection of this name, or else one whose principal is called so.
func With(all []connector.Connection, who string) (connector.Connection, bool) {
	at := slices.IndexFunc(all, func(c connector.Connection) bool {
		return strings.EqualFold(c.Name, strings.TrimSpace(who)) || c.Principal.Called(who)
	})
	if at < 0 {
		return connector.Connection{}, false
	}
	return all[at], true
}

// SigningIn are the names of the saved connections to a workspace that sign in as a principal.
func SigningIn(all []connector.Connection, host connector.Host, as connector.ClientID) []string {
	names := []string{}
	for _, c := range all {
		if c.Host.Same(host) && strings.EqualFold(setup.PrincipalOf(c), string(as)) {
			names = append(names, c.Name)
		}
	}
	return names
}
