package admin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/words"
)

// Level is how much a disconnection takes away. Each includes those before it.
type Level int

// LocalOnly leaves the workspace alone; the caller deletes the saved connection. RevokeGrants takes the contract's privileges away that no
// other saved connection needs, RevokeSecret deletes the OAuth secret, and DeleteThePrincipal the service principal with all it has.
const (
	LocalOnly Level = iota
	RevokeGrants
	RevokeSecret
	DeleteThePrincipal
)

// Disconnect is the end of a saved connection.
type Disconnect struct {
	Level      Level
	Connection connector.Connection
	SecretID   string                 // empty: the one that the journal knows, or the only one
	Others     []connector.Connection // the other saved connections, of any workspace
}

// PlanDisconnect plans what a level takes away, and lists what stays and what else depends on it. What is gone already is not planned. The
// plan's name, to be typed, is that of the connection; deleting the saved connection itself is up to the caller, after Apply. It returns
// an *connector.Error that is ErrInUse when the service principal owns something that would be left without an owner, or another saved connection
// signs in with it.
func (s *Session) PlanDisconnect(ctx context.Context, j *Journal, want Disconnect) (Plan, error) {
	past, err := j.history(s.host)
	if err != nil {
		return Plan{}, err
	}
	c := want.Connection
	b := builder{session: s, past: past, plan: s.newPlan("disconnect", Target{ApplicationID: connector.ClientID(c.Principal.Name.Raw()), DisplayName: c.Principal.DisplayName.Raw()})}
	b.plan.Name = c.Name
	d := ending{builder: &b, want: want}
	if want.Level == LocalOnly {
		b.keep("everything in the workspace: the service principal, its secrets and its grants")
		return b.plan, nil
	}
	b.principal, err = s.Find(ctx, cmp.Or(c.Principal.Name.Raw(), string(c.Credentials.ClientID)))
	if errors.Is(err, ErrNotFound) {
		b.keep("nothing: the service principal is gone already")
		return b.plan, nil
	}
	if err != nil {
		return Plan{}, err
	}
	b.there, b.plan.Target = true, b.principal.target()
	if b.groups, err = s.groupsOf(ctx, b.principal.ID); err != nil {
		return Plan{}, err
	}
	for _, step := range []func(context.Context) error{d.uses, d.revoke, d.endSecret, d.endPrincipal} {
		if err := step(ctx); err != nil {
			return Plan{}, s.Refused(ctx, err, "Ending a connection in the workspace")
		}
	}
	b.keep("SQL warehouses, catalogs, schemas and tables, and what is in them")
	b.keep("what Draftt has read until now")
	return b.plan, nil
}

// ending puts the plan of a disconnection together.
type ending struct {
	*builder
	want   Disconnect
	shared []connector.Connection // other saved connections of the same principal
}

// Needs are the contract's needs of a saved connection.
func Needs(c connector.Connection) []grants.Need {
	targets := make([]grants.Target, len(c.Tables))
	for i, name := range c.Tables {
		targets[i] = grants.Target{Name: name}
	}
	return append(grants.Reach(c.Schema), grants.Read(c.Schema, c.Scope, targets)...)
}

// Reconnect lists what has to be entered again to connect anew, the old values with it.
func Reconnect(c connector.Connection) []string {
	return []string{
		"Workspace host: " + c.Host.String(),
		"HTTP path: " + connector.CleanLine(c.Warehouse.HTTPPath, 120),
		"Service principal: " + c.Principal.Label() + ", application ID " + c.Principal.Name.String(),
		"Catalog and schema: " + c.Schema.String(),
		"A new OAuth secret",
	}
}

// revoke plans to take away what was granted to the principal itself on the connection's objects.
func (d *ending) revoke(ctx context.Context) error {
	mine := Needs(d.want.Connection)
	if len(mine) == 0 || d.want.Connection.Schema.Legacy() {
		d.plan.warn("Privileges in hive_metastore can only be revoked in SQL.")
		return nil
	}
	views, err := grants.Look(ctx, d.session.View(), d.who().Principal.Name, grants.Objects(mine))
	if err != nil {
		return err
	}
	found := grants.Diff(mine, views, d.who(), false)
	var gone []grants.Need
	for _, line := range found.Have {
		title := line.Title()
		switch {
		case d.neededElsewhere(line.Need):
			d.keep("%s, which another saved connection needs", title)
		case !slices.ContainsFunc(line.Origins, own):
			d.keep("%s, %s", title, line.Origins[0])
		default:
			gone = append(gone, line.Need)
		}
	}
	return d.plan.add(grantChanges(RemoveGrants, gone, func(same []grants.Need) Change {
		return Change{
			Before: "with " + privilegeList(same), After: "without " + privilegeList(same) + "; everybody else's grants stay",
			Undo: "Give " + privilegeList(same) + " again.", Why: "Draftt no longer reads there.",
		}
	})...)
}

