package partner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/words"
)

func (e *ending) warehouses(ctx context.Context) error {
	for _, w := range e.want.Connection.Warehouses {
		part := e.deletes("warehouse "+w.Name.String(), w)
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

// means reports whether somebody who names a warehouse or a cluster means this one.
func means(text string, c admin.ComputeFact) bool {
	text = strings.TrimSpace(text)
	return text != "" && (strings.EqualFold(text, c.Name.Raw()) || text == c.ID)
}

// kept refuses to keep what is no warehouse and no cluster of the connection: the one that was meant would be deleted. A connection that is gone has
// nothing to lose.
func (want Disconnect) kept() error {
	there := append(slices.Clone(want.Connection.Warehouses), want.Connection.Clusters...)
	if len(want.Connection.Evidence) == 0 {
		return nil
	}
	for _, k := range want.Keep {
		if slices.ContainsFunc(there, func(c admin.ComputeFact) bool { return means(k, c) }) {
			continue
		}
		remedy := "It has no warehouse and no cluster of its own, so none is deleted: leave --keep out."
		if len(there) > 0 {
			var names []string
			for _, c := range there {
				names = append(names, c.Name.String()+" ("+c.ID+")")
			}
			remedy = "Those that would be deleted are " + strings.Join(names, ", ") + "."
		}
		return &connector.Error{
			Kind: connector.ErrInput, What: fmt.Sprintf("There is no warehouse or cluster %q among the parts of the connection of %s.", connector.CleanLine(k, 60), want.Connection.Partner.Name), Remedy: remedy,
		}
	}
	return nil
}

// usedBy finds out who else uses a warehouse: who has a level on it, who ran the last queries, and whose sessions are open.
func (e *ending) usedBy(ctx context.Context, part *Part, w admin.ComputeFact) error {
	id := connector.WarehouseID(w.ID)
	levels, err := e.session.WarehouseLevels(ctx, id)
	if e.unseen(part, err, "who may use it") != nil {
		return fmt.Errorf("plan a disconnection: %w", err)
	}
	e.used(part, levels, w)
	users, err := e.session.UsersOfWarehouse(ctx, id)
	if e.unseen(part, err, "who ran queries on it") != nil {
		return fmt.Errorf("plan a disconnection: %w", err)
	}
	for _, u := range users {
		if u.Name.Raw() != e.mine() && u.Name.Raw() != e.want.Connection.Partner.User() {
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

// clusters are those that the service principal made, with the jobs that run on each.
func (e *ending) clusters(ctx context.Context) error {
	if len(e.want.Connection.Clusters) == 0 {
		return nil
	}
	jobs, cut, jobsErr := e.session.JobsOnClusters(ctx)
	for _, c := range e.want.Connection.Clusters {
		part := e.deletes("cluster "+c.Name.String(), c)
		if e.unseen(&part, jobsErr, "which jobs run on it") != nil {
			return fmt.Errorf("plan a disconnection: %w", jobsErr)
		}
		if cut > 0 {
			part.Unknown = append(part.Unknown, "the tasks beyond the first hundred of "+words.Count(cut, "job"))
		}
		for _, job := range jobs[c.ID] {
			part.Uses = append(part.Uses, "the job "+job.String()+", which runs on it")
		}
		if c.State == "RUNNING" {
			part.Uses = append(part.Uses, "whatever runs on it now")
		}
		levels, err := e.session.ClusterLevels(ctx, c.ID)
		if e.unseen(&part, err, "who may use it") != nil {
			return fmt.Errorf("plan a disconnection: %w", err)
		}
		e.used(&part, levels, c)
		if part.Goes {
			e.reset.Clusters = append(e.reset.Clusters, c)
		}
		e.part(part)
		e.out.Sheet = append(e.out.Sheet, "Cluster: "+c.Name.String()+", cluster ID "+c.ID)
	}
	return nil
}

// deletes is a warehouse or a cluster as a part, which goes with a reset unless it is to stay.
func (e *ending) deletes(what string, c admin.ComputeFact) Part {
	part := Part{What: what, Goes: e.reaches(Reset), Why: e.lesser(Reset)}
	if slices.ContainsFunc(e.want.Keep, func(k string) bool { return means(k, c) }) {
		part.Goes, part.Why = false, "as asked for"
	}
	return part
}

// used adds those who have a level on a warehouse or a cluster, other than the connection itself and workspace admins.
func (e *ending) used(part *Part, levels []admin.ComputeLevel, c admin.ComputeFact) {
	for _, l := range levels {
		if l.Name.Raw() != e.mine() && l.Name.Raw() != c.Creator.Raw() && l.Name.Raw() != grants.AdminsGroup {
			part.Uses = append(part.Uses, l.Level+" of "+l.Name.String())
		}
	}
}

// mine is the application ID of the service principal of the connection, also of one that is gone where it is known.
func (e *ending) mine() string {
	if p := e.want.Connection.Principal; p != nil {
		return string(p.ApplicationID)
	}
	return string(e.want.Connection.Gone)
}

// apps are the OAuth apps of the account that have the partner's name. They are of all its workspaces, so no plan for one deletes them.
func (e *ending) apps(context.Context) error {
	for _, a := range e.want.Connection.Apps {
		e.part(Part{What: appText(a), Why: "which is of the whole account: an account admin can delete it in the account console, under Settings › App connections"})
	}
	return nil
}
