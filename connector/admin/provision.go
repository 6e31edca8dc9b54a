package admin

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Provision is what a connection needs in the workspace.
type Provision struct {
	// Principal picks an existing service principal by any of its three names. When it is empty, one called DisplayName is made.
	Principal   string
	DisplayName string
	Another     bool // make one although others have the same display name

	Warehouse connector.WarehouseID // id of the warehouse to use, empty to leave warehouses alone
	Needs     []grants.Need         // of the contract, empty to leave grants alone
	Takes     []grants.Need         // to take from the principal itself, beyond the contract
	Secret    bool                  // make an OAuth secret, unless a saved connection has one already
	Lifetime  time.Duration         // of the secret; 0: as long as there is, two years
	// InUse are the secrets of the saved connections to this principal. A secret made here whose value is in none of them is lost, and the
	// plan deletes it.
	InUse []connector.Secret
}

// PlanProvision looks what is there and plans the rest. It changes nothing. After an interruption it adopts the service principal that the
// interrupted run made, and plans to delete a secret whose value was lost. It returns an *connector.Error that says what to do when a name is taken
// (ErrAmbiguous), a principal is not found, or it has no room for another secret (ErrTooManySecrets).
func (s *Session) PlanProvision(ctx context.Context, j *Journal, want Provision) (Plan, error) {
	past, err := j.history(s.host)
	if err != nil {
		return Plan{}, err
	}
	p, there, err := s.pick(ctx, past, want)
	if err != nil {
		return Plan{}, err
	}
	target := p.target()
	if !there {
		target = Target{DisplayName: strings.TrimSpace(want.DisplayName)}
	}
	b := builder{session: s, past: past, principal: p, there: there, plan: s.newPlan("provision", target)}
	b.plan.Name = cmp.Or(target.Label(), string(target.ApplicationID))
	steps := []func(context.Context, Provision) error{b.create, b.entitle, b.warehouse, b.grants, b.takes, b.secret}
	for _, step := range steps {
		if err := step(ctx, want); err != nil {
			return Plan{}, s.Refused(ctx, err, "Making what a connection needs")
		}
	}
	return b.plan, nil
}

// pick finds the service principal to use, if it is there.
func (s *Session) pick(ctx context.Context, past history, want Provision) (ServicePrincipal, bool, error) {
	if want.Principal != "" {
		p, err := s.Find(ctx, want.Principal)
		return p, err == nil, err
	}
	name := strings.TrimSpace(want.DisplayName)
	if _, err := connector.ParseConnectionName(name); err != nil {
		return ServicePrincipal{}, false, &connector.Error{Kind: ErrRefused, What: "The display name cannot be used.", Remedy: "Give the service principal a plain name of at most 80 characters.", Cause: err}
	}
	same, err := s.Named(ctx, name)
	if err != nil {
		return ServicePrincipal{}, false, err
	}
	if p, mine := past.createdHere(name, same); mine {
		return p, true, nil
	}
	if len(same) > 0 && !want.Another {
		var ids []string
		for _, p := range same {
			ids = append(ids, p.ApplicationID.String())
		}
		return ServicePrincipal{}, false, &connector.Error{
			Kind: ErrRefused,
			What: fmt.Sprintf("A service principal called %s is there already.", connector.CleanLine(name, 80)), Cause: ErrAmbiguous,
			Remedy: "Pick it by its application ID, " + strings.Join(ids, " or ") + ", or choose another name.",
		}
	}
	return ServicePrincipal{}, false, nil
}

// builder puts a plan together, one question after the other.
type builder struct {
	session   *Session
	past      history
	principal ServicePrincipal
	there     bool
	groups    []group
	plan      Plan
}

func (b *builder) keep(format string, args ...any) {
	b.plan.Kept = append(b.plan.Kept, fmt.Sprintf(format, args...))
}

func (b *builder) create(ctx context.Context, want Provision) error {
	if b.there {
		b.keep("service principal %s, application ID %s", b.plan.Target.Label(), b.principal.ApplicationID)
		if !b.principal.Active {
			b.plan.warn("The service principal is not active; an account admin can activate it.")
		}
		var err error
		b.groups, err = b.session.groupsOf(ctx, b.principal.ID)
		return err
	}
	same, err := b.session.Named(ctx, b.plan.Target.DisplayName)
	if err != nil {
		return err
	}
	var known []string
	for _, p := range same {
		known = append(known, string(p.ID))
	}
	if len(same) > 0 {
		b.plan.warn("%d other service principals have this display name. They are told apart by their application IDs.", len(same))
	}
	return b.plan.add(Change{
		Kind: CreatePrincipal, Object: "service principal " + b.plan.Target.Label(), Before: "not there", After: "there, managed by Databricks",
		Undo: "Delete it by its SCIM id.", Why: "Draftt signs in as a service principal of its own.", subject: subject{known: known},
	})
}