// own reports whether a privilege was granted to the principal itself on the object itself.
func own(o grants.Origin) bool { return !o.Holder.Group && !o.Above && !o.Owner && !o.All }

func (d *ending) neededElsewhere(need grants.Need) bool {
	if d.want.Level == DeleteThePrincipal {
		return false
	}
	return slices.ContainsFunc(d.shared, func(c connector.Connection) bool {
		return slices.ContainsFunc(Needs(c), func(n grants.Need) bool { return n.Privilege == need.Privilege && n.On.Same(need.On) })
	})
}

func (d *ending) endSecret(ctx context.Context) error {
	secrets, err := d.session.Secrets(ctx, d.principalID())
	if err != nil {
		return err
	}
	if d.want.Level != RevokeSecret {
		if d.want.Level < RevokeSecret && len(secrets) > 0 {
			d.keep("%s of the service principal", words.Count(len(secrets), "OAuth secret"))
			d.plan.Secrets = d.unused(secrets, "")
		}
		return nil
	}
	mine := []connector.Secret{d.want.Connection.Credentials.Secret}
	id := cmp.Or(d.want.SecretID, first(d.past.using(d.principalID(), secrets, mine)))
	if id == "" && len(secrets) == 1 {
		id = secrets[0].ID
	}
	if id == "" && len(secrets) > 1 {
		_, err := theOther(secrets, nil)
		return err
	}
	d.keepSecrets(secrets, id)
	for _, s := range secrets {
		if s.ID != id {
			continue
		}
		if slices.ContainsFunc(d.shared, func(c connector.Connection) bool { return c.Credentials.Secret.Equal(mine[0]) }) {
			return &connector.Error{Kind: ErrRefused, What: "Another saved connection signs in with the same secret.", Remedy: "Disconnect or rotate that one first.", Cause: ErrInUse}
		}
		if err := d.plan.add(d.deletion(s, "The connection signed in with it.")); err != nil {
			return err
		}
	}
	if id == "" {
		d.keep("no OAuth secret: it is gone already")
	}
	return nil
}

// unused are the IDs of the secrets that stay beside the one that is deleted and that no other saved connection is known to use.
func (d *ending) unused(secrets []SecretInfo, deleted string) (ids []string) {
	used := d.usedByOthers(secrets)
	for _, s := range secrets {
		if s.ID != deleted && !slices.Contains(used, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// usedByOthers are the IDs of the secrets that other saved connections sign in with.
func (d *ending) usedByOthers(secrets []SecretInfo) []string {
	var theirs []connector.Secret
	for _, c := range d.shared {
		theirs = append(theirs, c.Credentials.Secret)
	}
	return d.past.using(d.principalID(), secrets, theirs)
}

// keepSecrets says which secrets stay beside the one that is deleted. One that no saved connection is known to use is told of afterwards too.
func (d *ending) keepSecrets(secrets []SecretInfo, deleted string) {
	used := d.usedByOthers(secrets)
	d.plan.Secrets = d.unused(secrets, deleted)
	for _, s := range secrets {
		switch {
		case s.ID == deleted:
		case slices.Contains(used, s.ID):
			d.keep("OAuth secret %s, which another saved connection uses", s.ID)
		default:
			d.keep("OAuth secret %s, made %s", s.ID, day(s.Created))
		}
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func (d *ending) principalID() connector.SCIMID { return d.principal.ID }

func (d *ending) endPrincipal(context.Context) error {
	if d.want.Level < DeleteThePrincipal {
		d.keep("service principal %s, application ID %s", d.plan.Target.Label(), d.principal.ApplicationID)
		if d.want.Connection.Warehouse.ID != "" {
			d.keep("CAN_USE on warehouse %s: a permission can only be taken away there by replacing the whole list, which this program does not do",
				connector.CleanLine(string(d.want.Connection.Warehouse.ID), 64))
		}
		return nil
	}
	return d.plan.add(Change{
		Kind: DeletePrincipal, Object: fmt.Sprintf("service principal %s (application ID %s, SCIM id %s)", d.plan.Target.Label(), d.principal.ApplicationID, d.principalID()),
		Before: "there, with its OAuth secrets, tokens and permissions in the workspace", After: "deleted, and these with it",
		Undo: "None: a new service principal has other ids, so everything has to be granted to it again.", Why: "Nothing signs in as it any more.",
	})
}
