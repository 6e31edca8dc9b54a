package admin

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// uses finds out what else depends on the service principal. It refuses to delete one that owns something or that another saved
// connection signs in as; everything else is listed for the person to judge.
func (d *ending) uses(ctx context.Context) error {
	deleting := d.want.Level == DeleteThePrincipal
	for _, c := range d.want.Others {
		if c.Host.Same(d.want.Connection.Host) && c.Principal.Name == d.want.Connection.Principal.Name {
			d.shared = append(d.shared, c)
			d.use(deleting, "the saved connection %s signs in as it", connector.CleanLine(c.Name, 80))
		}
	}
	held, err := audit.Survey(ctx, d.session.View(), d.who(), nil)
	if err != nil {
		return err
	}
	owned := d.holdings(held, deleting)
	if err := d.tokensAndWarehouses(ctx, deleting); err != nil {
		return err
	}
	for _, what := range held.Unseen {
		d.plan.warn("Not looked at: %s.", what)
	}
	switch {
	case deleting && owned != "":
		return &connector.Error{Kind: ErrRefused, What: "The service principal owns " + owned + ", which would be left without an owner.", Remedy: "Give it another owner first.", Cause: ErrInUse}
	case deleting && len(d.shared) > 0:
		return &connector.Error{
			Kind: ErrRefused,
			What: "The saved connection " + connector.CleanLine(d.shared[0].Name, 80) + " signs in as the same service principal.", Cause: ErrInUse,
			Remedy: "Disconnect that one first, or choose a lesser level.",
		}
	}
	return nil
}

func (d *ending) use(breaks bool, format string, args ...any) {
	d.plan.Uses = append(d.plan.Uses, Use{What: fmt.Sprintf(format, args...), Breaks: breaks})
}

// holdings lists what the principal itself holds beyond the connection, and gives an object that it owns.
func (d *ending) holdings(held audit.Held, deleting bool) (owned string) {
	mine := Needs(d.want.Connection)
	for _, e := range held.Privileges {
		asked := slices.ContainsFunc(mine, func(n grants.Need) bool { return n.Privilege == e.Privilege && n.On.Same(e.Origin.From) })
		switch {
		case e.Origin.Holder.Group || asked:
		case e.Privilege == grants.Ownership:
			owned = e.Origin.From.Title()
			d.use(deleting, "it owns %s", owned)
		default:
			d.use(deleting, "it has %s on %s", connector.CleanLine(e.Privilege.SQL(), 60), e.Origin.From.Title())
		}
	}
	return owned
}

func (d *ending) tokensAndWarehouses(ctx context.Context, deleting bool) error {
	tokens, err := d.session.Tokens(ctx)
	if err != nil && !errors.Is(err, apierr.ErrPermissionDenied) {
		return err
	}
	for _, t := range tokens {
		if d.principal.Owns(t) {
			d.use(deleting, "personal access token %s, last used %s", t.ID, day(t.LastUsed))
		}
	}
	warehouses, err := workspace.Every(ctx, d.session.View().Warehouses)
	if err != nil {
		return err
	}
	for _, w := range warehouses {
		list, err := d.session.warehouseAccess(ctx, w.ID)
		if err != nil && !errors.Is(err, apierr.ErrPermissionDenied) {
			return err
		}
		for _, e := range list {
			if e.Name == d.principal.ApplicationID.Name() && w.ID != d.want.Connection.Warehouse.ID {
				d.use(deleting, "%s on warehouse %s", e.Level, w.Name)
			}
		}
	}
	return nil
}