func (b *builder) entitle(_ context.Context, _ Provision) error {
	reads := func(list []string) bool {
		return slices.Contains(list, connector.EntitlementSQL) || slices.Contains(list, connector.EntitlementConsume)
	}
	if reads(b.principal.Entitlements) {
		b.keep("the entitlement to query SQL warehouses")
		return nil
	}
	for _, g := range b.groups {
		if reads(g.Entitlements) {
			b.keep("the entitlement to query SQL warehouses, from the group %s", g.Name)
			return nil
		}
	}
	return b.plan.add(Change{
		Kind: AddEntitlement, Object: "service principal " + b.plan.Target.Label(), Before: entitlementText(b.principal.Entitlements),
		After: entitlementText(append(slices.Clone(b.principal.Entitlements), sqlEntitlement)),
		Undo:  "Take the entitlement Databricks SQL access away again.", Why: "Without it no SQL warehouse answers. It can take ten minutes to count.",
	})
}

func entitlementText(list []string) string {
	if len(list) == 0 {
		return "no entitlement of its own"
	}
	return "entitlements " + connector.CleanLine(strings.Join(list, ", "), 200)
}

// usable are the levels of a warehouse that let somebody query it.
var usable = []string{"CAN_USE", "CAN_MONITOR", "CAN_MANAGE", "IS_OWNER"}

func (b *builder) warehouse(ctx context.Context, want Provision) error {
	if want.Warehouse == "" {
		return nil
	}
	list, err := b.session.warehouseAccess(ctx, want.Warehouse)
	if err != nil {
		return err
	}
	name := "warehouse " + connector.CleanLine(string(want.Warehouse), 64)
	before := "no permission of its own"
	for _, e := range list {
		_, mine := b.identity(e.Name)
		switch {
		case mine && slices.Contains(usable, e.Level):
			b.keep("%s on %s, given to %s", e.Level, name, e.Name)
			return nil
		case mine:
			before = e.Level
		}
	}
	return b.plan.add(Change{
		Kind: AllowWarehouse, Object: name, Before: before, After: "CAN_USE; the other " + fmt.Sprint(len(list)) + " entries of the access list stay",
		Undo: "Remove the entry in the Permissions dialog of the warehouse.", Why: "Draftt reads through this warehouse.",
		subject: subject{warehouse: want.Warehouse},
	})
}

func (b *builder) identity(name connector.Remote) (grants.Identity, bool) { return b.who().Is(name) }

func (b *builder) who() grants.Who {
	identities := make([]grants.Identity, len(b.groups))
	for i, g := range b.groups {
		identities[i] = g.Identity
	}
	return grants.Known(b.principal.Principal(), identities)
}

func (b *builder) grants(ctx context.Context, want Provision) error {
	if len(want.Needs) == 0 {
		return nil
	}
	who := b.who()
	views, err := grants.Look(ctx, b.session.View(), who.Principal.Name, grants.Objects(want.Needs))
	if err != nil {
		return err
	}
	found := grants.Diff(want.Needs, views, who, false)
	if found.Obstacle != "" {
		b.plan.warn("%s", found.Obstacle)
	}
	for _, line := range found.Have {
		b.keep("%s, %s", line.Title(), line.Origins[0])
	}
	var needs []grants.Need
	for _, need := range found.Needs() {
		if need.On.Name.Legacy() {
			b.plan.warn("%s can only be granted in SQL: hive_metastore is outside Unity Catalog.", need.Title())
			continue
		}
		needs = append(needs, need)
	}
	return b.plan.add(grantChanges(AddGrants, needs, func(same []grants.Need) Change {
		return Change{
			Before: "without " + privilegeList(same), After: "with " + privilegeList(same) + "; everybody else's grants stay",
			Undo: "Take " + privilegeList(same) + " away again.", Why: "Draftt reads the chosen tables with it.",
		}
	})...)
}

// takes plans to take privileges away that nobody asked for, as far as they are still given to the principal itself.
func (b *builder) takes(ctx context.Context, want Provision) error {
	if len(want.Takes) == 0 {
		return nil
	}
	who := b.who()
	views, err := grants.Look(ctx, b.session.View(), who.Principal.Name, grants.Objects(want.Takes))
	if err != nil {
		return err
	}
	found := grants.Diff(want.Takes, views, who, false)
	var gone []grants.Need
	for _, line := range found.Have {
		if !slices.ContainsFunc(line.Origins, own) {
			b.keep("%s, %s", line.Title(), line.Origins[0])
			continue
		}
		gone = append(gone, line.Need)
		if line.Privilege == connector.AllPrivileges {
			b.plan.warn("What it reads may have come with ALL PRIVILEGES. Look at what is granted afterwards.")
		}
	}
	return b.plan.add(grantChanges(RemoveGrants, gone, func(same []grants.Need) Change {
		return Change{
			Before: "with " + privilegeList(same), After: "without " + privilegeList(same) + "; everybody else's grants stay",
			Undo: "Give " + privilegeList(same) + " again.", Why: "Draftt only reads, and does not need it.",
		}
	})...)
}
