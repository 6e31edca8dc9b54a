package steps

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/ui"
)

// maxOffered bounds the service principals that are offered; further ones are typed in by their application ID.
const maxOffered = 1000

// errand is what a step asks an admin to do.
type errand struct {
	title string
	want  admin.Provision
	ask   func(context.Context, *admin.Session) ([]offer, error) // what to choose from first, nil for nothing
	done  func(admin.Outcome) tea.Cmd
}

// offer is one thing to choose from before a plan is made.
type offer struct {
	name  string
	cells []string
	named bool // a display name is asked for as well
	set   func(want *admin.Provision, name string)
}

// row is an offer as the picker shows it.
func (o offer) row() ui.PickerRow { return ui.PickerRow{Name: o.name, Cells: o.cells} }

// principalErrand makes or picks the service principal, with the entitlement and an OAuth secret.
func principalErrand(done func(admin.Outcome) tea.Cmd) errand {
	return errand{
		title: "A service principal for Draftt", want: admin.Provision{Secret: true}, done: done,
		ask: func(ctx context.Context, session *admin.Session) ([]offer, error) {
			offers := []offer{{name: "Make a new one", cells: []string{""}, named: true, set: func(want *admin.Provision, name string) {
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
				offers = append(offers, offer{name: p.DisplayName.String(), cells: []string{p.ApplicationID, about}, set: func(want *admin.Provision, _ string) {
					want.Principal = p.ApplicationID
				}})
			}
			return offers, nil
		},
	}
}

// warehouseErrand gives CAN_USE on a warehouse that is chosen from those that the admin sees.
func warehouseErrand(principal connector.Principal, done func(admin.Outcome, string) tea.Cmd) errand {
	var chosen string
	return errand{
		title: "CAN_USE on a SQL warehouse", want: admin.Provision{Principal: principal.Name.Raw()},
		done: func(out admin.Outcome) tea.Cmd { return done(out, chosen) },
		ask: func(ctx context.Context, session *admin.Session) ([]offer, error) {
			all, err := everyPage(ctx, offered(session.View().Warehouses))
			if err != nil {
				return nil, err
			}
			var offers []offer
			for _, w := range all {
				offers = append(offers, offer{name: w.Name.String(), cells: []string{string(w.Type), w.Size.String(), w.State.Word()}, set: func(want *admin.Provision, _ string) {
					want.Warehouse, chosen = w.ID, w.ID
				}})
			}
			if len(offers) == 0 {
				return nil, &connector.Error{Kind: admin.ErrRefused, What: "There is no SQL warehouse in this workspace.", Remedy: "Create one under SQL Warehouses, then choose it here."}
			}
			return offers, nil
		},
	}
}

// takeMade puts what an admin made into the draft: the client ID, and the secret, which goes nowhere else.
func (s *Setup) takeMade(out admin.Outcome) (told string) {
	var parts []string
	if id := out.Target.ApplicationID; id != "" {
		if _, err := s.draft.SetClientID(id, FromAdmin); err == nil {
			parts = append(parts, "client ID")
		}
	}
	if !out.Secret.IsZero() {
		s.draft.SetMethod(connector.OAuth)
		s.draft.SetSecret(out.Secret)
		parts = append(parts, "OAuth secret")
	}
	if len(parts) == 0 {
		return s.made(out)
	}
	return fmt.Sprintf("%s Filled in: %s of %s.", s.made(out), strings.Join(parts, " and "), out.Target.Label())
}
