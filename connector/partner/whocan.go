package partner

import (
	"context"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// WhoCan says for each need who can give it, a line for each: whom to ask where whoever is signed in is refused.
func WhoCan(ctx context.Context, s *admin.Session, needs []Need) ([]string, error) {
	var lines []string
	var inUnity []grants.Need
	for _, n := range needs {
		switch n.Kind {
		case Entitlement, Token:
			lines = append(lines, n.Title()+": a workspace admin, who is a member of the group "+grants.AdminsGroup)
		case Warehouse:
			lines = append(lines, n.Title()+": a workspace admin, or whoever has CAN MANAGE on it")
		case Legacy:
			lines = append(lines, n.Title()+": its owner, or a workspace admin")
		case Unity:
			inUnity = append(inUnity, n.Grant)
		}
	}
	if len(inUnity) == 0 {
		return lines, nil
	}
	views, err := grants.Look(ctx, s.View(), connector.Remote{}, grants.Objects(inUnity))
	if err != nil {
		return nil, fmt.Errorf("look who can grant: %w", err)
	}
	owner, err := s.View().MetastoreOwner(ctx)
	if err != nil && !grants.Refused(err) {
		return nil, fmt.Errorf("look who can grant: %w", err)
	}
	for _, a := range grants.WhoCan(inUnity, views, owner) {
		var names []string
		for _, g := range a.Granters {
			names = append(names, g.Name.String()+" ("+string(g.Standing)+")")
		}
		who := strings.Join(names, ", ")
		if who == "" {
			who = "nobody whom the workspace shows; ask a metastore admin"
		}
		lines = append(lines, "Privileges on "+a.Object.Title()+": "+who)
	}
	return lines, nil
}
