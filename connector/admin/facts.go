package admin

import (
	"context"

	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Facts collects for a certificate what an admin sees of a principal, named by any of its three names: its groups, entitlements and
// permissions, the metastore, and all of Unity Catalog. own is the workspace signed in to as the principal, which alone tells about
// hive_metastore; nil leaves that unseen. What this admin is not shown is among the facts as unseen; errors are those of Find
// and of the network.
func (s *Session) Facts(ctx context.Context, principal string, own *workspace.Workspace, chosen audit.Chosen) (audit.Facts, error) {
	p, err := s.Find(ctx, principal)
	if err != nil {
		return audit.Facts{}, err
	}
	groups, err := s.groupsOf(ctx, p.ID)
	if err != nil {
		return audit.Facts{}, err
	}
	identities := make([]grants.Identity, len(groups))
	for i, g := range groups {
		identities[i] = g.Identity
	}
	f := audit.Facts{Host: s.host, By: s.me.Label(), Who: grants.Known(p.Principal(), identities), Chosen: chosen}
	self := f.Who.Identities[0]
	for _, e := range p.Entitlements {
		f.Rights = append(f.Rights, audit.Right{Kind: audit.Entitlement, Name: e, Holder: self})
	}
	for _, g := range groups {
		for _, e := range g.Entitlements {
			f.Rights = append(f.Rights, audit.Right{Kind: audit.Entitlement, Name: e, Holder: g.Identity})
		}
	}
	f.Admin()
	for _, add := range []func(context.Context, *audit.Facts) error{s.warehouseFacts, s.tokenFacts, s.metastoreFacts} {
		if err := add(ctx, &f); err != nil {
			return audit.Facts{}, err
		}
	}
	return f, f.Unity(ctx, s.view, own)
}

// warehouseFacts adds the levels on every warehouse. A workspace admin sees them all; who is none may not.
func (s *Session) warehouseFacts(ctx context.Context, f *audit.Facts) error {
	if !s.Admin() {
		f.Unseen = append(f.Unseen, "warehouses that this admin does not see")
	}
	warehouses, err := workspace.Every(ctx, s.view.Warehouses)
	if err != nil {
		return err
	}
	for _, w := range warehouses {
		list, err := s.warehouseAccess(ctx, w.ID)
		if grants.Refused(err) {
			f.Unseen = append(f.Unseen, "the permissions on warehouse "+w.Name.String())
		} else if err != nil {
			return err
		}
		for _, e := range list {
			// The group admins manages every warehouse; being in it is noted by itself.
			if id, counts := f.Who.Is(e.Name); counts && e.Name.Raw() != grants.AdminsGroup {
				f.Rights = append(f.Rights, audit.Right{Kind: audit.OnWarehouse, Name: e.Level, On: w.Name, ID: w.ID, Holder: id})
			}
		}
	}
	return nil
}

func (s *Session) tokenFacts(ctx context.Context, f *audit.Facts) error {
	list, err := s.tokenAccess(ctx)
	if grants.Refused(err) {
		f.Unseen = append(f.Unseen, audit.UnseenTokens)
		return nil
	}
	for _, e := range list {
		if id, counts := f.Who.Is(e.Name); counts && e.Name.Raw() != grants.AdminsGroup {
			f.Rights = append(f.Rights, audit.Right{Kind: audit.OnTokens, Name: e.Level, Holder: id})
		}
	}
	return err
}

func (s *Session) metastoreFacts(ctx context.Context, f *audit.Facts) error {
	m, err := s.metastore(ctx)
	if grants.Refused(err) {
		f.Unseen = append(f.Unseen, "the metastore")
		return nil
	}
	if err != nil {
		return err
	}
	return f.Metastore(ctx, s.view, m.ID, m.Owner)
}
