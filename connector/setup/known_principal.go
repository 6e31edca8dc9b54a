package setup

import (
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
