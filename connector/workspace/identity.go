package workspace

import (
	"context"
	"fmt"
	"strings"

	"github.com/databricks/databricks-sdk-go/service/iam"

	"github.com/draftt-io/draftt-databricks/connector"
)

// meAnswer is a principal of SCIM. The SDK's own type cannot tell a principal that is inactive from one of which nothing is said.
type meAnswer struct {
	ID           string             `json:"id"`
	UserName     string             `json:"userName"`
	DisplayName  string             `json:"displayName"`
	Active       *bool              `json:"active"`
	Entitlements []iam.ComplexValue `json:"entitlements"`
	Groups       []iam.ComplexValue `json:"groups"`
}

// Me asks who the workspace thinks the connector is, over SCIM.
func (w *Workspace) Me(ctx context.Context) (connector.Principal, error) {
	var me meAnswer
	err := w.get(ctx, "/api/2.0/preview/scim/v2/Me", nil, &me)
	if err = identified(err, me.UserName); err != nil {
		return connector.Principal{}, fmt.Errorf("ask who I am: %w", err)
	}
	kind := connector.KindSP
	if strings.Contains(me.UserName, "@") {
		kind = connector.KindUser
	}
	w.names.Note(kind, me.UserName, me.DisplayName, me.ID)
	p := connector.Principal{
		ID: connector.SCIMID(me.ID), Name: connector.FromRemote(me.UserName), DisplayName: connector.FromRemote(me.DisplayName),
		Active: me.Active == nil || *me.Active,
	}
	for _, e := range me.Entitlements {
		p.Entitlements = append(p.Entitlements, e.Value)
	}
	for _, g := range me.Groups {
		p.Groups = append(p.Groups, w.names.Remote(connector.KindGroup, g.Display))
	}
	return p, nil
}
