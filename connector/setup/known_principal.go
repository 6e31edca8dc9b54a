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
