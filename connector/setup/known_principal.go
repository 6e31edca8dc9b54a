package setup

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
)

// KnownPrincipal is what the set-up itself knows of the principal: all of it after signing in, and otherwise what was typed.
func (s *Setup) KnownPrincipal() admin.ServicePrincipal {
	who := s.draft.Principal()
	if s.draft.Connected() && who.IsServicePrincipal() {
		return admin.ServicePrincipal{ID: who.ID, ApplicationID: connector.ClientID(who.Name.Raw()), DisplayName: who.DisplayName, Active: who.Active}
	}
	return admin.ServicePrincipal{ApplicationID: s.draft.clientID}
}

// PrincipalCardTitle heads the card of a principal.
const PrincipalCardTitle = "The names of the service principal"

// PrincipalCard is every name of a principal with what it is used for. One that is not known yet says how it comes to be.
func PrincipalCard(p admin.ServicePrincipal) []admin.CardLine {
	card := p.Card()
	for i := range card {
		if card[i].Value == "" {
			card[i].Value = "not known before signing in"
		}
	}
	return card
}

// SavedPrincipal is what a saved connection knows of its principal.
func SavedPrincipal(c connector.Connection) admin.ServicePrincipal {
	id := connector.ClientID(connector.CleanLine(PrincipalOf(c), 64))
	return admin.ServicePrincipal{ID: c.Principal.ID, ApplicationID: id, DisplayName: c.Principal.DisplayName}
}

// SavedWith finds the saved connection of this name, or else one whose principal is called so.
func SavedWith(saved []connector.Connection, who string) (connector.Connection, bool) {
	at := slices.IndexFunc(saved, func(c connector.Connection) bool {
		return strings.EqualFold(c.Name, strings.TrimSpace(who)) || c.Principal.Called(who)
	})
	if at < 0 {
		return connector.Connection{}, false
	}
	return saved[at], true
}

// SigningIn are the names of the saved connections to a workspace that sign in as a principal.
func SigningIn(saved []connector.Connection, host connector.Host, as connector.ClientID) []string {
	names := []string{}
	for _, c := range saved {
		if c.Host.Same(host) && strings.EqualFold(PrincipalOf(c), string(as)) {
			names = append(names, c.Name)
		}
	}
	return names
}
