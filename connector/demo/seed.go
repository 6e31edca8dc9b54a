package demo

import (
	"fmt"
	"maps"
	"slices"

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
		w.AddPrincipal(p)
	}
	w.AddToken(fivetranID, model.NewTokenValue()) // Partner Connect makes one that does not expire
	for _, c := range catalogs() {
		if err := addCatalog(w, c); err != nil {
			return nil, err
		}
	}
	for _, t := range append(assetTables(), dataTypes()) {
		if err := w.AddTable(t); err != nil {
			return nil, err
		}
	}
	if s.Tables > 0 {
		if err := addLarge(w, s.Tables); err != nil {
			return nil, err
		}
	}
	for _, g := range s.Grants {
		if err := w.Preset(g.On, ConnectorID, g.Privileges...); err != nil {
			return nil, fmt.Errorf("grant on %s: %w", g.On.FullName(), err)
		}
	}
	warehouses := s.Warehouses
	if warehouses == nil {
		warehouses = usualWarehouses()
	}
	for _, v := range warehouses {
		if err := w.AddWarehouse(v); err != nil {
			return nil, err
		}
	}
	return w, nil
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
