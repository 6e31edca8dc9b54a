package workspace

import (
	"context"
	"fmt"
	"strings"

	"github.com/databricks/databricks-sdk-go/service/iam"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Me asks who the workspace thinks the connector is, over SCIM.
func (w *Workspace) Me(ctx context.Context) (connector.Principal, error) {
	var me *iam.User
	err := asking(ctx, func(ctx context.Context) (err error) {
		me, err = iam.NewCurrentUser(w.client).Me(ctx, iam.MeRequest{})
		return err
	})
	if err == nil {
		err = identified(nil, me.UserName)
	}
	if err != nil {
		return connector.Principal{}, fmt.Errorf("ask who I am: %w", w.told(err))
	}
	kind := connector.KindSP
	if strings.Contains(me.UserName, "@") {
		kind = connector.KindUser
	}
	w.names.Note(kind, me.UserName, me.DisplayName, me.Id)
	p := connector.Principal{
		ID: connector.SCIMID(me.Id), Name: connector.FromRemote(me.UserName), DisplayName: connector.FromRemote(me.DisplayName), Active: me.Active,
	}
	for _, e := range me.Entitlements {
		p.Entitlements = append(p.Entitlements, e.Value)
	}
	for _, g := range me.Groups {
		p.Groups = append(p.Groups, w.names.Remote(connector.KindGroup, g.Display))
	}
	return p, nil
}
