package demo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/contain"
)

// workspaceID is in the host name, as in every Azure Databricks host name.
const workspaceID = "7405605741000000"

// Ahead begins to read what is in every embedded workspace, which the first one waits for otherwise. It returns at once.
func Ahead() {
	contain.Go("reading the demo's world", func() { _, _ = seed.Read() }) // whoever needs it is told what is wrong with it
}

// newWorld makes the world of a scenario.
func newWorld(clock model.Clock, s Scenario) (*model.World, error) {
	start, err := seed.Read()
	if err != nil {
		return nil, err
	}
	w := model.New(clock, workspaceID, start.Metastore)
	if err := addPeople(w, start, s.Standing); err != nil {
		return nil, err
	}
	if err := addObjects(w, start, s); err != nil {
		return nil, err
	}
	if s.Tables > 0 {
		if err := addLarge(w, s.Tables); err != nil {
			return nil, err
		}
	}
	if s.Generated {
		if err := addGenerated(w); err != nil {
			return nil, err
		}
	}
	if s.Crowd > 0 {
		if err := addCrowd(w, s.Crowd); err != nil {
			return nil, err
		}
	}
	for _, g := range s.Grants {
		if err := w.Preset(g.On, cmp.Or(s.Through, ConnectorID), g.Privileges...); err != nil {
			return nil, fmt.Errorf("grant on %s: %w", g.On.FullName(), err)
		}
	}
	for _, v := range s.warehouses() {
		if err := w.AddWarehouse(v); err != nil {
			return nil, err
		}
	}
	if !s.Estate.IsZero() {
		if err := estate.Fill(w, s.Estate, AdminID); err != nil {
			return nil, err
		}
	}
	return w, administer(w, s)
}

// administer does what only an admin can: workspace settings, and the end of a principal.
func administer(w *model.World, s Scenario) error {
	admin, _ := w.Principal(AdminID)
	if err := w.ChangeSettings(admin, s.Settings); err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	if !s.Standing.Deleted {
		return nil
	}
	who, _ := w.Principal(ConnectorID)
	return w.InWorkspace().Delete(admin, model.ServicePrincipal, who.ID)
}

// of is the principal with the differences.
func (s Standing) of(p model.Principal) model.Principal {
	p.Unassigned, p.MemberOf = s.Unassigned, s.MemberOf
	if s.Entitlements != nil {
		p.Entitlements = s.Entitlements
	}
	return p
}

// warehouses are those of the scenario, or the usual ones.
func (s Scenario) warehouses() []compute.Warehouse {
	list := s.Warehouses
	if list == nil {
		list = seed.Warehouses()
	}
	for i := range s.Crowd {
		list = append(list, compute.Warehouse{
			ID: fmt.Sprintf("%016x", 0xc0de_0000+i), Name: fmt.Sprintf("Team %03d", i+1), Size: "Small", Type: compute.Pro, Creator: platformLead,
			StartTakes: 4 * time.Minute, Access: map[string]model.Level{ConnectorID: model.CanUse},
		})
	}
	return list
}

// addCrowd adds so many catalogs that show, and so many schemas to inventory, that no listing fits on one page.
func addCrowd(w *model.World, count int) error {
	for i := range count {
		c := model.Catalog{Name: fmt.Sprintf("team_%03d", i+1), Owner: analysts}
		err := errors.Join(
			w.AddCatalog(c), w.AddSchema(model.Schema{Catalog: c.Name, Name: "default", Owner: c.Owner}),
			w.Preset(unity.OnCatalog(c.Name), model.AccountUsers, unity.Browse), w.AddTable(seed.PlainTable(c.Name, "default", "events", c.Owner, 0)),
		)
		if err != nil {
			return err
		}
		if err := w.AddSchema(model.Schema{Catalog: "inventory", Name: fmt.Sprintf("site_%03d", i+1), Owner: governance}); err != nil {
			return err
		}
	}
	return nil
}

// addPeople adds the principals and what they may use, with the connector as it stands in the scenario.
func addPeople(w *model.World, start seed.Seed, standing Standing) error {
	for _, p := range start.Principals {
		if p.Name == ConnectorID {
			p = standing.of(p)
		}
		w.AddPrincipal(p)
	}
	for _, l := range start.Lists {
		if err := w.AddControlled(l.On, "", l.Access); err != nil {
			return err
		}
	}
	for _, name := range start.TokenHolders {
		w.AddToken(name, model.NewTokenValue())
	}
	return nil
}

// addObjects adds what is in the metastore, with the tables as they are in the scenario.
func addObjects(w *model.World, start seed.Seed, s Scenario) error {
	for _, c := range start.Catalogs {
		if err := w.AddCatalog(c); err != nil {
			return err
		}
	}
	for _, schema := range start.Schemas {
		if err := w.AddSchema(schema); err != nil {
			return err
		}
	}
	for _, t := range start.Tables {
		if t.Catalog == "inventory" && t.Schema == "assets" {
			if slices.Contains(s.Owned, t.Name) {
				t.Owner = ConnectorID
			}
			t.Refusal = s.Refusals[t.Name]
		}
		if err := w.AddTable(t); err != nil {
			return err
		}
	}
	for _, item := range start.Items {
		if err := w.AddItem(item); err != nil {
			return err
		}
	}
	if err := addThings(w, start); err != nil {
		return err
	}
	for _, g := range start.Grants {
		if err := w.Preset(g.On, g.To, g.Privileges...); err != nil {
			return fmt.Errorf("grant on %s: %w", g.On.FullName(), err)
		}
	}
	return nil
}

// addThings adds what is in the workspace besides.
func addThings(w *model.World, start seed.Seed) error {
	for _, t := range start.Things {
		if err := w.AddThing(t); err != nil {
			return err
		}
	}
	for _, c := range start.Scopes {
		if err := w.AddScope(c.Scope, c.Access); err != nil {
			return err
		}
	}
	for _, l := range start.IPLists {
		if err := w.AddIPList(l); err != nil {
			return err
		}
	}
	return nil
}
