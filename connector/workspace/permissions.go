package workspace

import (
	"context"
	"fmt"
	"strings"

	"github.com/databricks/databricks-sdk-go/service/catalog"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Effective lists the privileges that a principal holds on an object, inherited ones included. Privileges that come through a group
// appear under the group's name or not at all, so an absent privilege is not proof; only a read is.
func (w *Workspace) Effective(ctx context.Context, kind connector.SecurableType, fullName string, principal connector.Remote) ([]connector.Grant, error) {
	path := "/api/2.1/unity-catalog/effective-permissions/" + string(kind) + "/" + connector.PathSegment(fullName)
	return Every(ctx, func(ctx context.Context, token string) (Page[connector.Grant], error) {
		var answer privilegesAnswer
		request := catalog.GetEffectiveRequest{Principal: principal.Raw(), PageToken: token, ForceSendFields: serverPaged}
		if err := w.get(ctx, path, request, &answer); err != nil {
			return Page[connector.Grant]{}, fmt.Errorf("read effective privileges: %w", err)
		}
		page := Page[connector.Grant]{Next: answer.NextPageToken}
		for _, a := range answer.Assignments {
			who := w.names.Remote(connector.PrincipalKind(a.Principal), a.Principal)
			for _, p := range a.Privileges {
				w.names.NoteFull(inCatalog(p))
				page.Items = append(page.Items, connector.Grant{
					Principal: who, Privilege: p.Privilege,
					InheritedFrom: w.names.Remote(connector.KindName, p.InheritedFromName), InheritedType: p.InheritedFromType,
				})
			}
		}
		return page, nil
	})
}

// inCatalog is the full name of the object that a privilege comes from, empty for one that is not in a catalog, such as the metastore.
func inCatalog(p privilegeAnswer) string {
	switch connector.SecurableType(strings.ToLower(string(p.InheritedFromType))) {
	case connector.CatalogType, connector.SchemaType, connector.TableType:
		return p.InheritedFromName
	}
	return ""
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
	return w.names.Remote(connector.PrincipalKind(answer.Owner), answer.Owner), nil
}
