package setup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// maxOffered bounds the service principals that are offered; further ones are typed in by their application ID.
const maxOffered = 1000

// AdminTask is what an admin is asked to do for a set-up.
type AdminTask struct {
	Title string
	Want  admin.Provision
	Ask   func(context.Context, *admin.Session) ([]Offer, error) // what to choose from first, nil for nothing
}

// Offer is one thing to choose from before a plan is made.
type Offer struct {
	Name  string
	Cells []string
	Named bool // a display name is asked for as well
	set   func(want *admin.Provision, name string)
}

// Choose puts what was chosen into what is wanted. name is the display name, where one was asked for.
func (t *AdminTask) Choose(o Offer, name string) { o.set(&t.Want, name) }

// PrincipalTask makes or picks the service principal, with the entitlement and an OAuth secret.
func PrincipalTask() AdminTask {
	return AdminTask{
		Title: "A service principal for Draftt", Want: admin.Provision{Secret: true},
		Ask: func(ctx context.Context, session *admin.Session) ([]Offer, error) {
			offers := []Offer{{Name: "Make a new one", Cells: []string{""}, Named: true, set: func(want *admin.Provision, name string) {
				want.DisplayName = name
			}}}
			for p, err := range session.ServicePrincipals(ctx) {
				if err != nil {
					return nil, err
				}
				if len(offers) > maxOffered {
					break
				}
				about := "managed by Databricks"
				if p.EntraManaged {
					about = "managed by Entra ID"
				}
				offers = append(offers, Offer{Name: p.DisplayName.String(), Cells: []string{p.ApplicationID.String(), about}, set: func(want *admin.Provision, _ string) {
					want.Principal = string(p.ApplicationID)
				}})
			}
			return offers, nil
		},
	}
}

// WarehouseTask gives CAN_USE on a warehouse that is chosen from those that the admin sees, the one first that was tried last. Want.Warehouse
// is its ID then.
func (s *Setup) WarehouseTask() AdminTask {
	tried := s.proving
	return AdminTask{
		Title: "CAN_USE on a SQL warehouse", Want: admin.Provision{Principal: s.draft.Principal().Name.Raw()},
		Ask: func(ctx context.Context, session *admin.Session) ([]Offer, error) {
			all, err := workspace.Every(ctx, Offered(session.View().Warehouses))
			if err != nil {
				return nil, err
			}
			var offers []Offer
			for _, w := range all {
				at := len(offers)
				if w.ID == tried {
					at = 0
				}
				offers = slices.Insert(offers, at, Offer{Name: w.Name.String(), Cells: []string{string(w.Type), w.Size.String(), w.State.Word()}, set: func(want *admin.Provision, _ string) {
					want.Warehouse = w.ID
				}})
			}
			if len(offers) == 0 {
				return nil, &connector.Error{Kind: admin.ErrRefused, What: "There is no SQL warehouse in this workspace.", Remedy: "Create one under SQL Warehouses, then choose it here."}
			}
			return offers, nil
		},
	}
}

// GrantTask makes the grants that are missing.
func (s *Setup) GrantTask(found Comparison) AdminTask {
	return AdminTask{Title: "Grant what is missing", Want: admin.Provision{Principal: s.draft.Principal().Name.Raw(), Needs: found.Needs()}}
}

// TakeMade puts what an admin made into the draft: the client ID, and the secret, which goes nowhere else.
func (s *Setup) TakeMade(out admin.Outcome) (told string) {
	var parts []string
	if id := out.Target.ApplicationID; id != "" {
		if _, err := s.draft.SetClientID(string(id), FromAdmin); err == nil {
			parts = append(parts, "client ID")
		}
	}
	if !out.Secret.IsZero() {
		s.draft.SetMethod(connector.OAuth)
		s.draft.SetSecret(out.Secret)
		s.draft.secretExpires = out.Expires
		parts = append(parts, "OAuth secret")
	}
	if len(parts) == 0 {
		return s.Made(out)
	}
	return fmt.Sprintf("%s Filled in: %s of %s.", s.Made(out), strings.Join(parts, " and "), out.Target.Label())
}
