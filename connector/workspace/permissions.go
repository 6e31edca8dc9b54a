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
