package demo

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// workspaceID is in the host name, as in every Azure Databricks host name.
const workspaceID = "7405605741000000"

// financeWorkspaceID is a second workspace on the same metastore, which finance_eu is bound to.
const financeWorkspaceID = "3019486627750194"

var metastore = model.Metastore{ID: "8e1f3c52-7a94-4d0b-b6c8-2f95d07a13e4", Name: "contoso-westeurope", Owner: metastoreAdmins, Region: "westeurope"}

// seed makes the world of a scenario.
func seed(clock model.Clock, s Scenario) (*model.World, error) {
	w := model.New(clock, workspaceID, metastore)
	for _, p := range principals() {
		if p.Name == ConnectorID {
			p = s.Standing.of(p)
		}
		w.AddPrincipal(p)
	}
	w.AddToken(fivetranID, model.NewTokenValue()) // Partner Connect makes one that does not expire
	for _, c := range catalogs() {
		if err := addCatalog(w, c); err != nil {
			return nil, err
		}
	}
	for _, t := range append(assetTables(), dataTypes()) {
		if slices.Contains(s.Owned, t.Name) {
			t.Owner = ConnectorID
		}
		t.Refusal = s.Refusals[t.Name]
		if err := w.AddTable(t); err != nil {
			return nil, err
		}
	}
	if s.Tables > 0 {
		if err := addLarge(w, s.Tables); err != nil {
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
	return w.DeletePrincipal(admin, model.ServicePrincipal, who.ID)
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
func (s Scenario) warehouses() []model.Warehouse {
	list := s.Warehouses
	if list == nil {
		list = usualWarehouses()
	}
	for i := range s.Crowd {
		list = append(list, model.Warehouse{
			ID: fmt.Sprintf("%016x", 0xc0de_0000+i), Name: fmt.Sprintf("Team %03d", i+1), Size: "Small", Type: model.Pro, Creator: platformLead,
			StartTakes: 4 * time.Minute, Access: map[string]model.Level{ConnectorID: model.CanUse},
		})
	}
	return list
}

// addCrowd adds so many catalogs that show, and so many schemas to inventory, that no listing fits on one page.
func addCrowd(w *model.World, count int) error {
	for i := range count {
		c := model.Catalog{Name: fmt.Sprintf("team_%03d", i+1), Owner: analysts}
		if err := addCatalog(w, catalogSeed{c, browsable, map[string][]string{"default": {"events"}}}); err != nil {
			return err
		}
		if err := w.AddSchema(model.Schema{Catalog: "inventory", Name: fmt.Sprintf("site_%03d", i+1), Owner: governance}); err != nil {
			return err
		}
	}
	return nil
}

func addCatalog(w *model.World, c catalogSeed) error {
	if err := w.AddCatalog(c.Catalog); err != nil {
		return err
	}
	if err := w.Preset(model.OnCatalog(c.Name), model.AccountUsers, c.everybody...); err != nil {
		return fmt.Errorf("catalog %s: %w", c.Name, err)
	}
	for _, schema := range slices.Sorted(maps.Keys(c.schemas)) {
		if err := w.AddSchema(model.Schema{Catalog: c.Name, Name: schema, Owner: c.Owner}); err != nil {
			return err
		}
		for i, table := range c.schemas[schema] {
			if err := w.AddTable(plainTable(c.Name, schema, table, c.Owner, uint64(i))); err != nil {
				return err
			}
		}
	}
	return nil
}
