package partner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

func (e *ending) warehouses(ctx context.Context) error {
	for _, w := range e.want.Connection.Warehouses {
		part := Part{What: "warehouse " + w.Name.String(), Goes: e.reaches(Reset), Why: e.lesser(Reset)}
		if slices.ContainsFunc(e.want.Keep, func(k string) bool { return means(k, w) }) {
			part.Goes, part.Why = false, "as asked for"
		}
		if err := e.usedBy(ctx, &part, w); err != nil {
			return err
		}
		if part.Goes {
			e.reset.Warehouses = append(e.reset.Warehouses, w)
		}
		e.part(part)
		e.out.Sheet = append(e.out.Sheet, "HTTP path: "+w.HTTPPath+" ("+w.Name.String()+")")
	}
	return nil
}

// means reports whether somebody who names a warehouse means this one.
func means(text string, w admin.ComputeFact) bool {
	text = strings.TrimSpace(text)
	return text != "" && (strings.EqualFold(text, w.Name.Raw()) || text == w.ID)
}

// kept refuses to keep what is no warehouse of the connection: the one that was meant would be deleted. A connection that is gone has nothing to lose.
func (want Disconnect) kept() error {
	there := want.Connection.Warehouses
	if len(want.Connection.Evidence) == 0 {
		return nil
	}
	for _, k := range want.Keep {
		if slices.ContainsFunc(there, func(w admin.ComputeFact) bool { return means(k, w) }) {
			continue
		}
		remedy := "It has no warehouse of its own, so none is deleted: leave --keep out."
		if len(there) > 0 {
			var names []string
			for _, w := range there {
				names = append(names, w.Name.String()+" ("+w.ID+")")
			}
			remedy = "Those that would be deleted are " + strings.Join(names, ", ") + "."
		}
		return &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("There is no warehouse %q among the parts of the connection of %s.", connector.CleanLine(k, 60), want.Connection.Partner.Name), Remedy: remedy}
	}
	return nil
}

// usedBy finds out who else uses a warehouse: who has a level on it, who ran the last queries, and whose sessions are open.
func (e *ending) usedBy(ctx context.Context, part *Part, w admin.ComputeFact) error {
	mine := ""
	if p := e.want.Connection.Principal; p != nil {
		mine = string(p.ApplicationID)
	}
	id := connector.WarehouseID(w.ID)
	levels, err := e.session.WarehouseLevels(ctx, id)
	if e.unseen(part, err, "who may use it") != nil {
		return fmt.Errorf("plan a disconnection: %w", err)
	}
	for _, l := range levels {
		if l.Name.Raw() != mine && l.Name.Raw() != w.Creator.Raw() && l.Name.Raw() != grants.AdminsGroup {
			part.Uses = append(part.Uses, l.Level+" of "+l.Name.String())
		}
	}
	users, err := e.session.UsersOfWarehouse(ctx, id)
	if e.unseen(part, err, "who ran queries on it") != nil {
		return fmt.Errorf("plan a disconnection: %w", err)
	}
	for _, u := range users {
		if u.Name.Raw() != mine && u.Name.Raw() != e.want.Connection.Partner.User() {
			part.Uses = append(part.Uses, fmt.Sprintf("queries of %s, the last %s", u.Name, day(u.Last)))
		}
	}
	if w.Sessions > 0 {
		part.Uses = append(part.Uses, fmt.Sprintf("sessions that are open: %d", w.Sessions))
	}
	for _, c := range e.want.Saved {
		if c.Host.Same(e.session.Host()) && c.Warehouse.ID == id {
			part.Uses = append(part.Uses, "the saved connection "+connector.CleanLine(c.Name, 80))
		}
	}
	return nil
}

func (e *ending) unseen(part *Part, err error, what string) error {
	if err == nil || !grants.Refused(err) {
		return err
	}
	part.Unknown = append(part.Unknown, what)
	return nil
}

// clusters lists the clusters that the service principal made. They are no part of any plan: jobs may run on them.
func (e *ending) clusters(ctx context.Context) error {
	if e.want.Connection.Principal == nil {
		return nil
	}
	all, err := e.session.ClusterFacts(ctx)
	if err != nil && !grants.Refused(err) {
		return fmt.Errorf("plan a disconnection: %w", err)
	}
	for _, c := range all {
		if c.Creator.Raw() == string(e.want.Connection.Principal.ApplicationID) {
			e.part(Part{What: "cluster " + c.Name.String(), Why: "which you can delete under Compute"})
		}
	}
	return nil
}
