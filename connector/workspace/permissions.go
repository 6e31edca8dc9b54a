package workspace

import (
	"context"
	"fmt"

	"github.com/databricks/databricks-sdk-go/service/catalog"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Effective lists the privileges that a principal holds on an object, inherited ones included. Privileges that come through a group
// appear under the group's name or not at all, so an absent privilege is not proof; only a read is.
func (w *Workspace) Effective(ctx context.Context, kind connector.SecurableType, fullName string, principal connector.Remote) ([]connector.Grant, error) {
	var grants []connector.Grant
	path := "/api/2.1/unity-catalog/effective-permissions/" + string(kind) + "/" + connector.PathSegment(fullName)
	for token := ""; ; {
		var answer catalog.EffectivePermissionsList
		request := catalog.GetEffectiveRequest{Principal: principal.Raw(), PageToken: token, ForceSendFields: serverPaged}
		if err := w.get(ctx, path, request, &answer); err != nil {
			return nil, fmt.Errorf("read effective privileges: %w", err)
		}
		for _, a := range answer.PrivilegeAssignments {
			for _, p := range a.Privileges {
				grants = append(grants, connector.Grant{
					Principal: connector.FromRemote(a.Principal), Privilege: connector.Privilege(p.Privilege),
					InheritedFrom: connector.FromRemote(p.InheritedFromName), InheritedType: connector.SecurableType(p.InheritedFromType),
				})
			}
		}
		if token = answer.NextPageToken; token == "" {
			return grants, nil
		}
	}
}

// MetastoreOwner names who owns the metastore that the workspace is assigned to, a user, a group or a service principal. Whoever owns it
// may grant itself anything in it.
func (w *Workspace) MetastoreOwner(ctx context.Context) (connector.Remote, error) {
	var answer struct {
		Owner string `json:"owner"`
	}
	if err := w.get(ctx, "/api/2.1/unity-catalog/metastore_summary", nil, &answer); err != nil {
		return connector.Remote{}, fmt.Errorf("read the metastore: %w", err)
	}
	connector.Note(connector.KindUser, answer.Owner)
	return connector.FromRemote(answer.Owner), nil
}
