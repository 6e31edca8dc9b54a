package admin

import (
	"cmp"
	"fmt"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/words"
)

// Reset is what is deleted of somebody else's connection to the workspace. Whoever asks has looked what is there and what else uses it.
type Reset struct {
	Purpose    string // for the journal, "partner disconnect" for one
	Name       string // to be typed
	Target     Target // empty ids where the service principal is gone
	Tokens     []authorization.Token
	Secrets    []SecretInfo
	Principal  bool // the service principal, and with it its tokens and secrets
	Warehouses []ComputeFact
	Clusters   []ComputeFact
	Kept       []string
	Uses       []Use
}

// PlanReset plans the deletions, the service principal last: as long as it is there, what it made is known for its own when somebody plans again.
func (s *Session) PlanReset(want Reset) (Plan, error) {
	plan := s.newPlan(want.Purpose, want.Target)
	plan.Name, plan.Kept, plan.Uses = want.Name, want.Kept, want.Uses
	var changes []Change
	for _, w := range want.Warehouses {
		changes = append(changes, Change{
			Kind: DeleteWarehouse, Object: "warehouse " + w.Name.String() + " (" + w.ID + ")", Before: "there, " + words.Plural(w.Sessions, "session is open", "sessions are open"),
			After: "deleted", Undo: "None: a new warehouse has another HTTP path.", Why: "The connection has it for its own.", subject: subject{warehouse: connector.WarehouseID(w.ID)},
		})
	}
	for _, c := range want.Clusters {
		change, err := deleteCluster(c)
		if err != nil {
			return Plan{}, err
		}
		changes = append(changes, change)
	}
	for _, t := range want.Tokens {
		changes = append(changes, Change{
			Kind: DeleteToken, Object: "personal access token " + cmp.Or(t.Comment.String(), t.ID) + " of " + want.Target.Label(), Before: "made " + day(t.Created) + ", last used " + day(t.LastUsed),
			After: "deleted", Undo: "None: a deleted token cannot be brought back, but another can be made.", Why: "Whoever has it signs in as the service principal.",
			subject: subject{request: &Request{Method: http.MethodDelete, Path: tokensPath + "/" + connector.PathSegment(t.ID)}},
		})
	}
	for _, secret := range want.Secrets {
		b := builder{session: s}
		changes = append(changes, b.deletion(secret, "Whoever has it signs in as the service principal."))
	}
	if want.Principal && want.Target.ID != "" {
		changes = append(changes, Change{
			Kind: DeletePrincipal, Object: fmt.Sprintf("service principal %s (application ID %s, SCIM id %s)", want.Target.Label(), want.Target.ApplicationID, want.Target.ID),
			Before: "there, with its OAuth secrets, tokens and permissions in the workspace", After: "deleted, and these with it",
			Undo: "None: a new service principal has other ids, so everything has to be granted to it again.", Why: "The connection signs in as it.",
		})
	}
	return plan, plan.add(changes...)
}
