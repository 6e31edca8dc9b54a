package admin

import (
	"context"
	"errors"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Allow is what a service principal is to be given, for a partner: exactly this, since whoever asks has looked what is there.
type Allow struct {
	Principal    string                // application ID, SCIM id or display name of one that is there; empty to make DisplayName
	DisplayName  string                // of the one to make
	Tokens       bool                  // CAN_USE on personal access tokens
	Entitlements []string              // SCIM values
	Warehouse    connector.WarehouseID // CAN_USE on it; empty for none
	Needs        []grants.Need         // privileges in Unity Catalog
	Legacy       []grants.Need         // privileges in hive_metastore
	Runs         connector.WarehouseID // on which the GRANT of Legacy runs

	tokensAt string // the path of the list for tokens; empty: the usual one
}

// PlanAllow plans to give it. A service principal that is to be made and is there already is used, whoever made it: a partner has one by its
// name. Errors are those of Find, and ErrAmbiguous where several have the display name.
func (s *Session) PlanAllow(ctx context.Context, want Allow) (Plan, error) {
	p, err := s.Find(ctx, firstOf(want.Principal, want.DisplayName))
	fresh := errors.Is(err, ErrNotFound) && want.Principal == ""
	if err != nil && !fresh {
		return Plan{}, err
	}
	target := p.target()
	if fresh {
		target = Target{DisplayName: want.DisplayName}
	}
	plan := s.newPlan("partner", target)
	plan.Name = target.Label()
	if s.preview.Load() {
		want.tokensAt = authorization.Tokens.PreviewPath()
	}
	changes, err := want.Changes(target)
	if err != nil {
		return Plan{}, err
	}
	return plan, plan.add(changes...)
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// Changes are the steps for a principal, which is still to be made where it has no ids. Their requests can be shown without a session.
func (w Allow) Changes(t Target) ([]Change, error) {
	var out []Change
	principal := "service principal " + t.Label()
	if t.ID == "" {
		out = append(out, Change{
			Kind: CreatePrincipal, Object: principal, Before: "not there", After: "there, managed by Databricks", Undo: "Delete it by its SCIM id.",
			Why: "The partner signs in as a service principal of its own.",
		})
	}
	for _, e := range w.Entitlements {
		out = append(out, Change{
			Kind: AddEntitlement, Object: principal, Before: "without the entitlement " + connector.CleanLine(e, 60), After: "with it, beside the others",
			Undo: "Take the entitlement away again.", Why: "The set names it.", subject: subject{entitlement: e},
		})
	}
	if w.Tokens {
		out = append(out, Change{
			Kind: AddPermissions, Object: "personal access tokens of the workspace", Before: "no CAN_USE of its own", After: "CAN_USE; the other entries stay",
			Undo: "Remove the entry in the token settings of the workspace.", Why: "The set names it: the partner signs in with a personal access token.", subject: subject{path: w.tokensAt},
		})
	}
	if w.Warehouse != "" {
		out = append(out, Change{
			Kind: AllowWarehouse, Object: "warehouse " + w.Warehouse.String(), Before: "no permission of its own", After: "CAN_USE; the other entries of the access list stay",
			Undo: "Remove the entry in the Permissions dialog of the warehouse.", Why: "The partner queries through this warehouse.", subject: subject{warehouse: w.Warehouse},
		})
	}
	out = append(out, w.given(AddGrants, w.Needs, "")...)
	out = append(out, w.given(GrantLegacy, w.Legacy, w.Runs)...)
	for i := range out {
		request, err := out[i].request(t)
		if err != nil {
			return nil, fmt.Errorf("plan for a partner: %w", err)
		}
		out[i].Request = request
	}
	return out, nil
}

func (w Allow) given(kind Kind, needs []grants.Need, runs connector.WarehouseID) []Change {
	changes := grantChanges(kind, needs, func(same []grants.Need) Change {
		return Change{
			Before: "without " + privilegeList(same), After: "with " + privilegeList(same) + "; everybody else's grants stay",
			Undo: "Take " + privilegeList(same) + " away again.", Why: "The set names it.",
		}
	})
	for i := range changes {
		changes[i].subject.ofPartner, changes[i].subject.warehouse = true, runs
	}
	return changes
}
