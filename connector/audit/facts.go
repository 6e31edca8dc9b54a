package audit

import (
	"context"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Chosen is what the principal is there to read, and through what.
type Chosen struct {
	Needs     []grants.Need
	Warehouse connector.WarehouseID // id
}

// Right is a right outside Unity Catalog: an entitlement, a permission on a warehouse, the use of tokens, the rule of the workspace.
type Right struct {
	Kind   RightKind
	Name   string                // as the workspace writes it, for example CAN_MANAGE or allow-cluster-create
	On     connector.Remote      // the warehouse, empty for the others
	ID     connector.WarehouseID // of the warehouse
	Holder grants.Identity
}

// RightKind is a kind of right.
type RightKind string

// The kinds of right.
const (
	Entitlement    RightKind = "entitlement"
	OnWarehouse    RightKind = "warehouse"
	OnTokens       RightKind = "tokens"
	WorkspaceAdmin RightKind = "workspace admin"
	MetastoreAdmin RightKind = "metastore admin"
)

// UnseenTokens is among the facts as unseen where whoever looked is not shown who may use tokens.
const UnseenTokens = "who may use personal access tokens"

// Facts are everything that a certificate is judged by. Whatever could have mattered and was not seen is in Unseen.
type Facts struct {
	Host        connector.Host
	MetastoreID connector.MetastoreID // empty when it is not visible
	Who         grants.Who
	By          string // the admin who looked, empty where the principal itself did, which is not shown everything
	Chosen      Chosen
	Missing     []grants.Line // of the contract
	Held        []grants.Excess
	Rights      []Right
	Unseen      []string
	Catalogs    int // looked at
	Schemas     int
	Tables      int
}

// adopt adds what a survey found.
func (f *Facts) adopt(h Held) {
	f.Held = append(f.Held, h.Privileges...)
	f.Unseen = append(f.Unseen, h.Unseen...)
	f.Catalogs, f.Schemas, f.Tables = h.Catalogs, h.Schemas, h.Tables
}

// Own collects what a principal sees of itself, without an admin. That is never everything: who may use tokens, the level on a warehouse and
// what comes through some groups are not shown to it, and the facts say so. Errors are those of the network.
func Own(ctx context.Context, ws *workspace.Workspace, chosen Chosen) (Facts, error) {
	me, err := ws.Me(ctx)
	if err != nil {
		return Facts{}, fmt.Errorf("audit: %w", err)
	}
	f := Facts{Host: ws.Host(), Who: grants.Self(me), Chosen: chosen}
	f.Unseen = []string{
		"groups of groups that the principal belongs to, and what they may do", "entitlements that come through groups",
		"privileges on the metastore and its owner", UnseenTokens,
	}
	for _, e := range me.Entitlements {
		f.Rights = append(f.Rights, Right{Kind: Entitlement, Name: e, Holder: f.Who.Identities[0]})
	}
	f.Admin()
	warehouses, err := workspace.Every(ctx, ws.Warehouses)
	if err != nil {
		return Facts{}, fmt.Errorf("audit: %w", err)
	}
	for _, w := range warehouses {
		f.Unseen = append(f.Unseen, "the permission level on warehouse "+w.Name.String())
	}
	return f, f.Unity(ctx, ws, ws)
}

// Admin notes that the principal is a workspace admin, where it is one.
func (f *Facts) Admin() {
	if id, is, _ := f.Who.Admin(); is {
		f.Rights = append(f.Rights, Right{Kind: WorkspaceAdmin, Name: "workspace admin", Holder: id})
	}
}

// Unity adds what Unity Catalog shows to the reader: what is held everywhere, and what is missing of the contract. principal is the same
// workspace signed in to as the principal itself, which may be the reader too; without it, nil, hive_metastore counts as not seen. Errors
// are those of the network.
func (f *Facts) Unity(ctx context.Context, ws, principal *workspace.Workspace) error {
	deep := func(name connector.SchemaName) bool {
		return slices.ContainsFunc(f.Chosen.Needs, func(n grants.Need) bool {
			return n.On.Type != connector.CatalogType && n.On.Name.SchemaName == name
		})
	}
	held, err := Survey(ctx, ws, f.Who, deep)
	if err != nil {
		return err
	}
	f.adopt(held)
	if held.Legacy {
		if err := f.legacy(ctx, principal); err != nil {
			return err
		}
	}
	views, err := grants.Look(ctx, ws, f.Who.Principal.Name, grants.Objects(f.Chosen.Needs))
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	found := grants.Diff(f.Chosen.Needs, views, f.Who, ws == principal)
	f.Missing = found.Missing
	if found.Obstacle != "" {
		f.Unseen = append(f.Unseen, "the chosen catalog, which is not open in this workspace")
	}
	return nil
}

// legacy settles hive_metastore by the principal's own sight: table access control shows a schema to those alone who hold something on it.
// What they hold does not show over REST.
func (f *Facts) legacy(ctx context.Context, principal *workspace.Workspace) error {
	const unseen = "hive_metastore, which shows its privileges in SQL only"
	if principal == nil {
		f.Unseen = append(f.Unseen, unseen)
		return nil
	}
	name, err := connector.ParseIdent(connector.HiveMetastore)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	schemas, err := workspace.Every(ctx, func(ctx context.Context, token string) (workspace.Page[connector.Schema], error) {
		return principal.Schemas(ctx, name, token)
	})
	refused := grants.Refused(err)
	if err != nil && !refused {
		return fmt.Errorf("audit: %w", err)
	}
	if refused || len(schemas) > 0 {
		f.Unseen = append(f.Unseen, unseen)
	}
	return nil
}

// Metastore adds what the principal holds on the metastore. Only its admin is shown that, and only its admin sees every catalog.
func (f *Facts) Metastore(ctx context.Context, ws *workspace.Workspace, id connector.MetastoreID, owner connector.Remote) error {
	f.MetastoreID = id
	switch holder, owns, unseen := f.Who.Owns(grants.Metastore(), owner); {
	case unseen != "":
		f.Unseen = append(f.Unseen, unseen)
	case owns:
		f.Rights = append(f.Rights, Right{Kind: MetastoreAdmin, Name: "metastore admin", Holder: holder})
	}
	found, err := ws.Effective(ctx, grants.MetastoreType, string(id), connector.Remote{})
	switch {
	case grants.Refused(err):
		f.Unseen = append(f.Unseen, "privileges on the metastore, and catalogs that this admin does not see")
		return nil
	case err != nil:
		return fmt.Errorf("audit: %w", err)
	}
	f.Held = append(f.Held, f.Who.Judge(grants.View{Object: grants.Metastore(), Grants: found}).Given()...)
	return nil
}
