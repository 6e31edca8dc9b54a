package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

type scimValue struct {
	Value   string `json:"value,omitempty"`
	Display string `json:"display,omitempty"`
	Type    string `json:"type,omitempty"`
	Ref     string `json:"$ref,omitempty"`
	Primary bool   `json:"primary,omitempty"`
}

type scimUser struct {
	Schemas      []string    `json:"schemas"`
	ID           string      `json:"id"`
	UserName     string      `json:"userName"`
	DisplayName  string      `json:"displayName,omitempty"`
	Active       bool        `json:"active"`
	Emails       []scimValue `json:"emails,omitempty"`
	Groups       []scimValue `json:"groups,omitempty"`
	Entitlements []scimValue `json:"entitlements,omitempty"`
}

// me is the caller as SCIM has it. Entitlements are the principal's own: those of its groups do not show, as in Databricks.
func (h *Handler) me(_ *http.Request, who *model.Principal) (any, error) {
	me := scimUser{
		Schemas: []string{"urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:workspace:2.0:User"},
		ID:      who.ID, UserName: who.Name, DisplayName: who.DisplayName, Active: who.Active,
	}
	if who.Kind == model.User {
		me.Emails = []scimValue{{Value: who.Name, Type: "work", Primary: true}}
	}
	for _, g := range h.world.Groups(who) {
		me.Groups = append(me.Groups, scimValue{Value: g.ID, Display: g.Name, Type: "direct", Ref: "Groups/" + g.ID})
	}
	for _, e := range who.Entitlements {
		me.Entitlements = append(me.Entitlements, scimValue{Value: e})
	}
	return me, nil
}
